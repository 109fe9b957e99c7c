//! kube-score finds nothing critical in the production values, and what it was told to ignore has a reason.

use std::fs;

use anyhow::{Result, bail};

use super::scene::{PRODUCTION, Scene};
use crate::{chart, findings::Findings};

/// The annotation that tells kube-score to leave a check out.
const IGNORE: &str = "kube-score/ignore";

pub(super) fn look(scene: &Scene<'_>) -> Result<Findings> {
    // A rendering that failed would be an empty file, and nothing is wrong with that.
    scene.rendering(PRODUCTION)?;
    let mut score = scene.kit.go_programs()?.run("kube-score");
    score.args(["score", "--output-format", "ci", "--kubernetes-version", "v1.28"]);
    let done = score.arg(scene.file(PRODUCTION)).output()?;
    let said = String::from_utf8_lossy(&done.stdout);
    if !said.contains("[OK]") {
        bail!("kube-score scored nothing: {}", String::from_utf8_lossy(&done.stderr));
    }

    let mut found: Findings =
        said.lines().filter(|line| line.starts_with("[CRITICAL]")).map(str::to_owned).collect();
    found.extend(unexplained()?);
    Ok(found)
}

/// Templates that ignore a check and do not say why in the line above.
fn unexplained() -> Result<Findings> {
    let mut found = Findings::new();
    for entry in fs::read_dir(chart::folder().join("templates"))? {
        let path = entry?.path();
        if !path.is_file() {
            continue;
        }
        let text = fs::read_to_string(&path)?;
        if lacks_a_reason(&text) {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            found.push(format!("{name}: {IGNORE} without a comment above that says why"));
        }
    }
    Ok(found)
}

fn lacks_a_reason(template: &str) -> bool {
    let lines: Vec<&str> = template.lines().map(str::trim).collect();
    let is_comment = |line: &str| {
        line.starts_with('#')
            || line.starts_with("{{") && line.contains("/*")
            || line.ends_with("*/}}")
    };
    lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.starts_with(IGNORE))
        .any(|(at, _)| at == 0 || !is_comment(lines[at - 1]))
}

#[cfg(test)]
mod tests {
    use super::lacks_a_reason;

    #[test]
    fn an_ignored_check_needs_a_comment_above() {
        let explained = "annotations:\n  # the plan's uid is 1000\n  kube-score/ignore: x\n";
        let helm =
            "annotations:\n  {{- /* the plan's uid\n    is 1000 */}}\n  kube-score/ignore: x\n";

        assert!(!lacks_a_reason(explained));
        assert!(!lacks_a_reason(helm));
        assert!(lacks_a_reason("annotations:\n  kube-score/ignore: x\n"));
    }
}
