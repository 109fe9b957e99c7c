use serde_json::{Value, json};
use todo_testing::{TestApp, TestUser};

async fn ana() -> (TestApp, TestUser) {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    for line in
        ["rent yesterday #home", "now today", "soon tomorrow", "someday", "done today", "gone"]
    {
        ana.add_line(line).await;
    }
    ana.complete(5).await;
    ana.delete_task(6).await;
    (app, ana)
}

fn titles(tasks: &Value) -> Vec<&str> {
    tasks.as_array().expect("tasks").iter().filter_map(|task| task["title"].as_str()).collect()
}

#[tokio::test]
async fn the_main_page_comes_in_one_call() {
    let (_app, ana) = ana().await;

    let screen = ana.get("/screen").await.json;

    insta::assert_json_snapshot!(screen, {
        ".user.id" => "[id]", ".list.tasks" => "[tasks]", ".done_today" => "[tasks]",
    }, @r#"
    {
      "assistant": "builtin",
      "conversation": null,
      "conversations": [],
      "counts": {
        "completed": 1,
        "open": 4,
        "overdue": 1,
        "today": 2,
        "trashed": 1,
        "upcoming": 1
      },
      "done_today": "[tasks]",
      "list": {
        "next_cursor": null,
        "tasks": "[tasks]",
        "total": 2,
        "total_is_exact": true
      },
      "message_changes": [],
      "message_plans": [],
      "messages": [],
      "now": "2026-11-20T05:15:00Z",
      "plans": [],
      "seq": 8,
      "settings": {
        "locale": "en",
        "shortcuts": true,
        "theme": "system",
        "timezone": "UTC",
        "week_start": "monday"
      },
      "tags": [
        {
          "open": 1,
          "tag": "home"
        }
      ],
      "task": null,
      "user": {
        "email": "ana@example.test",
        "id": "[id]",
        "name": "ana"
      }
    }
    "#);
    assert_eq!(titles(&screen["list"]["tasks"]), ["rent", "now"]);
    assert_eq!(titles(&screen["done_today"]), ["done"]);
}

#[tokio::test]
async fn each_view_shows_its_list() {
    let (_app, ana) = ana().await;

    for (query, expected) in [
        ("view=today", "rent now"),
        ("view=upcoming", "soon"),
        ("view=all", "rent now soon someday"),
        ("view=completed", "done"),
        ("view=tag&tag=home", "rent"),
        ("view=search&q=so", "soon someday"),
        ("view=search&q=done", "done"),
        ("view=trash", "gone"),
        ("view=none", ""),
        ("view=all&sort=newest", "someday soon now rent"),
    ] {
        let screen = ana.get(&format!("/screen?{query}")).await;
        assert_eq!(screen.status, 200, "{query}: {}", screen.text);
        assert_eq!(titles(&screen.json["list"]["tasks"]).join(" "), expected, "{query}");
    }
}

#[tokio::test]
async fn the_chat_beside_the_list_shows_its_plans_and_changes_as_they_stand() {
    let (_app, ana) = ana().await;
    ana.chat("add buy milk").await;
    ana.undo(9).await;

    let screen = ana.get("/screen").await.json;

    assert_eq!(screen["conversation"]["id"], 1);
    assert_eq!(screen["messages"].as_array().map(Vec::len), Some(2));
    assert_eq!(
        (&screen["message_changes"][0]["id"], &screen["message_changes"][0]["undone_by"]),
        (&json!(9), &json!(10))
    );
}

#[tokio::test]
async fn a_task_that_is_wanted_comes_along_and_a_missing_one_does_no_harm() {
    let (_app, ana) = ana().await;

    let there = ana.get("/screen?view=all&task=5").await.json;
    let missing = ana.get("/screen?view=all&task=99&conversation=99").await.json;

    assert_eq!(there["task"]["title"], "done");
    assert_eq!((&missing["task"], &missing["conversation"]), (&Value::Null, &Value::Null));
}

#[tokio::test]
async fn a_view_that_cannot_be_shown_is_refused_with_its_field() {
    let (_app, ana) = ana().await;

    for (query, status, field) in [
        ("view=moon", 422, "view"),
        ("view=tag", 422, "tag"),
        ("view=tag&tag=a,b", 422, "tags"),
        ("sort=beauty", 422, "sort"),
        ("task=x", 422, "task"),
        ("cursor=x", 400, ""),
        ("colour=red", 422, "colour"),
    ] {
        let answer = ana.get(&format!("/screen?{query}")).await;
        assert_eq!((answer.status, answer.field()), (status, field), "{query}: {}", answer.text);
    }
}
