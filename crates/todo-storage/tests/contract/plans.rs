//! Plans: confirmed once, by a person, in time.

use futures::future::join_all;
use jiff::SignedDuration;
use todo_core::{
    Caller, PlanId,
    plans::{Plan, PlanAnswer, PlanStore},
    tasks::{Command, TaskError},
};

use crate::lab::{Lab, targets};

stories!(
    a_plan_is_read_as_it_was_stored,
    a_plan_is_carried_out_once_however_often_it_is_confirmed,
    a_cancelled_plan_cannot_be_carried_out,
    an_expired_plan_waits_no_more,
    a_plan_whose_task_was_changed_is_refused,
);

async fn a_plan_is_read_as_it_was_stored(lab: &Lab) {
    let me = lab.someone().await;
    let first = proposed(lab, &me).await;
    let other = Command::Complete(targets(&[2]));
    let second = lab.tasks().propose(&me, other, false).await.unwrap();

    assert_eq!((first.id, second.id), (PlanId(1), PlanId(2)));
    assert_eq!(lab.db.plan(me.user, first.id).await.unwrap().as_ref(), Some(&first));
    assert_eq!(lab.db.waiting(me.user, lab.now()).await.unwrap(), [second, first]);
}

async fn a_plan_is_carried_out_once_however_often_it_is_confirmed(lab: &Lab) {
    let me = lab.someone().await;
    let plan = proposed(lab, &me).await;
    let confirming = Caller { plan: Some(plan.id), ..me.clone() };

    let outcomes = join_all((0..8).map(|_| {
        let (tasks, caller) = (lab.tasks(), confirming.clone());
        async move { tasks.carry_out(&caller).await }
    }))
    .await;

    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    assert!(
        outcomes
            .iter()
            .flat_map(|outcome| outcome.as_ref().err())
            .all(|e| matches!(e, TaskError::PlanAnswered(_)))
    );
    assert_eq!(lab.owner(&me).await.trashed, 2);
    let answered = lab.db.plan(me.user, plan.id).await.unwrap().unwrap();
    assert_eq!(answered.answer, Some(PlanAnswer::Confirmed));
    assert_eq!(lab.db.waiting(me.user, lab.now()).await.unwrap(), []);
}

async fn a_cancelled_plan_cannot_be_carried_out(lab: &Lab) {
    let me = lab.someone().await;
    let plan = proposed(lab, &me).await;

    assert!(lab.db.cancel(me.user, plan.id, lab.now()).await.unwrap());
    assert!(!lab.db.cancel(me.user, plan.id, lab.now()).await.unwrap());
    let error =
        lab.tasks().carry_out(&Caller { plan: Some(plan.id), ..me.clone() }).await.unwrap_err();

    assert!(matches!(error, TaskError::PlanAnswered(_)));
    assert_eq!(lab.owner(&me).await.open, 2);
}

async fn an_expired_plan_waits_no_more(lab: &Lab) {
    let me = lab.someone().await;
    let plan = proposed(lab, &me).await;
    lab.clock.advance(SignedDuration::from_mins(5));

    let error =
        lab.tasks().carry_out(&Caller { plan: Some(plan.id), ..me.clone() }).await.unwrap_err();

    assert!(matches!(error, TaskError::PlanExpired(_)));
    assert_eq!(lab.db.waiting(me.user, lab.now()).await.unwrap(), []);
    assert!(!lab.db.cancel(me.user, plan.id, lab.now()).await.unwrap());
}

async fn a_plan_whose_task_was_changed_is_refused(lab: &Lab) {
    let me = lab.someone().await;
    let plan = proposed(lab, &me).await;
    lab.execute(&me, Command::Complete(targets(&[2]))).await;

    let error =
        lab.tasks().carry_out(&Caller { plan: Some(plan.id), ..me.clone() }).await.unwrap_err();

    assert!(matches!(error, TaskError::PlanStale { .. }));
    assert_eq!(lab.owner(&me).await.trashed, 0);
    assert_eq!(lab.db.plan(me.user, plan.id).await.unwrap(), Some(plan));
}

/// A plan to delete two tasks, which are added if they are not there.
async fn proposed(lab: &Lab, caller: &Caller) -> Plan {
    if lab.owner(caller).await.open == 0 {
        lab.add(caller, &["a", "b"]).await;
    }
    let delete = Command::Delete(targets(&[1, 2]));
    lab.tasks().propose(caller, delete, false).await.unwrap()
}
