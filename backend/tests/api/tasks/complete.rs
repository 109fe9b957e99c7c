use serde_json::{Value, json};
use todo_testing::TestApp;

#[tokio::test]
async fn a_task_is_completed_and_reopened() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    let id = ana.add_task("buy milk").await;

    let done = ana.complete(id).await;
    let open = ana.reopen(id).await;

    assert_eq!(
        (&done.json["completed"], &done.json["completed_at"]),
        (&json!(true), &json!("2026-11-20T05:15:00Z"))
    );
    assert_eq!(
        (&open.json["completed"], &open.json["completed_at"]),
        (&json!(false), &Value::Null)
    );
    assert_eq!(open.header("etag"), "\"3\"");
}

#[tokio::test]
async fn completing_twice_is_as_good_as_once() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    let id = ana.add_task("buy milk").await;

    let first = ana.complete(id).await;
    let second = ana.complete(id).await;

    assert_eq!(first.json, second.json);
    assert_eq!(ana.seq().await, 2);
}

#[tokio::test]
async fn a_task_that_repeats_moves_to_its_next_date() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    ana.add_line("pay rent every month on the 1st").await;

    let answer = ana.complete(1).await;

    assert_eq!(
        (&answer.json["completed"], &answer.json["due"]["date"]),
        (&json!(false), &json!("2027-01-01"))
    );
}

#[tokio::test]
async fn someone_elses_task_looks_like_a_missing_one() {
    let app = TestApp::start().await;
    let (ana, ben) = (app.user("ana").await, app.user("ben").await);
    let task = ana.add_task("water the plants").await;

    let answer = ben.complete(task).await;

    assert_eq!((answer.status, answer.code()), (404, "task_not_found"));
    assert_eq!(ana.task(task).await.json["completed"], false);
}

#[tokio::test]
async fn another_version_is_refused() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    ana.add_task("buy milk").await;

    let answer = ana.complete(1).header("if-match", "\"7\"").await;

    assert_eq!((answer.status, answer.code()), (412, "version_conflict"));
}

#[tokio::test]
async fn it_takes_exactly_one_switch() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    ana.add_task("buy milk").await;

    for (body, field) in [
        (json!({}), "completed"),
        (json!({ "completed": null }), "completed"),
        (json!({ "completed": 1 }), "completed"),
        (json!({ "completed": true, "title": "x" }), "title"),
    ] {
        let answer = ana.patch("/tasks/1/complete", &body).await;
        assert_eq!((answer.status, answer.field()), (422, field), "{body}: {}", answer.text);
    }
}
