//! Generated files are what their generators write today.

use std::fs;

use anyhow::{Context, Result};

use crate::{chart, findings::Findings, manifests, process, quick_add, tree};

/// A file in version control, and the `todo` subcommand that prints it.
struct Generated {
    file: &'static str,
    todo: &'static [&'static str],
}

/// Every generated file. One that is not in the tree yet is not asked for.
const GENERATED: &[Generated] = &[Generated { file: "docs/openapi.json", todo: &["openapi"] }];

/// Runs each generator and compares.
pub(super) fn look() -> Result<Findings> {
    let mut findings = Vec::new();
    for Generated { file, todo } in GENERATED {
        let path = tree::root().join(file);
        if !path.exists() {
            continue;
        }
        let mut generator = process::program("cargo");
        generator.args(["run", "--quiet", "--package", "todo", "--"]).args(*todo);

        let kept = fs::read_to_string(&path).with_context(|| format!("{file} cannot be read"))?;
        if process::output(&mut generator)?.trim_end() != kept.trim_end() {
            findings
                .push(format!("{file} is stale: `todo {}` writes something else", todo.join(" ")));
        }
    }
    findings.extend(contract()?);
    findings.extend(manifests::compare(&[quick_add::derive()?].into()));
    Ok(findings)
}

/// The contract of the chart's values is their schema in YAML. What needs Helm is compared by the step `chart`.
fn contract() -> Result<Findings> {
    if !chart::folder().exists() {
        return Ok(Findings::new());
    }
    let (path, text) = manifests::contract::derive()?;
    Ok(manifests::compare(&[(path.to_owned(), text)].into()))
}
