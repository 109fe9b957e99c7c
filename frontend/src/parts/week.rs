//! The next seven days and how full they are.

use maud::{Markup, html};

use super::frame::Frame;
use crate::address::Place;

/// The longest mark stands for so many tasks and more.
const FULL: usize = 4;

pub(crate) fn week(frame: &Frame) -> Markup {
    let counts = &frame.screen.counts;
    let due_today = usize::try_from(counts.today - counts.overdue).unwrap_or_default();
    html! {
        nav.week aria-label="This week" {
            ol role="list" {
                @for offset in 0..7 {
                    @let day = frame.words.after(offset);
                    @let open = if offset == 0 { due_today } else { due_on(frame, day) };
                    @let href = if offset == 0 { frame.at.to(Place::Today) } else { format!("#g-d{day}") };
                    li {
                        a href=(href) aria-current=[(offset == 0).then_some("date")] {
                            span { (day.strftime("%a")) }
                            b { (day.day()) }
                            span.week__load data-n=(open.min(FULL)) aria-hidden="true" {}
                            span.vh { ", " (open) " open" }
                        }
                    }
                }
            }
        }
    }
}

fn due_on(frame: &Frame, day: jiff::civil::Date) -> usize {
    let due = frame.screen.list.tasks.iter().filter_map(|task| frame.words.due_of(task));
    due.filter(|due| due.date == day).count()
}
