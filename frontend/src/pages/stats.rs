//! The list in numbers.

use jiff::civil::Date;
use maud::{Markup, Render, html};
use todo_api::stats::StatsBody;

use super::load;
use crate::address::Address;
use crate::failure::Failure;
use crate::icons::{Icon, icon_with};
use crate::parts::frame::{Draft, Frame};
use crate::parts::page_head::page_head;
use crate::parts::shell;
use crate::session::Visitor;
use crate::words::count;

/// The drawing area of the chart: the tallest bar, and the width of a day.
const TALLEST: i64 = 112;
const BASE: i64 = 124;
const DAY: i64 = 20;

/// Figures, and what was done by day.
pub(crate) struct StatsPage {
    pub(crate) frame: Frame,
    pub(crate) stats: StatsBody,
}

/// A day of the chart.
struct Bar {
    day: Date,
    done: i64,
    height: i64,
}

impl StatsPage {
    pub(crate) async fn load(
        visitor: &Visitor,
        at: Address,
        draft: Draft,
    ) -> Result<Self, Failure> {
        let (frame, stats) = tokio::join!(load::frame(visitor, at, draft), visitor.client.stats());
        Ok(Self { frame: frame?, stats: stats? })
    }

    fn bars(&self) -> Vec<Bar> {
        let most =
            self.stats.by_day.iter().map(|day| day.completed).max().unwrap_or_default().max(1);
        let bar = |day: &todo_api::stats::DayBody| {
            Some(Bar {
                day: day.date.parse().ok()?,
                done: day.completed,
                height: day.completed * TALLEST / most,
            })
        };
        self.stats.by_day.iter().filter_map(bar).collect()
    }

    fn figures(&self) -> Markup {
        let stats = &self.stats;
        let done: i64 = stats.by_day.iter().map(|day| day.completed).sum();
        let overdue = if stats.overdue > 0 {
            format!("{} overdue", stats.overdue)
        } else {
            "none overdue".to_owned()
        };
        let streak = usize::try_from(stats.streak).unwrap_or_default();
        html! {
            dl.figures {
                (figure("Done", &done.to_string(), "in the last 30 days"))
                (figure("Open", &stats.open.to_string(), &overdue))
                (figure("Streak", &count(streak, "day"), "in a row with something done"))
            }
        }
    }

    fn chart(&self) -> Markup {
        let words = &self.frame.words;
        let bars = self.bars();
        let (Some(first), Some(last)) = (bars.first(), bars.last()) else { return html! {} };
        let best = bars.iter().max_by_key(|bar| bar.done).filter(|bar| bar.done > 0);
        let summary = best.map_or_else(
            || "Nothing was done yet".to_owned(),
            |bar| format!("Most on {}: {}", words.long_day(bar.day), bar.done),
        );
        let width = DAY * i64::try_from(bars.len()).unwrap_or_default();
        html! {
            figure.chart aria-labelledby="by-day" {
                figcaption #by-day { h2 { "Done by day" } p.change__sub { (summary) } }
                svg viewBox={ "0 0 " (width) " 126" } role="img"
                    aria-label={ "Done by day, " (words.long_day(first.day)) " to " (words.long_day(last.day)) ". " (summary) } {
                    path.chart__grid d={ "M0 68h" (width) "M0 12h" (width) } {}
                    @for (at, bar) in bars.iter().enumerate() { (self.bar(i64::try_from(at).unwrap_or_default() * DAY, bar)) }
                    path.chart__base d={ "M0 124.5h" (width) } {}
                }
                div.chart__x aria-hidden="true" {
                    span { (words.short_day(first.day)) } span { (words.short_day(bars[bars.len() / 2].day)) } span { (words.day(last.day)) }
                }
                details.as-table {
                    summary { (icon_with(Icon::Down, "chev")) "As a table" }
                    table {
                        caption.vh { "Done by day" }
                        thead { tr { th scope="col" { "Day" } th scope="col" { "Done" } } }
                        tbody { @for bar in &bars { tr { th scope="row" { (words.short_day(bar.day)) } td { (bar.done) } } } }
                    }
                }
            }
        }
    }

    fn bar(&self, x: i64, bar: &Bar) -> Markup {
        let class = if bar.day == self.frame.words.today() { "bar bar--now" } else { "bar" };
        html! {
            g {
                title { (self.frame.words.short_day(bar.day)) ": " (bar.done) " done" }
                rect.bar__zone x=(x) y="0" width=(DAY) height="126" {}
                @if bar.done > 0 { rect class=(class) x=(x + 4) y=(BASE - bar.height) width="12" height=(bar.height) rx="3" {} }
            }
        }
    }
}

fn figure(name: &str, value: &str, beside: &str) -> Markup {
    html! { div { dt { (name) } dd { (value) } dd.figures__sub { (beside) } } }
}

impl Render for StatsPage {
    fn render(&self) -> Markup {
        let main = html! {
            (page_head("Statistics", &[html! { "The last 30 days" }], &html! {}))
            (self.figures())
            (self.chart())
        };
        shell::page(&self.frame, "Statistics", &main)
    }
}
