//! The two ways of speaking: a handshake first (until 2025-11-25), or everything in each request (from 2026-07-28).

use serde_json::{Value, json};
use todo_testing::{McpClient, TestApp, ToolAnswer};

async fn ana() -> (TestApp, McpClient) {
    let app = TestApp::start().await;
    let mcp = app.user("ana").await.mcp();
    (app, mcp)
}

fn handshake(revision: &str) -> Value {
    json!({
        "protocolVersion": revision,
        "capabilities": {},
        "clientInfo": { "name": "tests", "version": "1" },
    })
}

fn add_milk() -> Value {
    json!({ "name": "add_task", "arguments": { "title": "buy milk" } })
}

#[tokio::test]
async fn an_older_client_shakes_hands_and_gets_no_session() {
    let (_app, mcp) = ana().await;

    for revision in ["2025-03-26", "2025-06-18", "2025-11-25"] {
        let hello = mcp.old_call(None, "initialize", &handshake(revision)).await;
        assert_eq!(hello.status, 200, "{}", hello.text);
        assert_eq!(hello.json["result"]["protocolVersion"], revision);
        assert_eq!(hello.json["result"]["serverInfo"]["name"], "todo-chatbot");
        assert_eq!(hello.header("mcp-session-id"), "");

        let ready = json!({ "jsonrpc": "2.0", "method": "notifications/initialized" });
        let ready = mcp.bare(&ready).header("mcp-protocol-version", revision).await;
        assert_eq!(ready.status, 202, "{}", ready.text);

        let listed = mcp.old_call(Some(revision), "tools/list", &json!({})).await;
        assert_eq!(listed.json["result"]["tools"].as_array().map(Vec::len), Some(10));
    }
}

#[tokio::test]
async fn any_replica_answers_an_older_client_without_a_handshake() {
    let (_app, mcp) = ana().await;

    let answer = mcp.old_call(Some("2025-11-25"), "tools/call", &add_milk()).await;

    assert_eq!(ToolAnswer::new(&answer).text, "Added 1 buy milk.");
}

#[tokio::test]
async fn a_revision_from_the_future_is_answered_with_one_that_we_speak() {
    let (_app, mcp) = ana().await;

    let hello = mcp.old_call(None, "initialize", &handshake("2099-01-01")).await;

    assert_eq!(hello.status, 200, "{}", hello.text);
    assert!(hello.json["result"]["protocolVersion"].as_str().is_some_and(|agreed| agreed < "2027"));
}

#[tokio::test]
async fn a_new_client_discovers_what_we_speak() {
    let (_app, mcp) = ana().await;

    let discovery = mcp.call("server/discover", json!({})).await;

    let result = &discovery.json["result"];
    insta::assert_json_snapshot!(result["supportedVersions"], @r#"
    [
      "2024-11-05",
      "2025-03-26",
      "2025-06-18",
      "2025-11-25",
      "2026-07-28"
    ]
    "#);
    insta::assert_json_snapshot!(result["capabilities"], @r#"
    {
      "tools": {}
    }
    "#);
}

#[tokio::test]
async fn new_clients_may_keep_the_list_of_tools_and_answers_are_complete() {
    let (_app, mcp) = ana().await;

    let list = mcp.call("tools/list", json!({})).await;
    let call = mcp.call("tools/call", add_milk()).await;

    assert_eq!(list.json["result"]["ttlMs"], 300_000);
    assert_eq!(list.json["result"]["cacheScope"], "public");
    assert_eq!(call.json["result"]["resultType"], "complete");
}

#[tokio::test]
async fn headers_that_say_something_else_than_the_body_are_refused() {
    let (_app, mcp) = ana().await;
    let call = || mcp.call("tools/call", add_milk());

    let refusals = [
        call().with_only("mcp-name", "delete_task").await,
        call().with_only("mcp-method", "tools/list").await,
        call().without("mcp-name").await,
        call().without("mcp-method").await,
    ];

    for refusal in &refusals {
        assert_eq!(refusal.status, 400, "{}", refusal.text);
        assert_eq!(refusal.json["error"]["code"], -32020, "{}", refusal.text);
    }
    assert_eq!(mcp.tool("list_tasks", json!({})).await.structured["total"], 0);
}

#[tokio::test]
async fn an_unknown_revision_is_refused() {
    let (_app, mcp) = ana().await;

    let answer =
        mcp.call("tools/list", json!({})).with_only("mcp-protocol-version", "1999-01-01").await;

    assert_eq!(answer.status, 400, "{}", answer.text);
}

#[tokio::test]
async fn what_we_do_not_offer_is_an_unknown_method() {
    let (_app, mcp) = ana().await;

    for method in ["prompts/list", "resources/list", "tasks/list", "no/such"] {
        let answer = mcp.call(method, json!({})).await;
        assert_eq!(answer.json["error"]["code"], -32601, "{method}: {}", answer.text);
    }
}

#[tokio::test]
async fn what_is_no_message_is_refused() {
    let (_app, mcp) = ana().await;

    for body in [
        "",
        "{",
        "[]",
        "null",
        "{\"jsonrpc\":\"1.0\"}",
        "\u{0}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}",
    ] {
        let answer = mcp.bare(&json!({})).body("application/json", body).await;
        assert!(
            (400..500).contains(&answer.status),
            "{body:?} → {} {}",
            answer.status,
            answer.text
        );
    }
}
