//! What a page is answered with when it cannot be shown.
//!
//! Handlers return a [`Failure`]; one layer turns it, and every problem document of the layers around them, into a page
//! or into the way to the sign-in page. It alone knows what the browser asked for.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use http::{HeaderMap, Method, StatusCode, Uri};
use todo_api::{ClientError, TransportError};
use todo_service::ApiError;
use todo_service::telemetry::REQUEST_ID;

use crate::address::Address;
use crate::pages::lost::Lost;

/// Why there is no page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    /// Nobody is signed in.
    SignedOut,
    /// It does not exist, or belongs to somebody else.
    NotFound,
    /// The request was not one of ours, or too large.
    Refused,
    /// The backend is away, or has too much to do.
    Away,
    /// Something is wrong on our side.
    Broken,
}

impl From<&ClientError> for Failure {
    fn from(error: &ClientError) -> Self {
        match error {
            ClientError::Transport(_) => Self::Away,
            ClientError::Refused(problem) => match problem.status {
                401 => Self::SignedOut,
                429 | 502..=504 => Self::Away,
                400..=499 => Self::NotFound,
                _ => Self::Broken,
            },
            ClientError::Unexpected(status) => match status.as_u16() {
                502..=504 => Self::Away,
                _ => Self::Broken,
            },
        }
    }
}

impl From<ClientError> for Failure {
    fn from(error: ClientError) -> Self {
        let failure = Self::from(&error);
        if matches!(failure, Self::Broken | Self::Away) {
            tracing::warn!(%error, cause = ?std::error::Error::source(&error), "the backend did not answer as it should");
        }
        failure
    }
}

impl From<TransportError> for Failure {
    fn from(error: TransportError) -> Self {
        ClientError::from(error).into()
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status = match self {
            Self::SignedOut => StatusCode::UNAUTHORIZED,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Refused => StatusCode::BAD_REQUEST,
            Self::Away => StatusCode::BAD_GATEWAY,
            Self::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Layer that gives failures their page.
pub(crate) async fn pages(request: Request, next: Next) -> Response {
    let asked = Asked::of(&request);
    let response = next.run(request).await;
    match failure_of(&response) {
        Some(Failure::SignedOut) => asked.sign_in().into_response(),
        Some(failure) => {
            let id = response.headers().get(REQUEST_ID).or(asked.id.as_ref());
            let number = id.and_then(|id| id.to_str().ok()).unwrap_or_default().to_owned();
            Lost { failure, again: asked.again(), number }.respond(response.status())
        }
        None => response,
    }
}

fn failure_of(response: &Response) -> Option<Failure> {
    let known = response.extensions().get::<Failure>().copied();
    known.or_else(|| {
        let error = response.extensions().get::<ApiError>()?;
        Some(match error.status().as_u16() {
            401 => Failure::SignedOut,
            404 | 405 => Failure::NotFound,
            429 | 502..=504 => Failure::Away,
            400..=499 => Failure::Refused,
            _ => Failure::Broken,
        })
    })
}

/// What the browser wanted, in so far as it can be asked for again.
struct Asked {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    id: Option<http::HeaderValue>,
}

impl Asked {
    fn of(request: &Request) -> Self {
        Self {
            method: request.method().clone(),
            uri: request.uri().clone(),
            headers: request.headers().clone(),
            id: request.headers().get(REQUEST_ID).cloned(),
        }
    }

    /// The page that was asked for, or the one whose form was sent.
    fn again(&self) -> String {
        if self.method == Method::GET {
            return self.uri.path_and_query().map_or("/", |asked| asked.as_str()).to_owned();
        }
        Address::referer(&self.headers).href()
    }

    fn sign_in(&self) -> Redirect {
        let query = serde_urlencoded::to_string([("next", self.again())])
            .expect("pairs of text can be written");
        Redirect::to(&format!("/sign-in?{query}"))
    }
}
