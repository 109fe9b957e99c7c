//! The way over the network.

use std::time::Duration;

use axum::body::{Body, HttpBody as _};
use http::{Request, Response, Version, header};
use reqwest::redirect::Policy;
use url::Url;

use super::UpstreamError;

const CONNECT_LIMIT: Duration = Duration::from_secs(2);
/// Shorter than any of our servers keeps an idle connection, so that we never send into one that is closing.
const IDLE_LIMIT: Duration = Duration::from_secs(30);
/// A neighbour whose machine died without a word is noticed within about this time.
const SILENCE_LIMIT: Duration = Duration::from_secs(15);

/// A client for the service at `base`: no redirects, no proxies of the environment, connections within 2 s. What passes
/// through it stays as it is, compressed or not, whatever other crates switch on in the library.
///
/// # Panics
/// `base` is https, and the system has no certificates to believe in.
pub fn client(base: &Url) -> reqwest::Client {
    let builder = reqwest::Client::builder()
        .connect_timeout(CONNECT_LIMIT)
        .pool_idle_timeout(IDLE_LIMIT)
        .tcp_keepalive(SILENCE_LIMIT)
        .redirect(Policy::none())
        .referer(false)
        .no_gzip()
        .http1_only()
        .no_proxy();
    #[cfg(target_os = "linux")]
    let builder = builder.tcp_user_timeout(SILENCE_LIMIT);
    // Over plain http nobody is believed. Reading the system's certificates would take longer than all the rest of a
    // start, and fail where there are none.
    let builder = if base.scheme() == "http" { builder.tls_certs_only([]) } else { builder };
    builder.build().expect("the TLS library is compiled in, and the system has certificates")
}

/// Sends `request` to `base` and returns when the headers of the answer are there.
pub(super) async fn send(
    client: &reqwest::Client,
    base: &Url,
    mut request: Request<Body>,
) -> Result<Response<Body>, UpstreamError> {
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let address = format!("{}{path}", base.as_str().trim_end_matches('/'));
    *request.uri_mut() =
        address.parse().map_err(|e: http::uri::InvalidUri| UpstreamError::Invalid(e.into()))?;
    *request.version_mut() = Version::HTTP_11;
    // It asks the neighbour on the other side of us; our server has already answered it.
    request.headers_mut().remove(header::EXPECT);
    let exact = request.body().size_hint().exact();
    if let (Some(length @ 1..), false) =
        (exact, request.headers().contains_key(header::CONTENT_LENGTH))
    {
        request.headers_mut().insert(header::CONTENT_LENGTH, length.into());
    }
    let response = client.execute(request.map(outgoing).try_into()?).await?;
    Ok(Response::from(response).map(Body::new))
}

/// A body that is over stays no body: as a stream it would be sent in chunks, even with a GET.
fn outgoing(body: Body) -> reqwest::Body {
    if body.is_end_stream() {
        reqwest::Body::default()
    } else {
        reqwest::Body::wrap_stream(body.into_data_stream())
    }
}
