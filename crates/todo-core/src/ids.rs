//! Identifiers. All of them are numbers, so that a row of keys stays small; a user's is written as text outside.

use std::{fmt, str::FromStr};

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Entropy;

/// A user. Outside it is 13 characters of Crockford's base 32, opaque to everyone.
///
/// 42 bits of milliseconds and 21 random bits: two sign-ups in the same millisecond meet once in two million times, and
/// then the unique key refuses the second.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UserId(pub i64);

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const LENGTH: usize = 13;

impl UserId {
    /// Draws an identifier for somebody who signs up at `now`.
    pub fn draw(now: Timestamp, entropy: &dyn Entropy) -> Self {
        let mut random = [0; 4];
        entropy.fill(&mut random);
        let low = i64::from(u32::from_le_bytes(random)) & 0x1f_ffff;
        Self((now.as_millisecond() & 0x3ff_ffff_ffff) << 21 | low)
    }
}

impl fmt::Display for UserId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = [0u8; LENGTH];
        for (place, slot) in text.iter_mut().rev().enumerate() {
            *slot = ALPHABET[(self.0 as u64 >> (5 * place) & 31) as usize];
        }
        f.write_str(std::str::from_utf8(&text).expect("the alphabet is ASCII"))
    }
}

impl fmt::Debug for UserId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UserId({self})")
    }
}

/// The text is not a user's identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a user id")]
pub struct NotAUserId;

impl FromStr for UserId {
    type Err = NotAUserId;

    fn from_str(text: &str) -> Result<Self, NotAUserId> {
        if text.len() != LENGTH {
            return Err(NotAUserId);
        }
        let mut value = 0u128;
        for byte in text.bytes() {
            let digit = ALPHABET.iter().position(|known| *known == byte).ok_or(NotAUserId)?;
            value = value << 5 | digit as u128;
        }
        i64::try_from(value).map(Self).map_err(|_| NotAUserId)
    }
}

impl Serialize for UserId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for UserId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        std::borrow::Cow::<'de, str>::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

macro_rules! number {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = std::num::ParseIntError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

number! {
    /// A task's number: counts from 1 for each user, never used twice, and what people say ("task 3").
    TaskNumber
}
number! {
    /// A change set's place in its user's history: 1, 2, 3 … without gaps, in the order of the commits.
    ChangeSeq
}
number! {
    /// A conversation, counted from 1 for each user.
    ConversationId
}
number! {
    /// A plan, counted from 1 for each user.
    PlanId
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_id_survives_its_text() {
        for value in [0, 1, 31, 32, 1 << 40, i64::MAX] {
            let id = UserId(value);
            assert_eq!(id.to_string().parse(), Ok(id));
        }
    }

    #[test]
    fn what_is_no_user_id_is_refused() {
        for text in ["", "me", "0000000000000000", "zzzzzzzzzzzzz", "000000000000l", "00000000000é"]
        {
            assert_eq!(text.parse::<UserId>(), Err(NotAUserId), "{text:?}");
        }
    }
}
