//! The same request_id twice is one effect.

use serde_json::json;
use todo_testing::TestApp;

#[tokio::test]
async fn the_same_request_id_gets_the_first_answer() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    let add = json!({ "title": "buy milk", "request_id": "r-1" });

    let first = ana.mcp_call("add_task", add.clone()).await;
    let second = ana.mcp_call("add_task", add).await;

    assert_eq!(first.structured, second.structured);
    assert_eq!(ana.seq().await, 1);
}

#[tokio::test]
async fn a_request_id_is_not_used_for_something_else() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    ana.mcp_call("add_task", json!({ "title": "buy milk", "request_id": "r-1" })).await;

    let other = ana.mcp_call("add_task", json!({ "title": "buy eggs", "request_id": "r-1" })).await;
    let bad = ana.mcp_call("add_task", json!({ "title": "buy eggs", "request_id": "r 1" })).await;

    assert_eq!(other.text, "This request_id was used for another request. Use a new one.");
    assert_eq!(bad.text, "request_id has 1 to 200 visible ASCII characters.");
    assert_eq!(ana.seq().await, 1);
}

#[tokio::test]
async fn a_request_id_of_one_user_is_free_for_another() {
    let app = TestApp::start().await;
    let (ana, ben) = (app.user("ana").await, app.user("ben").await);

    ana.mcp_call("add_task", json!({ "title": "hers", "request_id": "r-1" })).await;
    let his = ben.mcp_call("add_task", json!({ "title": "his", "request_id": "r-1" })).await;

    assert_eq!(his.text, "Added 1 his.");
}
