//! Smaller answers.

use axum::Router;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

/// Compresses answers of `router` for clients that ask for it. The layer's default leaves server-sent events, images
/// and tiny bodies alone.
pub fn compress<S: Clone + Send + Sync + 'static>(router: Router<S>) -> Router<S> {
    // The level where brotli stops being cheap.
    router.layer(CompressionLayer::new().quality(CompressionLevel::Precise(4)))
}
