//! The parser on very many inputs: it never panics, and it is never slow.
//!
//! The short run is part of every test run. The long one takes the number of inputs from `FUZZ_INPUTS` (ten million
//! otherwise) and is meant to be optimised: `cargo test --release -p todo-assistant -- --ignored fuzz`.

use std::time::{Duration, Instant};

use jiff::{Zoned, civil::Weekday};
use todo_core::quick_add;

use crate::builtin::{
    intents::{self, Scene},
    sets, target, text,
    text::Clause,
};

/// Words and signs of which inputs are made, so that many of them come close to sentences.
const PIECES: &str = "add delete complete move rename mark remind me to the my a task tasks 3 #2 all everything except but not milk \
                      buy call mom tomorrow every monday at 5pm and then also so , . ? ! : ; \" ' “ ” ( ) - // # !high what when how many is due \
                      yes no it them that those both list shopping undo high priority tag #home first last never mind until for on by in 2 days \
                      week i've i'm done with finished paid put onto take off urgent note keep instead make actually sorry wait 12/5 31st noon \
                      ü 😀 e\u{301} \u{202e} \u{0} \t \n … 1-3 99999999999999999999 if it isn't there every! 🦀🦀 ＡＤＤ ﬁ";

/// A small generator of numbers, the same for every run: what it finds can be found again.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most as u64) as usize
    }
}

fn input(dice: &mut Dice, pieces: &[&str], longest: usize) -> String {
    let mut said = String::new();
    let words = 1 + dice.below(14);
    for _ in 0..words {
        match dice.below(12) {
            0 => said.push(char::from_u32(dice.below(0x11_0000) as u32).unwrap_or('x')),
            1 => said.push(char::from(32 + dice.below(95) as u8)),
            _ => said.push_str(pieces[dice.below(pieces.len())]),
        }
        if dice.below(8) > 0 {
            said.push(' ');
        }
    }
    // Now and then something is said again and again, up to the longest message.
    if dice.below(50) == 0 {
        said = said.chars().cycle().take(longest).collect();
    }
    said
}

/// Everything that reads words without looking at tasks.
fn read_all(said: &str, context: &quick_add::Context<'_>) {
    let tokens = text::tokens(said);
    let whole = Clause::new(said, &tokens);
    for has_focus in [false, true] {
        let scene = Scene { context, has_focus };
        let stripped = intents::strip(&whole).clause;
        if intents::read(&stripped, &scene).is_none() {
            intents::read_bare(&stripped, &scene);
        }
    }
    target::read(&whole, context);
    sets::read(&whole, context);
}

/// Reads so many inputs; the slowest one and how long it took.
fn fuzz(inputs: usize, longest: usize, seed: u64) -> (Duration, String) {
    let now: Zoned = "2026-11-18T10:20:00[Europe/Berlin]".parse().unwrap();
    let context = quick_add::Context {
        now: &now,
        zone: "Europe/Berlin",
        week_start: Weekday::Monday,
        literal: &[],
    };
    let pieces: Vec<&str> = PIECES.split(' ').collect();
    let mut dice = Dice(seed);
    let mut slowest = (Duration::ZERO, String::new());
    for _ in 0..inputs {
        let said = input(&mut dice, &pieces, longest);
        let began = Instant::now();
        read_all(&said, &context);
        let took = began.elapsed();
        if took > slowest.0 {
            slowest = (took, said);
        }
    }
    slowest
}

#[test]
fn the_parser_reads_whatever_is_said() {
    let (took, said) = fuzz(2_000, 600, 0x5eed);

    // Unoptimised and beside other tests; the long run has the true bound.
    assert!(
        took < Duration::from_secs(2),
        "{took:?}: {}",
        said.chars().take(200).collect::<String>()
    );
}

#[test]
#[ignore = "ten million inputs, for an optimised build"]
fn the_parser_fuzzed_for_long_is_never_slow() {
    let inputs = std::env::var("FUZZ_INPUTS").ok().and_then(|n| n.parse().ok());
    let (took, said) = fuzz(inputs.unwrap_or(10_000_000), 4_000, 0xf0_0d);

    println!("the slowest took {took:?}: {}", said.chars().take(200).collect::<String>());
    assert!(took < Duration::from_millis(5), "{took:?}");
}
