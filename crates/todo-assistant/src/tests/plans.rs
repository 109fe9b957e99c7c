//! What can be said to a plan that waits, and what the answers are.

use todo_api::plan::PlanState;

use super::world::World;

const LIST: &[&str] =
    &["milk #shopping", "eggs #shopping", "bread #shopping", "book dentist friday", "call mom"];

#[tokio::test]
async fn all_but_one_is_a_new_plan_for_the_others() {
    let world = World::with(LIST).await;
    world.say("delete all my tasks").await;

    let changed = world.say("all but the dentist").await;

    assert_eq!(changed.plan.as_ref().unwrap().state, PlanState::Waiting, "{}", changed.response);
    assert_eq!(world.all().len(), 5);
    world.say("yes").await;
    assert_eq!(world.titles(), ["book dentist"]);
}

#[tokio::test]
async fn a_plan_can_be_narrowed_to_a_list() {
    let world = World::with(LIST).await;
    world.say("delete all my tasks").await;
    world.say("only the shopping ones").await;
    assert_eq!(world.all().len(), 5);

    world.say("go ahead").await;

    assert_eq!(world.titles(), ["book dentist", "call mom"]);
}

#[tokio::test]
async fn what_is_kept_by_name_is_left_out() {
    let world = World::with(LIST).await;
    world.say("clear my shopping list").await;
    let changed = world.say("keep the milk").await;
    assert_eq!(world.all().len(), 5, "{}", changed.response);

    world.say("yes").await;

    assert_eq!(world.titles(), ["milk", "book dentist", "call mom"]);
}

#[tokio::test]
async fn the_one_task_that_a_change_leaves_is_asked_about_again() {
    let world = World::with(&["report #work", "slides #work", "call mom"]).await;
    world.say("delete all work tasks").await;
    let left = world.say("not the report").await;
    assert_eq!(world.all().len(), 3, "{}", left.response);
    assert!(left.response.contains("only slides"), "{}", left.response);

    world.say("yes").await;

    assert_eq!(world.titles(), ["report", "call mom"]);
}

#[tokio::test]
async fn each_end_of_a_plan_has_its_own_sentence() {
    let world = World::with(LIST).await;
    world.say("delete all my tasks").await;
    let cancelled = world.say("no").await.response;
    let late = world.say("yes").await.response;
    world.say("delete all my tasks").await;
    world.clock.pass(6);
    let expired = world.say("yes").await.response;
    world.say("delete all my tasks").await;
    world.complete(1).await;
    let stale = world.say("yes").await.response;

    assert_eq!(world.all().len(), 5);
    assert!(cancelled.contains("Nothing changed"), "{cancelled}");
    assert!(expired.contains("expired"), "{expired}");
    assert!(stale.contains("Nothing changed"), "{stale}");
    let all = [&cancelled, &late, &expired, &stale];
    assert!(all.iter().all(|one| all.iter().filter(|other| other == &one).count() == 1), "{all:?}");
}

#[tokio::test]
async fn leaving_everything_out_ends_the_plan() {
    let world = World::with(&["report #work", "slides #work", "call mom"]).await;
    world.say("delete all work tasks").await;

    let ended = world.say("all but the report and the slides").await.response;

    assert!(ended.contains("nothing changed"), "{ended}");
    world.say("yes").await;
    assert_eq!(world.all().len(), 3);
}
