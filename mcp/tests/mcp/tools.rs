//! What each tool does.

use serde_json::{Value, json};
use todo_testing::{TestApp, TestUser};

async fn ana() -> (TestApp, TestUser) {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    (app, ana)
}

/// What became of each task, as `1 changed, 9 missing`.
fn outcomes(structured: &Value) -> String {
    let results = structured["results"].as_array().expect("results");
    let one = |result: &Value| {
        format!("{} {}", result["id"], result["outcome"].as_str().unwrap_or_default())
    };
    results.iter().map(one).collect::<Vec<_>>().join(", ")
}

#[tokio::test]
async fn a_line_in_the_users_words_becomes_a_task() {
    let (_app, ana) = ana().await;

    let line = "pay rent every month on the 1st !high #home";
    let added = ana.mcp_call("add_task", json!({ "text": line })).await;

    assert_eq!(added.text, "Added 1 pay rent (Tuesday 1 December 2026).");
    insta::assert_json_snapshot!(added.structured, @r#"
    {
      "change_id": 1,
      "results": [
        {
          "id": 1,
          "outcome": "changed",
          "task": {
            "due": "2026-12-01",
            "due_text": "Tuesday 1 December 2026",
            "id": 1,
            "priority": "high",
            "repeat": "FREQ=MONTHLY;BYMONTHDAY=1",
            "repeat_text": "Every month on the 1st",
            "tags": [
              "home"
            ],
            "title": "pay rent"
          }
        }
      ],
      "summary": "Added 1 pay rent (Tuesday 1 December 2026)."
    }
    "#);
}

#[tokio::test]
async fn a_title_is_taken_literally() {
    let (_app, ana) = ana().await;

    let added =
        ana.mcp_call("add_task", json!({ "title": "read \"every day\" #1 tomorrow" })).await;

    assert_eq!(
        added.structured["results"][0]["task"],
        json!({ "id": 1, "title": "read \"every day\" #1 tomorrow" })
    );
}

#[tokio::test]
async fn dates_are_read_as_words_and_as_digits_on_the_users_clock() {
    let (_app, ana) = ana().await;
    ana.patch("/settings", &json!({ "timezone": "Asia/Karachi" })).await;
    let due = async |text: &str| {
        let added = ana.mcp_call("add_task", json!({ "title": "x", "due": text })).await;
        added.structured["results"][0]["task"]["due"].as_str().unwrap_or("none").to_owned()
    };

    assert_eq!(due("tomorrow 5pm").await, "2026-11-21T17:00");
    assert_eq!(due("2026-12-24").await, "2026-12-24");
    assert_eq!(due("2026-12-24T18:30").await, "2026-12-24T18:30");
    assert_eq!(due("2026-12-24 18:30").await, "2026-12-24T18:30");
    assert_eq!(due("").await, "none");
}

#[tokio::test]
async fn a_task_needs_a_title_or_a_text_and_not_both() {
    let (_app, ana) = ana().await;

    let neither = ana.mcp_call("add_task", json!({})).await;
    let both = ana.mcp_call("add_task", json!({ "title": "a", "text": "b" })).await;
    let mixed = ana.mcp_call("add_task", json!({ "text": "b", "due": "friday" })).await;

    assert!(neither.refused && both.refused && mixed.refused);
    assert_eq!(neither.text, "A task needs a title. Ask the user what it is. Nothing changed.");
    assert_eq!(ana.seq().await, 0);
}

#[tokio::test]
async fn lists_are_filtered_sorted_and_cut_into_pages() {
    let (_app, ana) = ana().await;
    for line in ["alpha friday !high #home", "beta tomorrow #home", "gamma", "delta monday !low"] {
        ana.add_line(line).await;
    }
    let titles = async |arguments: Value| {
        let list = ana.mcp_call("list_tasks", arguments).await;
        let tasks = list.structured["tasks"].as_array().expect("tasks").clone();
        let titles: Vec<_> = tasks.iter().filter_map(|task| task["title"].as_str()).collect();
        titles.join(" ")
    };

    assert_eq!(titles(json!({})).await, "beta delta alpha gamma");
    assert_eq!(titles(json!({ "tag": "home" })).await, "beta alpha");
    assert_eq!(titles(json!({ "priority": "high" })).await, "alpha");
    assert_eq!(titles(json!({ "due": "tomorrow" })).await, "beta");
    assert_eq!(titles(json!({ "due": "none" })).await, "gamma");
    assert_eq!(titles(json!({ "q": "del" })).await, "delta");
    assert_eq!(titles(json!({ "sort": "newest" })).await, "delta gamma beta alpha");
    assert_eq!(titles(json!({ "status": "completed" })).await, "");

    let first = ana.mcp_call("list_tasks", json!({ "limit": 3, "sort": "oldest" })).await;
    let cursor = &first.structured["next_cursor"];
    assert_eq!(titles(json!({ "limit": 3, "sort": "oldest", "cursor": cursor })).await, "delta");
    assert_eq!(first.structured["total"], 4);
}

#[tokio::test]
async fn notes_come_with_one_task_and_not_with_lists() {
    let (_app, ana) = ana().await;
    ana.add_line("call mum // about the garden").await;

    let one = ana.mcp_call("get_task", json!({ "id": 1 })).await;
    let list = ana.mcp_call("list_tasks", json!({})).await;

    assert_eq!(one.structured["description"], "about the garden");
    assert_eq!(list.structured["tasks"][0].get("description"), None);
}

#[tokio::test]
async fn an_update_changes_what_is_named_and_none_empties() {
    let (_app, ana) = ana().await;
    ana.add_line("pay rent tomorrow 9am !high #home #money // the flat").await;

    let arguments = json!({
        "ids": [1], "title": "pay the rent", "due": "monday", "description": "none",
        "add_tags": ["soon"], "remove_tags": ["money"],
    });
    let updated = ana.mcp_call("update_task", arguments).await;

    insta::assert_json_snapshot!(updated.structured["results"][0]["task"], @r#"
    {
      "due": "2026-11-23T09:00",
      "due_text": "Monday 23 November 2026, 09:00",
      "id": 1,
      "priority": "high",
      "tags": [
        "home",
        "soon"
      ],
      "timezone": "UTC",
      "title": "pay the rent"
    }
    "#);
    assert_eq!(ana.task(1).await.json["description"], Value::Null);
}

#[tokio::test]
async fn an_update_of_nothing_and_a_title_for_several_are_refused() {
    let (_app, ana) = ana().await;
    ana.add_task("one").await;
    ana.add_task("two").await;

    let nothing = ana.mcp_call("update_task", json!({ "ids": [1] })).await;
    let title = ana.mcp_call("update_task", json!({ "ids": [1, 2], "title": "same" })).await;

    assert_eq!(nothing.text, "Say what to change. Nothing changed.");
    assert_eq!(title.text, "A title belongs to one task: give one id. Nothing changed.");
    assert_eq!(ana.seq().await, 2);
}

#[tokio::test]
async fn a_deleted_task_is_in_the_trash_and_comes_back() {
    let (_app, ana) = ana().await;
    ana.add_task("one").await;

    let deleted = ana.mcp_call("delete_task", json!({ "ids": [1] })).await;
    let trash = ana.mcp_call("list_tasks", json!({ "status": "trashed" })).await;
    let restored = ana.mcp_call("restore_task", json!({ "ids": [1] })).await;

    assert_eq!(deleted.text, "Moved to the trash: 1 one.");
    assert_eq!(trash.structured["total"], 1);
    assert_eq!(restored.text, "Restored 1 one.");
}

#[tokio::test]
async fn undo_takes_back_one_change_after_the_other() {
    let (_app, ana) = ana().await;
    ana.add_task("one").await;
    ana.complete(1).await;

    let first = ana.mcp_call("undo", json!({})).await;
    let second = ana.mcp_call("undo", json!({})).await;
    let third = ana.mcp_call("undo", json!({})).await;

    assert_eq!(first.text, "Undone; now: 1 one.");
    assert_eq!(outcomes(&second.structured), "1 removed");
    assert_eq!(
        third.text,
        "there is nothing to undo. Use history to see the changes. Nothing changed."
    );
}

#[tokio::test]
async fn an_undo_that_is_not_possible_names_the_change_in_the_way() {
    let (_app, ana) = ana().await;
    ana.add_task("one").await;
    ana.complete(1).await;

    let refused = ana.mcp_call("undo", json!({ "change_id": 1 })).await;

    assert!(refused.refused);
    assert!(refused.text.contains("Undo change 2 first"), "{}", refused.text);
}

#[tokio::test]
async fn the_history_says_who_did_what() {
    let (_app, ana) = ana().await;
    ana.add_task("one").await;
    ana.add_task("two").await;
    ana.complete(1).await;

    let history = ana.mcp_call("history", json!({ "task_id": 1 })).await;

    insta::assert_json_snapshot!(history.structured, @r#"
    {
      "changes": [
        {
          "actor": "person",
          "at": "2026-11-20T05:15",
          "change_id": 3,
          "tasks": [
            "1 one"
          ],
          "verb": "complete"
        },
        {
          "actor": "person",
          "at": "2026-11-20T05:15",
          "change_id": 1,
          "tasks": [
            "1 one"
          ],
          "verb": "add"
        }
      ]
    }
    "#);
}
