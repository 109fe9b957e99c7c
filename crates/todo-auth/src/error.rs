//! Everything that can go wrong under `/api/auth`, with Better Auth's codes and sentences.

use std::time::Duration;

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::{HeaderName, HeaderValue, StatusCode, header};
use serde::Serialize;
use todo_core::StoreError;
use todo_service::ApiError;

use crate::jwt::MintError;
use crate::passwords::{BadLength, PasswordError};

/// When to come back after a pause that nobody can foretell.
const SHORTLY: Duration = Duration::from_secs(2);

/// A failure under `/api/auth`. The text is what the client reads.
#[derive(Debug, thiserror::Error)]
pub enum AuthError {
    /// Fields are missing, of another type, or out of range; the text names each.
    #[error("{0}")]
    Validation(String),
    /// The body is not JSON.
    #[error("Invalid JSON in request body")]
    Malformed,
    /// The body is too large.
    #[error("The request is too large.")]
    TooLarge,
    /// The body says that it is something else than JSON.
    #[error("Content-Type \"{0}\" is not allowed. Allowed types: application/json")]
    ContentType(String),
    /// What was sent as an address for a sign-in is none.
    #[error("Invalid email")]
    InvalidEmail,
    /// A new password is too short or too long.
    #[error(transparent)]
    PasswordLength(#[from] BadLength),
    /// Somebody has this address already.
    #[error("User already exists. Use another email.")]
    EmailTaken,
    /// No new accounts here.
    #[error("Email and password sign up is not enabled")]
    SignUpDisabled,
    /// Nobody has this address, or the password is another one.
    #[error("Invalid email or password")]
    WrongCredentials,
    /// The current password is another one.
    #[error("Invalid password")]
    WrongPassword,
    /// An address cannot be changed.
    #[error("Email can not be updated")]
    EmailIsFixed,
    /// An update without anything to change.
    #[error("No fields to update")]
    NothingToUpdate,
    /// The session began too long ago for this without the password.
    #[error("Session expired. Re-authenticate to perform this action.")]
    NotFresh,
    /// There is no session. The cookies take away those of one that has ended.
    #[error("Unauthorized")]
    Unauthorized(Vec<HeaderValue>),
    /// Too many attempts.
    #[error("Too many requests. Please try again later.")]
    TooManyRequests {
        /// When the next attempt will be looked at.
        retry_after: Duration,
    },
    /// A password could not be worked on.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The accounts could not be reached.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A token could not be signed.
    #[error(transparent)]
    Mint(#[from] MintError),
}

impl AuthError {
    /// Status and code of what is the client's fault; `None` for what is ours.
    fn clients_fault(&self) -> Option<(StatusCode, &'static str)> {
        Some(match self {
            Self::Validation(_) => (StatusCode::BAD_REQUEST, "VALIDATION_ERROR"),
            Self::Malformed | Self::NothingToUpdate => (StatusCode::BAD_REQUEST, "BAD_REQUEST"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "BODY_TOO_LARGE"),
            Self::ContentType(_) => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_MEDIA_TYPE"),
            Self::InvalidEmail => (StatusCode::BAD_REQUEST, "INVALID_EMAIL"),
            Self::PasswordLength(BadLength::TooShort) => {
                (StatusCode::BAD_REQUEST, "PASSWORD_TOO_SHORT")
            }
            Self::PasswordLength(BadLength::TooLong) => {
                (StatusCode::BAD_REQUEST, "PASSWORD_TOO_LONG")
            }
            Self::EmailTaken => {
                (StatusCode::UNPROCESSABLE_ENTITY, "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL")
            }
            Self::SignUpDisabled => (StatusCode::BAD_REQUEST, "EMAIL_PASSWORD_SIGN_UP_DISABLED"),
            Self::WrongCredentials => (StatusCode::UNAUTHORIZED, "INVALID_EMAIL_OR_PASSWORD"),
            Self::WrongPassword => (StatusCode::BAD_REQUEST, "INVALID_PASSWORD"),
            Self::EmailIsFixed => (StatusCode::BAD_REQUEST, "EMAIL_CAN_NOT_BE_UPDATED"),
            Self::NotFresh => (StatusCode::BAD_REQUEST, "SESSION_EXPIRED"),
            Self::Unauthorized(_) => (StatusCode::UNAUTHORIZED, "UNAUTHORIZED"),
            Self::TooManyRequests { .. } => (StatusCode::TOO_MANY_REQUESTS, "TOO_MANY_REQUESTS"),
            Self::Password(_) | Self::Store(_) | Self::Mint(_) => return None,
        })
    }

    /// What is our fault, logged and without a word of the inside.
    fn our_fault(&self) -> ApiError {
        match self {
            Self::Password(PasswordError::Busy) => ApiError::busy(SHORTLY),
            Self::Store(error) => unreachable_store(error),
            other => ApiError::internal(other),
        }
    }

    fn headers(&self) -> Vec<(HeaderName, HeaderValue)> {
        match self {
            Self::Unauthorized(cookies) => {
                cookies.iter().map(|cookie| (header::SET_COOKIE, cookie.clone())).collect()
            }
            Self::TooManyRequests { retry_after } => {
                let seconds = HeaderValue::from(retry_after.as_secs().max(1));
                let better_auths = HeaderName::from_static("x-retry-after");
                vec![(header::RETRY_AFTER, seconds.clone()), (better_auths, seconds)]
            }
            _ => Vec::new(),
        }
    }
}

/// What Better Auth clients read.
#[derive(Serialize)]
struct Failure {
    message: String,
    code: &'static str,
}

impl IntoResponse for AuthError {
    fn into_response(self) -> Response {
        // `/api/auth` gives `ApiError`s their shape in a layer of its router.
        let Some((status, code)) = self.clients_fault() else {
            return self.our_fault().into_response();
        };
        let message = self.to_string();
        let mut response = (status, Json(Failure { message, code })).into_response();
        response.headers_mut().extend(self.headers());
        response
    }
}

/// A failing store, as an answer.
pub(crate) fn unreachable_store(error: &StoreError) -> ApiError {
    match error {
        StoreError::Unavailable(_) => ApiError::unavailable(error, SHORTLY),
        StoreError::Broken(_) => ApiError::internal(error),
    }
}
