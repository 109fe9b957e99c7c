//! Lines as they are printed.

use console::{Color, Style, measure_text_width};
use jiff::tz::TimeZone;

use super::{Entry, Level, Logged, Source};
use crate::screen::Screen;

/// What PostgreSQL puts before the lines that matter.
const COMPLAINTS: [(&str, Level); 4] = [
    ("PANIC:", Level::Error),
    ("FATAL:", Level::Error),
    ("ERROR:", Level::Error),
    ("WARNING:", Level::Warn),
];

/// Prints lines of a level and above, sources in one column.
pub(super) struct Printer<'a> {
    screen: &'a Screen,
    least: Level,
    zone: TimeZone,
    width: usize,
}

impl<'a> Printer<'a> {
    pub(super) fn new(screen: &'a Screen, least: Level) -> Self {
        Self { screen, least, zone: TimeZone::system(), width: 0 }
    }

    /// Makes the column wide enough.
    pub(super) fn make_room_for(&mut self, sources: &[Source]) {
        let widest = sources.iter().map(|source| measure_text_width(&source.to_string())).max();
        self.width = self.width.max(widest.unwrap_or_default());
    }

    /// Prints a line, unless it matters too little.
    pub(super) fn print(&self, line: &Logged) {
        if level(&line.entry) >= self.least {
            self.screen.print(self.shown(line));
        }
    }

    /// `15:04:05.123 backend-x7k2p  WARN  not ready check=database`
    fn shown(&self, line: &Logged) -> String {
        let time = line.at.map_or_else(
            || " ".repeat(12),
            |at| at.to_zoned(self.zone.clone()).strftime("%H:%M:%S%.3f").to_string(),
        );
        let (level, shade) = match level(&line.entry) {
            Level::Error => (Level::Error, Style::new().red()),
            Level::Warn => (Level::Warn, Style::new().yellow()),
            Level::Info => (Level::Info, Style::new()),
            low => (low, Style::new().dim()),
        };
        let source = line.source.to_string();
        let gap = self.width.saturating_sub(measure_text_width(&source));
        let source = Style::new().fg(color(&line.source)).apply_to(source);
        let time = Style::new().dim().apply_to(time);
        format!(
            "{time} {source}{:gap$}  {} {}",
            "",
            shade.apply_to(format!("{level:<5}")),
            line.entry
        )
    }
}

/// The level of a line; of text, what it complains.
fn level(entry: &Entry) -> Level {
    entry.level.unwrap_or_else(|| {
        let found = COMPLAINTS.iter().find(|(word, _)| entry.message.contains(word));
        found.map_or(Level::Info, |(_, level)| *level)
    })
}

fn color(source: &Source) -> Color {
    match source.component.as_str() {
        "frontend" => Color::Cyan,
        "backend" => Color::Green,
        "mcp" => Color::Magenta,
        _ => Color::Blue,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{interrupt::Interrupt, secrets::Secrets};

    fn logged(pod: &str, component: &str, line: &str) -> Logged {
        let source = Source {
            component: component.to_owned(),
            pod: pod.to_owned(),
            container: component.to_owned(),
            restarts: 0,
        };
        Logged::read(&source, line)
    }

    #[test]
    fn json_and_text_stand_in_the_same_columns() {
        let screen = Screen::new(false, Secrets::default(), Interrupt::default());
        let lines = [
            logged(
                "mcp-5d9c7b9f4-x7k2p",
                "mcp",
                r#"2026-11-21T15:00:00.5Z {"level":"WARN","message":"not ready","check":"database"}"#,
            ),
            logged(
                "postgres-0",
                "postgres",
                "2026-11-21T15:00:01.25Z 2026-11-21 15:00:01 UTC [1] FATAL:  the password is wrong",
            ),
        ];
        let mut printer = Printer { zone: TimeZone::UTC, ..Printer::new(&screen, Level::Info) };
        printer.make_room_for(&lines.clone().map(|line| line.source));

        let shown = lines.map(|line| printer.shown(&line));

        assert_eq!(
            shown,
            [
                "15:00:00.500 mcp-x7k2p   WARN  not ready check=database",
                "15:00:01.250 postgres-0  ERROR 2026-11-21 15:00:01 UTC [1] FATAL:  the password is wrong",
            ]
        );
    }
}
