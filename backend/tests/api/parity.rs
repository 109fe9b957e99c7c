//! One layer of use cases: the same input gives the same row through every door.

use serde_json::{Value, json};
use todo_testing::TestApp;

/// With a capital: a title that the chat cuts out of a sentence begins with one, whatever the sentence did.
const LINES: [&str; 6] = [
    "Buy milk",
    "Pay rent every month on the 1st !high #home",
    "Dentist tomorrow 3pm // bring the card",
    "Call mum on friday at 18:30 #family",
    "Water the plants every 2 days",
    "Read \"every day\" by someone",
];

/// The row without what no two rows share.
fn row(mut task: Value) -> Value {
    for own in ["id", "created_at", "updated_at"] {
        task[own] = Value::Null;
    }
    task
}

#[tokio::test]
async fn rest_tools_and_chat_make_the_same_row_of_the_same_line() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    ana.patch("/settings", &json!({ "timezone": "Asia/Karachi" })).await;

    for line in LINES {
        let by_rest = ana.add_line(line).await;
        let by_tool = ana.mcp_call("add_task", json!({ "text": line })).await;
        let by_chat = ana.chat(&format!("add {line}")).await;

        let added = |structured: &Value| structured["results"][0]["id"].as_i64();
        let by_tool = added(&by_tool.structured).expect("a task of the tool");
        let by_chat = added(&by_chat.json["tool_calls"][0]["result"]);
        let by_chat = by_chat.unwrap_or_else(|| panic!("the chat did not add {line:?}"));
        let (by_tool, by_chat) = (ana.task(by_tool).await.json, ana.task(by_chat).await.json);
        assert_eq!(row(by_rest.clone()), row(by_tool), "{line}");
        assert_eq!(row(by_rest), row(by_chat), "{line}");
    }
}

#[tokio::test]
async fn rest_and_tools_make_the_same_row_of_the_same_parts() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;

    let by_rest = ana
        .add(&json!({
            "title": "pay rent", "description": "the flat", "priority": "high", "tags": ["home"],
            "due": { "date": "2026-12-01", "time": "09:00" }, "repeat": "every month",
        }))
        .await;
    ana.mcp_call(
        "add_task",
        json!({
            "title": "pay rent", "description": "the flat", "priority": "high", "tags": ["home"],
            "due": "2026-12-01T09:00", "repeat": "every month",
        }),
    )
    .await;

    assert_eq!(row(by_rest.json), row(ana.task(2).await.json));
}

#[tokio::test]
async fn every_door_changes_and_completes_alike() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    for _ in 0..2 {
        ana.add_line("pay rent every month on the 1st at 9am #home").await;
    }

    ana.patch("/tasks/1", &json!({ "due": "friday", "priority": "low" })).await;
    ana.complete(1).await;
    ana.mcp_call("update_task", json!({ "ids": [2], "due": "friday", "priority": "low" })).await;
    ana.mcp_call("complete_task", json!({ "ids": [2] })).await;

    assert_eq!(row(ana.task(1).await.json), row(ana.task(2).await.json));
}
