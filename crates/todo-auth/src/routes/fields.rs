//! Bodies, read field by field, so that one answer names everything that is wrong, in the words that Better Auth's
//! clients know. Unknown fields are ignored.

use std::fmt::Display;
use std::str::FromStr;

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use http::{StatusCode, header};
use serde_json::{Map, Value};

use crate::auth::Auth;
use crate::error::AuthError;

/// The longest address of a picture.
const LONGEST_IMAGE: usize = 2048;

/// The fields of a body, and what is wrong with those that were read.
#[derive(Debug, Default)]
pub(super) struct Fields {
    body: Map<String, Value>,
    problems: Vec<String>,
}

impl Fields {
    /// Every field that was read is as it should be.
    pub(super) fn check(self) -> Result<(), AuthError> {
        if self.problems.is_empty() {
            Ok(())
        } else {
            Err(AuthError::Validation(self.problems.join("; ")))
        }
    }

    /// A required text. A problem is kept for [`Fields::check`], and the empty text is returned meanwhile.
    pub(super) fn text(&mut self, name: &str) -> String {
        match self.body.remove(name) {
            Some(Value::String(text)) => text,
            other => {
                self.expected(name, "string", other.as_ref());
                String::new()
            }
        }
    }

    /// A required text in the form of `T`; `None` when there is a problem.
    pub(super) fn parsed<T: FromStr<Err: Display>>(&mut self, name: &str) -> Option<T> {
        let known = self.problems.len();
        let text = self.text(name);
        if self.problems.len() > known {
            return None;
        }
        text.parse().map_err(|error| self.problem(name, error)).ok()
    }

    /// An optional text; `null` is not one.
    pub(super) fn optional_text(&mut self, name: &str) -> Option<String> {
        self.body.contains_key(name).then(|| self.text(name))
    }

    /// A text that is not worth a refusal when it is none.
    pub(super) fn loose_text(&mut self, name: &str) -> Option<String> {
        match self.body.remove(name) {
            Some(Value::String(text)) => Some(text),
            _ => None,
        }
    }

    /// An optional text in the form of `T`.
    pub(super) fn optional_parsed<T: FromStr<Err: Display>>(&mut self, name: &str) -> Option<T> {
        self.body.contains_key(name).then(|| self.parsed(name)).flatten()
    }

    /// Whether an optional field is on, and `default` when it is absent.
    pub(super) fn switch(&mut self, name: &str, default: bool) -> bool {
        match self.body.remove(name) {
            None => default,
            Some(Value::Bool(on)) => on,
            other => {
                self.expected(name, "boolean", other.as_ref());
                default
            }
        }
    }

    /// The address of a picture: absent, `null` for none, or an address of the web.
    pub(super) fn image(&mut self) -> Option<Option<String>> {
        if self.body.get("image")?.is_null() {
            self.body.remove("image");
            return Some(None);
        }
        let image = self.text("image");
        let is_web = ["http://", "https://"].iter().any(|scheme| image.starts_with(scheme));
        if image.is_empty() {
            return Some(None);
        }
        if !is_web || image.len() > LONGEST_IMAGE || image.chars().any(char::is_control) {
            self.problem("image", "Invalid URL");
        }
        Some(Some(image))
    }

    /// Whether a field is there at all.
    pub(super) fn has(&self, name: &str) -> bool {
        self.body.contains_key(name)
    }

    fn expected(&mut self, name: &str, wanted: &str, received: Option<&Value>) {
        self.problem(
            name,
            format!("Invalid input: expected {wanted}, received {}", kind(received)),
        );
    }

    fn problem(&mut self, name: &str, what: impl Display) {
        self.problems.push(format!("[body.{name}] {what}"));
    }
}

impl FromRequest<Auth> for Fields {
    type Rejection = AuthError;

    async fn from_request(request: Request, auth: &Auth) -> Result<Self, AuthError> {
        let content_type = request.headers().get(header::CONTENT_TYPE);
        let content_type =
            content_type.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        let bytes =
            Bytes::from_request(request, auth).await.map_err(|rejection| {
                match rejection.status() {
                    StatusCode::PAYLOAD_TOO_LARGE => AuthError::TooLarge,
                    _ => AuthError::Malformed,
                }
            })?;
        let essence = content_type
            .as_deref()
            .and_then(|text| text.split(';').next())
            .unwrap_or_default()
            .trim();
        if !essence.eq_ignore_ascii_case("application/json") && !bytes.is_empty() {
            return Err(AuthError::ContentType(
                essence.chars().filter(|c| !c.is_control()).take(100).collect(),
            ));
        }
        parse(&bytes)
    }
}

fn parse(bytes: &[u8]) -> Result<Fields, AuthError> {
    let body = if bytes.is_empty() {
        None
    } else {
        Some(serde_json::from_slice(bytes).map_err(|_| AuthError::Malformed)?)
    };
    match body {
        Some(Value::Object(body)) => Ok(Fields { body, problems: Vec::new() }),
        other => {
            let received = kind(other.as_ref());
            Err(AuthError::Validation(format!(
                "[body] Invalid input: expected object, received {received}"
            )))
        }
    }
}

/// JavaScript's name for what was received.
fn kind(value: Option<&Value>) -> &'static str {
    match value {
        None => "undefined",
        Some(Value::Null) => "null",
        Some(Value::Bool(_)) => "boolean",
        Some(Value::Number(_)) => "number",
        Some(Value::String(_)) => "string",
        Some(Value::Array(_)) => "array",
        Some(Value::Object(_)) => "object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::Email;

    fn fields(json: &str) -> Fields {
        parse(json.as_bytes()).expect("an object")
    }

    #[test]
    fn every_problem_is_named_in_the_order_of_reading() {
        let mut fields = fields(r#"{"name":5,"email":"bad","password":null,"rememberMe":"x"}"#);

        fields.text("name");
        fields.parsed::<Email>("email");
        fields.text("password");
        fields.text("token");
        fields.switch("rememberMe", true);

        let refusal = fields.check().expect_err("five problems").to_string();
        insta::assert_snapshot!(refusal, @"[body.name] Invalid input: expected string, received number; [body.email] Invalid email address; [body.password] Invalid input: expected string, received null; [body.token] Invalid input: expected string, received undefined; [body.rememberMe] Invalid input: expected boolean, received string");
    }

    #[test]
    fn what_is_no_object_is_told_apart_from_what_is_no_json() {
        let text = |bytes: &[u8]| parse(bytes).expect_err("a refusal").to_string();

        assert_eq!(text(b""), "[body] Invalid input: expected object, received undefined");
        assert_eq!(text(b"[]"), "[body] Invalid input: expected object, received array");
        assert_eq!(text(b"nojson"), "Invalid JSON in request body");
        assert_eq!(text(br#"{"name":"\ud800"}"#), "Invalid JSON in request body");
        assert_eq!(text(b"{\"name\":\"\xff\"}"), "Invalid JSON in request body");
    }

    #[test]
    fn a_picture_has_an_address_of_the_web() {
        let image = |json: &str| {
            let mut fields = fields(json);
            let image = fields.image();
            fields.check().map(|()| image).map_err(|error| error.to_string())
        };

        assert_eq!(image("{}"), Ok(None));
        assert_eq!(image(r#"{"image":null}"#), Ok(Some(None)));
        assert_eq!(
            image(r#"{"image":"https://x/y.png"}"#),
            Ok(Some(Some("https://x/y.png".into())))
        );
        assert!(image(r#"{"image":"javascript:alert(1)"}"#).is_err());
        assert!(image(r#"{"image":"https://x/\u0000"}"#).is_err());
        assert!(image(r#"{"image":5}"#).is_err());
    }
}
