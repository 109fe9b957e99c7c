//! Values that nobody may see: known once, hidden in everything that is shown or written.

use std::sync::{Arc, PoisonError, RwLock};

use base64::{Engine as _, engine::general_purpose::STANDARD};

/// What is shown in place of a secret.
const HIDDEN: &str = "[hidden]";

/// Shorter texts would blot out ordinary words.
const SHORTEST: usize = 6;

/// From this length on, in bytes, a secret is no ordinary word: it is hidden even inside of others.
const LONG: usize = 16;

/// Variables of our environment that hold secrets. No program that we start needs them.
pub(crate) const VARIABLES: [&str; 4] =
    ["DATABASE_URL", "DATABASE_DIRECT_URL", "BETTER_AUTH_SECRET", "OPENAI_API_KEY"];

/// The secret values of this run, in every form in which a program may print them.
#[derive(Clone, Default)]
pub(crate) struct Secrets(Arc<RwLock<Known>>);

#[derive(Default)]
struct Known {
    /// Whole values, and everything as base64: these appear nowhere by chance.
    texts: Vec<String>,
    /// Passwords of URLs, and short values. `postgres` and `todo-app` are passwords as well as names of ours.
    words: Vec<String>,
}

impl Secrets {
    /// From now on `value` is hidden, also as base64, and the password inside it when it is a URL.
    pub(crate) fn remember(&self, value: &str) {
        let (mut texts, mut words) = (Vec::new(), Vec::new());
        if value.len() < LONG { &mut words } else { &mut texts }.push(value.to_owned());
        texts.push(STANDARD.encode(value));
        for password in passwords(value) {
            texts.push(STANDARD.encode(&password));
            words.push(password);
        }

        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        add(&mut known.texts, texts);
        add(&mut known.words, words);
    }

    /// `text` without any secret. A short password is hidden where it stands by itself, not where it is a part of a
    /// longer name.
    pub(crate) fn clean(&self, text: &str) -> String {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let text =
            known.texts.iter().fold(text.to_owned(), |text, secret| text.replace(secret, HIDDEN));
        known.words.iter().fold(text, |text, word| {
            if word.len() < LONG { without_word(&text, word) } else { text.replace(word, HIDDEN) }
        })
    }

    /// Whether the argument of a program holds a secret. A password alone is one when it is the whole argument, or the
    /// value of a flag, and could not be the name of something in the cluster.
    pub(crate) fn in_argument(&self, arg: &str) -> bool {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let value = arg.rsplit_once('=').map_or(arg, |(_, value)| value);
        known.texts.iter().any(|secret| arg.contains(secret))
            || known.words.iter().any(|word| {
                arg.contains(&format!(":{word}@"))
                    || (!could_be_name(word) && (arg == word || value == word))
            })
    }
}

/// Adds the forms that are long enough, each once, and the longest first: a shorter one must not break up a longer one
/// that contains it.
fn add(known: &mut Vec<String>, forms: Vec<String>) {
    known.extend(forms.into_iter().filter(|form| form.len() >= SHORTEST));
    known.sort_by(|one, other| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
    known.dedup();
}

/// The password in a URL, as it is written there and as it is meant.
fn passwords(value: &str) -> Vec<String> {
    let url = url::Url::parse(value).ok();
    let password = url.as_ref().and_then(url::Url::password);
    password.map_or_else(Vec::new, |written| {
        let meant = percent_encoding::percent_decode_str(written).decode_utf8_lossy();
        vec![written.to_owned(), meant.into_owned()]
    })
}

/// Whether a namespace, a Secret or a context may have this as its name.
fn could_be_name(word: &str) -> bool {
    word.len() < LONG
        && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// `text` with `word` hidden wherever no name goes on before or behind it.
fn without_word(text: &str, word: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut done = 0;
    for (at, _) in text.match_indices(word) {
        let end = at + word.len();
        let (before, behind) = (text[..at].chars().rev(), text[end..].chars());
        if !goes_on(before) && !goes_on(behind) {
            shown.push_str(&text[done..at]);
            shown.push_str(HIDDEN);
            done = end;
        }
    }
    shown.push_str(&text[done..]);
    shown
}

/// Whether a name goes on with these characters. A full stop ends a sentence, and joins the parts of a host's name.
fn goes_on(mut characters: impl Iterator<Item = char>) -> bool {
    match characters.next() {
        Some('.') => characters.next().is_some_and(char::is_alphanumeric),
        Some(next) => next.is_alphanumeric() || matches!(next, '-' | '_'),
        None => false,
    }
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets([hidden])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn knowing(value: &str) -> Secrets {
        let secrets = Secrets::default();
        secrets.remember(value);
        secrets
    }

    #[test]
    fn a_database_url_is_hidden_whole_and_its_password_alone() {
        let secrets = knowing("postgresql://app:s3cr%40t-word@db.example/todo");

        let shown = secrets.clean(
            "at postgresql://app:s3cr%40t-word@db.example/todo, password s3cr@t-word or s3cr%40t-word",
        );

        assert_eq!(shown, "at [hidden], password [hidden] or [hidden]");
    }

    #[test]
    fn the_encoded_form_that_kubectl_prints_is_hidden_too() {
        let secrets = knowing("correct horse battery");

        let encoded = STANDARD.encode("correct horse battery");

        assert!(secrets.in_argument(&encoded));
        assert_eq!(secrets.clean(&format!("data: {encoded}")), "data: [hidden]");
    }

    #[test]
    fn a_very_short_value_does_not_blot_out_words() {
        assert_eq!(knowing("pod").clean("the pod is ready"), "the pod is ready");
    }

    #[test]
    fn a_password_that_is_an_ordinary_word_is_no_secret_in_names() {
        for (password, name) in
            [("postgres", "todo-postgres"), ("todo-app", "todo-app-values"), ("review", "reviews")]
        {
            let secrets = knowing(&format!("postgresql://{password}:{password}@db/todo"));

            assert!(!secrets.in_argument(name), "{name}");
            assert!(!secrets.in_argument(password), "--namespace {password}");
            assert!(!secrets.in_argument(&format!("--selector=app={name}")));
            assert!(secrets.in_argument(&format!("--url=postgresql://a:{password}@db/x")));
            assert_eq!(
                secrets.clean(&format!("the secret {name}.")),
                format!("the secret {name}.")
            );
            assert_eq!(secrets.clean(&format!("password {password}.")), "password [hidden].");
            assert_eq!(secrets.clean(&format!("//a:{password}@db")), "//a:[hidden]@db");
            let encoded = STANDARD.encode(password);
            assert_eq!(secrets.clean(&format!("data: {encoded}")), "data: [hidden]");
        }
    }

    #[test]
    fn a_host_of_many_parts_stays_readable() {
        let secrets = knowing("postgresql://todo:postgres@db/todo");

        assert_eq!(secrets.clean("no host postgres.todo.svc"), "no host postgres.todo.svc");
    }

    #[test]
    fn a_password_that_is_no_name_is_refused_as_an_argument_and_as_a_value() {
        let secrets = knowing("postgresql://todo:Hunter2!@db/todo");

        assert!(secrets.in_argument("Hunter2!"));
        assert!(secrets.in_argument("--password=Hunter2!"));
        assert!(secrets.in_argument("--set=db.password=Hunter2!"));
    }

    #[test]
    fn a_long_password_is_hidden_inside_of_other_words_too() {
        let secrets = knowing("postgresql://todo:npg_4xT9aaKq82LmZ0@db/todo");

        assert_eq!(secrets.clean("PGnpg_4xT9aaKq82LmZ0x"), "PG[hidden]x");
    }
}
