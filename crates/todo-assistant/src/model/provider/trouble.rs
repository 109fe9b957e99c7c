//! What went wrong, without what the provider says about it: its words may repeat keys and messages.

use genai::Error;
use http::StatusCode;

use crate::model::port::ModelError;

/// The kind of a failure.
pub(super) fn trouble(error: &Error) -> ModelError {
    if let Some(status) = status(error) {
        return match status {
            StatusCode::TOO_MANY_REQUESTS => ModelError::RateLimited,
            // Anthropic's word for "overloaded" is 529.
            status if status.is_server_error() => ModelError::Failed(status),
            StatusCode::REQUEST_TIMEOUT => ModelError::Slow,
            status => ModelError::Refused(status),
        };
    }
    let cause: Option<&(dyn std::error::Error + 'static)> = match error {
        Error::WebModelCall { webc_error: genai::webc::Error::Reqwest(error), .. } => Some(error),
        Error::WebStream { error, .. } => Some(error.as_ref()),
        _ => None,
    };
    match cause.and_then(|cause| cause.downcast_ref::<reqwest::Error>()) {
        Some(error) if error.is_connect() => {
            ModelError::Unreachable(root(error).to_string().into())
        }
        Some(error) if error.is_timeout() => ModelError::Slow,
        Some(_) => ModelError::BrokeOff,
        None => match error {
            Error::WebStream { .. } => ModelError::BrokeOff,
            Error::ChatResponse { .. } => ModelError::Nonsense("it is an error"),
            _ => ModelError::Nonsense("it cannot be read"),
        },
    }
}

/// In a stream the status lies within the error that the transport wrapped.
fn status(error: &Error) -> Option<StatusCode> {
    match error {
        Error::WebStream { error: inner, .. } => inner.downcast_ref::<Error>()?.status(),
        _ => error.status(),
    }
}

/// "connection refused", without the address, whose path or user may be a secret.
fn root<'a>(error: &'a (dyn std::error::Error + 'static)) -> &'a (dyn std::error::Error + 'static) {
    let mut deepest = error;
    while let Some(next) = deepest.source() {
        deepest = next;
    }
    deepest
}
