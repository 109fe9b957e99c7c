//! The keys that sign tokens. They live in the database: any replica signs, and whoever can read the public halves
//! can check.

mod published;
mod ring;
mod sealing;

pub use published::PublishedKeys;
pub use ring::{KeyError, KeyRing, Signer};
pub use sealing::Sealing;

use jiff::SignedDuration;

/// How long before its first use a key is published, so that every reader has it by then.
pub const PUBLISHED_BEFORE: SignedDuration = SignedDuration::from_mins(10);
/// How long a key signs before the next one takes over.
pub const ROTATE_AFTER: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How long the tokens of a key are accepted once the next one signs: the longest life of a token (15 minutes), and
/// time for replicas that notice the change late.
pub const ACCEPTED_AFTER: SignedDuration = SignedDuration::from_mins(20);
