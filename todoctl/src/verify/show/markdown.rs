//! The report as a Markdown table, for documents.

use crate::verify::report::{Line, Outcome, Report};

/// A sentence on what was verified, the table, and the verdict.
pub(crate) fn markdown(report: &Report) -> String {
    let subject = &report.subject;
    let mut out = vec![
        format!(
            "Namespace `{}`, Kubernetes {}, verified at {}.",
            subject.namespace,
            subject.server_version,
            report.at.strftime("%Y-%m-%d %H:%M UTC"),
        ),
        String::new(),
        "| | number | what | measured | asked | check |".to_owned(),
        "|---|---|---|---|---|---|".to_owned(),
    ];
    out.extend(report.lines.iter().map(row));
    out.push(String::new());
    out.push(format!("{}.", report.summary()));
    out.join("\n")
}

fn row(line: &Line) -> String {
    let Line { check, finding } = line;
    let mark = match finding.outcome {
        Outcome::Passed => "✓",
        Outcome::Failed => "✗",
        Outcome::Skipped => "–",
    };
    let asked = match (check.aim, finding.aim_met) {
        (Some(aim), Some(met)) => {
            format!("{}; aim {aim} {}", check.bound, if met { "✓" } else { "✗" })
        }
        _ => check.bound.to_owned(),
    };
    format!(
        "| {mark} | {} | {} | {} | {} | `{}` |",
        check.requirement,
        check.title,
        finding.measured.replace('|', "\\|"),
        asked.replace('|', "\\|"),
        check.id,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::report::sample;

    #[test]
    fn the_markdown_of_a_report() {
        insta::assert_snapshot!(markdown(&sample()));
    }
}
