//! What the person sees. Steps and questions go to standard error, answers (tables, addresses, JSON) to standard
//! output, so that `todoctl verify --json > file` is what it looks like. Nothing of it holds a secret.

mod ask;
mod step;
mod table;

use std::{
    fmt::Display,
    io::{self, IsTerminal as _, Write as _},
};

use console::{Term, style};
use indicatif::MultiProgress;

pub(crate) use step::{Step, Took};
pub(crate) use table::Table;

use crate::{interrupt::Interrupt, secrets::Secrets};

/// The person's terminal, or the file or pipe that stands in its place.
#[derive(Debug, Clone)]
pub(crate) struct Screen {
    yes: bool,
    secrets: Secrets,
    interrupt: Interrupt,
    /// Standard error is a terminal that can redraw lines.
    live: bool,
    bars: MultiProgress,
}

impl Screen {
    /// `yes` answers every question that has a safe answer.
    pub(crate) fn new(yes: bool, secrets: Secrets, interrupt: Interrupt) -> Self {
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        if plain {
            console::set_colors_enabled(false);
            console::set_colors_enabled_stderr(false);
        }
        let live = Term::stderr().features().is_attended();
        Self { yes, secrets, interrupt, live, bars: MultiProgress::new() }
    }

    /// One line beside the steps.
    pub(crate) fn say(&self, line: impl Display) {
        let line = self.secrets.clean(&line.to_string());
        // A person who closed the terminal is no reason to fail.
        self.bars.suspend(|| {
            let _ = writeln!(io::stderr(), "{line}");
        });
    }

    /// Lines below the one that they explain.
    pub(crate) fn explain(&self, text: &str) {
        for line in text.lines() {
            self.say(format_args!("    {line}"));
        }
    }

    /// A part of the answer: on standard output.
    pub(crate) fn print(&self, text: impl Display) {
        let text = self.secrets.clean(&text.to_string());
        self.bars.suspend(|| {
            let _ = writeln!(io::stdout(), "{text}");
        });
    }

    /// A failure, as the last thing that is said.
    pub(crate) fn error(&self, error: &anyhow::Error) {
        let text = format!("{error:#}");
        let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
        self.say(format_args!("{} {first}", style("✗").for_stderr().red()));
        self.explain(rest);
    }

    /// Starts a step; it shows that it is at work until it is told how it ended.
    pub(crate) fn step(&self, title: impl Into<String>) -> Step {
        Step::start(self.clone(), title.into())
    }

    /// Whether there is a person who can be asked.
    pub(crate) fn can_ask(&self) -> bool {
        self.live && io::stdin().is_terminal()
    }

    /// Puts the terminal back as it was.
    pub(crate) fn close(&self) {
        if self.live {
            let _ = Term::stderr().show_cursor();
        }
    }
}
