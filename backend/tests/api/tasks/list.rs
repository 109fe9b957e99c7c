use jiff::SignedDuration;
use serde_json::json;
use todo_testing::{TestApp, TestUser};

/// Friday 20 November 2026, 05:15: two are overdue, one is due today, two later, one never, and one is done.
async fn ana() -> (TestApp, TestUser) {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    for (title, due, rest) in [
        ("overdue", json!({ "date": "2026-11-19" }), json!({ "priority": "high" })),
        ("past", json!({ "date": "2026-11-20", "time": "05:00" }), json!({})),
        ("today", json!({ "date": "2026-11-20" }), json!({ "tags": ["home"] })),
        (
            "tomorrow",
            json!({ "date": "2026-11-21" }),
            json!({ "priority": "low", "tags": ["home", "work"] }),
        ),
        ("later", json!({ "date": "2026-12-24" }), json!({ "description": "Café with Zoë" })),
        ("someday", json!(null), json!({ "priority": "high" })),
        ("done", json!({ "date": "2026-11-18" }), json!({ "tags": ["home"] })),
    ] {
        let mut body = rest;
        body["title"] = title.into();
        if !due.is_null() {
            body["due"] = due;
        }
        ana.add(&body).await;
    }
    ana.complete(7).await;
    (app, ana)
}

#[tokio::test]
async fn open_tasks_are_listed_by_date_unless_something_else_is_asked_for() {
    let (_app, ana) = ana().await;

    let titles = ana.titles("").await;

    assert_eq!(titles, ["overdue", "past", "today", "tomorrow", "later", "someday"]);
}

#[tokio::test]
async fn each_filter_leaves_what_it_says() {
    let (_app, ana) = ana().await;

    for (query, expected) in [
        ("?status=completed", "done"),
        ("?status=all", "done overdue past today tomorrow later someday"),
        ("?due=today", "past today"),
        ("?due=overdue", "overdue past"),
        ("?due=upcoming", "tomorrow later"),
        ("?due=none", "someday"),
        ("?due=any", "overdue past today tomorrow later"),
        ("?due=2026-11-20..2026-11-21", "past today tomorrow"),
        ("?due=..2026-11-19", "overdue"),
        ("?due=2026-12-01..", "later"),
        ("?due=this+week", "overdue past today tomorrow"),
        ("?priority=high", "overdue someday"),
        ("?priority=none", "past today later"),
        ("?tag=home", "today tomorrow"),
        ("?tag=%23Home&status=all", "done today tomorrow"),
        ("?q=cafe", "later"),
        ("?q=ZOE", "later"),
        ("?q=tom", "tomorrow"),
        ("?q=work", "tomorrow"),
        ("?q=cafe+zoe", "later"),
        ("?q=cafe+tom", ""),
        ("?tag=home&priority=low&due=upcoming&q=tom", "tomorrow"),
        ("?completed=today", "done"),
        ("?status=completed&completed=yesterday", ""),
    ] {
        let query = if query.starts_with("?completed") {
            format!("{query}&status=completed")
        } else {
            query.into()
        };
        assert_eq!(ana.titles(&query).await.join(" "), expected, "{query}");
    }
}

#[tokio::test]
async fn each_order_is_as_it_says() {
    let (_app, ana) = ana().await;

    for (sort, expected) in [
        ("due", "overdue past today tomorrow later someday"),
        ("priority", "overdue someday tomorrow past today later"),
        ("newest", "someday later tomorrow today past overdue"),
        ("oldest", "overdue past today tomorrow later someday"),
    ] {
        assert_eq!(ana.titles(&format!("?sort={sort}")).await.join(" "), expected, "{sort}");
    }
}

#[tokio::test]
async fn completed_tasks_come_last_completed_first() {
    let (app, ana) = ana().await;
    for id in [3, 1, 5] {
        app.advance(SignedDuration::from_secs(1));
        ana.complete(id).await;
    }

    let titles = ana.titles("?status=completed").await;

    assert_eq!(titles, ["later", "overdue", "today", "done"]);
}

#[tokio::test]
async fn totals_are_those_of_the_filter() {
    let (_app, ana) = ana().await;

    for (query, total) in [
        ("", 6),
        ("?status=all", 7),
        ("?status=completed", 1),
        ("?tag=home", 2),
        ("?limit=1&tag=home", 2),
    ] {
        let answer = ana.get(&format!("/tasks{query}")).await;
        assert_eq!(answer.json["total"], total, "{query}");
        assert_eq!(answer.json["total_is_exact"], true, "{query}");
    }
}

#[tokio::test]
async fn a_list_that_did_not_change_is_not_sent_again() {
    let (_app, ana) = ana().await;
    let first = ana.get("/tasks").await;
    let etag = first.header("etag").to_owned();
    assert!(etag.starts_with("W/\""), "{etag}");

    let same = ana.get("/tasks").header("if-none-match", &etag).await;
    assert_eq!((same.status, same.text.as_str()), (304, ""));

    ana.complete(1).await;
    let changed = ana.get("/tasks").header("if-none-match", &etag).await;
    assert_eq!(changed.status, 200);
}

#[tokio::test]
async fn what_a_list_says_about_time_does_not_outlive_the_day_or_for_overdue_the_minute() {
    let (app, ana) = ana().await;
    let today = ana.get("/tasks?due=today").await.header("etag").to_owned();
    let overdue = ana.get("/tasks?due=overdue").await.header("etag").to_owned();
    let again =
        async |query: &str, etag: &str| ana.get(query).header("if-none-match", etag).await.status;

    app.advance(SignedDuration::from_mins(1));
    assert_eq!(again("/tasks?due=today", &today).await, 304);
    assert_eq!(again("/tasks?due=overdue", &overdue).await, 200);

    app.advance(SignedDuration::from_hours(24));
    assert_eq!(again("/tasks?due=today", &today).await, 200);
}

#[tokio::test]
async fn new_settings_are_a_new_list() {
    let (_app, ana) = ana().await;
    let etag = ana.get("/tasks?due=today").await.header("etag").to_owned();

    // There it is still the 19th.
    ana.patch("/settings", &json!({ "timezone": "Pacific/Honolulu" })).await;
    let answer = ana.get("/tasks?due=today").header("if-none-match", &etag).await;

    assert_eq!(answer.status, 200);
    assert_eq!(answer.json["tasks"][0]["title"], "overdue");
}

#[tokio::test]
async fn what_cannot_be_listed_is_refused_with_its_field() {
    let (_app, ana) = ana().await;

    for (query, status, field) in [
        ("?status=gone", 422, "status"),
        ("?status=trashed", 422, "status"),
        ("?due=blue", 422, "due"),
        ("?due=2026-13-01..", 422, "due"),
        ("?due=1..2..3", 422, "due"),
        ("?priority=urgent", 422, "priority"),
        ("?tag=a,b", 422, "tags"),
        ("?completed=none", 422, "completed"),
        ("?sort=beauty", 422, "sort"),
        ("?limit=0", 422, "limit"),
        ("?limit=201", 422, "limit"),
        ("?limit=-1", 422, "limit"),
        ("?limit=99999999999999999999", 422, "limit"),
        ("?colour=red", 422, "colour"),
        ("?limit=1&limit=2", 422, "limit"),
        ("?cursor=x", 400, ""),
        ("?cursor=0_0_1_2026%00", 400, ""),
    ] {
        let answer = ana.get(&format!("/tasks{query}")).await;
        assert_eq!(answer.status, status, "{query}: {}", answer.text);
        assert_eq!(answer.field(), field, "{query}: {}", answer.text);
    }
}
