//! Headers that several answers share.

use http::{HeaderMap, HeaderValue, header};

use crate::auth::Auth;
use crate::middleware::SET_AUTH_TOKEN;
use crate::tokens::SessionToken;

/// Gives the client its session: as a cookie, and as a header for those that keep it themselves.
pub(super) fn session_headers(auth: &Auth, token: &SessionToken, remember: bool) -> HeaderMap {
    let mut headers = cookie_headers(auth.cookies().begin(token, remember));
    let signed = auth.cookies().signed(token.expose());
    headers.insert(
        SET_AUTH_TOKEN,
        HeaderValue::from_str(&signed).expect("letters and base64 are ASCII"),
    );
    headers
        .insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("set-auth-token"));
    headers
}

/// Takes the client's session away.
pub(super) fn parting_headers(auth: &Auth) -> HeaderMap {
    cookie_headers(auth.cookies().delete())
}

fn cookie_headers(cookies: Vec<HeaderValue>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for cookie in cookies {
        headers.append(header::SET_COOKIE, cookie);
    }
    headers
}
