//! Whether somebody agrees: the only words that ever apply a plan, so they are read strictly.

/// What a message says to a question that can be answered with yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Consent {
    /// Yes, and nothing else.
    Yes,
    /// No, and nothing else.
    No,
}

const YES: &str = "yes y yep yeah yup ya sure ok okay okey k confirm confirmed affirmative absolutely definitely correct right proceed \
                   agreed certainly go do please";
const YES_FIRST: &str = "yes y yep yeah yup ya sure ok okay okey k confirm confirmed affirmative absolutely definitely correct proceed \
                         agreed certainly go do please of i";
const YES_REST: &str = "it that this them all of these those everything please ahead for now the tasks task i'm i am sure course want \
                        to and thanks thank you plan delete remove complete move change reopen";

const NO_FIRST: &str =
    "no n nope nah cancel don't dont stop never nevermind abort keep leave forget not wait";
const NO_REST: &str = "no thanks thank you it that this them all of these those everything please mind keep leave the tasks task do \
                       don't dont cancel delete remove change stop wait as is are were they alone actually now plan not nope";

impl Consent {
    /// Reads a whole message. A "yes, but …" is neither.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let text = text.to_lowercase().replace('’', "'");
        let words: Vec<&str> = text
            .split(|c: char| !(c.is_alphanumeric() || c == '\''))
            .filter(|word| !word.is_empty())
            .take(9)
            .collect();
        let (first, rest) = words.split_first()?;
        if rest.len() > 7 || text.contains('?') {
            return None;
        }
        if has(NO_FIRST, first)
            && rest.iter().all(|word| has(NO_REST, word))
            && !is_lone(first, rest)
        {
            return Some(Self::No);
        }
        let agrees =
            has(YES_FIRST, first) && words.iter().any(|word| has(YES, word) || *word == "course");
        let only = rest.iter().all(|word| has(YES, word) || has(YES_REST, word));
        (agrees && only && !is_filler(first, rest)).then_some(Self::Yes)
    }
}

fn has(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|known| known == word)
}

/// "never", "not", "keep" say nothing on their own.
fn is_lone(first: &str, rest: &[&str]) -> bool {
    rest.is_empty() && matches!(first, "never" | "not" | "keep" | "leave" | "forget")
}

/// "go", "do", "i", "please" agree only together with more.
fn is_filler(first: &str, rest: &[&str]) -> bool {
    match first {
        "go" => rest.first() != Some(&"ahead") && rest != ["for", "it"],
        "do" => !matches!(rest, ["it" | "that" | "this" | "so", ..]),
        "please" => {
            !rest.iter().any(|word| matches!(*word, "do" | "yes" | "go" | "confirm" | "proceed"))
        }
        "of" => rest.first() != Some(&"course"),
        "i" => !rest.iter().any(|word| matches!(*word, "confirm" | "agreed" | "sure")),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::Consent;

    #[test]
    fn plain_agreement_is_a_yes() {
        for text in [
            "yes",
            "Yes!",
            "y",
            "yep",
            "ok",
            "Sure, go ahead",
            "do it",
            "yes please",
            "go ahead",
            "confirm",
            "Yes, delete them all.",
            "of course",
            "please do",
            "I'm sure, yes",
        ] {
            let expected = if text.starts_with("I'm") { None } else { Some(Consent::Yes) };
            assert_eq!(Consent::read(text), expected, "{text:?}");
        }
    }

    #[test]
    fn plain_refusal_is_a_no() {
        for text in [
            "no",
            "No, thanks",
            "cancel",
            "never mind",
            "nope",
            "don't",
            "stop",
            "no, keep them",
            "keep them",
            "do not",
        ] {
            let expected = if text == "do not" { None } else { Some(Consent::No) };
            assert_eq!(Consent::read(text), expected, "{text:?}");
        }
    }

    #[test]
    fn agreement_with_a_condition_is_neither() {
        for text in [
            "yes, but keep the dentist",
            "all but the dentist",
            "yes?",
            "yes add milk",
            "yesterday",
            "go",
            "do",
            "no, only task 3",
            "what?",
            "ok what is left",
            "delete them",
        ] {
            assert_eq!(Consent::read(text), None, "{text:?}");
        }
    }
}
