//! Retry keys: what is sent twice happens once.

use futures::future::join_all;
use jiff::SignedDuration;
use todo_core::tasks::TaskError;

use crate::lab::{Lab, add};

stories!(
    of_twenty_at_once_one_writes_and_all_get_its_answer,
    another_request_under_the_same_key_is_refused,
    a_key_is_free_again_after_a_day,
    a_request_that_failed_leaves_its_key_free,
    keys_of_different_people_are_different_keys,
);

async fn of_twenty_at_once_one_writes_and_all_get_its_answer(lab: &Lab) {
    let me = lab.someone().await;

    let receipts = join_all((0..20).map(|_| {
        let (tasks, me) = (lab.tasks(), me.clone());
        async move { tasks.execute(&me, add(&["once"]), Some("key")).await.unwrap() }
    }))
    .await;

    assert!(receipts.iter().all(|receipt| *receipt == receipts[0]));
    assert_eq!(lab.everything(&me).await.len(), 1);
}

async fn another_request_under_the_same_key_is_refused(lab: &Lab) {
    let me = lab.someone().await;
    lab.tasks().execute(&me, add(&["a"]), Some("key")).await.unwrap();

    let error = lab.tasks().execute(&me, add(&["b"]), Some("key")).await.unwrap_err();

    assert!(matches!(error, TaskError::KeyReused));
}

async fn a_key_is_free_again_after_a_day(lab: &Lab) {
    let me = lab.someone().await;
    lab.tasks().execute(&me, add(&["a"]), Some("key")).await.unwrap();
    lab.clock.advance(SignedDuration::from_hours(24));

    lab.tasks().execute(&me, add(&["b"]), Some("key")).await.unwrap();
    lab.tasks().execute(&me, add(&["b"]), Some("key")).await.unwrap();

    assert_eq!(lab.everything(&me).await.len(), 2);
}

async fn a_request_that_failed_leaves_its_key_free(lab: &Lab) {
    let me = lab.someone().await;
    lab.tasks().execute(&me, add(&[]), Some("key")).await.unwrap_err();

    lab.tasks().execute(&me, add(&["a"]), Some("key")).await.unwrap();

    assert_eq!(lab.everything(&me).await.len(), 1);
}

async fn keys_of_different_people_are_different_keys(lab: &Lab) {
    let (me, you) = (lab.someone().await, lab.someone().await);
    lab.tasks().execute(&me, add(&["a"]), Some("key")).await.unwrap();

    lab.tasks().execute(&you, add(&["b"]), Some("key")).await.unwrap();

    assert_eq!(lab.everything(&you).await[0].title.as_str(), "b");
}
