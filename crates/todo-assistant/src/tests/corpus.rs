//! Corpora of sentences with what should come of them, in the format of `e2e/eval/run_eval.py`.

use std::{collections::BTreeMap, fmt::Write as _};

use jiff::Zoned;
use serde_json::Value;
use todo_core::{
    Task,
    tasks::{Command, Draft, DueInput, NewTask, RepeatInput},
};

use super::{judge, world::World};

/// The public sample, which must pass whole.
pub(super) const SAMPLE: &str = include_str!("corpus/sample.jsonl");

/// Our own sentences, of all families.
pub(super) const OWN: &str = include_str!("corpus/own.jsonl");

pub(super) async fn seed(world: &World, wanted: &Value, now: &Zoned) {
    let mut draft = Draft::titled(wanted["title"].as_str().unwrap()).unwrap();
    draft.priority =
        todo_core::task::Priority::parse(wanted["priority"].as_str().unwrap_or("none")).unwrap();
    let tags = wanted["tags"].as_array().cloned().unwrap_or_default();
    draft.tags = todo_core::task::tags(tags.iter().map(|tag| tag.as_str().unwrap())).unwrap();
    if let Some(text) = wanted["description"].as_str() {
        draft.description = todo_core::task::Description::parse(text).unwrap();
    }
    if !wanted["due"].is_null() {
        let (date, time) = judge::moments(&wanted["due"], now).into_iter().min().unwrap();
        draft.due = Some(DueInput::Parts { date: date.unwrap().to_string(), time, timezone: None });
    }
    draft.repeat = wanted["repeat"].as_str().map(|rule| RepeatInput(rule.to_owned()));
    let command = Command::Add(vec![NewTask::Draft(Box::new(draft))]);
    let receipt = world.tasks.execute(&world.caller, command, None).await.unwrap();
    if wanted["completed"] == true {
        world.complete(receipt.single().unwrap().number.0).await;
    }
}

/// What is wrong with a case, after the conversation that shows it.
async fn run(case: &Value) -> Result<(), (String, bool)> {
    let now: Zoned =
        format!("2026-11-18T10:20:00[{}]", case["tz"].as_str().unwrap()).parse().unwrap();
    let world = World::at(&now.to_string());
    for task in case["tasks"].as_array().unwrap() {
        seed(&world, task, &now).await;
    }
    let seeds: Vec<Task> = world.all();
    let mut talk = String::new();
    let turns = case["turns"].as_array().unwrap();
    for (at, said) in turns.iter().enumerate() {
        let said = said.as_str().unwrap();
        let refused = !case["expect"]["status_any"].is_null();
        let reply = match refused {
            true => String::new(),
            false => world.say(said).await.response,
        };
        write!(talk, "\n    > {said}\n    {}", reply.replace('\n', "\n    ")).unwrap();
        let expect = if at + 1 < turns.len() {
            &case["expect"]["after"][(at + 1).to_string()]
        } else {
            &case["expect"]
        };
        if !expect.is_null() {
            judge::judge(expect, &seeds, &world.all(), &reply, &now)
                .map_err(|(why, wrote)| (format!("{why}{talk}"), wrote))?;
        }
    }
    Ok(())
}

/// Runs a corpus: how many were understood, and the report of the others.
async fn score(corpus: &str) -> (usize, usize, usize, String) {
    let (mut good, mut wrong, mut report) = (0, 0, String::new());
    let mut kinds: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    let cases: Vec<Value> = corpus
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    for case in &cases {
        let kind = case["id"].as_str().unwrap().split('-').next().unwrap().to_owned();
        let entry = kinds.entry(kind).or_default();
        entry.1 += 1;
        match run(case).await {
            Ok(()) => {
                good += 1;
                entry.0 += 1;
            }
            Err((why, wrote)) => {
                wrong += usize::from(wrote);
                writeln!(
                    report,
                    "{}{}: {why}",
                    if wrote { "WRITE " } else { "" },
                    case["id"].as_str().unwrap()
                )
                .unwrap();
            }
        }
    }
    writeln!(report, "{kinds:?}").unwrap();
    (good, cases.len(), wrong, report)
}

#[tokio::test]
async fn the_sample_is_understood_completely() {
    let (good, all, wrong, report) = score(SAMPLE).await;

    assert!(
        good == all && wrong == 0,
        "{report}\n{good} of {all} understood, {wrong} wrong writes"
    );
}

#[tokio::test]
async fn our_own_sentences_are_understood() {
    let (good, all, wrong, report) = score(OWN).await;

    assert!(
        good == all && wrong == 0,
        "{report}\n{good} of {all} understood, {wrong} wrong writes"
    );
}

/// The corpora that `cargo xtask eval` runs, each with the share that must be understood.
pub(super) fn public(name: &str) -> String {
    let path = format!("{}/../../e2e/eval/{name}.jsonl", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[tokio::test]
async fn the_public_corpora_are_understood_and_nothing_is_written_that_was_not_meant() {
    let mut failed = String::new();
    for name in ["corpus-single", "corpus-turns", "corpus-people"] {
        let (good, all, wrong, report) = score(&public(name)).await;

        println!("{report}\n{name}: {good} of {all} understood, {wrong} wrong writes");
        if good * 100 < all * 95 || wrong > 0 {
            writeln!(failed, "{report}\n{name}: {good} of {all} understood, {wrong} wrong writes")
                .unwrap();
        }
    }

    assert!(failed.is_empty(), "{failed}");
}
