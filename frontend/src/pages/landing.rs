//! What a stranger sees first.

use axum::response::{IntoResponse, Redirect, Response};
use http::{StatusCode, header};
use maud::{Markup, Render, html};

use crate::failure::Failure;
use crate::icons::{Icon, icon, mark};
use crate::parts::document::Document;
use crate::session::Visitor;

/// The landing page.
pub(crate) struct Landing;

/// `GET /`: the way to Today for those who are signed in.
///
/// # Errors
/// The backend does not answer.
pub(crate) async fn show(visitor: Visitor) -> Result<Response, Failure> {
    if visitor.has_session() {
        match visitor.client.settings().await {
            Ok(_) => return Ok(Redirect::to("/today").into_response()),
            Err(error) if error.status() == Some(StatusCode::UNAUTHORIZED) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(([(header::CACHE_CONTROL, "no-cache"), (header::VARY, "cookie")], Landing.render())
        .into_response())
}

impl Render for Landing {
    fn render(&self) -> Markup {
        let body = html! {
            a.skip href="#main" { "Skip to the content" }
            header.land__top {
                a.brand href="/" { (mark()) span { "Todo Chatbot" } }
                nav aria-label="Account" {
                    a.btn.btn--quiet href="/sign-in" { "Sign in" }
                    a.btn.btn--main href="/sign-up" { "Create an account" }
                }
            }
            main #main { (hero()) (how()) (doors()) }
            footer.land__foot {
                p { "Free software. It runs on your laptop from one file, and on a cluster." }
                nav aria-label="Footer" { a href="/api/docs" { "API" } a href="/sign-in" { "Sign in" } }
            }
        };
        Document { title: "", class: "land", settings: None, body }.render()
    }
}

fn hero() -> Markup {
    html! {
        section.hero {
            div.hero__text {
                h1 { "The to-do list that listens" }
                p { "Say what you have to do in your own words. See exactly what changed. Take back anything." }
                div.hero__do {
                    a.btn.btn--main.btn--big href="/sign-up" { "Create an account" }
                    a.btn.btn--soft.btn--big href="/sign-in" { "Sign in" }
                }
            }
            div.hero__show role="img" aria-label="An example: you write “add pay rent every month on the 1st, high, home”. A receipt says: added Pay rent, Tuesday 1 December, every month on the 1st, with an Undo button. The task is on the list." {
                div.show aria-hidden="true" inert {
                    p.said-by-me { "add pay rent every month on the 1st !high #home" }
                    (example_receipt())
                    div.show__list {
                        div.show__task { span.task__num { "24" } span.check data-on {} span.show__done { "Team sync" } }
                        div.show__task { span.task__num { "28" } span.check {} span { "Review Sana’s pull request" } }
                        div.show__task.show__task--new {
                            span.task__num { "41" } span.check data-priority="high" {} span { "Pay rent" }
                            span.fact { (icon(Icon::Repeat)) "Tue 1 Dec" }
                        }
                    }
                }
            }
        }
    }
}

fn example_receipt() -> Markup {
    html! {
        article.receipt data-state="done" {
            div.receipt__body {
                span.receipt__icon { (icon(Icon::Plus)) }
                div {
                    p.receipt__what { "Added Pay rent" }
                    ul.facts role="list" {
                        li.fact.fact--due { (icon(Icon::Calendar)) "Tue 1 Dec" }
                        li.fact.fact--repeat { (icon(Icon::Repeat)) "Every month on the 1st" }
                        li.fact.fact--high { (icon(Icon::Flag)) "High" }
                        li.fact.fact--tag { span.dot data-hue="1" {} "home" }
                    }
                }
            }
            footer.receipt__stub {
                span.receipt__tool { code { "add_task" } " " span { "10:14" } }
                button.btn.btn--quiet type="button" { (icon(Icon::Undo)) "Undo" }
            }
        }
    }
}

fn how() -> Markup {
    html! {
        section.trio aria-label="How it works" {
            div {
                h2 { "Say it" }
                p { "“Every other Friday”, “push everything overdue to Monday”, “what is left for today?” The built-in assistant understands plain requests, without a network and without a key." }
            }
            div {
                h2 { "See it" }
                p { "A receipt comes from the database, not from the assistant’s words. Large changes wait as a plan that names each task, until you agree." }
            }
            div {
                h2 { "Take it back" }
                p { "Each change can be undone, whoever made it: you, the chat, or an app that you connected." }
            }
        }
    }
}

fn doors() -> Markup {
    html! {
        section.doors aria-labelledby="doors-h" {
            div {
                h2 #doors-h { "One list, every door" }
                p { "The same rules and the same receipts from the browser, REST, and any MCP client." }
            }
            div.doors__code {
                div.code {
                    pre tabindex="0" role="group" aria-label="REST example" {
                        code {
                            span.c-dim { "$" } " curl -X POST http://localhost:3000/api/me/tasks \\\n"
                            "    -H \"Authorization: Bearer $TOKEN\" -H 'Content-Type: application/json' \\\n"
                            "    -d '{\"text\": \"call mum sunday 6pm #family\"}'"
                        }
                    }
                }
                div.code {
                    pre tabindex="0" role="group" aria-label="MCP example" {
                        code { span.c-dim { "$" } " claude mcp add --transport http todo \\\n    http://localhost:3000/mcp" }
                    }
                }
            }
        }
    }
}
