//! How often a sign-in may fail, and how many accounts one address may make.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use todo_core::Clock;
use todo_core::accounts::AccountStore;

use crate::error::AuthError;
use crate::tokens::sha256;

/// So many failures of one kind, forgotten after a time without another.
#[derive(Debug, Clone, Copy)]
struct Allowance {
    attempts: u32,
    window: SignedDuration,
}

const OF_ACCOUNT: Allowance = Allowance { attempts: 10, window: SignedDuration::from_mins(10) };
const OF_ADDRESS: Allowance = Allowance { attempts: 30, window: SignedDuration::from_mins(10) };
const OF_SIGN_UPS: Allowance = Allowance { attempts: 20, window: SignedDuration::from_hours(1) };

/// Counts attempts in the store, so that all replicas share the counts.
#[derive(Clone)]
pub struct Limits {
    store: Arc<dyn AccountStore>,
    clock: Arc<dyn Clock>,
}

impl Limits {
    /// Counts in `store`.
    pub fn new(store: Arc<dyn AccountStore>, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock }
    }

    /// Refuses a sign-in when the account or the address has failed too often.
    ///
    /// # Errors
    /// It has, or the store fails.
    pub async fn check_sign_in(&self, email: &str, address: IpAddr) -> Result<(), AuthError> {
        self.check(&account(email), OF_ACCOUNT).await?;
        self.check(&origin("sign-in", address), OF_ADDRESS).await
    }

    /// Counts a failed sign-in.
    ///
    /// # Errors
    /// The store fails.
    pub async fn sign_in_failed(&self, email: &str, address: IpAddr) -> Result<(), AuthError> {
        self.count(&account(email), OF_ACCOUNT).await?;
        self.count(&origin("sign-in", address), OF_ADDRESS).await
    }

    /// Forgets the failures of an account after a sign-in. Those of the address stay: otherwise a stranger would buy
    /// new attempts with an account of their own.
    ///
    /// # Errors
    /// The store fails.
    pub async fn signed_in(&self, email: &str) -> Result<(), AuthError> {
        let key = account(email);
        // Most sign-ins follow no failure, and reading is cheaper than writing.
        if self.store.failures(&key, self.clock.now()).await?.is_some() {
            self.store.forget_failures(&key).await?;
        }
        Ok(())
    }

    /// Counts a sign-up, and refuses it when the address has made too many accounts.
    ///
    /// # Errors
    /// It has, or the store fails.
    pub async fn take_sign_up(&self, address: IpAddr) -> Result<(), AuthError> {
        let key = origin("sign-up", address);
        self.check(&key, OF_SIGN_UPS).await?;
        self.count(&key, OF_SIGN_UPS).await
    }

    async fn check(&self, key: &str, allowed: Allowance) -> Result<(), AuthError> {
        let now = self.clock.now();
        match self.store.failures(key, now).await? {
            Some((count, until)) if count >= allowed.attempts => {
                Err(AuthError::TooManyRequests { retry_after: between(now, until) })
            }
            _ => Ok(()),
        }
    }

    async fn count(&self, key: &str, allowed: Allowance) -> Result<(), AuthError> {
        let now = self.clock.now();
        self.store.count_failure(key, now, now + allowed.window).await?;
        Ok(())
    }
}

impl fmt::Debug for Limits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Limits").finish_non_exhaustive()
    }
}

/// Rounded up, so that whoever waits this long is let in.
fn between(now: Timestamp, until: Timestamp) -> Duration {
    let left = Duration::try_from(until.duration_since(now)).unwrap_or_default();
    Duration::from_secs(left.as_millis().div_ceil(1000).try_into().unwrap_or(u64::MAX))
}

/// A hash, because people type passwords into the wrong field.
fn account(email: &str) -> String {
    let hash = sha256(email.as_bytes());
    let hex: String = hash[..16].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sign-in:account:{hex}")
}

/// One household has a whole /64 of IPv6 and would otherwise never run out of addresses.
fn origin(kind: &str, address: IpAddr) -> String {
    let address = match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & (u128::MAX << 64))),
        v4 @ IpAddr::V4(_) => v4,
    };
    format!("{kind}:address:{address}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_in_one_ipv6_network_share_a_count() {
        let key = |text: &str| origin("sign-in", text.parse().expect("an address"));

        assert_eq!(key("2001:db8::1"), key("2001:db8::2"));
        assert_ne!(key("2001:db8::1"), key("2001:db8:0:1::1"));
        assert_ne!(key("192.0.2.1"), key("192.0.2.2"));
        assert_eq!(key("::ffff:192.0.2.1"), key("192.0.2.1"));
    }

    #[test]
    fn a_key_tells_no_address_of_a_person() {
        assert!(!account("ann@example.com").contains("ann"));
    }
}
