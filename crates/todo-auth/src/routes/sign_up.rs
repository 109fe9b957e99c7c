//! Making an account.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use jiff::tz::TimeZone;
use serde::Serialize;
use todo_core::settings::Settings;

use super::answer::session_headers;
use super::fields::Fields;
use crate::accounts::{Begun, NewAccount};
use crate::auth::Auth;
use crate::error::AuthError;
use crate::sessions::Device;
use crate::wire::UserBody;

/// Where clients say in which zone they are, if not in the body.
const TIMEZONE: &str = "x-timezone";

#[derive(Serialize)]
struct SignedUp<'a> {
    token: &'a str,
    user: UserBody<'a>,
}

/// `POST /api/auth/sign-up/email`: makes an account and signs in to it.
#[tracing::instrument(name = "http.auth.sign_up", skip_all)]
pub(super) async fn sign_up(
    State(auth): State<Auth>,
    device: Device,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, AuthError> {
    let wanted = read(fields, &headers)?;
    let remember = wanted.remember;
    let Begun { token, live } = auth.sign_up(wanted, device).await?;
    let body = Json(SignedUp { token: token.expose(), user: (&live.user).into() });
    Ok((session_headers(&auth, &token, remember), body).into_response())
}

fn read(mut fields: Fields, headers: &HeaderMap) -> Result<NewAccount, AuthError> {
    let name = fields.parsed("name");
    let email = fields.parsed("email");
    let password = fields.text("password");
    let image = fields.image().flatten();
    let remember = fields.switch("rememberMe", true);
    let settings = settings(&mut fields, headers);
    fields.check()?;
    let (Some(name), Some(email)) = (name, email) else {
        unreachable!("a field without a value has a problem, which the check reports")
    };
    Ok(NewAccount { email, name, image, password, settings, remember })
}

/// The zone may be told by the page or by the client; what is no zone is not worth a refusal.
fn settings(fields: &mut Fields, headers: &HeaderMap) -> Settings {
    let told = fields.loose_text("timezone");
    let header = headers.get(TIMEZONE).and_then(|value| value.to_str().ok());
    let mut candidates = told.as_deref().into_iter().chain(header);
    let mut settings = Settings::default();
    if let Some(zone) =
        candidates.find_map(|name| TimeZone::get(name).ok()?.iana_name().map(str::to_owned))
    {
        settings.timezone = zone;
    }
    settings
}
