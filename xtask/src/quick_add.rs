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

/// Every rule is shown by its first lines; the tables of the tests have them all.
const SHOWN: usize = 6;

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

/// A table of the tests in Markdown: each rule with its first lines.
fn table(lines: &str) -> Result<String> {
    let mut text = String::new();
    let mut shown = 0;
    for line in lines.lines() {
        if let Some(rule) = line.strip_prefix("# ") {
            write!(
                text,
                "\n**{}**\n\n| typed | title | due | the rest |\n|---|---|---|---|\n",
                escaped(rule)
            )?;
            shown = 0;
            continue;
        }
        if let Some(moment) = line.strip_prefix("@ ") {
            writeln!(text, "| *typed at {}* | | | |", escaped(moment))?;
            continue;
        }
        shown += 1;
        if line.is_empty() || shown > SHOWN {
            continue;
        }
        let mut columns = line.splitn(2, " | ");
        let typed = columns.next().unwrap_or_default().trim();
        let cells: Vec<_> = columns.next().unwrap_or_default().split('|').map(str::trim).collect();
        let cell = |at: usize| cells.get(at).map_or(String::new(), |cell| code(cell));
        writeln!(text, "| {} | {} | {} | {} |", code(typed), code(cells[0]), cell(1), cell(2))?;
    }
    text.push('\n');
    Ok(text)
}

/// "-" is a date that is not there.
fn code(cell: &str) -> String {
    if cell.is_empty() || cell == "-" { cell.replace('-', "–") } else { format!("`{cell}`") }
}

fn escaped(text: &str) -> String {
    text.replace('*', "\\*").replace('|', "\\|")
}
