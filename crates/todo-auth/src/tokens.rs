//! Session tokens: what a client holds, and the hash that we keep.

use std::fmt;
use std::str::FromStr;

use aws_lc_rs::digest::{SHA256, digest};
use todo_core::Entropy;
use todo_core::accounts::TokenHash;

const LENGTH: usize = 32;
const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// What a client shows to be recognised: 32 letters and digits, 190 bits. Prints as `[redacted]`.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken(String);

impl SessionToken {
    /// Draws a new one.
    pub fn draw(entropy: &dyn Entropy) -> Self {
        Self(random_text(entropy))
    }

    /// The token itself, for the client that it belongs to.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What is stored in its place. The token has too much randomness for anybody to search it from the hash.
    pub fn hash(&self) -> TokenHash {
        sha256(self.0.as_bytes())
    }
}

/// The text cannot be a session token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a session token")]
pub struct NotAToken;

impl FromStr for SessionToken {
    type Err = NotAToken;

    fn from_str(text: &str) -> Result<Self, NotAToken> {
        let fits = text.len() == LENGTH && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if fits { Ok(Self(text.to_owned())) } else { Err(NotAToken) }
    }
}

impl fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// 32 random letters and digits, each equally likely. Also the form of session ids and key ids.
pub(crate) fn random_text(entropy: &dyn Entropy) -> String {
    // The largest multiple of the alphabet's length that fits a byte; what is above would favour its beginning.
    let fair = u8::MAX - u8::MAX % ALPHABET.len() as u8;
    let mut text = String::with_capacity(LENGTH);
    let mut bytes = [0; LENGTH];
    while text.len() < LENGTH {
        entropy.fill(&mut bytes);
        let letters = bytes.iter().filter(|byte| **byte < fair);
        let letters = letters.map(|byte| char::from(ALPHABET[usize::from(*byte) % ALPHABET.len()]));
        text.extend(letters.take(LENGTH - text.len()));
    }
    text
}

/// SHA-256 of `bytes`.
pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    digest(&SHA256, bytes).as_ref().try_into().expect("SHA-256 has 32 bytes")
}

#[cfg(test)]
mod tests {
    use todo_service::system::OsEntropy;

    use super::*;

    #[test]
    fn a_token_survives_its_text_and_differs_each_time() {
        let (one, other) = (SessionToken::draw(&OsEntropy), SessionToken::draw(&OsEntropy));

        assert_eq!(one.expose().parse(), Ok(one.clone()));
        assert_ne!(one.hash(), other.hash());
    }

    #[test]
    fn a_token_does_not_print_itself() {
        let token = SessionToken::draw(&OsEntropy);

        assert_eq!(format!("{token:?}"), "[redacted]");
    }

    #[test]
    fn what_cannot_be_a_token_is_refused() {
        for text in
            ["", "short", &"a".repeat(31), &"a".repeat(33), &"-".repeat(32), "ééééééééééééééééé"]
        {
            assert_eq!(text.parse::<SessionToken>(), Err(NotAToken), "{text:?}");
        }
    }
}
