//! Users, sessions, signing keys and failures.

use futures::future::join_all;
use jiff::{SignedDuration, Timestamp};
use todo_core::{
    UserId,
    accounts::{AccountStore, EmailTaken, Session, SigningKey},
    settings::Settings,
    tasks::TaskStore,
};

use crate::lab::{Lab, new_user};

stories!(
    somebody_who_signed_up_is_found,
    an_address_is_given_away_once,
    a_profile_and_a_password_can_be_changed,
    settings_are_read_as_they_were_saved,
    a_deleted_user_leaves_nothing,
    sessions_begin_live_longer_and_end,
    of_many_new_signing_keys_at_once_one_is_added,
    a_retired_key_is_listed_until_its_end,
    failures_are_counted_until_they_are_forgotten,
);

async fn somebody_who_signed_up_is_found(lab: &Lab) {
    let user = lab.sign_up().await;

    let expected = Some((user.clone(), "hash".to_owned()));
    assert_eq!(lab.db.by_email(&user.email).await.unwrap(), expected);
    assert_eq!(lab.db.by_id(user.id).await.unwrap(), expected);
    assert!(lab.db.users(9).await.unwrap().contains(&user));
    assert_eq!(lab.db.by_email("nobody@example.test").await.unwrap(), None);
    assert_eq!(lab.db.owner(user.id).await.unwrap().unwrap().next_number.0, 1);
}

async fn an_address_is_given_away_once(lab: &Lab) {
    let user = new_user(lab.now());

    let outcomes = join_all((0..10).map(|n| {
        let (db, user) = (
            lab.db.clone(),
            todo_core::accounts::User { id: UserId(user.id.0 * 1000 + n), ..user.clone() },
        );
        async move { db.sign_up(&user, "hash", &Settings::default()).await.unwrap() }
    }))
    .await;

    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    assert_eq!(outcomes.iter().filter(|outcome| **outcome == Err(EmailTaken)).count(), 9);
}

async fn a_profile_and_a_password_can_be_changed(lab: &Lab) {
    let mut user = lab.sign_up().await;
    lab.clock.advance(SignedDuration::from_secs(9));
    user.name = "Another".into();
    user.image = Some("https://example.test/me.png".into());
    user.updated_at = lab.now();

    lab.db.update(&user).await.unwrap();
    lab.db.set_password(user.id, "new hash", lab.now()).await.unwrap();

    assert_eq!(lab.db.by_id(user.id).await.unwrap(), Some((user, "new hash".into())));
}

async fn settings_are_read_as_they_were_saved(lab: &Lab) {
    let me = lab.someone().await;
    let settings =
        Settings { timezone: "Asia/Karachi".into(), locale: "ur".into(), ..Settings::default() };

    lab.db.save_settings(me.user, &settings).await.unwrap();
    lab.add(&me, &["a"]).await;

    assert_eq!(lab.owner(&me).await.settings, settings);
}

async fn a_deleted_user_leaves_nothing(lab: &Lab) {
    let user = lab.sign_up().await;
    let caller = todo_core::Caller::person(user.id);
    lab.add(&caller, &["a"]).await;
    lab.db.insert_session(&session(&user, 1, lab.now())).await.unwrap();

    lab.db.delete_user(user.id).await.unwrap();

    assert_eq!(lab.db.by_email(&user.email).await.unwrap(), None);
    assert_eq!(lab.db.owner(user.id).await.unwrap(), None);
    assert_eq!(lab.db.task(user.id, todo_core::TaskNumber(1)).await.unwrap(), None);
    assert_eq!(lab.db.session(&[1; 32]).await.unwrap(), None);
    lab.tasks().execute(&caller, crate::lab::add(&["b"]), None).await.unwrap_err();
    lab.db.sign_up(&user, "hash", &Settings::default()).await.unwrap().unwrap();
    lab.add(&caller, &["c"]).await;
}

async fn sessions_begin_live_longer_and_end(lab: &Lab) {
    let (user, other) = (lab.sign_up().await, lab.sign_up().await);
    for n in 1..=3 {
        lab.db.insert_session(&session(&user, n, lab.now())).await.unwrap();
        lab.clock.advance(SignedDuration::from_secs(1));
    }
    let ids = async || -> Vec<String> {
        lab.db
            .sessions(user.id, lab.now())
            .await
            .unwrap()
            .into_iter()
            .map(|session| session.id)
            .collect()
    };
    let (found, owner) = lab.db.session(&[2; 32]).await.unwrap().unwrap();
    assert_eq!((found.id.as_str(), found.remember, &owner), ("session 2", true, &user));
    assert_eq!(ids().await, ["session 3", "session 2", "session 1"]);

    let later = lab.now() + SignedDuration::from_hours(100);
    lab.db.prolong(&[2; 32], lab.now(), later).await.unwrap();
    assert_eq!(lab.db.session(&[2; 32]).await.unwrap().unwrap().0.expires_at, later);
    assert!(!lab.db.end_session(other.id, &[1; 32]).await.unwrap());
    assert!(lab.db.end_session(user.id, &[1; 32]).await.unwrap());
    lab.db.end_sessions(user.id, Some(&[2; 32])).await.unwrap();
    assert_eq!(ids().await, ["session 2"]);
    lab.db.end_sessions(user.id, None).await.unwrap();
    assert_eq!(ids().await, Vec::<String>::new());
}

async fn of_many_new_signing_keys_at_once_one_is_added(lab: &Lab) {
    for newest in [None, Some("first")] {
        let name = newest.map_or("first".to_owned(), |first| format!("after {first}"));
        lab.clock.advance(SignedDuration::from_secs(1));
        let outcomes = join_all((0..8).map(|n| {
            let kid = if n == 0 { name.clone() } else { format!("{name} {n}") };
            let (db, key, retire) =
                (lab.db.clone(), key(&kid, lab.now()), lab.now() + SignedDuration::from_hours(1));
            async move { db.add_signing_key(&key, newest, retire).await.unwrap() }
        }))
        .await;

        assert_eq!(outcomes.iter().filter(|added| **added).count(), 1);
        let keys = lab.db.signing_keys(lab.now()).await.unwrap();
        assert_eq!(keys.len(), 1 + usize::from(newest.is_some()));
        // The rest of the story needs to know the winner by name.
        lab.sabotage(&format!(
            "UPDATE signing_keys SET kid = '{name}' WHERE kid = '{}'",
            keys[0].kid
        ))
        .await;
    }
}

async fn a_retired_key_is_listed_until_its_end(lab: &Lab) {
    let end = lab.now() + SignedDuration::from_hours(1);
    let old = key("old", lab.now());
    lab.db.add_signing_key(&old, None, lab.now()).await.unwrap();
    lab.clock.advance(SignedDuration::from_secs(1));
    let new = key("new", lab.now());
    lab.db.add_signing_key(&new, Some("old"), end).await.unwrap();

    let both = lab.db.signing_keys(lab.now()).await.unwrap();
    lab.clock.advance(SignedDuration::from_hours(1));
    let one = lab.db.signing_keys(lab.now()).await.unwrap();

    assert!(both == [new.clone(), SigningKey { retired_at: Some(end), ..old }]);
    assert!(one == [new]);
}

async fn failures_are_counted_until_they_are_forgotten(lab: &Lab) {
    let until = |lab: &Lab| lab.now() + SignedDuration::from_mins(10);
    assert_eq!(lab.db.failures("ana", lab.now()).await.unwrap(), None);
    join_all((0..5).map(|_| lab.db.count_failure("ana", lab.now(), until(lab)))).await;

    assert_eq!(lab.db.failures("ana", lab.now()).await.unwrap(), Some((5, until(lab))));
    lab.clock.advance(SignedDuration::from_mins(10));
    assert_eq!(lab.db.failures("ana", lab.now()).await.unwrap(), None);
    assert_eq!(lab.db.count_failure("ana", lab.now(), until(lab)).await.unwrap(), 1);
    lab.db.forget_failures("ana").await.unwrap();
    assert_eq!(lab.db.failures("ana", lab.now()).await.unwrap(), None);
}

pub(crate) fn session(user: &todo_core::accounts::User, n: u8, now: Timestamp) -> Session {
    Session {
        id: format!("session {n}"),
        user: user.id,
        token_hash: [n; 32],
        created_at: now,
        updated_at: now,
        expires_at: now + SignedDuration::from_hours(24),
        remember: n.is_multiple_of(2),
        ip_address: "203.0.113.9".into(),
        user_agent: "a browser".into(),
    }
}

fn key(kid: &str, now: Timestamp) -> SigningKey {
    SigningKey {
        kid: kid.into(),
        public: vec![1; 32],
        private_sealed: vec![0, 255, 7],
        created_at: now,
        active_from: now,
        retired_at: None,
    }
}
