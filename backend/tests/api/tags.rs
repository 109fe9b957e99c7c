use serde_json::json;
use todo_testing::TestApp;

#[tokio::test]
async fn the_tag_with_the_most_open_tasks_comes_first() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    for line in ["one #home #work", "two #home", "three #Home #zoo", "four #bank"] {
        ana.add_line(line).await;
    }
    ana.complete(4).await;

    let tags = ana.get("/tags").await.json;

    assert_eq!(
        tags["tags"],
        json!([
            { "tag": "home", "open": 3 },
            { "tag": "work", "open": 1 },
            { "tag": "zoo", "open": 1 },
            { "tag": "bank", "open": 0 },
        ])
    );
}

#[tokio::test]
async fn counts_follow_every_way_in_which_a_task_is_not_open_any_more() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    for line in ["one #home", "two #home", "three #home"] {
        ana.add_line(line).await;
    }
    let open = async || ana.get("/tags").await.json["tags"][0]["open"].as_i64().unwrap_or_default();

    ana.complete(1).await;
    ana.delete_task(2).await;
    ana.patch("/tasks/3", &json!({ "tags": [] })).await;
    assert_eq!(open().await, 0);

    ana.reopen(1).await;
    ana.press("/trash/2/restore").await;
    ana.undo(6).await;
    assert_eq!(open().await, 3);
}
