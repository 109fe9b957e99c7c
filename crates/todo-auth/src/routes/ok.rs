//! A sign of life.

use axum::Json;
use serde_json::{Value, json};

/// `GET /api/auth/ok`: somebody is there.
pub(super) async fn ok() -> Json<Value> {
    Json(json!({ "ok": true }))
}
