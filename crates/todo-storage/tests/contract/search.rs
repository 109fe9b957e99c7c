//! Full text, the same on both databases.

use todo_core::{
    Caller, TaskNumber,
    task::Title,
    tasks::{Command, Filter, ListQuery, Patch, Sort, TaskEdit, TaskStore},
    words::words,
};

use crate::lab::{Lab, targets};

stories!(
    words_are_found_by_their_beginning,
    what_is_special_to_an_engine_is_plain_text,
    an_edited_title_is_found_by_its_new_words_only,
    a_removed_task_is_not_found_again,
);

async fn words_are_found_by_their_beginning(lab: &Lab) {
    let me = lab.someone().await;
    lab.add(&me, &["Buy oat milk", "Café crème", "دودھ خریدنا", "Call the milkman"]).await;

    assert_eq!(found(lab, &me, "milk").await, [1, 4]);
    assert_eq!(found(lab, &me, "mil bu").await, [1]);
    assert_eq!(found(lab, &me, "CAFE creme").await, [2]);
    assert_eq!(found(lab, &me, "cafés").await, NOTHING);
    assert_eq!(found(lab, &me, "دودھ").await, [3]);
    assert_eq!(found(lab, &me, "خرید دو").await, [3]);
    assert_eq!(found(lab, &me, "ilk").await, NOTHING);
}

async fn what_is_special_to_an_engine_is_plain_text(lab: &Lab) {
    let me = lab.someone().await;
    let titles = [
        "AND OR NOT NEAR",
        "can't o'neil",
        "3.14 and 1,000",
        "x_y a:b",
        "שו\"ת",
        "back\\slash",
        "a* \"b\" (c)",
    ];
    lab.add(&me, &titles).await;

    for (at, title) in titles.iter().enumerate() {
        assert_eq!(found(lab, &me, title).await, [at as i64 + 1], "{title}");
    }
    for nothing in [
        "\"",
        "* OR 1=1",
        "'; DROP TABLE tasks; --",
        "milk NEAR/3 bread",
        "\\",
        "':*",
        "words:milk",
    ] {
        found(lab, &me, nothing).await;
    }
    assert_eq!(found(lab, &me, "o'n").await, [2]);
    assert_eq!(found(lab, &me, "3.1").await, [3]);
    assert_eq!(found(lab, &me, "x_").await, [4]);
}

async fn an_edited_title_is_found_by_its_new_words_only(lab: &Lab) {
    let me = lab.someone().await;
    lab.add(&me, &["paint the fence"]).await;
    let patch = Patch { title: Some(Title::parse("mow the lawn").unwrap()), ..Patch::default() };

    lab.execute(&me, Command::Update(vec![TaskEdit { target: TaskNumber(1).into(), patch }])).await;

    assert_eq!(found(lab, &me, "paint").await, NOTHING);
    assert_eq!(found(lab, &me, "lawn").await, [1]);
}

async fn a_removed_task_is_not_found_again(lab: &Lab) {
    let me = lab.someone().await;
    lab.add(&me, &["paint the fence"]).await;
    let undo = Command::Undo(todo_core::tasks::UndoTarget::Newest);
    lab.execute(&me, undo).await;
    lab.add(&me, &["mow the lawn"]).await;
    lab.execute(&me, Command::Complete(targets(&[2]))).await;

    assert_eq!(found(lab, &me, "paint").await, NOTHING);
    assert_eq!(found(lab, &me, "mow").await, [2]);
}

/// What a search gives that finds nothing.
const NOTHING: [i64; 0] = [];

/// The numbers of the tasks that a search finds.
async fn found(lab: &Lab, caller: &Caller, text: &str) -> Vec<i64> {
    let filter =
        Filter { status: todo_core::tasks::Status::All, words: words(text), ..Filter::default() };
    let query = ListQuery { filter, sort: Sort::Oldest, limit: 50, after: None };
    lab.db.list(caller.user, &query).await.unwrap().tasks.iter().map(|task| task.number.0).collect()
}
