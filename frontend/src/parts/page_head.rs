//! The head of a page: its title, a line below it, and what orders the list.

use maud::{Markup, Render, html};
use todo_api::terms::Sort;

use super::frame::Frame;
use crate::icons::{Icon, icon};

/// Title and the line below it.
pub(crate) fn page_head(title: impl Render, below: &[Markup], after: &Markup) -> Markup {
    html! {
        div.page-head {
            div {
                h1 { (title) }
                @if !below.is_empty() {
                    p.page-head__sub {
                        @for part in below { span { (part) } " " }
                    }
                }
            }
            (after)
        }
    }
}

/// The button that opens [`sort_menu`].
pub(crate) fn sort_button() -> Markup {
    html! {
        button.icon-btn type="button" aria-label="Sort" popovertarget="sort" { (icon(Icon::Sort)) }
    }
}

/// In which order the list is shown.
pub(crate) fn sort_menu(frame: &Frame) -> Markup {
    let sorts = [
        (Sort::Due, "due", "Day and time"),
        (Sort::Priority, "priority", "Priority"),
        (Sort::Newest, "newest", "Newest first"),
    ];
    let chosen = frame.at.query.sort.unwrap_or_default();
    html! {
        div.menu #sort popover {
            form action=(frame.at.place.path()) {
                fieldset.menu__set {
                    legend.label { "Sort by" }
                    @for (sort, value, label) in sorts {
                        label.menu__item {
                            input type="radio" name="sort" value=(value) checked[sort == chosen];
                            (label)
                        }
                    }
                }
                button.btn.btn--soft.menu__apply { "Apply" }
            }
        }
    }
}
