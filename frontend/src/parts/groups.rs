//! Lists of tasks under headings.

use jiff::civil::Date;
use maud::{Markup, html};
use todo_api::task::TaskBody;

use super::facts::{When, is_past};
use super::frame::Frame;
use super::task_row::{Shown, task_row};
use crate::address::joined;
use crate::icons::{Icon, icon_with};
use crate::words::Words;

/// Upcoming shows so many days one by one.
const DAYS: i64 = 7;

/// From so many rows on, those that are off screen are not laid out.
const LONG: usize = 60;

/// Tasks under a heading.
#[derive(Debug)]
pub(crate) struct Group<'a> {
    /// In the address of the heading.
    id: String,
    title: String,
    beside: String,
    when: When,
    tasks: Vec<&'a TaskBody>,
}

impl<'a> Group<'a> {
    fn new(
        id: impl Into<String>,
        title: impl Into<String>,
        beside: impl Into<String>,
        when: When,
    ) -> Self {
        Self { id: id.into(), title: title.into(), beside: beside.into(), when, tasks: Vec::new() }
    }

    fn of_day(words: &Words, date: Date, when: When) -> Self {
        let (title, beside) = words.heading(date);
        Self::new(format!("d{date}"), title, beside, when)
    }

    /// Today: what is late, then the day itself.
    pub(crate) fn today(words: &Words, tasks: &'a [TaskBody]) -> Vec<Self> {
        let groups = sorted_into(tasks, |task| match words.due_of(task) {
            Some(due) if is_past(words, due.date) => Self::new("late", "Overdue", "", When::Late),
            _ => Self::new("today", "Today", "", When::Time),
        });
        groups.into_iter().map(Self::counted).collect()
    }

    /// Upcoming: by day for a week, then the rest.
    pub(crate) fn upcoming(words: &Words, tasks: &'a [TaskBody]) -> Vec<Self> {
        let last = words.after(DAYS - 1);
        sorted_into(tasks, |task| match words.due_of(task) {
            Some(due) if due.date <= last => Self::of_day(words, due.date, When::Time),
            _ => Self::new(
                "later",
                "Later",
                format!("from {}", words.month_day(words.after(DAYS))),
                When::Day,
            ),
        })
    }

    /// All: what is late, by day, then what has none.
    pub(crate) fn by_day(words: &Words, tasks: &'a [TaskBody]) -> Vec<Self> {
        let groups = sorted_into(tasks, |task| match words.due_of(task) {
            Some(due) if is_past(words, due.date) => Self::new("late", "Overdue", "", When::Late),
            Some(due) => Self::of_day(words, due.date, When::Time),
            None => Self::new("none", "No date", "", When::Day),
        });
        groups
            .into_iter()
            .map(|group| if group.beside.is_empty() { group.counted() } else { group })
            .collect()
    }

    /// Completed: by the day on which they were.
    pub(crate) fn by_completion(words: &Words, tasks: &'a [TaskBody]) -> Vec<Self> {
        sorted_into(tasks, |task| match task.completed_at {
            Some(at) => Self::of_day(words, words.local(at).date(), When::Done),
            None => Self::new("open", "Open", "", When::Day),
        })
    }

    fn counted(mut self) -> Self {
        self.beside = self.tasks.len().to_string();
        self
    }

    pub(crate) fn render(&self, frame: &Frame) -> Markup {
        let is_late = self.id == "late";
        html! {
            section.group.group--late[is_late] aria-labelledby={ "g-" (self.id) } {
                div.group__head {
                    h2 id={ "g-" (self.id) } {
                        (self.title)
                        @if !self.beside.is_empty() { " " span.group__sub { (self.beside) } }
                    }
                    @if is_late { (self.move_to_today()) }
                }
                (rows(frame, &self.tasks, Shown::plain(self.when)))
            }
        }
    }

    /// Names exactly the tasks that are seen, so it acts at once.
    fn move_to_today(&self) -> Markup {
        let ids: Vec<i64> = self.tasks.iter().map(|task| task.id).collect();
        html! {
            button.btn.btn--quiet form="act" formaction={ "/tasks/move?ids=" (joined(&ids)) } name="to" value="today" {
                "Move to today"
            }
        }
    }
}

/// Neighbours for which `group` gives the same heading share it. The list keeps its order.
fn sorted_into<'a>(
    tasks: &'a [TaskBody],
    group: impl Fn(&TaskBody) -> Group<'a>,
) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    for task in tasks {
        let wanted = group(task);
        match groups.iter_mut().find(|known| known.id == wanted.id) {
            Some(known) => known.tasks.push(task),
            None => groups.push(Group { tasks: vec![task], ..wanted }),
        }
    }
    groups
}

/// Rows without a heading.
pub(crate) fn rows(frame: &Frame, tasks: &[&TaskBody], shown: Shown<'_>) -> Markup {
    let class = if tasks.len() >= LONG { "tasks tasks--long" } else { "tasks" };
    html! { ul class=(class) role="list" { @for task in tasks { (task_row(frame, task, shown)) } } }
}

/// What was completed today, folded away.
pub(crate) fn done_today(frame: &Frame, tasks: &[TaskBody]) -> Markup {
    let is_edited = tasks.iter().any(|task| frame.at.query.task == Some(task.id));
    html! {
        @if !tasks.is_empty() {
            details.group.group--done open[is_edited] {
                summary.group__head {
                    h2 { "Done today " span.group__sub { (tasks.len()) } }
                    (icon_with(Icon::Down, "chev"))
                }
                (rows(frame, &tasks.iter().collect::<Vec<_>>(), Shown::plain(When::Time)))
            }
        }
    }
}
