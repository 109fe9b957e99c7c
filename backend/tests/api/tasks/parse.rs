use serde_json::json;
use todo_testing::TestApp;

#[tokio::test]
async fn what_is_understood_comes_back_with_its_places_in_utf_16() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;

    let answer = ana
        .post("/tasks/parse", &json!({ "text": "😀 pay rent every month on the 1st !high #home" }))
        .await;

    insta::assert_json_snapshot!(answer.json, @r#"
    {
      "next": [
        "2027-01-01",
        "2027-02-01",
        "2027-03-01"
      ],
      "spans": [
        {
          "end": 34,
          "kind": "repeat",
          "start": 12,
          "value": "Every month on the 1st"
        },
        {
          "end": 40,
          "kind": "priority",
          "start": 35,
          "value": "High"
        },
        {
          "end": 46,
          "kind": "tag",
          "start": 41,
          "value": "home"
        }
      ],
      "task": {
        "description": null,
        "due": {
          "date": "2026-12-01"
        },
        "priority": "high",
        "reminders": [],
        "repeat": "FREQ=MONTHLY;BYMONTHDAY=1",
        "tags": [
          "home"
        ],
        "title": "😀 pay rent"
      }
    }
    "#);
}

#[tokio::test]
async fn a_dismissed_span_stays_text() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;

    let answer =
        ana.post("/tasks/parse", &json!({ "text": "read tomorrow", "literal": [[5, 13]] })).await;

    assert_eq!(answer.json["task"]["title"], "read tomorrow");
    assert_eq!(answer.json["spans"], json!([]));
}

#[tokio::test]
async fn a_line_is_read_as_if_at_another_moment() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;

    let answer = ana
        .post("/tasks/parse", &json!({ "text": "x tomorrow", "now": "2028-02-28T12:00:00Z" }))
        .await;

    assert_eq!(answer.json["task"]["due"]["date"], "2028-02-29");
}

#[tokio::test]
async fn parsing_changes_nothing_and_an_empty_line_is_no_failure() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;

    let empty = ana.post("/tasks/parse", &json!({ "text": "" })).await;
    ana.post("/tasks/parse", &json!({ "text": "buy milk" })).await;

    assert_eq!((empty.status, &empty.json["task"]["title"]), (200, &json!("")));
    assert_eq!(ana.seq().await, 0);
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_with_its_field() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;

    for (body, field) in [
        (json!({}), "text"),
        (json!({ "text": "x".repeat(4001) }), "text"),
        (json!({ "text": "x", "now": "yesterday" }), "now"),
        (json!({ "text": "x", "literal": [[0, 2]] }), "literal"),
        (json!({ "text": "x", "literal": [[0]] }), "literal[0]"),
        (json!({ "text": "x", "zone": "UTC" }), "zone"),
    ] {
        let answer = ana.post("/tasks/parse", &body).await;
        assert_eq!((answer.status, answer.field()), (422, field), "{body}: {}", answer.text);
    }
}
