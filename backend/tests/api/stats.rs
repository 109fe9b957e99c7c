use jiff::SignedDuration;
use serde_json::{Value, json};
use todo_testing::TestApp;

#[tokio::test]
async fn the_list_in_numbers() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    for line in ["rent yesterday", "now today", "soon tomorrow", "done", "gone"] {
        ana.add_line(line).await;
    }
    ana.complete(4).await;
    ana.delete_task(5).await;

    let stats = ana.get("/stats").await.json;

    insta::assert_json_snapshot!(stats, { ".by_day" => "[30 days]" }, @r#"
    {
      "by_day": "[30 days]",
      "completed": 1,
      "due_today": 1,
      "open": 3,
      "overdue": 1,
      "streak": 1,
      "trashed": 1
    }
    "#);
}

#[tokio::test]
async fn the_days_are_thirty_and_end_today() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    ana.add_task("one").await;
    ana.complete(1).await;

    let stats = ana.get("/stats").await.json;

    let days = stats["by_day"].as_array().expect("days");
    assert_eq!((days.len(), &days[0]["date"]), (30, &json!("2026-10-22")));
    assert_eq!(days[29], json!({ "date": "2026-11-20", "completed": 1 }));
}

#[tokio::test]
async fn a_streak_counts_days_in_a_row_and_today_may_still_come() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    ana.add_line("walk every day").await;
    let streak = async || ana.get("/stats").await.json["streak"].clone();

    for _ in 0..3 {
        ana.complete(1).await;
        app.advance(SignedDuration::from_hours(24));
    }
    assert_eq!(streak().await, 3);

    app.advance(SignedDuration::from_hours(24));
    assert_eq!(streak().await, 0);
}

#[tokio::test]
async fn an_undone_completion_does_not_count() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    ana.add_task("one").await;
    ana.complete(1).await;
    ana.undo(2).await;

    let stats = ana.get("/stats").await.json;

    assert_eq!((&stats["streak"], &stats["completed"]), (&json!(0), &json!(0)));
    assert_ne!(stats["by_day"], Value::Null);
}
