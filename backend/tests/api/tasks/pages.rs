//! Page after page, each task once, in every order, on every database.

use jiff::SignedDuration;
use serde_json::{Value, json};
use todo_testing::{TestApp, TestUser};

const TASKS: i64 = 23;

async fn fill(app: &TestApp) -> TestUser {
    let ana = app.user("ana").await;
    for n in 1..=TASKS {
        // Days, times and priorities meet each other in many ways, and often are the same.
        let priority = ["none", "low", "medium", "high"][n as usize % 4];
        let mut body = json!({ "title": format!("task {n}"), "priority": priority });
        match n % 5 {
            0 => {}
            1 | 2 => body["due"] = json!({ "date": format!("2026-12-0{}", 1 + n % 3) }),
            _ => {
                let (date, time) = (format!("2026-12-0{}", 1 + n % 3), format!("0{}:00", n % 4));
                body["due"] = json!({ "date": date, "time": time });
            }
        }
        ana.add(&body).await;
    }
    ana
}

/// Every id of a list, page by page.
async fn walk(ana: &TestUser, path: &str, limit: u64) -> Vec<i64> {
    let mut ids = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = ana.get(&format!("{path}limit={limit}{cursor}")).await;
        assert_eq!(page.status, 200, "{}", page.text);
        let tasks = page.json["tasks"].as_array().expect("tasks");
        assert!(tasks.len() <= limit as usize);
        ids.extend(tasks.iter().map(|task| task["id"].as_i64().expect("an id")));
        match &page.json["next_cursor"] {
            Value::String(next) => cursor = format!("&cursor={next}"),
            _ => return ids,
        }
    }
}

#[tokio::test]
async fn pages_show_each_task_once_in_the_order_of_the_whole_list() {
    for app in TestApp::on_each_database().await {
        let ana = fill(&app).await;
        for sort in ["due", "priority", "newest", "oldest"] {
            let path = format!("/tasks?sort={sort}&");
            let whole = walk(&ana, &path, 200).await;

            assert_eq!(whole.len(), TASKS as usize);
            for limit in [1, 4, 23] {
                assert_eq!(walk(&ana, &path, limit).await, whole, "{sort} by {limit}");
            }
        }
        app.stop().await;
    }
}

#[tokio::test]
async fn pages_of_what_was_completed_and_of_the_trash_are_whole_too() {
    for app in TestApp::on_each_database().await {
        let ana = fill(&app).await;
        for n in 1..=TASKS {
            // Some of them in the same moment.
            app.advance(SignedDuration::from_secs(n % 2));
            if n % 2 == 0 {
                ana.complete(n).await
            } else {
                ana.delete_task(n).await
            };
        }
        for path in ["/tasks?status=completed&", "/trash?"] {
            let whole = walk(&ana, path, 200).await;

            assert!(whole.len() >= 11, "{path}");
            assert_eq!(walk(&ana, path, 3).await, whole, "{path}");
        }
        app.stop().await;
    }
}

#[tokio::test]
async fn a_cursor_belongs_to_its_order() {
    let app = TestApp::start().await;
    let ana = fill(&app).await;
    let page = ana.get("/tasks?sort=due&limit=2").await;
    let cursor = page.json["next_cursor"].as_str().expect("a cursor");

    let answer = ana.get(&format!("/tasks?sort=newest&cursor={cursor}")).await;

    assert_eq!((answer.status, answer.code()), (400, "bad_cursor"));
}
