//! The report as JUnit's XML, which continuous integration shows test by test.

use std::fmt::Write as _;

use crate::verify::report::{Line, Outcome, Report};

/// One suite; the class of a test is its requirement, its name the check's identifier.
pub(crate) fn junit(report: &Report) -> String {
    let counts = format!(
        "tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\" time=\"{:.3}\"",
        report.lines.len(),
        report.count(Outcome::Failed),
        report.count(Outcome::Skipped),
        report.took.as_secs_f64(),
    );
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites {counts}>\n  <testsuite name=\"todoctl verify\" hostname=\"{}\" timestamp=\"{}\" {counts}>\n",
        escape(&report.subject.host),
        report.at,
    );
    for line in &report.lines {
        xml.push_str(&case(line));
    }
    xml.push_str("  </testsuite>\n</testsuites>\n");
    xml
}

fn case(line: &Line) -> String {
    let Line { check, finding } = line;
    let class = match check.requirement {
        "–" => "other",
        number => number,
    };
    let measured = escape(&finding.measured);
    let advice = escape(finding.advice.as_deref().unwrap_or_default());
    let (title, bound) = (escape(check.title), escape(check.bound));
    let mut xml = format!("    <testcase classname=\"{class}\" name=\"{}\">\n", check.id);
    let outcome = match finding.outcome {
        Outcome::Passed => String::new(),
        Outcome::Failed => {
            format!("      <failure message=\"{title}: {measured}\">{advice}</failure>\n")
        }
        Outcome::Skipped => format!("      <skipped message=\"{measured}\"/>\n"),
    };
    write!(
        xml,
        "{outcome}      <system-out>{title}: {measured} (asked: {bound})</system-out>\n    </testcase>\n"
    )
    .expect("a string takes everything");
    xml
}

/// Text inside an element or an attribute; characters that XML cannot hold are left out.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(' '),
            control if control.is_control() => {}
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::report::sample;

    #[test]
    fn the_junit_of_a_report() {
        insta::assert_snapshot!(junit(&sample()));
    }

    #[test]
    fn what_xml_cannot_hold_is_escaped_or_left_out() {
        assert_eq!(escape("a < \"b\" & \u{1b}[31mc\n"), "a &lt; &quot;b&quot; &amp; [31mc ");
    }
}
