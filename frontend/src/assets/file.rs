//! One embedded file and the ways in which it is sent.

use std::io::Write as _;
use std::sync::OnceLock;

use axum::body::Body;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest as _, Sha256};

const FOREVER: &str = "public, max-age=31536000, immutable";

/// A file with its hash. Compressed forms are made when first asked for, so that they cost
/// the start nothing and each is made once.
pub(super) struct AssetFile {
    content_type: &'static str,
    hash: String,
    plain: Bytes,
    gzip: OnceLock<Bytes>,
    brotli: OnceLock<Bytes>,
}

impl AssetFile {
    pub(super) fn new(content_type: &'static str, text: &str) -> Self {
        let digest = Sha256::digest(text);
        Self {
            content_type,
            hash: digest.iter().take(5).map(|byte| format!("{byte:02x}")).collect(),
            plain: Bytes::copy_from_slice(text.as_bytes()),
            gzip: OnceLock::new(),
            brotli: OnceLock::new(),
        }
    }

    /// Ten hexadecimal digits that stand for the content.
    pub(super) fn hash(&self) -> &str {
        &self.hash
    }

    /// Answers a request with these headers: 304 when the browser has the file, otherwise
    /// the file in the best encoding that it takes.
    pub(super) fn respond(&self, request: &HeaderMap) -> Response {
        // Weak, because it names the content and not one of its encodings.
        let etag = format!("W/\"{}\"", self.hash);
        let kept = [
            (header::CACHE_CONTROL, FOREVER),
            (header::ETAG, etag.as_str()),
            (header::VARY, "accept-encoding"),
        ];
        if header_has(request, &header::IF_NONE_MATCH, &etag) {
            return (StatusCode::NOT_MODIFIED, kept).into_response();
        }

        let typed = [(header::CONTENT_TYPE, self.content_type)];
        let encoded = |encoding| [(header::CONTENT_ENCODING, encoding)];
        if header_has(request, &header::ACCEPT_ENCODING, "br") {
            (kept, typed, encoded("br"), Body::from(self.brotli())).into_response()
        } else if header_has(request, &header::ACCEPT_ENCODING, "gzip") {
            (kept, typed, encoded("gzip"), Body::from(self.gzip())).into_response()
        } else {
            (kept, typed, Body::from(self.plain.clone())).into_response()
        }
    }

    fn gzip(&self) -> Bytes {
        let compress = || {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
            encoder.write_all(&self.plain).expect("memory takes all bytes");
            encoder.finish().expect("memory takes all bytes").into()
        };
        self.gzip.get_or_init(compress).clone()
    }

    fn brotli(&self) -> Bytes {
        let compress = || {
            // Quality 9 is within 3 % of the best and ten times as fast.
            let params = brotli::enc::BrotliEncoderParams { quality: 9, ..Default::default() };
            let mut compressed = Vec::new();
            brotli::BrotliCompress(&mut self.plain.as_ref(), &mut compressed, &params)
                .expect("memory takes all bytes");
            compressed.into()
        };
        self.brotli.get_or_init(compress).clone()
    }
}

/// Whether a comma-separated header lists `wanted` (and does not refuse it with `q=0`).
fn header_has(headers: &HeaderMap, name: &header::HeaderName, wanted: &str) -> bool {
    let lines = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|item| {
        let (value, weight) = item.split_once(';').unwrap_or((item, ""));
        let refused = matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000");
        value.trim() == wanted && !refused
    })
}
