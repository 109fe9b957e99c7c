//! What a step's log says in one line: how many tests ran, how much was understood.

/// The gist of a log of cargo, node, Python's unittest or the corpus runner; nothing when it says none of what they say.
pub(crate) fn of(log: &str) -> Option<String> {
    if let Some(line) = log.lines().rev().find(|line| line.contains(" understood, ")) {
        return Some(line.to_owned());
    }
    let (mut passed, mut skipped) = (0, 0);
    for line in log.lines() {
        if let Some(counts) = line.strip_prefix("test result: ") {
            passed += before(counts, " passed");
            skipped += before(counts, " ignored");
        } else if let Some(count) = line.strip_prefix("ℹ pass ") {
            passed += count.parse().unwrap_or(0);
        } else if let Some(count) = line.strip_prefix("ℹ skipped ") {
            skipped += count.parse().unwrap_or(0);
        } else if let Some(counts) = line.strip_prefix("Ran ") {
            passed += before(counts, " test");
        } else if let Some(counts) = line.strip_prefix("OK (skipped=") {
            let left_out = before(counts, ")");
            passed -= left_out;
            skipped += left_out;
        }
    }
    match (passed, skipped) {
        (0, 0) => None,
        (passed, 0) => Some(format!("{passed} tests")),
        (passed, skipped) => Some(format!("{passed} tests, {skipped} left out")),
    }
}

/// The number that stands before `word`: 21 in "ok. 21 passed; 0 failed".
fn before(text: &str, word: &str) -> i64 {
    text.split_once(word)
        .and_then(|(head, _)| head.rsplit(' ').next())
        .and_then(|number| number.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn counts_of_every_runner_are_read() {
        let cargo = "test result: ok. 21 passed; 0 failed; 1 ignored; 0 measured\n\
                     test result: ok. 4 passed; 0 failed; 0 ignored; 0 measured\n";
        let node = "ℹ tests 10\nℹ pass 9\nℹ fail 0\nℹ skipped 0\n";
        let python = "Ran 27 tests in 1.2s\n\nOK (skipped=9)\n";
        let corpus = "  add: 9 of 9\n36 of 37 understood, 0 wrong writes\n";

        assert_eq!(of(cargo).as_deref(), Some("25 tests, 1 left out"));
        assert_eq!(of(node).as_deref(), Some("9 tests"));
        assert_eq!(of(python).as_deref(), Some("18 tests, 9 left out"));
        assert_eq!(of(corpus).as_deref(), Some("36 of 37 understood, 0 wrong writes"));
        assert_eq!(of("something else"), None);
    }
}
