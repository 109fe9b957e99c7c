//! A step: a line that works, then says how it ended.

use std::{
    fmt,
    time::{Duration, Instant},
};

use console::style;
use indicatif::{ProgressBar, ProgressStyle};

use super::Screen;

/// Steps that took less are not worth a number.
const WORTH_TELLING: Duration = Duration::from_millis(1500);

/// How often a passing detail is printed where lines cannot be redrawn: a sign of life for who reads a log.
const SIGN_OF_LIFE: Duration = Duration::from_secs(30);

/// A step in progress. Dropped without a word on how it ended, it disappears.
#[derive(Debug)]
pub(crate) struct Step {
    screen: Screen,
    title: String,
    started: Instant,
    /// Where the terminal can redraw lines.
    bar: Option<ProgressBar>,
    /// The last news that were printed where it cannot, and when.
    told: String,
    told_at: Instant,
}

impl Step {
    pub(super) fn start(screen: Screen, title: String) -> Self {
        let bar = screen.live.then(|| {
            let spinner = ProgressStyle::with_template("{spinner:.cyan} {wide_msg}")
                .expect("a template of ours")
                .tick_chars("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏ ");
            let bar = screen.bars.add(ProgressBar::new_spinner().with_style(spinner));
            bar.set_message(title.clone());
            bar.enable_steady_tick(Duration::from_millis(90));
            bar
        });
        let now = Instant::now();
        Self { screen, title, started: now, bar, told: String::new(), told_at: now }
    }

    /// What the step is doing right now. Without a terminal it is a line of its own when it changes: use
    /// [`Step::tick`] for what changes all the time.
    pub(crate) fn news(&mut self, news: &str) {
        if self.bar.is_some() {
            self.tick(news);
        } else if self.told != news {
            self.print(news);
        }
    }

    /// A passing detail. Where lines cannot be redrawn, one is printed now and then.
    pub(crate) fn tick(&mut self, detail: &str) {
        if let Some(bar) = &self.bar {
            let detail = self.screen.secrets.clean(detail);
            bar.set_message(format!("{}: {}", self.title, style(detail).for_stderr().dim()));
        } else if self.told_at.elapsed() > SIGN_OF_LIFE {
            self.print(detail);
        }
    }

    fn print(&mut self, news: &str) {
        self.screen.say(format_args!("… {}: {news}", self.title));
        self.told = news.to_owned();
        self.told_at = Instant::now();
    }

    /// It went well; `outcome` may be empty.
    pub(crate) fn done(self, outcome: impl fmt::Display) {
        let mark = style("✓").for_stderr().green();
        self.end(&mark, &outcome.to_string());
    }

    /// There was nothing to do, and why.
    pub(crate) fn skipped(self, why: impl fmt::Display) {
        let mark = style("–").for_stderr().dim();
        self.end(&mark, &why.to_string());
    }

    /// It went well enough to go on, and what the person should know.
    pub(crate) fn warned(self, warning: impl fmt::Display) {
        let mark = style("!").for_stderr().yellow();
        self.end(&mark, &warning.to_string());
    }

    /// It failed; the error that ends the command says why.
    pub(crate) fn failed(self, what: impl fmt::Display) {
        let mark = style("✗").for_stderr().red();
        self.end(&mark, &what.to_string());
    }

    fn end(mut self, mark: &dyn fmt::Display, outcome: &str) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
        let took = self.started.elapsed();
        let took = if took < WORTH_TELLING { String::new() } else { format!(" ({})", Took(took)) };
        let colon = if outcome.is_empty() { "" } else { ": " };
        let took = style(took).for_stderr().dim();
        self.screen.say(format_args!("{mark} {}{colon}{outcome}{took}", self.title));
    }
}

impl Drop for Step {
    fn drop(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}

/// A duration for people: `0.4 s`, `12 s`, `3 min 20 s`.
pub(crate) struct Took(pub(crate) Duration);

impl fmt::Display for Took {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_secs();
        match seconds {
            0..10 => write!(f, "{:.1} s", self.0.as_secs_f64()),
            10..60 => write!(f, "{seconds} s"),
            _ => write!(f, "{} min {} s", seconds / 60, seconds % 60),
        }
    }
}
