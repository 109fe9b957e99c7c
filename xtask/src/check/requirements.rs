//! docs/requirements.md has a line for each id of the plan, and every file and test that it names exists.

use std::{collections::BTreeSet, fs, path::Path};

use anyhow::{Context, Result};

use crate::{findings::Findings, tree};

const PAGE: &str = "docs/requirements.md";

/// Kinds of ids in the plan: what comes before the number, how many digits it has, how many there are.
const IDS: &[(&str, usize, u8)] = &[("US", 1, 4), ("FR-", 3, 12), ("SC-", 3, 5), ("CD-", 2, 5)];

/// Endings that make a name without a slash a file.
const FILES: &[&str] = &[".rs", ".md", ".toml", ".yaml", ".hcl"];

/// A file or folder that the page names, and the test in it if it names one: `backend/src/run.rs::serves`.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Proof<'page> {
    path: &'page str,
    test: Option<&'page str>,
}

impl<'page> Proof<'page> {
    /// Reads what stands between two backticks; commands, addresses and patterns are no proof.
    fn read(code: &'page str) -> Option<Self> {
        let (path, test) = match code.split_once("::") {
            Some((path, test)) => (path, Some(test)),
            None => (code, None),
        };
        let named = path.contains('/') || FILES.iter().any(|ending| path.ends_with(ending));
        let other = path.starts_with('/') || path.contains([' ', '{', '*', '<', ':', '$']);
        (named && !other).then_some(Self { path, test })
    }
}

/// Everything between single backticks, outside of code blocks.
fn proofs(page: &str) -> BTreeSet<Proof<'_>> {
    let mut fenced = false;
    page.lines()
        .filter(|line| {
            let fence = line.starts_with("```");
            fenced ^= fence;
            !fence && !fenced
        })
        .flat_map(|line| line.split('`').skip(1).step_by(2))
        .filter_map(Proof::read)
        .collect()
}

/// Ids of the plan without a row of their own.
fn missing_ids(page: &str) -> Findings {
    IDS.iter()
        .flat_map(|&(kind, digits, last)| {
            (1..=last).map(move |number| format!("{kind}{number:0digits$}"))
        })
        .filter(|id| !page.contains(&format!("| {id} |")))
        .map(|id| format!("{PAGE} has no row for {id}"))
        .collect()
}

/// What the page names and the tree does not have.
fn missing_proofs(page: &str, files: &[impl AsRef<Path>], root: &Path) -> Findings {
    let there = |path: &str| files.iter().any(|file| file.as_ref().starts_with(path));
    proofs(page)
        .into_iter()
        .filter_map(|Proof { path, test }| {
            if !there(path) {
                return Some(format!("{PAGE} names `{path}`, which does not exist"));
            }
            let test = test?;
            let text = fs::read_to_string(root.join(path)).unwrap_or_default();
            (!text.contains(test)).then(|| format!("{PAGE} names `{test}`, which is not in {path}"))
        })
        .collect()
}

/// Compares the page with the tree.
pub(super) fn look() -> Result<Findings> {
    let page = fs::read_to_string(tree::root().join(PAGE))
        .with_context(|| format!("{PAGE} cannot be read"))?;

    let mut findings = missing_ids(&page);
    findings.extend(missing_proofs(&page, &tree::files()?, tree::root()));
    Ok(findings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_and_tests_are_proofs_and_commands_and_addresses_are_not() {
        let page = "`mcp/src/run.rs`, `compose.yaml`, `e2e/a.rs::it_works`, `helm lint ./helm`, \
                    `/health`, `http://todo.local`, `ghcr.io/{owner}`, `todo-app`\n\
                    ```sh\ncat `x/y`\n```\n`docs/`";

        let found: Vec<_> =
            proofs(page).into_iter().map(|proof| (proof.path, proof.test)).collect();

        assert_eq!(
            found,
            [
                ("compose.yaml", None),
                ("docs/", None),
                ("e2e/a.rs", Some("it_works")),
                ("mcp/src/run.rs", None),
            ]
        );
    }

    #[test]
    fn an_id_without_a_row_is_found() {
        let page: String =
            ["US1", "US2", "US3", "US4"].map(|id| format!("| {id} | x |\n")).concat();

        let findings = missing_ids(&page);

        assert_eq!(findings.len(), 22);
        assert_eq!(
            findings.first().map(String::as_str),
            Some("docs/requirements.md has no row for FR-001")
        );
    }

    #[test]
    fn a_file_that_is_not_there_and_a_test_that_is_not_in_it_are_found() {
        let page = "`xtask/src/gone.rs` `xtask/src/` `xtask/src/tree.rs::no_such_test`";
        let files = ["xtask/src/tree.rs", "xtask/src/main.rs"];

        let findings = missing_proofs(page, &files, tree::root());

        assert_eq!(
            findings,
            [
                "docs/requirements.md names `xtask/src/gone.rs`, which does not exist",
                "docs/requirements.md names `no_such_test`, which is not in xtask/src/tree.rs",
            ]
        );
    }
}
