//! A report as people and machines read it.

mod json;
mod junit;
mod markdown;
mod table;

pub(super) use json::{json, unverified};
pub(super) use junit::junit;
pub(super) use markdown::markdown;
pub(super) use table::table;
