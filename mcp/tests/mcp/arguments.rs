//! Arguments that cannot be used: a sentence that helps, nothing changed, nothing of the inside.

use serde_json::{Value, json};
use todo_testing::TestApp;

#[tokio::test]
async fn what_does_not_fit_is_refused_in_words_and_changes_nothing() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    ana.add_task("one").await;
    let long = |n: usize| "x".repeat(n);

    let calls: Vec<(&str, Value, &str)> = vec![
        (
            "add_task",
            json!({ "title": long(201) }),
            "title: a title needs 1 to 200 characters, this one has 201",
        ),
        ("add_task", json!({ "title": "  " }), "A task needs a title"),
        ("add_task", json!({ "title": "a\0b" }), "title: a title cannot contain the NUL character"),
        ("add_task", json!({ "text": long(201) }), "title: a title needs 1 to 200 characters"),
        (
            "add_task",
            json!({ "title": "x", "description": long(1001) }),
            "description: a description has at most 1000",
        ),
        ("add_task", json!({ "title": "x", "due": "blue" }), "due: \"blue\" is no date or time"),
        (
            "add_task",
            json!({ "title": "x", "due": "2026-13-01" }),
            "due.date: a date is written YYYY-MM-DD",
        ),
        (
            "add_task",
            json!({ "title": "x", "due": "2026-12-01T25:00" }),
            "due.time: a time is written HH:MM",
        ),
        (
            "add_task",
            json!({ "title": "x", "repeat": "sometimes" }),
            "repeat: \"sometimes\" is no RRULE",
        ),
        ("add_task", json!({ "title": "x", "repeat": "FREQ=NEVER" }), "repeat: "),
        (
            "add_task",
            json!({ "title": "x", "priority": "urgent" }),
            "priority: priority is none, low, medium or high",
        ),
        ("add_task", json!({ "title": "x", "tags": ["a,b"] }), "tags: a tag has letters, digits"),
        (
            "add_task",
            json!({ "title": "x", "tags": vec!["t"; 21].iter().enumerate().map(|(n, t)| format!("{t}{n}")).collect::<Vec<_>>() }),
            "tags: a task has at most 20 tags",
        ),
        ("add_task", json!({ "title": 7 }), "title: invalid type: integer `7`, expected a string"),
        ("add_task", json!({ "title": "x", "user_id": "ben" }), "unknown field `user_id`"),
        (
            "complete_task",
            json!({ "ids": ["one"] }),
            "ids[0]: invalid type: string \"one\", expected a whole number",
        ),
        ("complete_task", json!({ "ids": 1 }), "ids: invalid type: integer `1`, expected a list"),
        ("complete_task", json!({ "ids": [1.5] }), "expected a whole number"),
        (
            "complete_task",
            json!({ "ids": [18_446_744_073_709_551_615u64] }),
            "expected a whole number",
        ),
        (
            "complete_task",
            json!({ "all": "yes" }),
            "all: invalid type: string \"yes\", expected a boolean",
        ),
        ("complete_task", json!({ "filter": { "status": "done" } }), "Say which tasks"),
        (
            "complete_task",
            json!({ "filter": { "tag": "home", "status": "done" } }),
            "status: status is pending",
        ),
        ("get_task", json!({}), "missing field `id`"),
        ("get_task", json!({ "id": -1 }), "task -1 does not exist"),
        ("get_task", json!({ "id": i64::MAX }), "does not exist"),
        ("list_tasks", json!({ "limit": 101 }), "limit: limit is a number from 1 to 100"),
        ("list_tasks", json!({ "limit": -1 }), "expected a whole number, zero or more"),
        ("list_tasks", json!({ "due": "blue" }), "due: due is today"),
        ("list_tasks", json!({ "cursor": "x" }), "cursor does not belong to this list"),
        ("list_tasks", json!({ "sort": "beauty" }), "sort: sort is due"),
        ("restore_task", json!({ "ids": [] }), "No task matches"),
        ("undo", json!({ "change_id": 99 }), "change 99 does not exist"),
        ("history", json!({ "limit": 51 }), "limit: limit is a number from 1 to 50"),
    ];
    for (tool, arguments, expected) in calls {
        let answer = ana.mcp_call(tool, arguments.clone()).await;
        assert!(answer.refused, "{tool} {arguments}: {}", answer.structured);
        assert!(answer.text.contains(expected), "{tool} {arguments}: {}", answer.text);
        for inside in ["i64", "u64", "struct ", "line 1", "::"] {
            assert!(!answer.text.contains(inside), "{tool} {arguments}: {}", answer.text);
        }
    }
    assert_eq!(ana.seq().await, 1);
}

#[tokio::test]
async fn missing_tasks_of_a_batch_are_named_and_nothing_is_written() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;

    let answer = ana.mcp_call("complete_task", json!({ "ids": [-1, i64::MAX] })).await;

    assert!(answer.text.contains("There is no task -1 here."), "{}", answer.text);
    assert_eq!(ana.seq().await, 0);
}

#[tokio::test]
async fn more_tasks_than_one_command_takes_are_refused() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    ana.add_task("one").await;

    let ids: Vec<_> = (1..=1001).collect();
    let answer = ana.mcp_call("complete_task", json!({ "ids": ids })).await;

    assert_eq!(answer.text, "at most 1000 tasks at once, this was 1001. Nothing changed.");
}
