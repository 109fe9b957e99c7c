//! What models read before they call anything.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use todo_testing::TestApp;

async fn tools() -> Vec<Value> {
    let app = TestApp::start().await;
    app.user("ana").await.mcp().tools().await
}

fn name(tool: &Value) -> &str {
    tool["name"].as_str().expect("a name")
}

#[tokio::test]
async fn a_changed_tool_is_a_changed_snapshot() {
    for tool in tools().await {
        insta::assert_json_snapshot!(name(&tool), tool);
    }
}

#[tokio::test]
async fn the_tools_are_these_in_this_order() {
    let tools = tools().await;

    let names: Vec<_> = tools.iter().map(name).collect();

    assert_eq!(
        names,
        [
            "add_task",
            "list_tasks",
            "get_task",
            "update_task",
            "complete_task",
            "reopen_task",
            "delete_task",
            "restore_task",
            "undo",
            "history",
        ]
    );
}

#[tokio::test]
async fn every_tool_says_all_four_hints() {
    for tool in tools().await {
        for hint in ["readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint"] {
            assert!(tool["annotations"][hint].is_boolean(), "{} has no {hint}", name(&tool));
        }
    }
}

#[tokio::test]
async fn what_only_reads_is_not_destructive_and_what_takes_away_says_so() {
    let tools = tools().await;

    let with = |hint: &str| -> BTreeSet<_> {
        tools.iter().filter(|tool| tool["annotations"][hint] == true).map(name).collect()
    };

    assert_eq!(with("readOnlyHint"), ["get_task", "history", "list_tasks"].into());
    assert_eq!(with("destructiveHint"), ["delete_task", "undo", "update_task"].into());
    assert!(with("openWorldHint").is_empty());
}

/// Some models and clients take a small part of JSON Schema only.
#[tokio::test]
async fn schemas_are_plain_objects_without_nulls_references_and_unions() {
    for tool in tools().await {
        for schema in ["inputSchema", "outputSchema"] {
            assert_eq!(tool[schema]["type"], "object", "{} {schema}", name(&tool));
            check(&tool[schema], &format!("{} {schema}", name(&tool)));
        }
    }
}

fn check(schema: &Value, place: &str) {
    match schema {
        Value::Object(members) => {
            for (key, value) in members {
                let plain =
                    !["anyOf", "oneOf", "allOf", "$ref", "$defs", "not"].contains(&key.as_str());
                assert!(plain, "{place} has {key}");
                check(value, &format!("{place}.{key}"));
            }
            if let Some(kind) = members.get("type").filter(|kind| !kind.is_object()) {
                assert!(kind.is_string(), "{place} has several types: {kind}");
            }
        }
        Value::Array(items) => items.iter().for_each(|item| check(item, place)),
        other => assert!(!other.is_null() && other != "null", "{place} is null"),
    }
}

#[tokio::test]
async fn arguments_that_no_tool_knows_are_refused_by_the_schema_too() {
    for tool in tools().await {
        assert_eq!(tool["inputSchema"]["additionalProperties"], false, "{}", name(&tool));
    }
}

/// The budget is 4,000 tokens. GPT's vocabulary (o200k) makes one token of 4.15 characters of this list, so that 4 leaves
/// some room for vocabularies that are worse at JSON.
#[tokio::test]
async fn tools_and_instructions_stay_within_four_thousand_tokens() {
    let app = TestApp::start().await;
    let mcp = app.user("ana").await.mcp();

    let list = mcp.call("tools/list", json!({})).await;
    let discovery = mcp.call("server/discover", json!({})).await;

    let instructions = discovery.json["result"]["instructions"].as_str().expect("instructions");
    let characters = list.json["result"]["tools"].to_string().len() + instructions.len();
    assert!(characters / 4 <= 4000, "{characters} characters, {} too many", characters - 16_000);
}

#[tokio::test]
async fn the_tool_that_applies_plans_is_not_listed() {
    assert!(tools().await.iter().all(|tool| name(tool) != "apply_plan"));
}
