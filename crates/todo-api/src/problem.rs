//! How a request that failed is answered.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A failure, as `application/problem+json` (RFC 9457).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// Always `about:blank`: the code says which problem it is.
    #[serde(rename = "type")]
    pub kind: String,
    /// The phrase of the status.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// Stable and made for programs: `task_not_found`.
    pub code: String,
    /// A sentence made for people.
    pub detail: String,
    /// The field that was wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}
