//! Every page with every kind of content, and what must be true of all of them.

use std::collections::{HashMap, HashSet};
use std::io::Write as _;

use axum::body::Body;
use axum::response::IntoResponse;
use flate2::{Compression, write::GzEncoder};
use http::{Request, StatusCode};
use maud::Render;
use todo_api::screen::ScreenBody;
use todo_service::Upstream;
use tower::ServiceExt as _;

use super::conversations::{ConversationPage, ConversationsPage};
use super::history::HistoryPage;
use super::landing::Landing;
use super::list::ListPage;
use super::lost::Lost;
use super::settings::SettingsPage;
use super::sign_in::SignIn;
use super::sign_up::{Refusal, SignUp};
use super::stats::StatsPage;
use super::trash::TrashPage;
use crate::failure::Failure;
use crate::parts::editor::Typed;
use crate::parts::flash::Flash;
use crate::parts::frame::{Draft, Frame};
use crate::parts::notice::Notice;
use crate::samples::{self, HOSTILE};
use crate::{Services, router};

type Page = (String, String);

fn screens() -> Vec<(&'static str, ScreenBody)> {
    vec![
        ("ordinary", samples::ordinary()),
        ("new", samples::new_account()),
        ("eventful", samples::eventful()),
        ("full", samples::full(200)),
    ]
}

fn changes() -> Vec<todo_api::change::ChangeBody> {
    samples::changes_json()
        .into_iter()
        .map(|change| serde_json::from_value(change).unwrap())
        .collect()
}

/// Every way in which a frame differs, for one address.
fn frames(address: &str) -> Vec<(String, Frame)> {
    let mut frames: Vec<(String, Frame)> = screens()
        .into_iter()
        .map(|(kind, screen)| (format!("{address} {kind}"), samples::frame(address, screen)))
        .collect();
    for change in changes() {
        let flash = Some(Flash::Did(vec![change.clone()]));
        frames.push((
            format!("{address} did {}", change.id),
            Frame { flash, ..samples::frame(address, samples::ordinary()) },
        ));
    }
    let flashes = [
        Flash::Did(changes()),
        Flash::Said(Notice::Saved),
        Flash::Said(Notice::Away),
        Flash::InTheWay(Box::new(changes()[3].clone())),
    ];
    for (at, flash) in flashes.into_iter().enumerate() {
        let frame = Frame { flash: Some(flash), ..samples::frame(address, samples::ordinary()) };
        frames.push((format!("{address} flash {at}"), frame));
    }
    let stale = Typed { is_stale: true, ..Typed::of(&samples::rent()) };
    let refused = Typed {
        error: Some(("due.time".into(), HOSTILE.into())),
        title: HOSTILE.into(),
        ..Typed::of(&samples::rent())
    };
    let drafts = [
        Draft::Task { text: HOSTILE.into(), error: HOSTILE.into() },
        Draft::Message { text: HOSTILE.into(), error: HOSTILE.into() },
        Draft::Editor(Box::new(stale)),
        Draft::Editor(Box::new(refused)),
        Draft::Settings { field: "timezone".into(), error: HOSTILE.into() },
    ];
    for (at, draft) in drafts.into_iter().enumerate() {
        frames.push((
            format!("{address} draft {at}"),
            Frame { draft, ..samples::frame(address, samples::ordinary()) },
        ));
    }
    frames
}

/// Every page of the app in every state.
fn pages() -> Vec<Page> {
    let mut pages: Vec<Page> = Vec::new();
    let mut add = |address: &str, render: &dyn Fn(Frame) -> String| {
        pages.extend(frames(address).into_iter().map(|(name, frame)| (name, render(frame))));
    };
    for address in [
        "/today",
        "/today?task=41",
        "/today?task=8",
        "/today?task=99",
        "/upcoming?conversation=4",
        "/all?sort=priority",
        "/all?task=66&cursor=x",
        "/completed",
        "/tags/home",
        "/tags/a%2Fb%20c?task=17",
        "/search",
        "/search?q=%3Cscript%3E+r",
        "/search?q=rent&status=completed",
        "/today?conversation=new",
    ] {
        add(address, &|frame| ListPage { frame }.render().0);
    }
    add("/trash", &|frame| TrashPage { frame }.render().0);
    add("/history?by=client%3A2&task=41", &|frame| {
        HistoryPage { frame, changes: changes() }.render().0
    });
    add("/history", &|frame| HistoryPage { frame, changes: Vec::new() }.render().0);
    let stats: todo_api::stats::StatsBody = serde_json::from_value(serde_json::json!({
        "open": 34, "completed": 106, "trashed": 2, "overdue": 2, "due_today": 6, "streak": 1,
        "by_day": [{ "date": "2026-11-18", "completed": 0 }, { "date": "2026-11-19", "completed": 8 }, { "date": "2026-11-20", "completed": 2 }],
    }))
    .unwrap();
    add("/stats", &|frame| StatsPage { frame, stats: stats.clone() }.render().0);
    add("/settings", &|frame| SettingsPage { frame }.render().0);
    add("/conversations?q=x", &|frame| {
        ConversationsPage { found: frame.screen.conversations.clone(), frame }.render().0
    });
    let talk = samples::eventful().conversation.unwrap();
    add("/conversations/4", &|frame| {
        ConversationPage { frame, talk: talk.clone(), messages: 24 }.render().0
    });
    pages.extend(plain_pages());
    pages
}

/// Pages for those who are not signed in.
fn plain_pages() -> Vec<Page> {
    let refusal =
        |field: &'static str| Refusal { field, short: HOSTILE.into(), sentence: HOSTILE.into() };
    let lost = |failure: Failure| {
        Lost { failure, again: format!("/today?q={HOSTILE}"), number: HOSTILE.into() }.render().0
    };
    vec![
        ("landing".into(), Landing.render().0),
        ("sign-in".into(), SignIn::default().render().0),
        (
            "sign-in refused".into(),
            SignIn { next: HOSTILE.into(), email: HOSTILE.into(), error: Some(HOSTILE.into()) }
                .render()
                .0,
        ),
        ("sign-up".into(), SignUp::default().render().0),
        (
            "sign-up refused".into(),
            SignUp { name: HOSTILE.into(), email: HOSTILE.into(), error: Some(refusal("email")) }
                .render()
                .0,
        ),
        (
            "sign-up refused as a whole".into(),
            SignUp { error: Some(refusal("")), ..SignUp::default() }.render().0,
        ),
        ("not found".into(), lost(Failure::NotFound)),
        ("broken".into(), lost(Failure::Broken)),
        ("away".into(), lost(Failure::Away)),
        ("refused".into(), lost(Failure::Refused)),
    ]
}

/// The values of an attribute.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    html.split(start.as_str()).skip(1).map(|rest| &rest[..rest.find('"').unwrap()]).collect()
}

#[test]
fn what_people_write_stays_text() {
    for (name, html) in pages() {
        assert!(!html.contains("<script>alert"), "{name}");
        assert!(!html.contains("<img"), "{name}");
        assert!(!html.contains(" style="), "{name} has inline style");
        assert_eq!(html.matches("<script").count(), 1, "{name} has another script than the module");
    }
}

#[test]
fn ids_are_unique_and_references_lead_to_one() {
    for (name, html) in pages() {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for id in values(&html, "id") {
            *counts.entry(id).or_default() += 1;
        }
        let doubles: Vec<_> = counts.iter().filter(|(_, count)| **count > 1).collect();
        assert!(doubles.is_empty(), "{name} has {doubles:?} twice");

        for attribute in
            ["for", "form", "list", "popovertarget", "aria-labelledby", "aria-describedby"]
        {
            for id in values(&html, attribute).into_iter().flat_map(str::split_whitespace) {
                assert!(
                    counts.contains_key(id),
                    "{name}: {attribute} refers to {id}, which is not there"
                );
            }
        }
        for id in values(&html, "href").into_iter().filter_map(|href| href.strip_prefix('#')) {
            assert!(
                counts.contains_key(id) || id.starts_with("g-d"),
                "{name}: a link leads to #{id}, which is not there"
            );
        }
    }
}

/// A service that knows nobody.
fn closed() -> axum::Router {
    let answer = || async {
        let problem = serde_json::json!({ "type": "about:blank", "title": "", "status": 401, "code": "unauthorized", "detail": "Sign in." });
        (StatusCode::UNAUTHORIZED, axum::Json(problem)).into_response()
    };
    axum::Router::new().fallback(answer)
}

/// Everything that a press on the page can ask for: method and address.
fn requests(html: &str) -> HashSet<(&'static str, String)> {
    let tags = html.split('<').map(|rest| rest.split('>').next().unwrap_or_default());
    let mut requests = HashSet::new();
    for tag in tags {
        let method = if tag.contains("method=\"post\"") || tag.contains(" formaction=") {
            "POST"
        } else {
            "GET"
        };
        let addresses =
            ["action", "formaction", "href"].into_iter().flat_map(|name| values(tag, name));
        requests.extend(addresses.map(|address| (method, address.replace("&amp;", "&"))));
    }
    // Within the page, or on the page that is shown.
    requests.retain(|(_, address)| {
        address.starts_with('/') && !address.contains('<') && !address.contains("&lt;")
    });
    requests
}

#[tokio::test]
async fn every_form_and_every_link_leads_somewhere() {
    let upstream = Upstream::local(closed());
    let app = router(Services { backend: upstream.clone(), mcp: upstream });
    let all: HashSet<_> = pages().iter().flat_map(|(_, html)| requests(html)).collect();
    assert!(all.len() > 60, "{all:?}");
    for (method, address) in all {
        let request = Request::builder().method(method).uri(&address);
        let request =
            request.header("content-type", "application/x-www-form-urlencoded").body(Body::empty());
        let response = app.clone().oneshot(request.unwrap()).await.unwrap();
        assert_ne!(response.status(), StatusCode::NOT_FOUND, "{method} {address} leads nowhere");
    }
}

#[test]
fn every_icon_has_its_drawing() {
    for (name, html) in pages() {
        let symbols: HashSet<&str> =
            values(&html, "id").into_iter().filter(|id| id.starts_with("i-")).collect();
        for used in values(&html, "href")
            .into_iter()
            .filter_map(|href| href.strip_prefix('#'))
            .filter(|id| id.starts_with("i-"))
        {
            assert!(symbols.contains(used), "{name}: {used} is not in the sprite");
        }
    }
}

#[test]
fn a_page_is_rendered_the_same_twice() {
    assert_eq!(pages(), pages());
}

#[test]
fn the_main_page_stays_light() {
    let mut screen = samples::full(50);
    screen.messages = samples::eventful().messages;
    let html = ListPage { frame: samples::frame("/today", screen) }.render().0;

    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(html.as_bytes()).unwrap();
    let bytes = encoder.finish().unwrap().len();
    assert!(bytes <= 12_000, "the main page takes {bytes} bytes");
}

/// One tag a line, without what changes with every release.
fn lines(html: &str, from: &str, to: &str) -> String {
    let start = html.find(from).unwrap();
    let end = start + html[start..].find(to).unwrap() + to.len();
    html[start..end].replace("><", ">\n<")
}

#[test]
fn today_looks_as_it_did() {
    let html = ListPage { frame: samples::frame("/today?task=41", samples::ordinary()) }.render().0;

    insta::assert_snapshot!(lines(&html, "<main", "</main>"));
}

#[test]
fn the_chat_looks_as_it_did() {
    let html = ListPage { frame: samples::frame("/today", samples::eventful()) }.render().0;

    insta::assert_snapshot!(lines(&html, "<section class=\"chat\"", "</section>"));
}

#[test]
fn the_history_looks_as_it_did() {
    let frame = samples::frame("/history", samples::ordinary());
    let html = HistoryPage { frame, changes: changes() }.render().0;

    insta::assert_snapshot!(lines(&html, "<main", "</main>"));
}
