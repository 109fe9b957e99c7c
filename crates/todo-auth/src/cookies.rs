//! The cookies of a session, in Better Auth's form: `token.signature`, URL-encoded.

use std::fmt;

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use http::{HeaderMap, HeaderValue, header};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use todo_service::config::Secret;

use crate::tokens::SessionToken;

/// How long a browser keeps the cookie of a session that outlives it, in seconds: 7 days.
pub const MAX_AGE: u32 = 604_800;

const SESSION_TOKEN: &str = "session_token";
/// Better Auth's copy of the session in a cookie. We have none; it is deleted in case that somebody brings one.
const SESSION_DATA: &str = "session_data";
const DONT_REMEMBER: &str = "dont_remember";

/// What stays as it is in a cookie's value: the same set as that of JavaScript's `encodeURIComponent`.
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

/// Writes and reads our cookies.
#[derive(Clone)]
pub struct Cookies {
    key: hmac::Key,
    /// Browsers reach us over https, so that cookies may be bound to it.
    secure: bool,
}

impl Cookies {
    /// Cookies that are signed with `secret`; `secure` when browsers reach us over https.
    pub fn new(secret: &Secret, secure: bool) -> Self {
        Self { key: hmac::Key::new(hmac::HMAC_SHA256, secret.expose().as_bytes()), secure }
    }

    /// `token.signature`, as in the header `set-auth-token`; its URL-encoded form is the cookie's value.
    pub fn signed(&self, value: &str) -> String {
        format!("{value}.{}", BASE64.encode(hmac::sign(&self.key, value.as_bytes())))
    }

    /// The cookies that begin or prolong a session. One that is not `remember`ed ends with the browser.
    pub fn begin(&self, token: &SessionToken, remember: bool) -> Vec<HeaderValue> {
        let session = self.signed(token.expose());
        if remember {
            return vec![self.cookie(SESSION_TOKEN, &session, Some(MAX_AGE))];
        }
        vec![
            self.cookie(SESSION_TOKEN, &session, None),
            self.cookie(DONT_REMEMBER, &self.signed("true"), None),
        ]
    }

    /// The cookies that take all others away.
    pub fn delete(&self) -> Vec<HeaderValue> {
        [SESSION_TOKEN, SESSION_DATA, DONT_REMEMBER]
            .map(|name| self.cookie(name, "", Some(0)))
            .into()
    }

    /// The session token that a browser sent, if its signature is ours.
    pub fn read(&self, headers: &HeaderMap) -> Option<SessionToken> {
        let name = self.name(SESSION_TOKEN);
        let sent = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        sent.flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .filter(|(sent, _)| *sent == name)
            .find_map(|(_, value)| self.verified(value))
    }

    /// The token in a signed value, percent-encoded or not.
    pub(crate) fn verified(&self, encoded: &str) -> Option<SessionToken> {
        let value = percent_decode_str(encoded).decode_utf8().ok()?;
        let (token, signature) = value.split_once('.')?;
        let signature = BASE64.decode(signature).ok()?;
        // Compares in constant time.
        hmac::verify(&self.key, token.as_bytes(), &signature).ok()?;
        token.parse().ok()
    }

    fn name(&self, name: &str) -> String {
        let prefix = if self.secure { "__Secure-" } else { "" };
        format!("{prefix}better-auth.{name}")
    }

    fn cookie(&self, name: &str, value: &str, max_age: Option<u32>) -> HeaderValue {
        let name = self.name(name);
        let value = utf8_percent_encode(value, COMPONENT);
        let max_age = max_age.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
        let secure = if self.secure { "; Secure" } else { "" };
        let cookie = format!("{name}={value}{max_age}; Path=/; HttpOnly{secure}; SameSite=Lax");
        HeaderValue::from_str(&cookie).expect("an encoded value is ASCII")
    }
}

impl fmt::Debug for Cookies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cookies").field("secure", &self.secure).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    // Recorded from the npm package with this secret.
    const SECRET: &str = "a-very-long-secret-for-testing-better-auth-0123456789";
    const RECORDED: &str =
        "mgxPu2orUmMDXOMMpv4W9rtjMEyYoyOu.gbpgn2Y6aS0tQmyfdw%2FNjMuAeQzWNcRV4MT7RL78RNk%3D";

    fn cookies(secure: bool) -> Cookies {
        Cookies::new(&Secret::new(SECRET), secure)
    }

    fn read(cookies: &Cookies, cookie: &[u8]) -> Option<SessionToken> {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_bytes(cookie).ok()?);
        cookies.read(&headers)
    }

    #[test]
    fn a_cookie_of_better_auth_is_ours_and_ours_is_the_same() {
        let sent = format!("theme=dark; better-auth.session_token={RECORDED}");

        let token = read(&cookies(false), sent.as_bytes()).expect("a valid signature");

        assert_eq!(
            cookies(false).begin(&token, true),
            [format!(
                "better-auth.session_token={RECORDED}; Max-Age=604800; Path=/; HttpOnly; SameSite=Lax"
            )]
        );
    }

    #[test]
    fn a_session_that_ends_with_the_browser_has_no_age() {
        let token = "1Aop7gbZVdMVzSROqRFtROQjqOBcexg9".parse().expect("a token");

        let written = cookies(false).begin(&token, false);

        assert_eq!(
            written,
            [
                "better-auth.session_token=1Aop7gbZVdMVzSROqRFtROQjqOBcexg9.TPU6pH95Z%2BJSkM5YgP70ElM7JLFHwWpXPp8Um%2Fd9Txs%3D; Path=/; HttpOnly; SameSite=Lax",
                "better-auth.dont_remember=true.eTlUUb0o8T7%2Fdp1kQvWjB3UWDyVtJIVyOmMiWnl1S64%3D; Path=/; HttpOnly; SameSite=Lax",
            ]
        );
    }

    #[test]
    fn https_binds_the_cookie_to_it() {
        let token = "1Aop7gbZVdMVzSROqRFtROQjqOBcexg9".parse().expect("a token");

        let written = cookies(true).begin(&token, true);

        let text = written[0].to_str().expect("ASCII");
        assert!(text.starts_with("__Secure-better-auth.session_token="), "{text}");
        assert!(text.contains("; Secure;"), "{text}");
    }

    #[test]
    fn a_forged_or_cut_signature_is_refused() {
        let (token, signature) = RECORDED.split_once('.').expect("two parts");
        let other = token.replacen('m', "n", 1);

        for value in [
            format!("{other}.{signature}"),
            format!("{token}.{}", &signature[..20]),
            token.to_owned(),
        ] {
            assert_eq!(
                read(&cookies(false), format!("better-auth.session_token={value}").as_bytes()),
                None
            );
        }
    }

    proptest! {
        #[test]
        fn reading_any_cookie_header_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            read(&cookies(false), &bytes);
            read(&cookies(false), &[b"better-auth.session_token=".as_slice(), &bytes].concat());
        }

        #[test]
        fn only_the_signed_value_itself_is_accepted(value in "[ -~]{0,80}") {
            prop_assume!(value != RECORDED);
            let sent = format!("better-auth.session_token={value}");
            prop_assert_eq!(read(&cookies(false), sent.as_bytes()), None);
        }
    }
}
