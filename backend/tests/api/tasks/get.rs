use serde_json::json;
use todo_testing::TestApp;

#[tokio::test]
async fn a_task_has_its_version_as_its_etag() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    let id = ana.add_task("buy milk").await;
    ana.patch("/tasks/1", &json!({ "title": "buy oat milk" })).await;

    let answer = ana.task(id).await;

    assert_eq!((answer.status, answer.header("etag")), (200, "\"2\""));
    assert_eq!(answer.json["version"], 2);
}

#[tokio::test]
async fn what_the_client_has_already_is_not_sent_again() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    let id = ana.add_task("buy milk").await;

    for seen in ["\"1\"", "W/\"1\"", "*", "\"7\", \"1\""] {
        let answer = ana.task(id).header("if-none-match", seen).await;
        assert_eq!((answer.status, answer.text.as_str()), (304, ""), "{seen}");
        assert_eq!(answer.header("etag"), "\"1\"");
    }
    let changed = ana.task(id).header("if-none-match", "\"7\"").await;
    assert_eq!(changed.status, 200);
}

#[tokio::test]
async fn a_deleted_task_is_not_here() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    let id = ana.add_task("buy milk").await;
    ana.delete_task(id).await;

    let answer = ana.task(id).await;

    assert_eq!((answer.status, answer.code()), (404, "task_not_found"));
}

#[tokio::test]
async fn what_is_no_number_of_a_task_names_nothing() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;

    for id in [
        "0",
        "-1",
        "99",
        "9223372036854775807",
        "9223372036854775808",
        "1.0",
        "one",
        "%00",
        "1%2f2",
    ] {
        let answer = ana.get(&format!("/tasks/{id}")).await;
        assert_eq!(answer.status, 404, "{id}: {}", answer.text);
    }
}
