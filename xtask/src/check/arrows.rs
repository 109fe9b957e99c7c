//! Arrows between our crates only point down, and some libraries stay behind one of them.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use cargo_metadata::{DependencyKind, Metadata, PackageId};

use crate::{findings::Findings, tree};

/// Which of our crates each crate may use: the table of ARCHITECTURE.md.
const MAY_USE: &[(&str, &[&str])] = &[
    ("todo-core", &[]),
    ("todo-api", &["todo-core"]),
    ("todo-service", &["todo-core", "todo-api"]),
    ("todo-storage", &["todo-core"]),
    ("todo-auth", &["todo-core", "todo-api", "todo-service"]),
    ("todo-assistant", &["todo-core", "todo-api", "todo-service"]),
    ("frontend", &["todo-api", "todo-service"]),
    ("mcp", &["todo-core", "todo-api", "todo-service", "todo-storage", "todo-auth"]),
    ("backend", LIBRARIES),
    ("todo", EVERYTHING),
    ("todoctl", &["todo-api"]),
    ("todo-testing", EVERYTHING),
    ("xtask", &[]),
];

const LIBRARIES: &[&str] =
    &["todo-core", "todo-api", "todo-service", "todo-storage", "todo-auth", "todo-assistant"];

const EVERYTHING: &[&str] = &[
    "todo-core",
    "todo-api",
    "todo-service",
    "todo-storage",
    "todo-auth",
    "todo-assistant",
    "frontend",
    "mcp",
    "backend",
];

/// Tests of every crate may use it, programs never.
const ONLY_IN_TESTS: &str = "todo-testing";

/// Libraries that one crate keeps to itself (tests aside): no ORM type leaves the storage.
const KEPT_INSIDE: &[(&str, &str)] =
    &[("sea-orm", "todo-storage"), ("sea-orm-migration", "todo-storage"), ("sqlx", "todo-storage")];

/// What a crate must not contain, however deep: rules do no I/O, the frontend has no database driver.
const NEVER_CONTAINS: &[(&str, &[&str])] = &[
    ("todo-core", &["axum", "hyper", "reqwest", "rmcp", "sea-orm", "sqlx", "tower-http"]),
    ("frontend", &["sea-orm", "sqlx", "sqlx-core", "argon2"]),
];

/// Holds the tables against `cargo metadata`.
pub(super) fn look() -> Result<Findings> {
    let metadata = tree::metadata()?;
    let mut findings = direct(&metadata);
    findings.extend(deep(&metadata));
    Ok(findings)
}

/// What manifests name themselves.
fn direct(metadata: &Metadata) -> Findings {
    let ours: BTreeSet<_> = metadata.workspace_packages().iter().map(|p| p.name.as_str()).collect();
    let mut findings = Vec::new();

    for package in metadata.workspace_packages() {
        let name = package.name.as_str();
        let Some((_, allowed)) = MAY_USE.iter().find(|(owner, _)| *owner == name) else {
            findings.push(format!("{name} is not in the table of arrows: say what it may use"));
            continue;
        };
        for dependency in &package.dependencies {
            let used = dependency.name.as_str();
            let in_tests = dependency.kind == DependencyKind::Development || name == ONLY_IN_TESTS;
            let keeper = KEPT_INSIDE.iter().find(|(library, _)| *library == used);

            if used == ONLY_IN_TESTS && !in_tests {
                findings.push(format!("{name} uses {used} outside its tests"));
            } else if ours.contains(used) && used != ONLY_IN_TESTS && !allowed.contains(&used) {
                findings.push(format!("{name} must not use {used}"));
            } else if keeper.is_some_and(|(_, keeper)| *keeper != name) && !in_tests {
                findings
                    .push(format!("{name} must not use {used}, which stays inside todo-storage"));
            }
        }
    }
    findings
}

/// What they contain through others; dependencies of tests do not count.
fn deep(metadata: &Metadata) -> Findings {
    let names: BTreeMap<&PackageId, &str> =
        metadata.packages.iter().map(|package| (&package.id, package.name.as_str())).collect();
    let mut findings = Vec::new();

    for (owner, banned) in NEVER_CONTAINS {
        let Some(start) =
            metadata.workspace_packages().into_iter().find(|p| p.name.as_str() == *owner)
        else {
            continue;
        };
        let inside: BTreeSet<_> =
            reach(metadata, &start.id).into_iter().map(|id| names[id]).collect();
        for library in banned.iter().filter(|library| inside.contains(**library)) {
            findings.push(format!("{owner} contains {library} through its dependencies"));
        }
    }
    findings
}

/// Every package that gets compiled into `start`.
fn reach<'a>(metadata: &'a Metadata, start: &'a PackageId) -> BTreeSet<&'a PackageId> {
    let nodes: BTreeMap<_, _> = metadata
        .resolve
        .iter()
        .flat_map(|resolve| &resolve.nodes)
        .map(|node| (&node.id, &node.deps))
        .collect();
    let (mut seen, mut waiting) = (BTreeSet::new(), vec![start]);

    while let Some(package) = waiting.pop() {
        if !seen.insert(package) {
            continue;
        }
        let built_in = nodes[package].iter().filter(|dependency| {
            dependency.dep_kinds.iter().any(|kind| kind.kind == DependencyKind::Normal)
        });
        waiting.extend(built_in.map(|dependency| &dependency.pkg));
    }
    seen
}
