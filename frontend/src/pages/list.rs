//! Today, Upcoming, All, Completed, a tag, and what a search finds.

mod search;

use maud::{Markup, Render, html};
use todo_api::list::ListParams;
use todo_api::task::TaskBody;
use todo_api::terms::Sort;

use super::{empty, load};
use crate::address::{Address, Place};
use crate::failure::Failure;
use crate::parts::facts::When;
use crate::parts::frame::{Draft, Frame};
use crate::parts::groups::{Group, done_today, rows};
use crate::parts::page_head::{page_head, sort_button, sort_menu};
use crate::parts::quick_add::quick_add;
use crate::parts::shell;
use crate::parts::task_row::{Shown, task_row};
use crate::parts::week::week;
use crate::session::Visitor;
use crate::words::count;

/// Rows on one page.
const PAGE: u64 = 200;

/// A list of tasks.
pub(crate) struct ListPage {
    pub(crate) frame: Frame,
}

impl ListPage {
    pub(crate) async fn load(
        visitor: &Visitor,
        at: Address,
        draft: Draft,
    ) -> Result<Self, Failure> {
        let filter = at.query.status.filter(|_| at.place == Place::Search);
        let Some(status) = filter else {
            return Ok(Self { frame: load::frame(visitor, at, draft).await? });
        };
        let params = ListParams {
            status: Some(status),
            q: at.query.q.clone(),
            sort: at.query.sort,
            limit: Some(PAGE),
            cursor: at.query.cursor.clone(),
            ..ListParams::default()
        };
        let (frame, found) =
            tokio::join!(load::frame(visitor, at, draft), visitor.client.list(&params));
        let mut frame = frame?;
        frame.screen.list = found?;
        Ok(Self { frame })
    }

    fn tasks(&self) -> &[TaskBody] {
        &self.frame.screen.list.tasks
    }

    fn is_empty(&self) -> bool {
        self.tasks().is_empty() && self.frame.screen.done_today.is_empty()
    }

    fn main(&self) -> Markup {
        let frame = &self.frame;
        if frame.at.place == Place::Search {
            return search::main(self);
        }
        html! {
            (page_head(self.heading(), &self.below(), &self.sort_button()))
            @if frame.at.place.has_quick_add() { (quick_add(frame)) }
            @if frame.at.place == Place::Upcoming { (week(frame)) }
            (self.opened())
            @if self.is_empty() { (empty::list(frame)) } @else { (self.groups()) }
            (done_today(frame, &frame.screen.done_today))
            (self.pager())
            @if self.can_be_sorted() { (sort_menu(frame)) }
        }
    }

    /// What was completed stands in the order in which it was.
    fn can_be_sorted(&self) -> bool {
        self.frame.at.place != Place::Completed
    }

    fn sort_button(&self) -> Markup {
        html! { @if self.can_be_sorted() { (sort_button()) } }
    }

    fn heading(&self) -> Markup {
        html! {
            @if let Place::Tag(tag) = &self.frame.at.place { "#" bdi { (tag) } } @else { (self.frame.at.place.title()) }
        }
    }

    /// The line below the heading.
    fn below(&self) -> Vec<Markup> {
        let (words, counts) = (&self.frame.words, &self.frame.screen.counts);
        let total = self.total();
        match &self.frame.at.place {
            Place::Today => {
                let mut below = vec![html! { (words.long_day(words.today())) }];
                if counts.today > 0 {
                    below.push(html! { (counts.today) " open" @if counts.overdue > 0 { ", " (counts.overdue) " overdue" } });
                }
                below
            }
            Place::Upcoming => vec![html! { "From tomorrow on" }, html! { (total) " open" }],
            Place::Completed => vec![html! { (total) " completed" }],
            _ => vec![html! { (total) " open" }],
        }
    }

    /// How many there are; "1000+" when counting stopped.
    fn total(&self) -> String {
        let list = &self.frame.screen.list;
        if list.total_is_exact { list.total.to_string() } else { format!("{}+", list.total) }
    }

    fn groups(&self) -> Markup {
        let (frame, tasks, words) = (&self.frame, self.tasks(), &self.frame.words);
        if frame.at.query.sort.is_some_and(|sort| sort != Sort::Due) {
            return rows(frame, &tasks.iter().collect::<Vec<_>>(), Shown::plain(When::Day));
        }
        let groups = match frame.at.place {
            Place::Today => Group::today(words, tasks),
            Place::Upcoming => Group::upcoming(words, tasks),
            Place::Completed => Group::by_completion(words, tasks),
            _ => Group::by_day(words, tasks),
        };
        html! { @for group in groups { (group.render(frame)) } }
    }

    /// The task whose editor was asked for, when the list does not have it.
    fn opened(&self) -> Markup {
        let Some(id) = self.frame.at.query.task else { return html! {} };
        let is_listed =
            self.tasks().iter().chain(&self.frame.screen.done_today).any(|task| task.id == id);
        if is_listed {
            return html! {};
        }
        match &self.frame.screen.task {
            Some(task) if task.deleted_at.is_none() => html! {
                section.group aria-label={ "Task " (id) } {
                    ul.tasks role="list" { (task_row(&self.frame, task, Shown::plain(When::Day))) }
                }
            },
            Some(task) => empty::in_trash(&self.frame, task),
            None => empty::no_such_task(id),
        }
    }

    fn pager(&self) -> Markup {
        let frame = &self.frame;
        let next = frame.screen.list.next_cursor.as_deref();
        html! {
            @if next.is_some() || frame.at.query.cursor.is_some() {
                nav.pager aria-label="Pages" {
                    @if let Some(cursor) = next { a.btn.btn--soft href=(frame.at.next(cursor)) { "Show more" } }
                    @if frame.at.query.cursor.is_some() { a.btn.btn--quiet href=(frame.at.to(frame.at.place.clone())) { "Back to the start" } }
                    @if next.is_some() { p.hint { (count(self.tasks().len(), "task")) " of " (self.total()) } }
                }
            }
        }
    }
}

impl Render for ListPage {
    fn render(&self) -> Markup {
        let title = match &self.frame.at.query.q {
            Some(words) if self.frame.at.place == Place::Search => format!("{words} · Search"),
            _ => self.frame.at.place.title().into_owned(),
        };
        shell::page(&self.frame, &title, &self.main())
    }
}
