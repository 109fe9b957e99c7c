//! Passwords: argon2id, a few at a time.
//!
//! One hash takes 19 MiB and some tens of milliseconds of a core by design. So only two run at once in a process, a
//! few more wait, and everybody else is asked to come back: sign-ins must not take the tasks down with them.

use std::fmt;
use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use todo_core::Entropy;
use tokio::sync::{Semaphore, TryAcquireError};

/// How many passwords are worked on at once in a process.
const AT_ONCE: usize = 2;
/// How many more may wait.
const WAITING: usize = 16;
/// 19 MiB, two passes, one lane: OWASP's first choice for argon2id.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const SALT_LENGTH: usize = 16;

/// The fewest characters of a new password.
pub const MIN_LENGTH: usize = 8;
/// The most characters of a new password.
pub const MAX_LENGTH: usize = 128;

/// A new password is refused for its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadLength {
    /// Fewer than [`MIN_LENGTH`] characters.
    #[error("Password too short")]
    TooShort,
    /// More than [`MAX_LENGTH`] characters.
    #[error("Password too long")]
    TooLong,
}

/// A password could be neither hashed nor checked.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// Too many others are waiting.
    #[error("too many passwords are being checked")]
    Busy,
    /// A stored hash cannot be read, or there is no memory.
    #[error("a password hash is damaged or could not be computed")]
    Broken(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Checks the length of a new password, in characters.
///
/// # Errors
/// It is too short or too long.
pub fn check_length(password: &str) -> Result<(), BadLength> {
    match password.chars().count() {
        0..MIN_LENGTH => Err(BadLength::TooShort),
        MIN_LENGTH..=MAX_LENGTH => Ok(()),
        _ => Err(BadLength::TooLong),
    }
}

/// Hashes and checks passwords. Clones share one queue; make one for each process.
#[derive(Clone)]
pub struct Passwords {
    admitted: Arc<Semaphore>,
    running: Arc<Semaphore>,
    entropy: Arc<dyn Entropy>,
}

impl Passwords {
    /// With an empty queue.
    pub fn new(entropy: Arc<dyn Entropy>) -> Self {
        Self {
            admitted: Arc::new(Semaphore::new(AT_ONCE + WAITING)),
            running: Arc::new(Semaphore::new(AT_ONCE)),
            entropy,
        }
    }

    /// Hashes a password with a fresh salt, as a PHC string.
    ///
    /// # Errors
    /// The queue is full, or there is no memory.
    pub async fn hash(&self, password: &str) -> Result<String, PasswordError> {
        let mut salt = [0; SALT_LENGTH];
        self.entropy.fill(&mut salt);
        let password = password.to_owned();
        self.run(move || Ok(hash(&password, &salt)?.to_string())).await
    }

    /// Whether `password` is the one of `stored`, a PHC string.
    ///
    /// # Errors
    /// The queue is full, there is no memory, or `stored` is no hash of ours.
    pub async fn verify(&self, password: &str, stored: &str) -> Result<bool, PasswordError> {
        let (password, stored) = (password.to_owned(), stored.to_owned());
        self.run(move || {
            let stored = PasswordHash::new(&stored)?;
            match argon2().verify_password(password.as_bytes(), &stored) {
                Ok(()) => Ok(true),
                Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
                Err(error) => Err(error.into()),
            }
        })
        .await
    }

    /// Takes as long as [`Passwords::verify`], for an address that nobody has: the time must not tell.
    ///
    /// # Errors
    /// The queue is full, or there is no memory.
    pub async fn verify_nobody(&self, password: &str) -> Result<(), PasswordError> {
        let password = password.to_owned();
        self.run(move || hash(&password, &[0; SALT_LENGTH]).map(drop)).await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Cause> + Send + 'static,
    ) -> Result<T, PasswordError> {
        let admitted = match self.admitted.clone().try_acquire_owned() {
            Ok(permit) => permit,
            Err(TryAcquireError::NoPermits | TryAcquireError::Closed) => {
                return Err(PasswordError::Busy);
            }
        };
        let running =
            self.running.clone().acquire_owned().await.map_err(|_| PasswordError::Busy)?;
        // The permits go along: a client that hangs up does not make room while its password is still worked on.
        let work = tokio::task::spawn_blocking(move || {
            let result = work();
            drop((running, admitted));
            result
        });
        work.await
            .map_err(|error| PasswordError::Broken(error.into()))?
            .map_err(PasswordError::Broken)
    }
}

type Cause = Box<dyn std::error::Error + Send + Sync>;

fn argon2() -> Argon2<'static> {
    let params =
        Params::new(MEMORY_KIB, PASSES, LANES, None).expect("our own parameters are in range");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn hash(password: &str, salt: &[u8]) -> Result<PasswordHash, Cause> {
    Ok(argon2().hash_password_with_salt(password.as_bytes(), salt)?)
}

impl fmt::Debug for Passwords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Passwords").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use todo_service::system::OsEntropy;

    use super::*;

    fn passwords() -> Passwords {
        Passwords::new(Arc::new(OsEntropy))
    }

    #[tokio::test]
    async fn a_password_fits_its_own_hash_and_no_other() {
        let stored = passwords().hash("correct horse").await.expect("room");

        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(passwords().verify("correct horse", &stored).await.expect("room"));
        assert!(!passwords().verify("correct house", &stored).await.expect("room"));
    }

    #[tokio::test]
    async fn strange_characters_are_characters_like_others() {
        for password in [
            "\0\0\0\0\0\0\0\0",
            "🦀🦀🦀🦀🦀🦀🦀🦀",
            "\u{fffd}\u{202e}abcdef",
            &"é".repeat(MAX_LENGTH),
        ] {
            assert_eq!(check_length(password), Ok(()), "{password:?}");
            let stored = passwords().hash(password).await.expect("room");
            assert!(passwords().verify(password, &stored).await.expect("room"), "{password:?}");
        }
    }

    #[test]
    fn length_is_counted_in_characters() {
        assert_eq!(check_length(&"é".repeat(7)), Err(BadLength::TooShort));
        assert_eq!(check_length(&"é".repeat(8)), Ok(()));
        assert_eq!(check_length(&"é".repeat(128)), Ok(()));
        assert_eq!(check_length(&"é".repeat(129)), Err(BadLength::TooLong));
    }

    #[tokio::test]
    async fn a_damaged_hash_is_our_fault_and_not_a_wrong_password() {
        let answer = passwords().verify("correct horse", "plain").await;

        assert!(matches!(answer, Err(PasswordError::Broken(_))));
    }

    #[tokio::test]
    async fn who_finds_the_queue_full_is_sent_away() {
        let passwords = passwords();
        let all = u32::try_from(AT_ONCE + WAITING).expect("a small number");
        let others =
            passwords.admitted.clone().try_acquire_many_owned(all).expect("an empty queue");

        assert!(matches!(passwords.verify_nobody("x").await, Err(PasswordError::Busy)));

        drop(others);
        assert!(passwords.verify_nobody("x").await.is_ok());
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn never_more_than_two_at_once() {
        use std::sync::atomic::{AtomicUsize, Ordering};
        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let passwords = passwords();

        let work = (0..AT_ONCE + WAITING).map(|_| {
            let (passwords, now, most) = (passwords.clone(), now.clone(), most.clone());
            tokio::spawn(async move {
                let count = move || {
                    most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    std::thread::yield_now();
                    now.fetch_sub(1, Ordering::SeqCst);
                    Ok(())
                };
                passwords.run(count).await
            })
        });
        for task in work.collect::<Vec<_>>() {
            task.await.expect("no panic").expect("room");
        }

        assert!((1..=AT_ONCE).contains(&most.load(Ordering::SeqCst)));
    }
}
