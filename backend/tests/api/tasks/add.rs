use serde_json::{Value, json};
use todo_testing::TestApp;

#[tokio::test]
async fn a_task_of_parts_is_answered_whole() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;

    let body = json!({
        "title": "pay rent", "description": "the flat", "priority": "high", "tags": ["Home", "#money", "home"],
        "due": { "date": "2026-12-01", "time": "09:00", "timezone": "Europe/Berlin" },
        "repeat": "FREQ=MONTHLY;BYMONTHDAY=1", "reminders": [{ "minutes_before": 60 }, { "minutes_before": 0 }],
    });
    let answer = ana.post("/tasks", &body).await;

    assert_eq!(answer.status, 201);
    assert_eq!(answer.header("location"), "/api/me/tasks/1");
    assert_eq!(answer.header("etag"), "\"1\"");
    insta::assert_json_snapshot!(answer.json, @r#"
    {
      "completed": false,
      "completed_at": null,
      "created_at": "2026-11-20T05:15:00Z",
      "description": "the flat",
      "due": {
        "date": "2026-12-01",
        "time": "09:00",
        "timezone": "Europe/Berlin"
      },
      "id": 1,
      "priority": "high",
      "reminders": [
        {
          "minutes_before": 0
        },
        {
          "minutes_before": 60
        }
      ],
      "repeat": "FREQ=MONTHLY;BYMONTHDAY=1",
      "tags": [
        "home",
        "money"
      ],
      "title": "pay rent",
      "updated_at": "2026-11-20T05:15:00Z",
      "version": 1
    }
    "#);
}

#[tokio::test]
async fn a_title_is_enough() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;

    let answer = ana.post("/tasks", &json!({ "title": "  buy \n milk " })).await;

    assert_eq!(answer.json["title"], "buy milk");
    assert_eq!((&answer.json["due"], &answer.json["priority"]), (&Value::Null, &json!("none")));
}

#[tokio::test]
async fn a_line_is_read_on_the_users_clock() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    ana.patch("/settings", &json!({ "timezone": "Pacific/Auckland" })).await;

    let task = ana.add_line("pay rent tomorrow 9am !high #home").await;

    // It is already the evening of the 20th in Auckland, so that tomorrow is the 21st there.
    assert_eq!(
        task["due"],
        json!({ "date": "2026-11-21", "time": "09:00", "timezone": "Pacific/Auckland" })
    );
    assert_eq!((&task["title"], &task["tags"]), (&json!("pay rent"), &json!(["home"])));
}

#[tokio::test]
async fn a_literal_span_stays_text_and_is_counted_in_utf_16() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;

    // The emoji is two code units: "tomorrow" stands at 8 to 16.
    let body = json!({ "text": "😀 read tomorrow friday", "literal": [[8, 16]] });
    let task = ana.add(&body).await.json;

    assert_eq!(task["title"], "😀 read tomorrow");
    assert_eq!(task["due"]["date"], "2026-11-27");
}

#[tokio::test]
async fn a_repeat_without_a_date_begins_on_its_first_one() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;

    let task = ana.add(&json!({ "title": "water", "repeat": "every monday" })).await.json;

    assert_eq!(task["due"], json!({ "date": "2026-11-23" }));
    assert_eq!(task["repeat"], "FREQ=WEEKLY;BYDAY=MO");
}

#[tokio::test]
async fn a_due_date_in_the_past_is_accepted() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;

    let task = ana.add(&json!({ "title": "late", "due": { "date": "2020-02-29" } })).await.json;

    assert_eq!(task["due"]["date"], "2020-02-29");
}

#[tokio::test]
async fn each_limit_is_refused_with_its_field_and_nothing_is_added() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    let long = |n: usize| "ü".repeat(n);
    let many: Vec<_> = (0..21).map(|n| format!("t{n}")).collect();
    let with = |key: &str, value: Value| json!({ "title": "x", key: value });

    let refusals = [
        (json!({}), "title"),
        (json!({ "title": "" }), "title"),
        (json!({ "title": " \n" }), "title"),
        (json!({ "title": long(201) }), "title"),
        (json!({ "title": "a\u{0}b" }), "title"),
        (json!({ "text": "" }), "title"),
        (json!({ "text": long(201) }), "title"),
        (json!({ "text": "x", "title": "y" }), "text"),
        (json!({ "text": "x", "literal": [[0, 9]] }), "literal"),
        (json!({ "text": "😀", "literal": [[1, 2]] }), "literal"),
        (json!({ "text": "x", "literal": [[1, 0]] }), "literal"),
        (with("description", json!(long(1001))), "description"),
        (with("description", json!("\u{0}")), "description"),
        (with("priority", json!("urgent")), "priority"),
        (with("tags", json!([""])), "tags"),
        (with("tags", json!(["a,b"])), "tags"),
        (with("tags", json!([long(51)])), "tags"),
        (with("tags", json!(many)), "tags"),
        (with("due", json!("blue")), "due"),
        (with("due", json!({ "date": "tomorrow" })), "due.date"),
        (with("due", json!({ "date": "2026-02-30" })), "due.date"),
        (with("due", json!({ "date": "1899-12-31" })), "due.date"),
        (with("due", json!({ "date": "2026-02-03", "time": "24:00" })), "due.time"),
        (
            with("due", json!({ "date": "2026-02-03", "time": "09:00", "timezone": "Mars/Base" })),
            "timezone",
        ),
        (with("repeat", json!("sometimes")), "repeat"),
        (with("repeat", json!("FREQ=SECONDLY")), "repeat"),
        (with("reminders", json!([{ "minutes_before": 40_321 }])), "reminders"),
        (
            with(
                "reminders",
                json!((0..6).map(|m| json!({ "minutes_before": m })).collect::<Vec<_>>()),
            ),
            "reminders",
        ),
    ];
    for (body, field) in refusals {
        let answer = ana.post("/tasks", &body).await;
        assert_eq!(answer.status, 422, "{body}: {}", answer.text);
        assert_eq!(answer.field(), field, "{body}: {}", answer.text);
    }
    assert_eq!(ana.seq().await, 0);
}

#[tokio::test]
async fn what_is_just_within_the_limits_is_kept_exactly() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    let tags: Vec<_> = (0..20).map(|n| format!("{n:02}{}", "ü".repeat(48))).collect();

    let body = json!({ "title": "😀".repeat(200), "description": "ü".repeat(1000), "tags": tags });
    let task = ana.add(&body).await.json;

    assert_eq!(task["title"], body["title"]);
    assert_eq!(task["description"], body["description"]);
    assert_eq!(task["tags"], body["tags"]);
}

#[tokio::test]
async fn text_that_looks_like_code_is_text() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;

    for title in [
        "<script>alert(1)</script>",
        "'; DROP TABLE tasks; --",
        "${7*7} {{7*7}} %s %n",
        "\u{202e}txt.exe",
    ] {
        let task = ana.add(&json!({ "title": title })).await;
        assert_eq!(ana.task(task.id()).await.json["title"], title);
    }
}
