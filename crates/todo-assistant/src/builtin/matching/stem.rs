//! One form for the forms of a word: "calling", "called" and "calls" are "call".

/// Forms that follow no rule, each list led by its first form.
const IRREGULAR: &str = "buy bought,pay paid,write wrote written writing,send sent,take took taken,get got gotten,make made,do did done,\
                         go went gone,feed fed,meet met,run ran running,sweep swept,build built,bring brought,find found,leave left,\
                         sell sold,tell told,speak spoke spoken,give gave given,see saw seen,drive drove driven,eat ate eaten,\
                         drink drank drunk,think thought,choose chose chosen,hang hung,lend lent,lose lost,keep kept,\
                         teach taught,catch caught,draw drew drawn,grow grew grown,throw threw thrown,fly flew flown,wake woke woken,\
                         wear wore worn,swim swam swum,sing sang sung,begin began begun,hold held,sew sewed sewn,mow mowed mown,\
                         put put,read read,set set,cut cut,child children,mom mum mother mommy mama,dad father daddy papa,\
                         phone telephone,photo picture,bike bicycle,fridge refrigerator,email e mail mail,vacuum hoover";

/// The stem of a word in lower case, which need not be a word itself.
pub(crate) fn stem(word: &str) -> String {
    let word = word.strip_suffix("'s").unwrap_or(word);
    let irregular = IRREGULAR.split(',').find_map(|forms| {
        let mut forms = forms.split_ascii_whitespace();
        let first = forms.next()?;
        (first == word || forms.any(|form| form == word)).then_some(first)
    });
    if let Some(first) = irregular {
        return regular(first);
    }
    regular(word)
}

fn regular(word: &str) -> String {
    let word = word.strip_suffix("'s").unwrap_or(word).trim_end_matches('\'');
    if !word.is_ascii() || word.len() < 4 {
        return word.strip_suffix('e').filter(|rest| rest.len() > 1).unwrap_or(word).to_owned();
    }
    let base = if let Some(base) = word.strip_suffix("ing").filter(|base| has_vowel(base)) {
        undouble(base)
    } else if let Some(base) = word.strip_suffix("ied").or_else(|| word.strip_suffix("ies")) {
        return format!("{base}i");
    } else if let Some(base) = word.strip_suffix("ed").filter(|base| has_vowel(base)) {
        undouble(base)
    } else if let Some(base) =
        word.strip_suffix("es").filter(|base| base.ends_with(['s', 'x', 'z', 'h', 'o']))
    {
        base
    } else if word.ends_with("ss") || word.ends_with("us") {
        word
    } else {
        word.strip_suffix('s').unwrap_or(word)
    };
    let base = base.strip_suffix('e').filter(|rest| rest.len() > 1).unwrap_or(base);
    match base.strip_suffix('y') {
        Some(rest) if rest.len() > 2 && !rest.ends_with(['a', 'e', 'o', 'u']) => format!("{rest}i"),
        _ => base.to_owned(),
    }
}

/// "running" comes from "run", "calling" from "call".
fn undouble(base: &str) -> &str {
    let bytes = base.as_bytes();
    match bytes {
        [.., a, b] if a == b && !matches!(b, b'l' | b's' | b'z') => &base[..base.len() - 1],
        _ => base,
    }
}

fn has_vowel(base: &str) -> bool {
    base.len() > 1 && base.contains(['a', 'e', 'i', 'o', 'u', 'y'])
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for forms in [
            "call calls called calling",
            "buy bought buying buys",
            "write wrote written writing",
            "groceries grocery",
            "plan planned planning",
            "water watered watering",
            "book booked books",
            "clean cleaning cleaned",
            "fix fixed fixes fixing",
            "mom mum",
            "submit submitted submitting",
        ] {
            let mut stems = forms.split(' ').map(stem);
            let first = stems.next().unwrap();
            assert!(
                stems.all(|stem| stem == first),
                "{forms}: {:?}",
                forms.split(' ').map(stem_of).collect::<Vec<_>>()
            );
        }
    }

    fn stem_of(word: &str) -> String {
        stem(word)
    }
}
