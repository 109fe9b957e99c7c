//! The table for people: at most 100 columns, with what to do below each line that failed.

use console::{Style, measure_text_width, style};

use crate::verify::report::{Line, Outcome, Report};

/// Widths of requirement, title, measured value and bound; with marks and gaps they make 100.
const REQUIREMENT: usize = 6;
const TITLE: usize = 37;
const MEASURED: usize = 35;
#[cfg(test)]
const BOUND: usize = 15;

/// Where the title begins; explanations begin there, too.
const INDENT: usize = 2 + REQUIREMENT + 1;

/// The whole table with its head and the verdict.
pub(crate) fn table(report: &Report) -> String {
    let subject = &report.subject;
    let place =
        subject.address.as_ref().map_or_else(String::new, |address| format!(" at {address}"));
    let release =
        subject.release.as_ref().map_or_else(String::new, |name| format!(", release {name}"));
    let mut out = vec![
        format!(
            "{} on {}, Kubernetes {}",
            style(&subject.namespace).bold(),
            subject.context,
            subject.server_version
        ),
        format!("{}{place}{release}", subject.host),
        String::new(),
    ];
    for line in &report.lines {
        out.extend(row(line));
    }
    out.push(String::new());
    let verdict = report.summary();
    out.push(if report.passed() {
        format!("{} {verdict}", style("✓").green())
    } else {
        format!("{} {verdict}", style("✗").red())
    });
    out.join("\n")
}

fn row(line: &Line) -> Vec<String> {
    let (check, finding) = (line.check, &line.finding);
    let (mark, shade) = match finding.outcome {
        Outcome::Passed => (style("✓").green(), Style::new()),
        Outcome::Failed => (style("✗").red(), Style::new().red()),
        Outcome::Skipped => (style("–").dim(), Style::new().dim()),
    };
    let title = wrap(check.title, TITLE);
    let measured = wrap(&finding.measured, MEASURED);
    let mut bound = vec![style(check.bound).dim().to_string()];
    if let (Some(aim), Some(met)) = (check.aim, finding.aim_met) {
        let aim = format!("aim {aim} {}", if met { "✓" } else { "✗" });
        bound.push(if met { style(aim).dim() } else { style(aim).yellow() }.to_string());
    }

    let height = title.len().max(measured.len()).max(bound.len());
    let cell = |lines: &[String], at: usize| lines.get(at).cloned().unwrap_or_default();
    let mut out: Vec<String> = (0..height)
        .map(|at| {
            let head = match at {
                0 => format!("{mark} {}", pad(check.requirement, REQUIREMENT)),
                _ => pad("", 2 + REQUIREMENT),
            };
            let title = pad(&cell(&title, at), TITLE);
            let measured = shade.apply_to(pad(&cell(&measured, at), MEASURED));
            format!("{head} {title} {measured}  {}", cell(&bound, at)).trim_end().to_owned()
        })
        .collect();
    for (at, words) in wrap(finding.advice.as_deref().unwrap_or_default(), 100 - INDENT - 2)
        .into_iter()
        .filter(|words| !words.is_empty())
        .enumerate()
    {
        let arrow = if at == 0 { "→" } else { " " };
        out.push(format!("{}{arrow} {words}", " ".repeat(INDENT)));
    }
    out
}

fn pad(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(measure_text_width(text));
    format!("{text}{}", " ".repeat(missing))
}

/// Breaks between words; a word that is too long is broken where the line ends.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let mut word = word.to_owned();
        let line = lines.last_mut().expect("there is always a line");
        let gap = usize::from(!line.is_empty());
        if measure_text_width(line) + gap + measure_text_width(&word) <= width {
            line.push_str(&" ".repeat(gap));
            line.push_str(&word);
            continue;
        }
        while measure_text_width(&word) > width {
            let rest: String = word.chars().skip(width).collect();
            lines.push(word.chars().take(width).collect());
            word = rest;
        }
        lines.push(word);
    }
    if lines.len() > 1 && lines[0].is_empty() {
        lines.remove(0);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::{catalogue, report::sample};

    #[test]
    fn the_table_of_a_report() {
        insta::assert_snapshot!(table(&sample()));
    }

    #[test]
    fn no_line_is_wider_than_100_columns() {
        let shown = table(&sample());

        for line in shown.lines() {
            assert!(measure_text_width(line) <= 100, "{line}");
        }
    }

    #[test]
    fn every_check_fits_its_columns_in_one_line() {
        for check in catalogue::ALL {
            assert!(check.title.chars().count() <= TITLE, "{}", check.title);
            assert!(check.bound.chars().count() <= BOUND, "{}", check.bound);
            assert!(check.requirement.chars().count() <= REQUIREMENT, "{}", check.requirement);
            if let Some(aim) = check.aim {
                assert!(format!("aim {aim} ✓").chars().count() <= BOUND, "{aim}");
            }
        }
    }

    #[test]
    fn words_longer_than_a_line_are_broken() {
        assert_eq!(wrap("a bcdefgh i", 4), ["a", "bcde", "fgh", "i"]);
    }
}
