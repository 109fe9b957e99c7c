//! Rendered templates without what only Helm uses, so that `kubectl apply` is natural.

use crate::chart::Rendered;

/// How a template marks a line that means nothing without Helm: its own labels, and checksums of what it renders.
const MARK: &str = "# only for Helm";

/// A manifest for kubectl, with a line that says where it comes from.
pub(super) fn manifest(template: &str, text: &str) -> String {
    format!(
        "# Generated from helm/todo-app/{template} with the plan's values.\n\
         # Change that, then run `cargo xtask manifests`.\n{}",
        without_helm(text)
    )
}

/// What is installed with these values, for a diff that people read.
pub(super) fn snapshot(name: &str, rendered: &Rendered) -> String {
    let header = format!(
        "# The chart with the values `{name}`, as `helm install` would send it.\n\
         # Generated: change the chart, then run `cargo xtask manifests`, and read what differs.\n"
    );
    let files = rendered.installed().map(|(template, file)| {
        format!("---\n# {template}\n{}", without_checksums(file.text.trim_matches('\n')))
    });
    std::iter::once(header).chain(files).collect()
}

fn without_helm(text: &str) -> String {
    let lines = text.lines().map(str::trim_end);
    let kept = lines.filter(|line| !line.ends_with(MARK)).skip_while(|line| line.is_empty());
    kept.flat_map(|line| [line, "\n"]).collect()
}

/// A checksum changes with every word of what it is about, which is in the same snapshot.
fn without_checksums(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines().map(str::trim_end) {
        match line.split_once(": ") {
            Some((key, _)) if key.trim_start().starts_with("checksum/") => {
                out.push_str(key);
                out.push_str(": (checksum)");
            }
            _ => out.push_str(line),
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_only_helm_needs_go_and_comments_stay() {
        let text = "\nlabels:\n  app: x\n  helm.sh/chart: y # only for Helm\nspec: {} # why\n";

        assert_eq!(without_helm(text), "labels:\n  app: x\nspec: {} # why\n");
    }

    #[test]
    fn checksums_are_not_part_of_a_snapshot() {
        assert_eq!(
            without_checksums("  checksum/config: 0a1b\nx: y"),
            "  checksum/config: (checksum)\nx: y\n"
        );
    }
}
