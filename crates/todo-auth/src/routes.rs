//! `/api/auth`: the Better Auth wire contract, one file for each route.
//!
//! Failures are `{message, code}`. What nobody serves, by path or by method, is an empty 404.

mod change_password;
mod delete_user;
mod jwks;
mod ok;
mod revoke;
mod session;
mod sessions;
mod sign_in;
mod sign_out;
mod sign_up;
mod token;
mod update_user;

mod answer;
mod fields;
mod signed_in;

use axum::Router;
use axum::middleware::{from_fn_with_state, map_response};
use axum::response::Response;
use axum::routing::{get, post};
use http::{HeaderValue, StatusCode, header};
use todo_service::body_limit::limit_body;
use todo_service::error::better_auth_shape;

use crate::auth::Auth;
use crate::middleware::prolong_session;

/// Far more than any of the bodies here needs.
const BODY_LIMIT: usize = 16 * 1024;

pub(crate) fn router(auth: Auth) -> Router {
    let routes = Router::new()
        .route("/ok", get(ok::ok))
        // coming and going
        .route("/sign-up/email", post(sign_up::sign_up))
        .route("/sign-in/email", post(sign_in::sign_in))
        .route("/sign-out", post(sign_out::sign_out))
        // sessions
        .route("/get-session", get(session::session))
        .route("/list-sessions", get(sessions::sessions))
        .route("/revoke-session", post(revoke::one))
        .route("/revoke-sessions", post(revoke::all))
        .route("/revoke-other-sessions", post(revoke::others))
        // the account
        .route("/update-user", post(update_user::update_user))
        .route("/change-password", post(change_password::change_password))
        .route("/delete-user", post(delete_user::delete_user))
        // signed tokens
        .route("/token", get(token::token))
        .route("/jwks", get(jwks::jwks))
        .fallback(nothing)
        .method_not_allowed_fallback(nothing);
    let routes = limit_body(routes, BODY_LIMIT)
        .layer(from_fn_with_state(auth.authenticator(), prolong_session))
        .layer(map_response(better_auth_shape))
        .layer(map_response(keep_private))
        .with_state(auth);
    Router::new().nest("/api/auth", routes)
}

async fn nothing() -> StatusCode {
    StatusCode::NOT_FOUND
}

/// Answers about one person are nobody else's, and no cache's.
async fn keep_private(mut response: Response) -> Response {
    let no_store = HeaderValue::from_static("no-store");
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(no_store);
    response
}
