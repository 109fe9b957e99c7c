//! The contract of the chart's values: `values.schema.json` as YAML, in the order in which it is written.

use std::fs;

use anyhow::{Context, Result};

use super::yaml::Node;
use crate::chart;

/// Where the plan wants it.
const PATH: &str = "specs/001-local-kubernetes/contracts/helm-values-schema.yaml";

const HEADER: &str = "\
# What may be set in the chart's values. Generated from helm/todo-app/values.schema.json, which Helm enforces.
# Change that, then run `cargo xtask manifests`.
";

/// The path of the contract and what belongs in it.
///
/// # Errors
/// When the schema is not there or no JSON.
pub(crate) fn derive() -> Result<(&'static str, String)> {
    let text = fs::read_to_string(chart::folder().join("values.schema.json"))
        .context("the chart has no values.schema.json")?;
    let schema: Node = serde_json::from_str(&text).context("values.schema.json is no JSON")?;
    Ok((PATH, format!("{HEADER}{schema}")))
}
