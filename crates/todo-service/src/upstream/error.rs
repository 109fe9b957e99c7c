//! Why another part of the system gave no answer.

use std::error::Error;
use std::time::Duration;

use http::StatusCode;
use http_body_util::LengthLimitError;

use crate::body_limit::too_large;
use crate::error::{ApiError, Chain};

type Cause = Box<dyn Error + Send + Sync>;

/// A request to another part of the system that brought no answer.
#[derive(Debug, thiserror::Error)]
pub enum UpstreamError {
    /// Nobody answered at the address; the request was certainly not seen.
    #[error("the service cannot be reached")]
    Unreachable(#[source] Cause),
    /// The exchange broke off; whether the request took effect is unknown.
    #[error("the service broke off")]
    Interrupted(#[source] Cause),
    /// The time for the exchange is over; whether the request took effect is unknown.
    #[error("the service did not answer in time")]
    Timeout,
    /// The request cannot be sent anywhere.
    #[error("the request cannot be sent")]
    Invalid(#[source] Cause),
}

impl UpstreamError {
    /// An exchange that `cause` broke off.
    pub(super) fn interrupted(cause: impl Into<Cause>) -> Self {
        Self::Interrupted(cause.into())
    }
}

impl From<reqwest::Error> for UpstreamError {
    fn from(error: reqwest::Error) -> Self {
        // The address may hold a password.
        let error = error.without_url();
        if error.is_connect() {
            Self::Unreachable(error.into())
        } else if error.is_timeout() {
            Self::Timeout
        } else if error.is_builder() {
            Self::Invalid(error.into())
        } else {
            Self::Interrupted(error.into())
        }
    }
}

impl From<UpstreamError> for ApiError {
    fn from(error: UpstreamError) -> Self {
        if let UpstreamError::Interrupted(cause) = &error
            && is_length_limit(&**cause)
        {
            // The body that we passed on was cut by our own limit.
            return too_large();
        }
        tracing::warn!(error = %Chain(&error), "no answer from upstream");
        match error {
            UpstreamError::Unreachable(_) => ApiError::busy(Duration::from_secs(1)),
            UpstreamError::Timeout => ApiError::client(
                StatusCode::GATEWAY_TIMEOUT,
                "upstream_timeout",
                "The answer took too long.",
            ),
            UpstreamError::Interrupted(_) => ApiError::client(
                StatusCode::BAD_GATEWAY,
                "upstream_interrupted",
                "The connection broke off before the answer was complete.",
            ),
            UpstreamError::Invalid(_) => ApiError::client(
                StatusCode::BAD_REQUEST,
                "invalid_request",
                "The request cannot be passed on.",
            ),
        }
    }
}

fn is_length_limit(error: &(dyn Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.is::<LengthLimitError>() {
            return true;
        }
        cause = error.source();
    }
    false
}
