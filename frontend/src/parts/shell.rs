//! The frame of the app around what a page is about: sidebar, list, chat.

use maud::{Markup, html};

use super::chat::chat;
use super::document::Document;
use super::flash::flash;
use super::frame::Frame;
use super::plan;
use super::sidebar::sidebar;
use crate::address::Place;

/// A whole page of the app.
pub(crate) fn page(frame: &Frame, title: &str, main: &Markup) -> Markup {
    let has_chat = frame.at.place != Place::Settings;
    let body = html! {
        a.skip href="#tasks" { "Skip to the list" }
        (sidebar(frame))
        main.pane #tasks tabindex="-1" {
            div.pane__in {
                @if let Some(answer) = &frame.flash { (flash(frame, answer)) }
                @if has_chat { (plan::asks(frame)) }
                (main)
            }
        }
        @if has_chat { (chat(frame)) }
        form #act method="post" hidden {
            input type="hidden" name="key" value=(frame.key);
            @if let Some(id) = frame.conversation() { input type="hidden" name="conversation" value=(id); }
        }
    };
    let class = if has_chat { "app" } else { "app app--wide" };
    Document { title, class, settings: Some(&frame.screen.settings), body }.render()
}
