//! Quick-add against random inputs. The long version is `cargo run --release -p todo-core --example quick_add_fuzz`.

mod promises;
mod sentences;

use jiff::{Zoned, civil::Weekday};
use sentences::Sentences;
use todo_core::quick_add::Context;

#[test]
fn no_input_is_too_odd() {
    let now: Zoned = "2026-11-20T10:15[Asia/Karachi]".parse().unwrap();
    let context =
        Context { now: &now, zone: "Asia/Karachi", week_start: Weekday::Monday, literal: &[] };
    let mut sentences = Sentences::seeded(1);

    for _ in 0..8_000 {
        let text = sentences.next();
        promises::task(&text, &context);
        promises::everything_else(&text, &context);
    }
    for _ in 0..40 {
        promises::task(&sentences.endless(4_000), &context);
    }
    assert!(sentences.words().contains(&"fortnight"));
}
