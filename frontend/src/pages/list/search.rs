//! What a search finds, with what matched marked.

use maud::{Markup, html};
use todo_api::terms::Status;

use super::ListPage;
use crate::icons::{Icon, icon};
use crate::pages::empty;
use crate::parts::facts::When;
use crate::parts::frame::Frame;
use crate::parts::groups::rows;
use crate::parts::page_head::page_head;
use crate::parts::task_row::Shown;
use crate::words::count;

pub(super) fn main(page: &ListPage) -> Markup {
    let frame = &page.frame;
    let wanted = frame.at.query.q.as_deref().unwrap_or_default();
    let marked: Vec<String> = wanted
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    html! {
        (page_head("Search", &found(page, wanted), &html! {}))
        form.find role="search" aria-label="Search tasks" action="/search" {
            (icon(Icon::Search))
            input name="q" type="search" aria-label="Search tasks" value=(wanted) autocomplete="off" autofocus[wanted.is_empty()];
            button.btn.btn--main { "Search" }
        }
        @if !wanted.is_empty() {
            (filter(frame, wanted))
            (page.opened())
            @if page.tasks().is_empty() { (empty::nothing_found(wanted)) }
            @else { (rows(frame, &page.tasks().iter().collect::<Vec<_>>(), Shown { when: When::Day, marked: &marked })) }
            (page.pager())
        }
    }
}

/// "4 tasks with “rent”, 1 of them done".
fn found(page: &ListPage, wanted: &str) -> Vec<Markup> {
    let list = &page.frame.screen.list;
    if wanted.is_empty() || list.tasks.is_empty() {
        return Vec::new();
    }
    let tasks = if list.total_is_exact {
        count(usize::try_from(list.total).unwrap_or_default(), "task")
    } else {
        format!("{}+ tasks", list.total)
    };
    let done = list.tasks.iter().filter(|task| task.completed).count();
    let is_whole = list.next_cursor.is_none() && page.frame.at.query.cursor.is_none();
    vec![html! {
        (tasks) " with “" bdi { (wanted) } "”"
        @if is_whole && done > 0 && done < list.tasks.len() { ", " (done) " of them done" }
    }]
}

fn filter(frame: &Frame, wanted: &str) -> Markup {
    let kinds = [
        ("", "Everything", None),
        ("pending", "Open", Some(Status::Pending)),
        ("completed", "Completed", Some(Status::Completed)),
    ];
    html! {
        form.filter aria-label="Filter the results" action="/search" {
            input type="hidden" name="q" value=(wanted);
            div.segments.segments--scroll role="radiogroup" aria-label="Show" {
                @for (value, label, status) in kinds {
                    label { input type="radio" name="status" value=(value) checked[frame.at.query.status == status]; (label) }
                }
            }
            noscript { button.btn.btn--soft { "Show" } }
        }
    }
}
