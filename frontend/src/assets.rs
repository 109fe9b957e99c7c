//! Everything static that pages need: one stylesheet, the scripts, the favicon.
//!
//! The files are part of the program. Their addresses contain a hash of their content, so
//! that browsers keep them for good and a new release is seen at once.

mod file;
mod modules;
mod stylesheet;

use std::collections::HashMap;
use std::sync::LazyLock;

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use self::file::AssetFile;

/// The folder of all addresses in this module.
const FOLDER: &str = "/assets/";

static ASSETS: LazyLock<Assets> = LazyLock::new(Assets::load);

/// All files under the names in their addresses, and the addresses that pages ask for.
struct Assets {
    files: HashMap<String, AssetFile>,
    stylesheet: String,
    favicon: String,
    /// Name and address of each module, in the order of their dependencies.
    modules: Vec<(&'static str, String)>,
}

impl Assets {
    fn load() -> Self {
        let mut files = HashMap::new();
        let mut keep = |stem: &str, extension: &str, content_type, text: &str| {
            let file = AssetFile::new(content_type, text);
            let name = format!("{stem}-{}.{extension}", file.hash());
            let href = format!("{FOLDER}{name}");
            files.insert(name, file);
            href
        };

        let stylesheet = keep("app", "css", "text/css; charset=utf-8", stylesheet::TEXT);
        let favicon =
            keep("favicon", "svg", "image/svg+xml", include_str!("../assets/svg/favicon.svg"));
        let modules =
            modules::link(|name, text| keep(name, "js", "text/javascript; charset=utf-8", text));

        Self { files, stylesheet, favicon, modules }
    }
}

/// Serves `/assets/…`; whatever is not there is 404.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/assets/{file}", get(serve))
}

async fn serve(Path(name): Path<String>, headers: HeaderMap) -> Response {
    match ASSETS.files.get(&name) {
        Some(file) => file.respond(&headers),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The address of the one stylesheet.
#[must_use]
pub fn stylesheet_href() -> &'static str {
    &ASSETS.stylesheet
}

/// The address of the favicon, which follows the theme of the device.
#[must_use]
pub fn favicon_href() -> &'static str {
    &ASSETS.favicon
}

/// The address of a module by its name without extension; the page loads `app`.
///
/// # Panics
///
/// When no module has that name: names are written in the source of pages.
#[must_use]
pub fn module_href(name: &str) -> &'static str {
    let module = ASSETS.modules.iter().find(|(module, _)| *module == name);
    &module.expect("pages name modules that exist").1
}

/// The addresses of all modules that load with a page, for `modulepreload`.
pub fn module_hrefs() -> impl Iterator<Item = &'static str> {
    ASSETS.modules.iter().map(|(_, href)| href.as_str())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use axum::body::{Body, to_bytes};
    use axum::http::{Request, header};
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use tower::ServiceExt as _;

    use super::*;

    async fn fetch(href: &str, headers: &[(header::HeaderName, &str)]) -> Response {
        let mut request = Request::get(href);
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        router::<()>().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
    }

    async fn text(response: Response) -> String {
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        String::from_utf8(body.to_vec()).unwrap()
    }

    fn gzipped(text: &str) -> usize {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap().len()
    }

    #[tokio::test]
    async fn an_asset_is_kept_for_good_and_has_its_type() {
        let response = fetch(stylesheet_href(), &[]).await;

        assert_eq!(response.status(), StatusCode::OK);
        let headers = response.headers();
        assert_eq!(headers[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
        assert_eq!(headers[header::CONTENT_TYPE], "text/css; charset=utf-8");
        assert_eq!(headers[header::VARY], "accept-encoding");
        assert!(headers.contains_key(header::ETAG));
    }

    #[tokio::test]
    async fn an_asset_that_the_browser_has_is_not_sent_again() {
        let first = fetch(module_href("app"), &[]).await;
        let etag = first.headers()[header::ETAG].to_str().unwrap().to_owned();

        let second = fetch(module_href("app"), &[(header::IF_NONE_MATCH, &etag)]).await;

        assert_eq!(second.status(), StatusCode::NOT_MODIFIED);
        assert!(text(second).await.is_empty());
    }

    #[tokio::test]
    async fn the_best_encoding_that_the_browser_takes_is_sent() {
        for (accepted, sent) in [
            ("gzip, deflate, br", Some("br")),
            ("gzip", Some("gzip")),
            ("br;q=0, gzip", Some("gzip")),
            ("identity", None),
        ] {
            let response = fetch(stylesheet_href(), &[(header::ACCEPT_ENCODING, accepted)]).await;

            let encoding = response.headers().get(header::CONTENT_ENCODING);
            assert_eq!(encoding.map(|value| value.to_str().unwrap()), sent, "{accepted}");
        }
    }

    #[tokio::test]
    async fn what_is_not_an_asset_is_404() {
        for href in ["/assets/app.css", "/assets/app-0000000000.css", "/assets/%2e%2e"] {
            assert_eq!(fetch(href, &[]).await.status(), StatusCode::NOT_FOUND, "{href}");
        }
    }

    #[tokio::test]
    async fn every_import_leads_to_a_module() {
        for href in module_hrefs() {
            let source = text(fetch(href, &[]).await).await;

            assert!(!source.contains("\"./"), "{href} imports what was not linked");
            for address in source.split('"').filter(|part| part.starts_with(FOLDER)) {
                let answer = fetch(address, &[]).await;
                assert_eq!(answer.status(), StatusCode::OK, "{href} imports {address}");
            }
        }
    }

    #[test]
    fn addresses_follow_from_the_content_alone() {
        let (one, two) = (Assets::load(), Assets::load());

        assert_eq!(one.stylesheet, two.stylesheet);
        assert_eq!(one.modules, two.modules);
    }

    #[tokio::test]
    async fn nothing_breaks_the_content_security_policy() {
        for href in module_hrefs() {
            let source = text(fetch(href, &[]).await).await;

            for forbidden in ["eval(", "new Function", ".style.", "style=", ".innerHTML ="] {
                assert!(!source.contains(forbidden), "{href} contains {forbidden}");
            }
        }
        assert!(!stylesheet::TEXT.contains("url("), "styles load nothing");
        assert!(!stylesheet::TEXT.contains("@import"), "styles load nothing");
    }

    #[tokio::test]
    async fn the_page_stays_light() {
        let (mut bytes, mut lines) = (0, 0);
        for href in module_hrefs() {
            let source = text(fetch(href, &[]).await).await;
            bytes += gzipped(&source);
            lines += source.lines().count();
        }

        assert!(bytes <= 30_000, "scripts take {bytes} bytes");
        assert!(lines <= 1_500, "scripts have {lines} lines");
        let styles = gzipped(stylesheet::TEXT);
        assert!(styles <= 16_000, "styles take {styles} bytes");
    }
}
