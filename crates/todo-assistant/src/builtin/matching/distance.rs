/// The number of slips (a letter wrong, missing, too many, or two swapped) between two words, if there are at most `most`.
pub(crate) fn distance_within(a: &str, b: &str, most: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) =
        (a.chars().take(40).collect(), b.chars().take(40).collect());
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let cost = usize::from(a[i - 1] != b[j - 1]);
            row[j] = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + cost);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    Some(last[b.len()]).filter(|distance| *distance <= most)
}

#[cfg(test)]
mod tests {
    use super::distance_within;

    #[test]
    fn swapped_letters_are_one_slip() {
        assert_eq!(distance_within("dentits", "dentist", 2), Some(1));
        assert_eq!(distance_within("milk", "mlik", 1), Some(1));
        assert_eq!(distance_within("milk", "silk", 1), Some(1));
        assert_eq!(distance_within("milk", "bread", 2), None);
        assert_eq!(distance_within("", "", 0), Some(0));
    }
}
