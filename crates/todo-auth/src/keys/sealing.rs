//! Private halves are stored sealed: a copy of the database alone signs nothing.

use std::fmt;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::hkdf::{HKDF_SHA256, Salt};
use todo_core::Entropy;
use todo_service::config::Secret;

/// Binds the derived key to its one use.
const LABEL: &[u8] = b"todo-chatbot/signing-keys/v1";

/// The private half of an Ed25519 key.
pub(super) type Seed = [u8; 32];

/// Seals and opens private halves (AES-256-GCM, with a key derived from the server's secret).
pub struct Sealing(LessSafeKey);

impl Sealing {
    /// With the key that follows from `secret`.
    pub fn new(secret: &Secret) -> Self {
        let material = Salt::new(HKDF_SHA256, &[]).extract(secret.expose().as_bytes());
        let derived =
            material.expand(&[LABEL], &AES_256_GCM).expect("32 bytes are within what HKDF gives");
        Self(LessSafeKey::new(UnboundKey::from(derived)))
    }

    /// The nonce, followed by the sealed seed. It opens only under the same `kid`.
    pub(super) fn seal(&self, kid: &str, seed: &Seed, entropy: &dyn Entropy) -> Vec<u8> {
        let mut nonce = [0; NONCE_LEN];
        entropy.fill(&mut nonce);
        let mut sealed = seed.to_vec();
        self.0
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(kid),
                &mut sealed,
            )
            .expect("a seed is far below the longest message");
        [nonce.as_slice(), &sealed].concat()
    }

    /// The seed; `None` when it was sealed with another secret, for another key, or was tampered with.
    pub(super) fn open(&self, kid: &str, sealed: &[u8]) -> Option<Seed> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut sealed = sealed.to_vec();
        let seed = self.0.open_in_place(nonce, Aad::from(kid), &mut sealed).ok()?;
        Seed::try_from(&*seed).ok()
    }
}

impl fmt::Debug for Sealing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealing([redacted])")
    }
}

#[cfg(test)]
mod tests {
    use todo_service::system::OsEntropy;

    use super::*;

    #[test]
    fn a_seed_opens_with_the_same_secret_and_name_only() {
        let sealing = Sealing::new(&Secret::new("one"));
        let sealed = sealing.seal("kid", &[7; 32], &OsEntropy);

        assert_eq!(sealing.open("kid", &sealed), Some([7; 32]));
        assert_eq!(sealing.open("dik", &sealed), None);
        assert_eq!(Sealing::new(&Secret::new("two")).open("kid", &sealed), None);
    }

    #[test]
    fn damage_is_noticed() {
        let sealing = Sealing::new(&Secret::new("one"));
        let mut sealed = sealing.seal("kid", &[7; 32], &OsEntropy);

        sealed[20] ^= 1;

        assert_eq!(sealing.open("kid", &sealed), None);
        assert_eq!(sealing.open("kid", &sealed[..5]), None);
        assert_eq!(sealing.open("kid", &[]), None);
    }
}
