//! Conversations, and turns that exactly one call answers.

use futures::future::join_all;
use jiff::SignedDuration;
use todo_core::{
    ConversationId, UserId,
    chats::{ChatStore, Outcome, Role, TURN_LEASE, TurnStart},
};

use crate::lab::Lab;

stories!(
    conversations_are_listed_the_last_used_first,
    conversations_are_found_by_their_words_in_any_case,
    a_turn_is_a_question_and_its_answer,
    of_many_calls_with_one_message_exactly_one_answers,
    a_turn_that_was_lost_is_taken_over_by_one,
    the_first_answer_stays,
    messages_are_read_backwards_in_pages,
    a_deleted_conversation_takes_its_messages_with_it,
);

async fn conversations_are_listed_the_last_used_first(lab: &Lab) {
    let user = lab.someone().await.user;
    let mut made = Vec::new();
    for title in ["one", "two", "three"] {
        made.push(lab.db.create(user, title, lab.now()).await.unwrap());
        lab.clock.advance(SignedDuration::from_secs(1));
    }
    lab.db.begin_turn(user, made[0].id, "m", "hello", lab.now()).await.unwrap();

    let listed = lab.db.conversations(user, None, None, 2).await.unwrap();
    let rest = lab.db.conversations(user, None, Some(listed[1].updated_at), 9).await.unwrap();

    let titles = |list: &[todo_core::chats::Conversation]| {
        list.iter().map(|c| c.title.clone()).collect::<Vec<_>>()
    };
    assert_eq!(made.iter().map(|c| c.id.0).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(titles(&listed), ["one", "three"]);
    assert_eq!(titles(&rest), ["two"]);
    assert_eq!(lab.db.conversation(user, made[1].id).await.unwrap().as_ref(), Some(&made[1]));
}

async fn conversations_are_found_by_their_words_in_any_case(lab: &Lab) {
    let user = lab.someone().await.user;
    let id = lab.db.create(user, "Über 100% sicher", lab.now()).await.unwrap().id;
    lab.db.create(user, "another", lab.now()).await.unwrap();
    say(lab, user, id, "m", "ДОБРЫЙ день").await;
    let found =
        async |text: &str| lab.db.conversations(user, Some(text), None, 9).await.unwrap().len();

    assert_eq!(found("über").await, 1);
    assert_eq!(found("ÜBER 100%").await, 1);
    assert_eq!(found("добрый").await, 1);
    assert_eq!(found("1_0").await, 0);
    assert_eq!(found("%").await, 1);
    assert!(lab.db.rename(user, id, "Something else").await.unwrap());
    assert_eq!(found("über").await, 0);
    assert_eq!(found("ELSE").await, 1);
}

async fn a_turn_is_a_question_and_its_answer(lab: &Lab) {
    let user = lab.someone().await.user;
    let id = lab.db.create(user, "chat", lab.now()).await.unwrap().id;
    lab.clock.advance(SignedDuration::from_secs(5));
    let outcome = Outcome { thinker: "builtin".into(), ..Outcome::default() };

    let start = say(lab, user, id, "m1", "hello").await;
    let answer = lab.db.finish_turn(user, id, "m1", "hi", &outcome, lab.now()).await.unwrap();
    let again = say(lab, user, id, "m1", "hello").await;

    assert_eq!(start, TurnStart::Mine { conversation: id, seq: 1 });
    assert_eq!((answer.seq, answer.role, answer.text.as_str()), (2, Role::Assistant, "hi"));
    assert_eq!(again, TurnStart::Answered { conversation: id, answer: Box::new(answer.clone()) });
    let messages = lab.db.messages(user, id, None, 10).await.unwrap();
    assert_eq!(
        (messages.len(), messages[0].role, messages[0].text.as_str()),
        (2, Role::User, "hello")
    );
    assert_eq!(messages[1], answer);
    assert_eq!(lab.db.conversation(user, id).await.unwrap().unwrap().updated_at, lab.now());
    assert_eq!(
        say(lab, user, ConversationId(9), "m2", "hello").await,
        TurnStart::NoSuchConversation
    );
}

async fn of_many_calls_with_one_message_exactly_one_answers(lab: &Lab) {
    let user = lab.someone().await.user;
    let id = lab.db.create(user, "chat", lab.now()).await.unwrap().id;

    let starts = join_all((0..12).map(|_| say(lab, user, id, "m", "hello"))).await;

    assert_eq!(starts.iter().filter(|start| matches!(start, TurnStart::Mine { .. })).count(), 1);
    assert_eq!(starts.iter().filter(|start| matches!(start, TurnStart::Running)).count(), 11);
    assert_eq!(lab.db.messages(user, id, None, 10).await.unwrap().len(), 1);
}

async fn a_turn_that_was_lost_is_taken_over_by_one(lab: &Lab) {
    let user = lab.someone().await.user;
    let id = lab.db.create(user, "chat", lab.now()).await.unwrap().id;
    say(lab, user, id, "m", "hello").await;
    lab.clock.advance(TURN_LEASE - SignedDuration::from_secs(1));
    assert_eq!(say(lab, user, id, "m", "hello").await, TurnStart::Running);
    lab.clock.advance(SignedDuration::from_secs(1));
    let other = lab.db.create(user, "chat", lab.now()).await.unwrap().id;

    let starts = join_all((0..8).map(|_| say(lab, user, other, "m", "hello"))).await;

    let taken = TurnStart::Mine { conversation: id, seq: 1 };
    assert_eq!(starts.iter().filter(|start| **start == taken).count(), 1);
    assert_eq!(lab.db.messages(user, other, None, 10).await.unwrap(), []);
}

async fn the_first_answer_stays(lab: &Lab) {
    let user = lab.someone().await.user;
    let id = lab.db.create(user, "chat", lab.now()).await.unwrap().id;
    say(lab, user, id, "m", "hello").await;
    let finish = |text: &'static str| {
        let db = lab.db.clone();
        let now = lab.now();
        async move { db.finish_turn(user, id, "m", text, &Outcome::default(), now).await.unwrap() }
    };

    let first = finish("first").await;
    let second = finish("second").await;

    assert_eq!(second, first);
    assert_eq!(lab.db.messages(user, id, None, 10).await.unwrap().len(), 2);
}

async fn messages_are_read_backwards_in_pages(lab: &Lab) {
    let user = lab.someone().await.user;
    let id = lab.db.create(user, "chat", lab.now()).await.unwrap().id;
    for n in 1..=5 {
        say(lab, user, id, &format!("m{n}"), &format!("message {n}")).await;
    }
    let seqs = async |before| -> Vec<i64> {
        lab.db
            .messages(user, id, before, 2)
            .await
            .unwrap()
            .iter()
            .map(|message| message.seq)
            .collect()
    };

    assert_eq!(seqs(None).await, [4, 5]);
    assert_eq!(seqs(Some(4)).await, [2, 3]);
    assert_eq!(seqs(Some(2)).await, [1]);
}

async fn a_deleted_conversation_takes_its_messages_with_it(lab: &Lab) {
    let user = lab.someone().await.user;
    let id = lab.db.create(user, "chat", lab.now()).await.unwrap().id;
    say(lab, user, id, "m", "hello").await;

    assert!(lab.db.delete(user, id).await.unwrap());
    let answer = lab
        .db
        .finish_turn(user, id, "m", "too late", &Outcome::default(), lab.now())
        .await
        .unwrap();

    assert_eq!((answer.seq, answer.text.as_str()), (0, "too late"));
    assert!(!lab.db.delete(user, id).await.unwrap());
    assert_eq!(lab.db.messages(user, id, None, 10).await.unwrap(), []);
    assert_eq!(lab.db.conversation(user, id).await.unwrap(), None);
}

async fn say(
    lab: &Lab,
    user: UserId,
    id: ConversationId,
    message_id: &str,
    text: &str,
) -> TurnStart {
    lab.db.begin_turn(user, id, message_id, text, lab.now()).await.unwrap()
}
