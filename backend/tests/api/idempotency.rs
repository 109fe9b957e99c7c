//! The same key, the same request, one effect: on every database, however many come at once.

use serde_json::json;
use todo_testing::{Answer, TestApp, TestUser};

#[tokio::test]
async fn a_repeated_request_gets_an_equal_answer_and_happens_once() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    let add =
        || ana.post("/tasks", &json!({ "title": "buy milk" })).header("idempotency-key", "k-1");

    let (first, second) = (add().await, add().await);

    assert_eq!((first.status, &first.text), (second.status, &second.text));
    assert_eq!(
        (first.header("etag"), first.header("location")),
        (second.header("etag"), second.header("location"))
    );
    assert_eq!(ana.titles("").await, ["buy milk"]);
}

#[tokio::test]
async fn every_write_takes_a_key() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    ana.add_task("one").await;
    ana.add_task("two").await;

    let writes = [
        ana.patch("/tasks/1", &json!({ "title": "uno" })),
        ana.put("/tasks/1", &json!({ "title": "eins" })),
        ana.complete(1),
        ana.delete_task(1),
        ana.press("/trash/1/restore"),
        ana.undo(2),
        ana.post("/changes/undo", &json!({ "actor": "person", "since": "2026-11-20T05:15:00Z" })),
    ];
    let mut statuses = Vec::new();
    for (n, write) in writes.into_iter().enumerate() {
        statuses.push(write.header("idempotency-key", &format!("k-{n}")).await.status);
    }
    assert_eq!(statuses, [200, 200, 200, 204, 200, 200, 200]);
    let seq = ana.seq().await;

    let again = [
        ana.patch("/tasks/1", &json!({ "title": "uno" })),
        ana.put("/tasks/1", &json!({ "title": "eins" })),
        ana.complete(1),
        ana.delete_task(1),
        ana.press("/trash/1/restore"),
        ana.undo(2),
        ana.post("/changes/undo", &json!({ "actor": "person", "since": "2026-11-20T05:15:00Z" })),
    ];
    for (n, write) in again.into_iter().enumerate() {
        let answer = write.header("idempotency-key", &format!("k-{n}")).await;
        assert_eq!(answer.status, statuses[n], "{n}: {}", answer.text);
    }
    assert_eq!(ana.seq().await, seq);
}

#[tokio::test]
async fn another_request_under_the_same_key_is_refused() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    ana.post("/tasks", &json!({ "title": "buy milk" })).header("idempotency-key", "k-1").await;

    let other =
        ana.post("/tasks", &json!({ "title": "buy eggs" })).header("idempotency-key", "k-1").await;

    assert_eq!((other.status, other.code()), (422, "idempotency_key_reused"));
    assert_eq!(ana.titles("").await, ["buy milk"]);
}

#[tokio::test]
async fn a_key_of_one_user_is_free_for_another() {
    let app = TestApp::start().await;
    let (ana, ben) = (app.user("ana").await, app.user("ben").await);

    for user in [&ana, &ben] {
        let title = json!({ "title": user.id });
        let answer = user.post("/tasks", &title).header("idempotency-key", "k-1").await;
        assert_eq!(answer.status, 201);
    }
}

#[tokio::test]
async fn a_key_that_cannot_be_used_is_refused() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;

    for key in ["", "a b", "ключ", &"k".repeat(201)] {
        let answer =
            ana.post("/tasks", &json!({ "title": "x" })).header("idempotency-key", key).await;
        assert_eq!((answer.status, answer.code()), (400, "bad_idempotency_key"), "{key:?}");
    }
    assert_eq!(ana.seq().await, 0);
}

#[tokio::test]
async fn a_refused_request_does_not_use_its_key_up() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    let complete = || ana.complete(1).header("if-match", "\"9\"").header("idempotency-key", "k-1");
    ana.post("/tasks", &json!({ "title": "" })).header("idempotency-key", "k-2").await;

    let missing =
        ana.post("/tasks", &json!({ "title": "buy milk" })).header("idempotency-key", "k-2").await;
    let stale = complete().await;

    assert_eq!((missing.status, stale.status), (201, 412));
}

async fn twenty_times(ana: &TestUser) -> Vec<Answer> {
    let requests = (0..20).map(|_| {
        let add =
            ana.post("/tasks", &json!({ "title": "buy milk" })).header("idempotency-key", "k-1");
        tokio::spawn(async move { add.await })
    });
    let mut answers = Vec::new();
    for request in requests.collect::<Vec<_>>() {
        answers.push(request.await.expect("an answer"));
    }
    answers
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_at_once_are_one_effect_and_equal_answers() {
    for app in TestApp::on_each_database().await {
        let ana = app.user("ana").await;

        let answers = twenty_times(&ana).await;

        for answer in &answers {
            assert_eq!((answer.status, &answer.text), (201, &answers[0].text));
        }
        assert_eq!((ana.seq().await, ana.titles("").await.len()), (1, 1));
        app.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn writers_at_once_never_share_a_number() {
    for app in TestApp::on_each_database().await {
        let ana = app.user("ana").await;

        let writers = (0..20).map(|n| {
            let ana = ana.clone();
            tokio::spawn(async move { ana.add_task(&format!("task {n}")).await })
        });
        let mut ids = Vec::new();
        for writer in writers.collect::<Vec<_>>() {
            ids.push(writer.await.expect("a number"));
        }

        ids.sort_unstable();
        assert_eq!(ids, (1..=20).collect::<Vec<_>>());
        assert_eq!(ana.seq().await, 20);
        app.stop().await;
    }
}
