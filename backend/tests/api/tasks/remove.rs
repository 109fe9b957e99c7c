use todo_testing::TestApp;

#[tokio::test]
async fn a_deleted_task_is_in_the_trash_and_not_in_the_list() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    let id = ana.add_task("buy milk").await;

    let answer = ana.delete_task(id).await;

    assert_eq!((answer.status, answer.text.as_str()), (204, ""));
    assert!(ana.titles("?status=all").await.is_empty());
    assert_eq!(ana.get("/trash").await.json["tasks"][0]["title"], "buy milk");
}

#[tokio::test]
async fn what_was_deleted_is_missing_the_second_time() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    let id = ana.add_task("buy milk").await;
    ana.delete_task(id).await;

    let again = ana.delete_task(id).await;

    assert_eq!((again.status, again.code()), (404, "task_not_found"));
    assert_eq!(ana.seq().await, 2);
}

#[tokio::test]
async fn another_version_is_refused() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    let id = ana.add_task("buy milk").await;
    ana.complete(id).await;

    let stale = ana.delete_task(id).header("if-match", "\"1\"").await;
    let fresh = ana.delete_task(id).header("if-match", "\"2\"").await;

    assert_eq!((stale.status, fresh.status), (412, 204));
}
