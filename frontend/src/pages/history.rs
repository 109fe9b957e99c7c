//! Every change, who made it, and a way back.

mod entry;

use jiff::civil::Date;
use maud::{Markup, Render, html};
use todo_api::change::{ChangeBody, ChangeParams};

use super::{empty, load};
use crate::address::Address;
use crate::failure::Failure;
use crate::parts::frame::{Draft, Frame};
use crate::parts::page_head::page_head;
use crate::parts::shell;
use crate::session::Visitor;

/// Changes on one page.
const PAGE: u64 = 50;

/// The history, of everything or of one task.
pub(crate) struct HistoryPage {
    pub(crate) frame: Frame,
    /// Newest first.
    pub(crate) changes: Vec<ChangeBody>,
}

impl HistoryPage {
    pub(crate) async fn load(
        visitor: &Visitor,
        at: Address,
        draft: Draft,
    ) -> Result<Self, Failure> {
        let params = ChangeParams {
            before: at.query.before,
            actor: at.query.by.clone(),
            task: at.query.task,
            limit: Some(PAGE),
            after: None,
        };
        let (frame, changes) =
            tokio::join!(load::frame(visitor, at, draft), visitor.client.changes(&params));
        Ok(Self { frame: frame?, changes: changes?.changes })
    }

    /// Changes of one day, newest first.
    fn days(&self) -> Vec<(Date, Vec<&ChangeBody>)> {
        let mut days: Vec<(Date, Vec<&ChangeBody>)> = Vec::new();
        for change in &self.changes {
            let date = self.frame.words.local(change.at).date();
            match days.last_mut() {
                Some((day, changes)) if *day == date => changes.push(change),
                _ => days.push((date, vec![change])),
            }
        }
        days
    }

    fn filter(&self) -> Markup {
        let chosen = self.frame.at.query.by.as_deref().unwrap_or_default();
        let app = (chosen.starts_with("key:") || chosen.starts_with("client:"))
            .then_some((chosen, "This app"));
        let actors = [("", "Everyone"), ("person", "You"), ("assistant", "Assistant")];
        html! {
            form.filter role="search" aria-label="Filter history" action="/history" {
                @if let Some(task) = self.frame.at.query.task { input type="hidden" name="task" value=(task); }
                div.segments.segments--scroll role="radiogroup" aria-label="Made by" {
                    @for (value, label) in actors.into_iter().chain(app) {
                        label { input type="radio" name="by" value=(value) checked[value == chosen]; (label) }
                    }
                }
                noscript { button.btn.btn--soft { "Show" } }
            }
        }
    }

    fn older(&self) -> Option<String> {
        let is_full = self.changes.len() >= usize::try_from(PAGE).unwrap_or(usize::MAX);
        let last = self.changes.last().filter(|change| is_full && change.id > 1)?;
        let mut address = Address::of(self.frame.at.place.clone());
        address.query.before = Some(last.id);
        address.query.by.clone_from(&self.frame.at.query.by);
        address.query.task = self.frame.at.query.task;
        Some(address.href())
    }
}

impl Render for HistoryPage {
    fn render(&self) -> Markup {
        let frame = &self.frame;
        let below = match frame.at.query.task {
            Some(task) => html! { "Changes of task " (task) ". " a href="/history" { "Show all" } },
            None => html! { "Every change, who made it, and a way back" },
        };
        let main = html! {
            (page_head("History", &[below], &html! {}))
            (self.filter())
            @if self.changes.is_empty() { (empty::simple("Nothing has changed yet", "")) }
            @for (date, changes) in self.days() {
                @let (title, beside) = frame.words.heading(date);
                section.group aria-labelledby={ "h-" (date) } {
                    div.group__head { h2 id={ "h-" (date) } { (title) " " span.group__sub { (beside) } } }
                    (entry::entries(frame, &changes))
                }
            }
            nav.pager aria-label="Pages" {
                @if let Some(older) = self.older() { a.btn.btn--soft href=(older) { "Older changes" } }
                p.hint { "Changes are kept for 90 days." }
            }
        };
        shell::page(frame, "History", &main)
    }
}
