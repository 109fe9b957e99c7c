//! `cargo xtask quick-add`: the tables of `docs/quick-add.md`, which are the tables of the tests.

use std::{fmt::Write, fs};

use anyhow::{Context, Result, bail};

use crate::{findings::report, manifests, terminal, tree};

/// Options of `cargo xtask quick-add`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Writes nothing, and fails when something would change.
    #[arg(long)]
    check: bool,
}

const DOCUMENT: &str = "docs/quick-add.md";
const TABLES: &str = "crates/todo-core/tests/quick_add";

/// Every rule is shown by so many lines; the tables of the tests have them all.
const SHOWN: usize = 8;

/// Writes the document, or says that it is stale; true when all is as it should be.
///
/// # Errors
/// When a file cannot be read or written.
pub(crate) fn run(options: &Options) -> Result<bool> {
    let (path, text) = derive()?;
    if options.check {
        return Ok(report("quick-add", || Ok(manifests::compare(&[(path, text)].into()))));
    }
    fs::write(tree::root().join(&path), text)
        .with_context(|| format!("{path} cannot be written"))?;
    terminal::say(format_args!("wrote {path}"));
    Ok(true)
}

/// The document with its tables as they are now: its path, and what belongs in it.
///
/// # Errors
/// When a file cannot be read, or the document has a marker without an end.
pub(crate) fn derive() -> Result<(String, String)> {
    let read = |path: &str| {
        fs::read_to_string(tree::root().join(path))
            .with_context(|| format!("{path} cannot be read"))
    };
    let kept = read(DOCUMENT)?;
    let mut text = String::with_capacity(kept.len());
    let mut rest = kept.as_str();
    while let Some((before, after)) = rest.split_once("<!-- table: ") {
        let Some((name, after)) = after.split_once(" -->") else {
            bail!("{DOCUMENT}: a marker has no end")
        };
        let Some((_, after)) = after.split_once("<!-- end -->") else {
            bail!("{DOCUMENT}: the table {name} has no end")
        };
        let table = table(&read(&format!("{TABLES}/{name}.txt"))?)?;
        write!(text, "{before}<!-- table: {name} -->\n{table}<!-- end -->")?;
        rest = after;
    }
    text.push_str(rest);
    Ok((DOCUMENT.to_owned(), text))
}

/// A table of the tests in Markdown: each rule with lines from its beginning to its end.
fn table(lines: &str) -> Result<String> {
    let mut text = String::new();
    let mut rule = Vec::new();
    for line in lines.lines() {
        if let Some(heading) = line.strip_prefix("# ") {
            examples(&mut text, &mut rule)?;
            write!(
                text,
                "\n**{}**\n\n| typed | title | due | the rest |\n|---|---|---|---|\n",
                escaped(heading)
            )?;
        } else if let Some(moment) = line.strip_prefix("@ ") {
            examples(&mut text, &mut rule)?;
            writeln!(text, "| *typed at {}* | | | |", escaped(moment))?;
        } else if !line.is_empty() {
            rule.push(line);
        }
    }
    examples(&mut text, &mut rule)?;
    text.push('\n');
    Ok(text)
}

/// Writes lines evenly spread over those of a rule.
fn examples(text: &mut String, rule: &mut Vec<&str>) -> Result<()> {
    let count = rule.len();
    let shown = count.min(SHOWN);
    for line in (0..shown).map(|at| rule[at * count / shown]) {
        let (typed, rest) = line.split_once(" | ").unwrap_or((line, ""));
        let cells: Vec<_> = rest.split('|').map(|cell| code(cell.trim())).collect();
        let cell = |at: usize| cells.get(at).map_or("", String::as_str);
        writeln!(text, "| {} | {} | {} | {} |", code(typed.trim()), cell(0), cell(1), cell(2))?;
    }
    rule.clear();
    Ok(())
}

/// "-" is a date that is not there.
fn code(cell: &str) -> String {
    if cell.is_empty() || cell == "-" { cell.replace('-', "–") } else { format!("`{cell}`") }
}

fn escaped(text: &str) -> String {
    text.replace('*', "\\*").replace('|', "\\|")
}
