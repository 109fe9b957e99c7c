//! `cargo xtask manifests`: everything that is generated from the chart.
//!
//! `k8s/` is the chart with the plan's values, for people who use kubectl alone. The renderings in
//! `e2e/chart/snapshots` are kept so that a change of the chart shows what it means. The contract is the schema of the
//! values as YAML.

pub(crate) mod contract;
mod plain;
mod secret;
mod yaml;

use std::{collections::BTreeMap, fs, path::PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::json;

pub(crate) use self::secret::placeholders;
use crate::{
    chart::{self, Case, Rendered},
    findings::{Findings, report},
    terminal,
    test::python::{self, Python},
    tree,
};

/// Options of `cargo xtask manifests`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Writes nothing, and fails when something would change.
    #[arg(long)]
    check: bool,
}

/// Generated files: their paths from the root of the repository, and what belongs in them.
pub(crate) type Derived = BTreeMap<String, String>;

/// The plan's list. The Secret is a template: a person copies it and fills it in.
const FILES: [&str; 10] = [
    "namespace.yaml",
    "configmap.yaml",
    "secrets.yaml",
    "backend-deployment.yaml",
    "backend-service.yaml",
    "mcp-deployment.yaml",
    "mcp-service.yaml",
    "frontend-deployment.yaml",
    "frontend-service.yaml",
    "ingress.yaml",
];

const SNAPSHOTS: &str = "e2e/chart/snapshots";

/// Writes what differs, or says so; true when all is as it should be.
///
/// # Errors
/// When Helm is not to be had, or refuses.
pub(crate) fn run(options: &Options) -> Result<bool> {
    let derived = derive(&python::set_up(python::CHART)?)?;
    if options.check {
        return Ok(report("manifests", || drift(&derived)));
    }

    let mut written = 0;
    for (path, text) in &derived {
        let file = tree::root().join(path);
        if fs::read_to_string(&file).is_ok_and(|kept| kept == *text) {
            continue;
        }
        fs::create_dir_all(file.parent().expect("every path has a folder"))?;
        fs::write(&file, text).with_context(|| format!("{path} cannot be written"))?;
        terminal::say(format_args!("wrote {path}"));
        written += 1;
    }
    terminal::say(format_args!("manifests: {written} of {} files changed", derived.len()));
    Ok(true)
}

/// Everything that is generated from the chart.
///
/// # Errors
/// When the chart does not render, or has another set of objects than the plan.
pub(crate) fn derive(helm: &Python) -> Result<Derived> {
    let cases: Vec<Case> = std::iter::once(Case::bare())
        .chain(chart::values_files()?.iter().map(|file| Case::with_file(file)))
        .map(complete)
        .collect();
    let rendered =
        chart::render(helm.script("e2e/chart/render.py"), &cases.iter().collect::<Vec<_>>(), &[])?
            .rendered;

    let mut derived = Derived::new();
    for (case, rendered) in cases.iter().zip(&rendered) {
        if let Some(why) = &rendered.refused {
            anyhow::bail!("the chart refuses the values `{}`: {why}", case.name);
        }
        derived.insert(
            format!("{SNAPSHOTS}/{}.yaml", case.name),
            plain::snapshot(&case.name, rendered),
        );
    }
    let plan = rendered.first().expect("the plan's values are rendered first");
    derived.extend(manifests(plan)?);
    let (path, text) = contract::derive()?;
    derived.insert(path.to_owned(), text);
    Ok(derived)
}

/// Where the files of `k8s/` are, beside the templates that they come from.
pub(crate) fn pairs() -> impl Iterator<Item = (String, PathBuf)> {
    FILES.into_iter().map(|name| {
        let file = if name == "secrets.yaml" { "secrets.yaml.template" } else { name };
        (format!("templates/{name}"), tree::root().join("k8s").join(file))
    })
}

/// The files of `k8s/`.
fn manifests(plan: &Rendered) -> Result<Derived> {
    let mut manifests = Derived::new();
    for (template, file) in plan.installed() {
        let name = template.trim_start_matches("templates/");
        ensure!(FILES.contains(&name), "{template} renders something that is in no file of k8s/");
        let (name, text) = match name {
            "secrets.yaml" => ("secrets.yaml.template", secret::template(&file.objects)?),
            name => (name, plain::manifest(template, &file.text)),
        };
        manifests.insert(format!("k8s/{name}"), text);
    }
    ensure!(manifests.len() == FILES.len(), "the chart does not render all ten files of k8s/");
    Ok(manifests)
}

/// What is missing in the chart's values, or in a values file, before it can be rendered far from any cluster.
pub(crate) fn complete(case: Case) -> Case {
    match case.name.as_str() {
        "bare" => case.with_secrets(),
        // The database is in the cluster, and its password would be made there.
        "dev" => case.with_values(json!({
            "secrets": { "betterAuthSecret": "only-a-test-secret-0123456789abcdef" },
            "postgresql": { "password": "only-a-test-password" },
        })),
        // It is complete, with a Secret that somebody made before in the namespace that its first lines name.
        "prod" => case.into_namespace("todo-app"),
        _ => case,
    }
}

/// Everything that is not as it should be: files that differ, and files that nothing generates.
///
/// # Errors
/// When this is no git checkout.
pub(crate) fn drift(derived: &Derived) -> Result<Findings> {
    let mut found = compare(derived);
    for file in tree::files()? {
        let path = file.to_string_lossy();
        let generated = path.starts_with("k8s/") || path.starts_with(SNAPSHOTS);
        if generated && !derived.contains_key(path.as_ref()) {
            found.push(format!("{path} comes from nowhere: nothing generates it"));
        }
    }
    Ok(found)
}

/// Files that are missing, or differ from what belongs in them.
pub(crate) fn compare(derived: &Derived) -> Findings {
    const CURE: &str = "run `cargo xtask manifests`, and read what changes";
    let wrong = |(path, text): (&String, &String)| match fs::read_to_string(tree::root().join(path))
    {
        Ok(kept) if kept == *text => None,
        Ok(kept) => Some(format!("{path} is stale: {CURE}\n{}", first_difference(&kept, text))),
        Err(_) => Some(format!("{path} is missing: {CURE}")),
    };
    derived.iter().filter_map(wrong).collect()
}

/// Where two texts part, as a person would point at it.
fn first_difference(kept: &str, text: &str) -> String {
    let (mut ours, mut theirs) = (kept.lines(), text.lines());
    let mut line = 0;
    loop {
        line += 1;
        match (ours.next(), theirs.next()) {
            (None, None) => return "only the ends of lines differ".to_owned(),
            (a, b) if a == b => {}
            (a, b) => {
                let (a, b) = (a.unwrap_or("(end)"), b.unwrap_or("(end)"));
                return format!("line {line}:\n- {a}\n+ {b}");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_differs_is_shown_at_the_first_difference() {
        assert_eq!(first_difference("a\nb\n", "a\nc\n"), "line 2:\n- b\n+ c");
        assert_eq!(first_difference("a\n", "a\nb\n"), "line 2:\n- (end)\n+ b");
    }

    #[test]
    fn a_stale_and_a_missing_file_are_found() {
        let derived = Derived::from([
            ("Cargo.toml".to_owned(), "something else\n".to_owned()),
            ("no/such/file.yaml".to_owned(), String::new()),
        ]);

        let found = compare(&derived);

        assert!(found[0].starts_with("Cargo.toml is stale"), "{found:?}");
        assert!(found[1].starts_with("no/such/file.yaml is missing"), "{found:?}");
    }
}
