//! Brand, search, views, tags and account. On a phone the same elements are the bar, the tabs and the More sheet.

use maud::{Markup, html};
use todo_api::list::TagBody;

use super::facts::dot;
use super::frame::Frame;
use crate::address::Place;
use crate::icons::{Icon, icon, mark};

/// More tags than this are behind "All tags".
const TAGS: usize = 8;

/// Counts of filtered lists end here.
const COUNTED: i64 = 1000;

pub(crate) fn sidebar(frame: &Frame) -> Markup {
    let counts = &frame.screen.counts;
    let link = |place: Place, icon: Icon, open: i64| view_link(frame, &place, icon, open);
    html! {
        header.side {
            div.side__top {
                a.brand href=(frame.at.to(Place::Today)) { (mark()) span { "Todo Chatbot" } }
                a.icon-btn.side__find href=(frame.at.to(Place::Search)) aria-label="Search" { (icon(Icon::Search)) }
            }
            form.side__search role="search" aria-label="Search in the sidebar" action="/search" {
                (icon(Icon::Search))
                label.vh for="q" { "Search tasks" }
                input #q name="q" type="search" placeholder="Search" autocomplete="off" aria-keyshortcuts="/"
                    value=[frame.at.query.q.as_deref().filter(|_| frame.at.place == Place::Search)];
                kbd aria-hidden="true" { "/" }
            }
            nav.views aria-label="Views" {
                ul role="list" {
                    li { (link(Place::Today, Icon::Today, counts.today)) }
                    li { (link(Place::Upcoming, Icon::Upcoming, counts.upcoming)) }
                    li.only-compact { a.nav-link.nav-link--add href=(add_href(frame)) { (icon(Icon::Plus)) span { "Add" } } }
                    li.not-compact { (link(Place::All, Icon::All, counts.open)) }
                    li.not-compact { (link(Place::Completed, Icon::Done, 0)) }
                    @if frame.at.place != Place::Settings {
                        li.only-compact { a.nav-link href="#chat" { (icon(Icon::Chat)) span { "Chat" } } }
                    } @else {
                        li.only-compact { a.nav-link href="/today#chat" { (icon(Icon::Chat)) span { "Chat" } } }
                    }
                    li.not-wide {
                        button.nav-link type="button" popovertarget="more" { (icon(Icon::More)) span { "More" } }
                    }
                }
            }
            div.more #more popover {
                nav.more__views.only-compact aria-label="More views" {
                    ul role="list" {
                        li { (link(Place::All, Icon::All, counts.open)) }
                        li { (link(Place::Completed, Icon::Done, 0)) }
                    }
                }
                (tags(frame))
                nav.more__rest aria-label="Account" {
                    ul role="list" {
                        li { (link(Place::History, Icon::History, 0)) }
                        li { (link(Place::Trash, Icon::Trash, 0)) }
                        li { (link(Place::Stats, Icon::Chart, 0)) }
                        li { (link(Place::Settings, Icon::Settings, 0)) }
                        (me(&frame.screen.user.name))
                    }
                }
            }
        }
    }
}

/// The field of quick-add; from a page without one, that of Today.
fn add_href(frame: &Frame) -> &'static str {
    if frame.at.place.has_quick_add() { "#add" } else { "/today#add" }
}

fn view_link(frame: &Frame, place: &Place, symbol: Icon, open: i64) -> Markup {
    let current = (frame.at.place == *place).then_some("page");
    html! {
        a.nav-link href=(frame.at.to(place.clone())) aria-current=[current] {
            (icon(symbol)) span { (place.title()) } (count(open))
        }
    }
}

fn count(open: i64) -> Markup {
    html! {
        @if open > 0 {
            span.count {
                @if open >= COUNTED { "999+" } @else { (open) }
                span.vh { " open" }
            }
        }
    }
}

fn tags(frame: &Frame) -> Markup {
    let current = |tag: &TagBody| frame.at.place == Place::Tag(tag.tag.clone());
    let tags: Vec<&TagBody> =
        frame.screen.tags.iter().filter(|tag| tag.open > 0 || current(tag)).collect();
    let (first, rest) = tags.split_at(tags.len().min(TAGS));
    html! {
        @if !tags.is_empty() {
            nav.more__tags aria-labelledby="tags-h" {
                h2.label #tags-h { "Tags" }
                ul role="list" {
                    @for tag in first { li { (tag_link(frame, tag, current(tag))) } }
                }
                @if !rest.is_empty() {
                    details open[rest.iter().any(|tag| current(tag))] {
                        summary.nav-link { (icon(Icon::Down)) span { "All tags" } span.count { (tags.len()) } }
                        ul role="list" {
                            @for tag in rest { li { (tag_link(frame, tag, current(tag))) } }
                        }
                    }
                }
            }
        }
    }
}

fn tag_link(frame: &Frame, tag: &TagBody, is_current: bool) -> Markup {
    html! {
        a.nav-link href=(frame.at.to(Place::Tag(tag.tag.clone()))) aria-current=[is_current.then_some("page")] {
            (dot(&tag.tag)) span { bdi { (tag.tag) } } (count(tag.open))
        }
    }
}

fn me(name: &str) -> Markup {
    let initials: String = name
        .split_whitespace()
        .filter_map(|word| word.chars().next())
        .take(2)
        .flat_map(char::to_uppercase)
        .collect();
    html! {
        li.me {
            span.avatar aria-hidden="true" { (initials) }
            span { bdi { (name) } }
            form method="post" action="/sign-out" {
                button.icon-btn aria-label="Sign out" { (icon(Icon::Leave)) }
            }
        }
    }
}
