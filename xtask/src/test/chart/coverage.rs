//! No option of the chart goes untried: each key of its schema has another value than the default in some rendering.

use std::{collections::BTreeSet, fs};

use anyhow::{Context, Result};
use serde_json::Value;

use super::scene::Scene;
use crate::{chart, findings::Findings};

pub(super) fn look(scene: &Scene<'_>) -> Result<Findings> {
    let text = fs::read_to_string(chart::folder().join("values.schema.json"))
        .context("the chart has no values.schema.json")?;
    let schema: Value = serde_json::from_str(&text)?;

    let mut tried = BTreeSet::new();
    for (case, _) in &scene.all {
        changed("", &case.values, &scene.defaults, &mut tried);
    }
    let mut keys = Vec::new();
    leaves("", &schema, &schema, &mut keys);
    Ok(keys
        .into_iter()
        .filter(|key| !tried.contains(key))
        .map(|key| format!("{key}: no case of e2e/chart/matrix.toml changes it"))
        .collect())
}

/// The keys below which a schema names no others: `/images/mcp/tag`, `/podAnnotations/mcp`.
fn leaves(path: &str, schema: &Value, root: &Value, found: &mut Vec<String>) {
    let target = schema["$ref"].as_str().and_then(|to| root.pointer(to.strip_prefix('#')?));
    let properties = target.unwrap_or(schema)["properties"].as_object();
    for (key, below) in properties.into_iter().flatten() {
        leaves(&format!("{path}/{key}"), below, root, found);
    }
    if properties.is_none_or(serde_json::Map::is_empty) {
        found.push(path.to_owned());
    }
}

/// The keys, on every level, whose value is not the default one.
fn changed(path: &str, value: &Value, default: &Value, found: &mut BTreeSet<String>) {
    if value != default {
        found.insert(path.to_owned());
    }
    for (key, below) in value.as_object().into_iter().flatten() {
        changed(&format!("{path}/{key}"), below, &default[key], found);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn leaves_are_found_through_references_and_open_maps_are_leaves() {
        let schema = json!({
            "$defs": { "image": { "properties": { "tag": {}, "digest": {} } } },
            "properties": {
                "images": { "properties": { "mcp": { "$ref": "#/$defs/image" } } },
                "notes": { "type": "object", "additionalProperties": { "type": "string" } }
            }
        });
        let mut found = Vec::new();

        leaves("", &schema, &schema, &mut found);

        // Whether serde_json keeps the order of keys depends on what else is compiled with it.
        found.sort();
        assert_eq!(found, ["/images/mcp/digest", "/images/mcp/tag", "/notes"]);
    }

    #[test]
    fn a_value_that_repeats_the_default_does_not_count_as_tried() {
        let mut found = BTreeSet::new();

        changed("", &json!({"a": 1, "b": {"c": 2}}), &json!({"a": 1, "b": {"c": 3}}), &mut found);

        assert!(found.contains("/b/c") && !found.contains("/a"), "{found:?}");
    }
}
