//! How often somebody may talk to the assistant.

use std::{num::NonZeroU32, time::Duration};

use governor::{DefaultKeyedRateLimiter, Quota, clock::Clock as _};
use http::StatusCode;
use todo_core::UserId;
use todo_service::ApiError;

/// 30 chat requests a minute for each user, in this process.
pub(crate) struct ChatLimit(DefaultKeyedRateLimiter<UserId>);

const A_MINUTE: NonZeroU32 = NonZeroU32::new(30).expect("30 is not 0");

impl ChatLimit {
    pub(crate) fn new() -> Self {
        Self(DefaultKeyedRateLimiter::keyed(Quota::per_minute(A_MINUTE)))
    }

    /// Counts one request.
    ///
    /// # Errors
    /// 429, with the time to wait.
    pub(crate) fn count(&self, user: UserId) -> Result<(), ApiError> {
        self.0.check_key(&user).map_err(|until| {
            let wait = until.wait_time_from(governor::clock::DefaultClock::default().now());
            let seconds = wait.as_secs().max(1);
            let detail = format!("That was a lot at once. Go on in {seconds} seconds.");
            ApiError::client(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", detail)
                .with_retry_after(Duration::from_secs(seconds))
        })
    }

    /// Forgets those who have not talked for a while.
    pub(crate) fn tidy(&self) {
        self.0.retain_recent();
        self.0.shrink_to_fit();
    }
}
