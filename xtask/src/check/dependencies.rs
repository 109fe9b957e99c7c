//! Every crate that gets compiled has a licence from the list in `deny.toml` and none of its bans.
//!
//! `cargo deny` reads the same file; this needs no tool beside cargo and takes a second.

mod policy;
mod spdx;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use anyhow::{Context, Result};

use self::{policy::Policy, spdx::Expression};
use crate::{findings::Findings, process, tree};

/// A crate in the tree of dependencies.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Crate {
    name: String,
    version: String,
    license: String,
}

/// Holds `deny.toml` against what cargo compiles, for every platform and with tests.
pub(super) fn look() -> Result<Findings> {
    let text =
        fs::read_to_string(tree::root().join("deny.toml")).context("deny.toml cannot be read")?;
    let policy: Policy = toml::from_str(&text).context("deny.toml cannot be understood")?;

    let crates = crates()?;
    let mut findings = bans(&policy, &crates);
    findings.extend(licenses(&policy, &crates));
    Ok(findings)
}

/// Crates of others, as `cargo tree` resolves them: only with the features that are on.
fn crates() -> Result<BTreeSet<Crate>> {
    let mut cargo = process::program("cargo");
    cargo.args(["tree", "--workspace", "--target", "all", "--edges", "normal,build,dev"]);
    cargo.args(["--prefix", "none", "--format", "{p}|{l}|"]);

    Ok(process::output(&mut cargo)?.lines().filter_map(parse).collect())
}

/// Reads a line `name vVERSION (note)|licence|`; our own crates, whose note is a path, are left out.
fn parse(line: &str) -> Option<Crate> {
    let mut parts = line.split('|');
    let (package, license) = (parts.next()?, parts.next()?);
    if package.contains("(/") {
        return None;
    }
    let mut words = package.split(' ');
    let (name, version) = (words.next()?, words.next()?.strip_prefix('v')?);
    Some(Crate { name: name.into(), version: version.into(), license: license.into() })
}

fn bans(policy: &Policy, crates: &BTreeSet<Crate>) -> Findings {
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for found in crates {
        versions.entry(&found.name).or_default().push(&found.version);
    }

    let mut findings = Vec::new();
    for ban in &policy.bans.deny {
        match versions.get(ban.name.as_str()) {
            Some(_) if !ban.deny_multiple_versions => {
                findings.push(format!(
                    "{} is banned: `cargo tree -i {0}` says who brings it",
                    ban.name
                ));
            }
            Some(several) if several.len() > 1 => {
                findings.push(format!(
                    "{} is there more than once: {}",
                    ban.name,
                    several.join(", ")
                ));
            }
            _ => {}
        }
    }
    findings
}

fn licenses(policy: &Policy, crates: &BTreeSet<Crate>) -> Findings {
    let allowed =
        |found: &Crate, license: &str| {
            policy.licenses.allow.iter().any(|known| known == license)
                || policy.licenses.exceptions.iter().any(|one| {
                    one.name == found.name && one.allow.iter().any(|known| known == license)
                })
        };

    crates
        .iter()
        .filter_map(|found| match Expression::parse(&found.license) {
            Ok(license) if license.satisfied_by(&|name| allowed(found, name)) => None,
            Ok(_) => {
                Some(format!("{}: the licence {} is not on the list", found.name, found.license))
            }
            Err(why) => Some(format!("{}: licence {:?}: {why}", found.name, found.license)),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy() -> Policy {
        toml::from_str(
            r#"
            [licenses]
            allow = ["MIT"]
            exceptions = [{ crate = "roots", allow = ["CDLA-Permissive-2.0"] }]
            [bans]
            deny = [{ crate = "openssl" }, { crate = "axum", deny-multiple-versions = true }]
            "#,
        )
        .unwrap()
    }

    fn tree(lines: &[&str]) -> BTreeSet<Crate> {
        lines.iter().filter_map(|line| parse(line)).collect()
    }

    #[test]
    fn a_banned_crate_and_a_second_version_are_found() {
        let crates = tree(&["openssl v0.10.1|MIT|", "axum v0.7.0|MIT|", "axum v0.8.1|MIT| (*)"]);

        let findings = bans(&policy(), &crates);

        assert_eq!(findings.len(), 2, "{findings:?}");
        assert!(findings[1].ends_with("0.7.0, 0.8.1"), "{findings:?}");
    }

    #[test]
    fn a_licence_passes_by_the_list_or_by_an_exception_for_its_crate() {
        let crates = tree(&[
            "good v1.0.0|MIT OR GPL-3.0|",
            "roots v1.0.0|CDLA-Permissive-2.0|",
            "other v1.0.0|CDLA-Permissive-2.0|",
            "silent v1.0.0||",
        ]);

        let findings = licenses(&policy(), &crates);

        let about: Vec<_> = findings.iter().map(|f| f.split(':').next().unwrap()).collect();
        assert_eq!(about, ["other", "silent"]);
    }

    #[test]
    fn our_own_crates_are_not_looked_at() {
        assert_eq!(parse("todo-core v0.1.0 (/somewhere/todo-core)|MIT OR Apache-2.0|"), None);
    }
}
