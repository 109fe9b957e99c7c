use serde_json::json;
use todo_testing::TestApp;

#[tokio::test]
async fn everybody_begins_with_the_same_settings() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;

    let settings = ana.get("/settings").await.json;

    insta::assert_json_snapshot!(settings, @r#"
    {
      "locale": "en",
      "shortcuts": true,
      "theme": "system",
      "timezone": "UTC",
      "week_start": "monday"
    }
    "#);
}

#[tokio::test]
async fn what_is_sent_changes_and_the_rest_stays() {
    let app = TestApp::start().await;
    let (ana, ben) = (app.user("ana").await, app.user("ben").await);

    let answer = ana
        .patch("/settings", &json!({ "timezone": "Asia/Karachi", "week_start": "sunday" }))
        .await;
    let empty = ana.patch("/settings", &json!({})).await;

    assert_eq!(
        (&answer.json["timezone"], &answer.json["theme"]),
        (&json!("Asia/Karachi"), &json!("system"))
    );
    assert_eq!(answer.json, empty.json);
    assert_eq!(ana.get("/settings").await.json, answer.json);
    assert_eq!(ben.get("/settings").await.json["timezone"], "UTC");
}

#[tokio::test]
async fn settings_that_cannot_be_are_refused_with_their_field() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    let before = ana.get("/settings").await.json;

    for (body, field) in [
        (json!({ "timezone": "Mars/Base" }), "timezone"),
        (json!({ "timezone": "../../etc/passwd" }), "timezone"),
        (json!({ "timezone": "" }), "timezone"),
        (json!({ "locale": "x" }), "locale"),
        (json!({ "locale": "<script>" }), "locale"),
        (json!({ "week_start": "tuesday" }), "week_start"),
        (json!({ "theme": "pink" }), "theme"),
        (json!({ "shortcuts": "on" }), "shortcuts"),
        (json!({ "password": "x" }), "password"),
    ] {
        let answer = ana.patch("/settings", &body).await;
        assert_eq!((answer.status, answer.field()), (422, field), "{body}: {}", answer.text);
    }
    assert_eq!(ana.get("/settings").await.json, before);
}
