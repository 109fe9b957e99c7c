use jiff::SignedDuration;
use serde_json::json;
use todo_testing::TestApp;

#[tokio::test]
async fn the_last_deleted_comes_first_and_says_when() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    for title in ["one", "two"] {
        ana.add_task(title).await;
    }
    ana.delete_task(2).await;
    app.advance(SignedDuration::from_secs(1));
    ana.delete_task(1).await;

    let trash = ana.get("/trash").await.json;

    assert_eq!(trash["total"], 2);
    assert_eq!((&trash["tasks"][0]["id"], &trash["tasks"][1]["id"]), (&json!(1), &json!(2)));
    assert_eq!(trash["tasks"][1]["deleted_at"], "2026-11-20T05:15:00Z");
}

#[tokio::test]
async fn a_restored_task_is_what_it_was() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    let before = ana.add_line("pay rent tomorrow !high #home").await;
    ana.delete_task(1).await;

    let restored = ana.press("/trash/1/restore").await;

    assert_eq!((restored.status, restored.header("etag")), (200, "\"3\""));
    let mut expected = before;
    expected["version"] = json!(3);
    assert_eq!(restored.json, expected);
}

#[tokio::test]
async fn restoring_what_was_never_deleted_changes_nothing() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    ana.add_task("one").await;

    let there = ana.press("/trash/1/restore").await;
    let missing = ana.press("/trash/9/restore").await;

    assert_eq!((there.status, there.header("etag")), (200, "\"1\""));
    assert_eq!((missing.status, missing.code()), (404, "task_not_found"));
    assert_eq!(ana.seq().await, 1);
}
