//! Axum's extractors with our failures: what cannot be read becomes an [`ApiError`](crate::ApiError).

mod json;
mod path;
mod query;
mod reason;

pub use json::Json;
pub use path::Path;
pub use query::Query;
