//! The same key, the same request, one effect.

use todo_core::tasks::{Command, RetryKey, TaskError};

use crate::people::{Person, draft, targets};

fn add(title: &str) -> Command {
    Command::Add(vec![draft(title)])
}

#[test]
fn the_same_request_under_one_key_happens_once_and_gets_one_answer() {
    let person = Person::new();

    let first = person.run_with(add("buy milk"), Some("k1")).unwrap();
    let second = person.run_with(add("buy milk"), Some("k1")).unwrap();

    assert_eq!(first, second);
    assert_eq!(person.store.rows().tasks.len(), 1);
}

#[test]
fn another_request_under_the_same_key_is_refused() {
    let person = Person::new();
    person.run_with(add("buy milk"), Some("k1")).unwrap();

    let refused = person.run_with(add("buy eggs"), Some("k1"));

    assert!(matches!(refused, Err(TaskError::KeyReused)));
    assert_eq!(person.store.rows().tasks.len(), 1);
}

#[test]
fn an_answer_that_changed_nothing_is_kept_as_well() {
    let person = Person::new();
    let first = person.run_with(Command::Complete(targets(&[1])), Some("k1")).unwrap();
    person.add("buy milk");

    let second = person.run_with(Command::Complete(targets(&[1])), Some("k1")).unwrap();

    assert_eq!(first, second);
    assert!(!person.task(todo_core::TaskNumber(1)).unwrap().is_completed());
}

#[test]
fn a_key_is_visible_ascii_of_1_to_200_characters() {
    for bad in ["", "a b", "a\n", "ключ", &"k".repeat(201)] {
        assert!(matches!(RetryKey::new(bad, &add("x")), Err(TaskError::BadKey)), "{bad:?}");
    }
    assert!(RetryKey::new(&"k".repeat(200), &add("x")).is_ok());
}
