//! Answers fit the schemas that the tools declare.

use serde_json::{Value, json};
use todo_testing::TestApp;

/// What is wrong with a value, by the part of JSON Schema that our tools use.
fn misfits(value: &Value, schema: &Value, place: &str) -> Vec<String> {
    let fits = match schema["type"].as_str().unwrap_or_default() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64(),
        "boolean" => value.is_boolean(),
        other => panic!("{place}: {other:?} is not used so far"),
    };
    if !fits {
        return vec![format!("{place} is {value}, not {}", schema["type"])];
    }
    let mut found = Vec::new();
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if value.get(name).is_none() {
            found.push(format!("{place}.{name} is missing"));
        }
    }
    if let (Some(members), Some(properties)) = (value.as_object(), schema["properties"].as_object())
    {
        for (name, member) in members {
            match properties.get(name) {
                Some(schema) => found.extend(misfits(member, schema, &format!("{place}.{name}"))),
                None => found.push(format!("{place}.{name} is not declared")),
            }
        }
    }
    if let (Some(items), Some(schema)) = (value.as_array(), schema.get("items")) {
        found.extend(items.iter().flat_map(|item| misfits(item, schema, &format!("{place}[]"))));
    }
    found
}

#[tokio::test]
async fn what_each_tool_answers_fits_its_output_schema() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    let mcp = ana.mcp();
    let tools = mcp.tools().await;
    let full = json!({
        "title": "pay rent", "description": "the flat", "due": "tomorrow 9am", "repeat": "every month",
        "priority": "high", "tags": ["home"],
    });

    let story = [
        ("add_task", full),
        ("add_task", json!({ "text": "buy milk" })),
        ("list_tasks", json!({ "limit": 1 })),
        ("get_task", json!({ "id": 1 })),
        ("update_task", json!({ "ids": [2], "due": "friday" })),
        ("complete_task", json!({ "ids": [1, 2, 9] })),
        ("complete_task", json!({ "ids": [2] })),
        ("reopen_task", json!({ "ids": [2] })),
        ("delete_task", json!({ "ids": [1, 2] })),
        ("delete_task", json!({ "ids": [2] })),
        ("restore_task", json!({ "ids": [2] })),
        ("undo", json!({})),
        ("history", json!({})),
    ];
    for (name, arguments) in story {
        let answer = mcp.tool(name, arguments).await;
        assert!(!answer.refused, "{name}: {}", answer.text);
        let tool = tools.iter().find(|tool| tool["name"] == name).expect("a listed tool");
        let wrong = misfits(&answer.structured, &tool["outputSchema"], name);
        assert!(wrong.is_empty(), "{wrong:#?} in {}", answer.structured);
    }
}
