//! Runs quick-add against millions of random inputs and prints the slowest.
//!
//! `cargo run --release -p todo-core --example quick_add_fuzz -- [INPUTS] [SEED]`: any panic ends it with the text that
//! caused it; an input of 4,000 characters that takes more than 5 ms, the best of five times, makes it fail.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "printing is what it is for")]

#[path = "../tests/quick_add_fuzz/promises.rs"]
mod promises;
#[path = "../tests/quick_add_fuzz/sentences.rs"]
mod sentences;

use std::{
    env,
    process::ExitCode,
    time::{Duration, Instant},
};

use jiff::{Timestamp, Zoned, civil::Weekday, tz};
use sentences::Sentences;
use todo_core::quick_add::{self, Context};

/// What nothing may take longer than.
const LIMIT: Duration = Duration::from_millis(5);

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1).map(|text| text.replace('_', "").parse::<u64>());
    let inputs = arguments.next().and_then(Result::ok).unwrap_or(10_000_000);
    let seed = arguments.next().and_then(Result::ok).unwrap_or(1);

    let started = Instant::now();
    let (short, worst_short) = short_inputs(inputs, seed);
    println!(
        "{inputs} short inputs in {:.0?}: {:.1} µs each, the slowest {:?} for {:?}",
        started.elapsed(),
        short.as_secs_f64() * 1e6 / inputs as f64,
        worst_short.0,
        worst_short.1
    );

    let worst = long_inputs(inputs / 50, seed);
    for (took, text) in &worst {
        println!(
            "{took:>10.1?} for 4000 characters of {:?}",
            text.chars().take(40).collect::<String>()
        );
    }
    if worst.iter().any(|(took, _)| *took > LIMIT) {
        eprintln!("slower than {LIMIT:?}");
        return ExitCode::FAILURE;
    }
    println!("no panic, and nothing slower than {LIMIT:?}");
    ExitCode::SUCCESS
}

/// Reads short inputs, each at another moment of another zone: the time of all, and the slowest of them.
fn short_inputs(inputs: u64, seed: u64) -> (Duration, (Duration, String)) {
    let zones: Vec<String> = tz::db().available().map(|name| name.to_string()).collect();
    let mut sentences = Sentences::seeded(seed);
    let (mut all, mut worst) = (Duration::ZERO, (Duration::ZERO, String::new()));
    let mut moment: (String, Zoned) =
        ("UTC".to_owned(), Timestamp::UNIX_EPOCH.to_zoned(tz::TimeZone::UTC));
    for number in 0..inputs {
        if number % 64 == 0 {
            let name = zones[sentences.random.below(zones.len())].clone();
            let second = sentences.random.below(8_000_000_000) as i64 - 2_000_000_000;
            let at = Timestamp::from_second(second).expect("between 1906 and 2160");
            moment = (name.clone(), at.in_tz(&name).expect("a zone of the database"));
        }
        let week_start = if number % 3 == 0 { Weekday::Sunday } else { Weekday::Monday };
        let context = Context { now: &moment.1, zone: &moment.0, week_start, literal: &[] };
        let text = sentences.next();
        let started = Instant::now();
        quick_add::parse(&text, &context);
        let took = started.elapsed();
        all += took;
        if took > worst.0 {
            worst = (best_of_five(&text, &context), text.clone()).max(worst);
        }
        promises::task(&text, &context);
        if number % 8 == 0 {
            promises::everything_else(&text, &context);
        }
    }
    (all, worst)
}

/// Reads inputs of 4,000 characters: the ten slowest.
fn long_inputs(inputs: u64, seed: u64) -> Vec<(Duration, String)> {
    let now: Zoned = "2026-11-20T10:15[Asia/Karachi]".parse().expect("a moment");
    let context =
        Context { now: &now, zone: "Asia/Karachi", week_start: Weekday::Monday, literal: &[] };
    let mut sentences = Sentences::seeded(seed ^ 0xffff);
    let mut texts: Vec<String> = Vec::new();
    for word in sentences.words().to_vec() {
        for gap in [" ", "", ", "] {
            texts.push(format!("{word}{gap}").chars().cycle().take(4_000).collect());
        }
    }
    let mut worst: Vec<(Duration, String)> = Vec::new();
    let mut left = inputs;
    loop {
        let text = match texts.pop() {
            Some(text) => text,
            None if left == 0 => break,
            None => {
                left -= 1;
                sentences.endless(4_000)
            }
        };
        let started = Instant::now();
        quick_add::parse(&text, &context);
        quick_add::find_when(&text, &context);
        let took = started.elapsed();
        if worst.len() < 10 || worst.last().is_some_and(|(least, _)| took > *least) {
            worst.push((best_of_five(&text, &context), text));
            worst.sort_by(|a, b| b.cmp(a));
            worst.truncate(10);
        }
    }
    // Once more, now that nothing else is measured: a busy machine makes any text slow once.
    for (took, text) in &mut worst {
        *took = (0..4).map(|_| best_of_five(text, &context)).min().expect("four times");
    }
    worst
}

/// The least of five times, which is that of the parser and not of what else the machine did.
fn best_of_five(text: &str, context: &Context<'_>) -> Duration {
    let time = || {
        let started = Instant::now();
        quick_add::parse(text, context);
        started.elapsed()
    };
    (0..5).map(|_| time()).min().expect("five times")
}
