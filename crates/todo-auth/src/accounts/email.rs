//! Addresses that people sign in with.

use std::fmt;
use std::str::FromStr;

/// The longest address that mail can be sent to (RFC 5321).
const LONGEST: usize = 254;
const LONGEST_LOCAL: usize = 64;

/// An e-mail address in lower case: capitals make no second account. Prints as `[redacted]`.
#[derive(Clone, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The text is no address that mail could be sent to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Invalid email address")]
pub struct NotAnEmail;

impl FromStr for Email {
    type Err = NotAnEmail;

    fn from_str(text: &str) -> Result<Self, NotAnEmail> {
        let (local, domain) = text.rsplit_once('@').ok_or(NotAnEmail)?;
        let fits = text.len() <= LONGEST && is_local(local) && is_domain(domain);
        if fits { Ok(Self(text.to_ascii_lowercase())) } else { Err(NotAnEmail) }
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// Words of RFC 5322 with single dots between; no quoting, which no provider gives out.
fn is_local(local: &str) -> bool {
    let is_letter =
        |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte);
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(is_letter);
    local.len() <= LONGEST_LOCAL && local.split('.').all(is_word)
}

/// At least two labels, the last of which is not a number (that would be an address of a machine).
fn is_domain(domain: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(is_letter)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let Some((_, top)) = domain.rsplit_once('.') else { return false };
    domain.split('.').all(is_label)
        && top.len() >= 2
        && top.bytes().any(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_people_are_accepted_in_lower_case() {
        for (text, kept) in [
            ("Ann@Example.COM", "ann@example.com"),
            ("o'hara+todo@mail.example.co.uk", "o'hara+todo@mail.example.co.uk"),
            ("a@xn--bcher-kva.example", "a@xn--bcher-kva.example"),
        ] {
            assert_eq!(text.parse::<Email>().expect(text).as_str(), kept);
        }
    }

    #[test]
    fn what_mail_cannot_reach_is_refused() {
        let long = format!("{}@example.com", "a".repeat(65));
        let longer = format!("a@{}.com", "b.".repeat(130));
        for text in [
            "",
            "bad",
            "@example.com",
            "a@",
            "a@localhost",
            "a@@example.com",
            "a b@example.com",
            "a@exa mple.com",
            ".a@example.com",
            "a..b@example.com",
            "a@-x.com",
            "a@x-.com",
            "a@.com",
            "a@x.c",
            "a@127.0.0.1",
            "a\0@example.com",
            "ä@example.com",
            "a@example.com\n",
            &long,
            &longer,
        ] {
            assert_eq!(text.parse::<Email>(), Err(NotAnEmail), "{text:?}");
        }
    }
}
