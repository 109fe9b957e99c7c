//! What waits for a person.

use jiff::SignedDuration;
use todo_core::{
    Actor, ActorKind, Caller, PlanId,
    plans::{Plan, needs_confirmation},
    tasks::{Command, Receipt, TaskError},
};

use crate::people::{Person, draft, targets, wait};

fn delete(numbers: &[i64]) -> Command {
    Command::Delete(targets(numbers))
}

fn person_with_three_tasks() -> Person {
    let person = Person::new();
    person.run(Command::Add(["one", "two", "three"].map(draft).to_vec())).unwrap();
    person
}

fn propose(person: &Person, command: Command) -> Result<Plan, TaskError> {
    wait(person.tasks.propose(&person.caller, command, false))
}

fn carry_out(person: &Person, plan: PlanId) -> Result<Receipt, TaskError> {
    let caller = Caller { plan: Some(plan), ..person.caller.clone() };
    wait(person.tasks.carry_out(&caller))
}

#[test]
fn what_is_bulk_or_everything_needs_a_person() {
    let complete = |n: i64| Command::Complete(targets(&(1..=n).collect::<Vec<_>>()));

    assert!(!needs_confirmation(&delete(&[1]), false));
    assert!(needs_confirmation(&delete(&[1, 2]), false));
    assert!(needs_confirmation(&delete(&[1]), true));
    assert!(!needs_confirmation(&complete(5), false));
    assert!(needs_confirmation(&complete(6), false));
    assert!(needs_confirmation(&complete(1), true));
}

#[test]
fn a_proposal_changes_nothing() {
    let person = person_with_three_tasks();

    let plan = propose(&person, delete(&[1, 2])).unwrap();

    assert_eq!((plan.title.as_str(), plan.rows.len()), ("Delete 2 tasks?", 2));
    assert_eq!(person.changes().len(), 1);
}

#[test]
fn a_plan_is_carried_out_once() {
    let person = person_with_three_tasks();
    let plan = propose(&person, delete(&[1, 2])).unwrap();

    let receipt = carry_out(&person, plan.id).unwrap();
    let again = carry_out(&person, plan.id);

    assert_eq!(receipt.change.unwrap().plan, Some(plan.id));
    assert!(matches!(again, Err(TaskError::PlanAnswered(_))), "{again:?}");
    assert_eq!(person.store.rows().owner.trashed, 2);
}

#[test]
fn a_plan_whose_task_was_changed_since_does_nothing_at_all() {
    let person = person_with_three_tasks();
    let plan = propose(&person, delete(&[1, 2])).unwrap();
    person.run(Command::Complete(targets(&[2]))).unwrap();

    let refused = carry_out(&person, plan.id);

    assert!(
        matches!(refused, Err(TaskError::PlanStale { number, .. }) if number.0 == 2),
        "{refused:?}"
    );
    assert_eq!(person.store.rows().owner.trashed, 0);
}

#[test]
fn a_plan_waits_for_five_minutes() {
    let person = person_with_three_tasks();
    let plan = propose(&person, delete(&[1, 2])).unwrap();

    person.clock.advance(SignedDuration::from_secs(5 * 60 - 1));
    assert!(plan.check(person.tasks.now()).is_ok());
    person.clock.advance(SignedDuration::from_secs(1));

    assert!(matches!(carry_out(&person, plan.id), Err(TaskError::PlanExpired(_))));
}

#[test]
fn the_same_proposal_twice_is_one_plan() {
    let person = person_with_three_tasks();

    let first = propose(&person, delete(&[1, 2])).unwrap();
    let second = propose(&person, delete(&[1, 2])).unwrap();

    assert_eq!(first, second);
}

#[test]
fn another_asker_other_versions_or_a_plan_that_is_over_make_a_new_plan() {
    let person = person_with_three_tasks();
    let first = propose(&person, delete(&[1, 2])).unwrap();

    let actor = Actor { kind: ActorKind::Client, id: Some("editor".into()) };
    let editor = Caller { actor, ..person.caller.clone() };
    let theirs = wait(person.tasks.propose(&editor, delete(&[1, 2]), false)).unwrap();
    person.run(Command::Complete(targets(&[1]))).unwrap();
    let changed = propose(&person, delete(&[1, 2])).unwrap();
    person.clock.advance(SignedDuration::from_mins(5));
    let later = propose(&person, delete(&[1, 2])).unwrap();

    let ids: Vec<_> = [first, theirs, changed, later].iter().map(|plan| plan.id.0).collect();
    assert_eq!(ids, [1, 2, 3, 4]);
}

#[test]
fn a_proposal_that_would_change_nothing_is_refused() {
    let person = person_with_three_tasks();

    assert!(matches!(propose(&person, delete(&[8, 9])), Err(TaskError::NothingNamed)));
}

#[test]
fn without_a_plan_in_the_token_there_is_nothing_to_carry_out() {
    let person = person_with_three_tasks();

    assert!(matches!(wait(person.tasks.carry_out(&person.caller)), Err(TaskError::NothingNamed)));
    assert!(matches!(carry_out(&person, PlanId(7)), Err(TaskError::NoSuchPlan(_))));
}
