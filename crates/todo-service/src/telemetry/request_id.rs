//! The name of one request in the logs of all services.

use std::fmt::{self, Write as _};

use http::{HeaderMap, HeaderName, HeaderValue};
use todo_core::ports::Entropy as _;

use crate::system::OsEntropy;

/// The header in which a request's id travels, in both directions.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The longest id that we take over from a caller.
const MAX: usize = 64;

/// The id of a request, in its extensions and in its headers.
#[derive(Debug, Clone)]
pub struct RequestId(HeaderValue);

impl RequestId {
    /// The id that the caller gave, when it is up to 64 visible ASCII characters; otherwise a new one.
    pub fn of(headers: &HeaderMap) -> Self {
        let given = headers.get(REQUEST_ID).filter(|value| {
            (1..=MAX).contains(&value.len()) && value.as_bytes().iter().all(u8::is_ascii_graphic)
        });
        given.cloned().map_or_else(Self::generate, Self)
    }

    fn generate() -> Self {
        let mut bytes = [0; 16];
        OsEntropy.fill(&mut bytes);
        let text = bytes.iter().fold(String::with_capacity(32), |mut text, byte| {
            write!(text, "{byte:02x}").expect("a string takes everything");
            text
        });
        Self(HeaderValue::try_from(text).expect("hexadecimal digits are a header value"))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        self.0.to_str().expect("only visible ASCII gets in")
    }

    /// The id as a header's value.
    pub fn header(&self) -> HeaderValue {
        self.0.clone()
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
