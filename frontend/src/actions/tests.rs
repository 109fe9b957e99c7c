//! Forms as a browser without scripts sends them, against a backend that answers from samples.

mod backend;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::response::Response;
use http::{Request, StatusCode, header};
use tower::ServiceExt as _;

use backend::Backend;

/// A browser that shows `page`.
struct Browser {
    app: Router,
    backend: Backend,
    page: &'static str,
}

impl Browser {
    fn on(page: &'static str) -> Self {
        let backend = Backend::default();
        Self { app: backend.app(), backend, page }
    }

    async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Response {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "todo.local")
            .header(header::COOKIE, "better-auth.session_token=abc")
            .header(header::REFERER, format!("http://todo.local{}", self.page))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.app.clone().oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap()
    }

    async fn post(&self, path: &str, body: &str) -> Response {
        self.send("POST", path, &[], body).await
    }

    async fn get(&self, path: &str) -> (StatusCode, String) {
        text(self.send("GET", path, &[], "").await).await
    }
}

async fn text(response: Response) -> (StatusCode, String) {
    let status = response.status();
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

fn location(response: &Response) -> &str {
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    response.headers()[header::LOCATION].to_str().unwrap()
}

#[tokio::test]
async fn a_line_is_added_and_the_page_answers_with_a_receipt() {
    let browser = Browser::on("/tags/home?did=1");

    let response = browser.post("/tasks", "text=pay+rent&literal=%5B%5B0%2C3%5D%5D&key=k").await;

    assert_eq!(location(&response), "/tags/home?did=7#task-41");
    let sent = browser.backend.last("POST /api/me/tasks");
    assert_eq!(sent.json["text"], "pay rent");
    assert_eq!(sent.json["literal"], serde_json::json!([[0, 3]]));
    let (_, page) = browser.get("/tags/home?did=7").await;
    assert!(page.contains("class=\"flash\"") && page.contains("/changes/7/undo"), "{page}");
}

#[tokio::test]
async fn a_double_click_sends_the_same_key_and_another_text_another_one() {
    let browser = Browser::on("/today");

    let mut keys = Vec::new();
    for body in ["text=a&key=k", "text=a&key=k", "text=b&key=k"] {
        browser.post("/tasks", body).await;
        keys.push(browser.backend.last("POST /api/me/tasks").header("idempotency-key"));
    }

    assert_eq!(keys[0], keys[1]);
    assert_ne!(keys[0], keys[2]);
    browser.send("POST", "/tasks", &[("idempotency-key", "from-script")], "text=a&key=k").await;
    assert_eq!(
        browser.backend.last("POST /api/me/tasks").header("idempotency-key").unwrap(),
        "from-script"
    );
}

#[tokio::test]
async fn a_line_that_is_refused_comes_back_with_its_text() {
    let browser = Browser::on("/today");

    let (status, page) = text(browser.post("/tasks", "text=too+long&key=k").await).await;

    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        page.contains("value=\"too long\"") && page.contains("A title needs 1 to 200 characters."),
        "{page}"
    );
}

#[tokio::test]
async fn the_editor_sends_what_changed_and_the_version_that_was_seen() {
    let browser = Browser::on("/today?task=41");
    let shown = "version=3&description=From+the+joint+account%0D%0Abefore+noon&date=2026-12-01&time=\
                 &repeat=every+month+on+the+1st&reminder=30&priority=high&tags=home&key=k";

    let response = browser.post("/tasks/41", &format!("title=Pay+the+rent&{shown}")).await;

    assert_eq!(location(&response), "/today?did=7#task-41");
    let sent = browser.backend.last("PATCH /api/me/tasks/41");
    assert_eq!(sent.json, serde_json::json!({ "title": "Pay the rent" }));
    assert_eq!(sent.header("if-match").unwrap(), "\"3\"");

    let response = browser.post("/tasks/41", &format!("title=Pay+rent&{shown}")).await;
    assert_eq!(location(&response), "/today#task-41");
}

#[tokio::test]
async fn an_edit_of_an_old_version_keeps_the_text() {
    let browser = Browser::on("/today?task=41");

    let (status, page) =
        text(browser.post("/tasks/41", "version=2&title=Mine&priority=low&key=k").await).await;

    assert_eq!(status, StatusCode::CONFLICT);
    assert!(
        page.contains("Changed somewhere else.") && page.contains(">Mine</textarea>"),
        "{page}"
    );
    assert!(
        page.contains("name=\"version\" value=\"3\""),
        "saving again takes the place of the other change"
    );
}

#[tokio::test]
async fn several_tasks_are_moved_and_taken_back_together() {
    let browser = Browser::on("/today");

    let response = browser.post("/tasks/move?ids=12%2C17", "to=today").await;
    assert_eq!(location(&response), "/today?did=7%2C7");
    assert_eq!(
        browser.backend.last("PATCH /api/me/tasks/17").json,
        serde_json::json!({ "due": "today" })
    );

    let response = browser.post("/changes/undo?ids=8%2C7", "").await;
    assert_eq!(location(&response), "/today?did=15%2C15");
    assert_eq!(browser.post("/tasks/move?ids=", "to=today").await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_undo_in_whose_way_a_later_change_is_says_which() {
    let browser = Browser::on("/history");

    let response = browser.post("/changes/9/undo", "").await;

    assert_eq!(location(&response), "/history?did=9&notice=undo-conflict");
    let (_, page) = browser.get("/history?did=9&notice=undo-conflict").await;
    assert!(page.contains("Undo that change first."), "{page}");
}

#[tokio::test]
async fn a_message_is_answered_at_the_chat() {
    let browser = Browser::on("/stats?conversation=new");

    let response = browser.post("/chat", "message=hello&conversation=&key=k").await;

    assert_eq!(location(&response), "/stats?conversation=4#chat");
    let sent = browser.backend.last("POST /api/me/chat");
    assert_eq!(sent.json["message"], "hello");
    assert!(sent.json["message_id"].is_string() && sent.json.get("conversation_id").is_none());
}

#[tokio::test]
async fn a_message_without_an_answer_is_kept() {
    let browser = Browser::on("/today");

    let (status, page) = text(browser.post("/chat", "message=too+fast&key=k").await).await;

    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
    assert!(
        page.contains(">too fast</textarea>") && page.contains("Your message is kept"),
        "{page}"
    );
}

#[tokio::test]
async fn signing_in_hands_the_cookies_on_and_follows_only_local_paths() {
    let browser = Browser::on("/sign-in");

    let response = browser
        .post("/sign-in", "email=a%40b.c&password=right&remember=true&next=%2Ftags%2Fhome")
        .await;
    assert_eq!(location(&response), "/tags/home");
    let cookies: Vec<_> = response.headers().get_all(header::SET_COOKIE).iter().collect();
    assert_eq!(cookies, ["better-auth.session_token=new; Path=/; HttpOnly"]);

    let response =
        browser.post("/sign-in", "email=a%40b.c&password=right&next=%2F%2Fevil.example").await;
    assert_eq!(location(&response), "/today");

    let (status, page) = text(browser.post("/sign-in", "email=a%40b.c&password=wrong").await).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        page.contains("Email or password is wrong.")
            && page.contains("value=\"a@b.c\"")
            && !page.contains("wrong\"")
    );
}

#[tokio::test]
async fn signing_up_stores_the_zone_of_the_browser_under_the_new_session() {
    let browser = Browser::on("/sign-up");

    let response = browser
        .post("/sign-up", "name=A&email=a%40b.c&password=long+enough&timezone=Asia%2FKarachi")
        .await;

    assert_eq!(location(&response), "/today");
    let sent = browser.backend.last("PATCH /api/me/settings");
    assert_eq!(sent.json, serde_json::json!({ "timezone": "Asia/Karachi" }));
    assert_eq!(sent.header("cookie").unwrap(), "better-auth.session_token=new");

    let (status, page) =
        text(browser.post("/sign-up", "name=A&email=a%40b.c&password=short").await).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("This one has 5.") && page.contains("href=\"#password\""), "{page}");
}

#[tokio::test]
async fn who_is_signed_out_is_sent_to_the_form_and_back() {
    let browser = Browser::on("/today");

    let anonymous = [("cookie", "")];
    let response = browser.send("GET", "/today?task=401", &anonymous, "").await;

    assert_eq!(location(&response), "/sign-in?next=%2Ftoday%3Ftask%3D401");
    let response = browser.post("/tasks/401/delete", "").await;
    assert_eq!(location(&response), "/sign-in?next=%2Ftoday");
}

#[tokio::test]
async fn what_is_not_there_is_a_page_and_so_is_a_backend_that_is_away() {
    let browser = Browser::on("/today");

    let (status, page) = browser.get("/fish").await;
    assert_eq!((status, page.contains("That is not on the list")), (StatusCode::NOT_FOUND, true));
    let (status, _) = browser.get("/tasks").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let (status, page) = browser.get("/today?task=503").await;
    assert_eq!(
        (status, page.contains("The server is not answering")),
        (StatusCode::BAD_GATEWAY, true)
    );
    let (status, page) = browser.get("/today?task=500").await;
    assert_eq!(
        (status, page.contains("Something broke on our side")),
        (StatusCode::INTERNAL_SERVER_ERROR, true)
    );
}

#[tokio::test]
async fn forms_of_other_sites_are_refused_and_pages_carry_a_strict_policy() {
    let browser = Browser::on("/today");

    let foreign = [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")];
    let response = browser.send("POST", "/tasks/12/delete", &foreign, "").await;
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
    assert!(!browser.backend.saw("DELETE /api/me/tasks/12"));

    let page = browser.send("GET", "/today", &[], "").await;
    let policy = page.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.contains("script-src 'self'") && !policy.contains("unsafe"));
    assert_eq!(page.headers()[header::CACHE_CONTROL], "private, no-cache");
}

#[tokio::test]
async fn the_other_services_are_reached_through_this_one() {
    let browser = Browser::on("/today");

    let (status, body) = browser.get("/api/me/settings").await;

    assert_eq!(status, StatusCode::OK);
    assert!(body.contains("Asia/Karachi"));
    assert!(browser.backend.saw("GET /api/me/settings"));
}

#[tokio::test]
async fn what_cannot_be_read_of_a_request_is_answered_with_a_page() {
    let browser = Browser::on("/today");

    for (path, body) in [
        ("/tasks/abc/complete", "completed=true"),
        ("/changes/abc/undo", ""),
        ("/tasks/99999999999999999999/delete", ""),
        ("/tasks/move", "to=&ids=x"),
    ] {
        let (status, shown) = text(browser.post(path, body).await).await;

        assert!(status.is_client_error(), "{path}: {status}");
        assert!(shown.starts_with("<!DOCTYPE html>"), "{path}: {shown}");
    }
}
