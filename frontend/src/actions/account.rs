//! Sign in, sign up, sign out. The cookies that the backend sets reach the browser by themselves; see
//! [`relay_cookies`](crate::session::relay_cookies).

use axum::response::{IntoResponse, Redirect, Response};
use bytes::Bytes;
use http::{Method, StatusCode, header};
use maud::Render;
use serde::{Deserialize, Serialize};
use todo_api::settings::SettingsPatchBody;

use super::{Answer, Sent};
use crate::failure::Failure;
use crate::pages::private;
use crate::pages::sign_in::{SignIn, local};
use crate::pages::sign_up::{Refusal, SHORTEST_PASSWORD, SignUp};
use crate::session::Visitor;
use crate::words::count;

/// What the backend says when it refuses, in the shape of Better Auth.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Trouble {
    code: String,
    message: String,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Credentials {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    remember: bool,
    #[serde(default)]
    next: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SignInBody<'a> {
    email: &'a str,
    password: &'a str,
    remember_me: bool,
}

/// `POST /sign-in`.
///
/// # Errors
/// The backend does not answer.
pub(crate) async fn sign_in(visitor: Visitor, sent: Sent<Credentials>) -> Answer {
    let form = &sent.form;
    let body = SignInBody {
        email: form.email.trim(),
        password: &form.password,
        remember_me: form.remember,
    };
    let answer = visitor.client.send(Method::POST, "/api/auth/sign-in/email", Some(&body)).await?;
    if answer.status().is_success() {
        return Ok(Redirect::to(&local(&form.next)).into_response());
    }
    let error = match answer.status() {
        StatusCode::TOO_MANY_REQUESTS => too_many(&answer),
        status if status.is_client_error() => "Email or password is wrong.".to_owned(),
        _ => return Err(failure(answer.status())),
    };
    let page = SignIn { next: local(&form.next), email: form.email.clone(), error: Some(error) };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, private(page.render())).into_response())
}

#[derive(Debug, Deserialize)]
pub(crate) struct NewAccount {
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    timezone: String,
}

#[derive(Serialize)]
struct SignUpBody<'a> {
    name: &'a str,
    email: &'a str,
    password: &'a str,
}

/// `POST /sign-up`.
///
/// # Errors
/// The backend does not answer.
pub(crate) async fn sign_up(visitor: Visitor, sent: Sent<NewAccount>) -> Answer {
    let form = &sent.form;
    let body =
        SignUpBody { name: form.name.trim(), email: form.email.trim(), password: &form.password };
    if let Some(refusal) = missing(&body) {
        return Ok(rejected(form, refusal));
    }
    let answer = visitor.client.send(Method::POST, "/api/auth/sign-up/email", Some(&body)).await?;
    if answer.status().is_success() {
        set_zone(&visitor, &form.timezone).await;
        return Ok(Redirect::to("/today").into_response());
    }
    match answer.status() {
        StatusCode::TOO_MANY_REQUESTS => Ok(rejected(form, whole(too_many(&answer)))),
        status if status.is_client_error() => Ok(rejected(form, refusal(&answer, &body))),
        status => Err(failure(status)),
    }
}

/// The new account lives in the zone of its browser. When that fails the zone stays UTC, and the page says so.
async fn set_zone(visitor: &Visitor, timezone: &str) {
    if timezone.is_empty() {
        return;
    }
    let patch =
        SettingsPatchBody { timezone: Some(timezone.to_owned()), ..SettingsPatchBody::default() };
    if let Err(error) = visitor.signed_in().save_settings(&patch).await {
        tracing::warn!(%error, "the time zone of a new account was not stored");
    }
}

fn rejected(form: &NewAccount, error: Refusal) -> Response {
    let page = SignUp { name: form.name.clone(), email: form.email.clone(), error: Some(error) };
    (StatusCode::UNPROCESSABLE_ENTITY, private(page.render())).into_response()
}

/// What can be said without asking the backend.
fn missing(body: &SignUpBody<'_>) -> Option<Refusal> {
    let length = body.password.chars().count();
    if body.name.is_empty() {
        return Some(on("name", "a name is missing", "Please say what you want to be called."));
    }
    if !body.email.contains('@') {
        return Some(on(
            "email",
            "the email is not an address",
            "An email address looks like amina@example.com.",
        ));
    }
    (length < SHORTEST_PASSWORD).then(|| too_short(length))
}

fn too_short(length: usize) -> Refusal {
    let sentence =
        format!("A password needs at least {SHORTEST_PASSWORD} characters. This one has {length}.");
    Refusal { field: "password", short: "the password is too short".to_owned(), sentence }
}

/// The refusals of the backend in our own words.
fn refusal(answer: &http::Response<Bytes>, body: &SignUpBody<'_>) -> Refusal {
    let trouble: Trouble = serde_json::from_slice(answer.body()).unwrap_or_default();
    match trouble.code.as_str() {
        code if code.starts_with("USER_ALREADY_EXISTS") => on(
            "email",
            "the email is taken",
            "There is an account with this address already. Sign in instead.",
        ),
        "PASSWORD_TOO_SHORT" => too_short(body.password.chars().count()),
        "PASSWORD_TOO_LONG" => {
            on("password", "the password is too long", "A password has at most 128 characters.")
        }
        "INVALID_EMAIL" => on(
            "email",
            "the email is not an address",
            "An email address looks like amina@example.com.",
        ),
        _ if trouble.message.is_empty() => whole("The account was not created.".to_owned()),
        _ => whole(format!("The account was not created: {}", trouble.message)),
    }
}

fn on(field: &'static str, short: &str, sentence: &str) -> Refusal {
    Refusal { field, short: short.to_owned(), sentence: sentence.to_owned() }
}

fn whole(sentence: String) -> Refusal {
    Refusal { sentence, ..Refusal::default() }
}

/// How long to wait, from `Retry-After`.
fn too_many(answer: &http::Response<Bytes>) -> String {
    let after = answer
        .headers()
        .get(header::RETRY_AFTER)
        .and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    let wait = match after.unwrap_or(60) {
        seconds @ ..=90 => count(seconds.max(1), "second"),
        seconds => count(seconds.div_ceil(60), "minute"),
    };
    format!("Too many tries. Try again in {wait}.")
}

fn failure(status: StatusCode) -> Failure {
    if matches!(status.as_u16(), 502..=504) { Failure::Away } else { Failure::Broken }
}

/// `POST /sign-out`. Somebody who is signed out already is signed out.
///
/// # Errors
/// The backend does not answer.
pub(crate) async fn sign_out(visitor: Visitor) -> Answer {
    visitor.client.send(Method::POST, "/api/auth/sign-out", Some(&serde_json::json!({}))).await?;
    Ok(Redirect::to("/").into_response())
}
