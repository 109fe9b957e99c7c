use serde_json::{Value, json};
use todo_testing::TestApp;

#[tokio::test]
async fn what_a_replacement_leaves_out_becomes_empty() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    ana.add_line("pay rent every month on the 1st !high #home // the flat").await;
    ana.complete(1).await;

    let answer = ana.put("/tasks/1", &json!({ "title": "pay the rent" })).await;

    assert_eq!(answer.status, 200);
    let task = &answer.json;
    assert_eq!(
        (&task["title"], &task["priority"], &task["tags"]),
        (&json!("pay the rent"), &json!("none"), &json!([]))
    );
    for field in ["description", "due", "repeat", "completed_at"] {
        assert_eq!(task[field], Value::Null, "{field}");
    }
}

#[tokio::test]
async fn a_replacement_reads_words_like_an_addition() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    ana.add_task("water the plants").await;

    let body = json!({ "title": "water the plants", "due": "every friday", "completed": false });
    let replaced = ana.put("/tasks/1", &body).await;

    assert_eq!(replaced.json["repeat"], "FREQ=WEEKLY;BYDAY=FR");
}

#[tokio::test]
async fn a_replacement_may_complete() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    ana.add_task("buy milk").await;

    let answer = ana.put("/tasks/1", &json!({ "title": "buy milk", "completed": true })).await;

    assert_eq!(answer.json["completed"], true);
    assert_eq!(answer.header("etag"), "\"2\"");
}

#[tokio::test]
async fn a_replacement_with_what_it_has_already_writes_nothing() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    ana.add_task("buy milk").await;

    let answer = ana.put("/tasks/1", &json!({ "title": "buy milk" })).await;

    assert_eq!((answer.status, answer.header("etag")), (200, "\"1\""));
    assert_eq!(ana.seq().await, 1);
}

#[tokio::test]
async fn a_replacement_needs_a_title() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    ana.add_task("buy milk").await;

    let answer = ana.put("/tasks/1", &json!({ "priority": "high" })).await;

    assert_eq!((answer.status, answer.field()), (422, "title"));
}

#[tokio::test]
async fn a_replacement_of_another_version_is_refused() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    ana.add_task("buy milk").await;
    ana.complete(1).await;

    let stale =
        ana.put("/tasks/1", &json!({ "title": "buy eggs" })).header("if-match", "\"1\"").await;
    let fresh =
        ana.put("/tasks/1", &json!({ "title": "buy eggs" })).header("if-match", "\"2\"").await;

    assert_eq!(
        (stale.status, stale.code(), &stale.json["version"]),
        (412, "version_conflict", &json!(2))
    );
    assert_eq!(fresh.status, 200);
}
