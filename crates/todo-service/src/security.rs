//! What browsers are told, and what they may not do to us.

mod compression;
mod csrf;
mod headers;

pub use compression::compress;
pub use csrf::refuse_cross_origin;
pub use headers::{api_headers, page_headers};
