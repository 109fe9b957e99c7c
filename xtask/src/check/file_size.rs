//! A source file of more than 500 lines says in its header why it is one file.

use std::fs;

use anyhow::Result;

use crate::{findings::Findings, tree};

const LINES: usize = 500;
/// The words that introduce the reason, within the first lines of the file.
const REASON: &str = "Long because";
const HEADER_LINES: usize = 20;

fn too_long(text: &str) -> Option<usize> {
    let lines = text.lines().count();
    let explained = text.lines().take(HEADER_LINES).any(|line| line.contains(REASON));
    (lines > LINES && !explained).then_some(lines)
}

/// Looks at every Rust file in version control.
pub(super) fn look() -> Result<Findings> {
    let mut findings = Vec::new();
    for path in tree::files()?.iter().filter(|path| path.extension().is_some_and(|e| e == "rs")) {
        if let Some(lines) = too_long(&fs::read_to_string(tree::root().join(path))?) {
            findings.push(format!(
                "{} has {lines} lines: split it at a seam, or say \"{REASON} …\" in its header",
                path.display()
            ));
        }
    }
    Ok(findings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_file_needs_a_reason() {
        let code = "let x = 1;\n".repeat(501);

        assert_eq!(too_long(&code), Some(501));
        assert_eq!(too_long(&format!("//! Long because it is a table.\n{code}")), None);
        assert_eq!(too_long("let x = 1;\n"), None);
    }
}
