//! What must never happen, whatever is said.

use std::time::Instant;

use proptest::prelude::*;

use super::world::World;

/// Pieces that sentences are made of, so that random ones come close to real ones.
const PIECES: &[&str] = &[
    "add",
    "delete",
    "complete",
    "move",
    "rename",
    "mark",
    "as",
    "done",
    "to",
    "the",
    "my",
    "task",
    "3",
    "#2",
    "all",
    "everything",
    "except",
    "milk",
    "buy milk",
    "call mom",
    "tomorrow",
    "every monday",
    "at 5pm",
    "and",
    "then",
    ",",
    ".",
    "?",
    "\n",
    "\"",
    "'",
    "what",
    "when",
    "is",
    "due",
    "yes",
    "no",
    "it",
    "them",
    "list",
    "shopping list",
    "undo",
    "high priority",
    "tag",
    "#home",
    "first",
    "last",
    "not",
    "never mind",
    "//",
    "note:",
    "😀",
    "ü",
    "…",
    "é\u{301}",
    "\u{202e}",
    "1-3",
    "remind me",
    "of",
    "'s",
];

fn sentence() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(prop::sample::select(PIECES), 1..14);
    prop_oneof![pieces.prop_map(|pieces| pieces.join(" ")), "\\PC{1,60}", "[a-z '\",.#!?]{1,80}"]
}

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(future)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn nothing_said_breaks_the_assistant_and_what_it_did_not_understand_changes_nothing(
        said in prop::collection::vec(sentence(), 1..4),
    ) {
        run(async {
            let world = World::with(&["buy milk tomorrow #shopping", "call mom", "pay rent every month !high"]).await;
            for text in said.iter().filter(|text| !text.trim().is_empty() && !text.contains('\0')) {
                let before = world.all();
                let reply = world.say(text).await;
                prop_assert!(!reply.response.is_empty(), "{text:?}");
                prop_assert!(!reply.response.contains("broke on our side"), "{text:?}");
                let changed = before != world.all();
                let claims_nothing = reply.response.starts_with("I did not understand") && !reply.response.contains('\n');
                prop_assert!(!(changed && claims_nothing), "{text:?} changed something: {}", reply.response);
                let wrote = reply.tool_calls.iter().any(|call| call.change_id.is_some());
                // The other way round does not hold: what one sentence adds and takes back again changes nothing.
                prop_assert!(wrote || !changed, "{text:?}: {}", reply.response);
            }
            Ok(())
        })?;
    }
}

#[tokio::test]
async fn long_messages_are_read_in_time() {
    let world = World::with(&["buy milk", "call mom"]).await;
    let lines = [
        "a ",
        "add x and delete y and ",
        "move the to the to ",
        "every day and ",
        "mark as done ",
        "\"",
        "'a",
        ", ",
        "what is due ",
        "(",
        "1 ",
        "#a ",
        "is is is ",
    ];

    for piece in lines {
        let text: String = piece.chars().cycle().take(4000).collect();
        let began = Instant::now();
        world.say(&text).await;
        // Generous, because this runs unoptimised and beside other tests: it is there to catch what explodes.
        assert!(began.elapsed().as_millis() < 2000, "{piece:?} took {:?}", began.elapsed());
    }
}
