//! The sentences that stand beside what a model says.

use super::{port::ModelError, work::Trouble};

/// Why the built-in assistant answers.
pub(super) fn fell_back(trouble: &Trouble) -> &'static str {
    match trouble {
        Trouble::Model(ModelError::Unreachable(_)) => {
            "The language model cannot be reached, so the built-in assistant answers."
        }
        Trouble::Model(ModelError::Slow) => {
            "The language model took too long, so the built-in assistant answers."
        }
        Trouble::Model(ModelError::RateLimited) => {
            "The language model takes no more requests for now, so the built-in assistant answers."
        }
        Trouble::Model(ModelError::Refused(_)) => {
            "The language model’s provider refused the request, so the built-in assistant answers."
        }
        Trouble::Model(ModelError::Failed(_)) => {
            "The language model’s provider has a problem, so the built-in assistant answers."
        }
        Trouble::Model(ModelError::BrokeOff) => {
            "The language model broke off, so the built-in assistant answers."
        }
        Trouble::Model(ModelError::Nonsense(_)) | Trouble::Empty => {
            "The language model gave no usable answer, so the built-in assistant answers."
        }
        Trouble::Malformed => {
            "The language model called a tool wrongly twice, so the built-in assistant answers."
        }
        Trouble::UnknownTool => {
            "The language model kept calling a tool that does not exist, so the built-in assistant answers."
        }
        Trouble::NeverEnds => {
            "The language model did not come to an end, so the built-in assistant answers."
        }
    }
}

/// The model failed after something was done.
pub(super) fn broken_off(trouble: &Trouble, done: &str) -> String {
    let what = match trouble {
        Trouble::Model(ModelError::Slow) => "took too long",
        Trouble::NeverEnds => "did not come to an end",
        Trouble::Malformed | Trouble::UnknownTool => "called its tools wrongly",
        _ => "stopped answering",
    };
    format!("The language model {what}. This was done, and nothing else: {done}")
}

/// A plan waits. People confirm, models don't.
pub(super) fn waits(title: &str) -> String {
    format!("{title} Nothing has changed yet.")
}

/// The model says that it did what it did not do.
pub(super) fn correction(done: &str) -> String {
    if done.is_empty() {
        "Correction: nothing has changed. What is said above was not done.".to_owned()
    } else {
        format!("Correction: only this was done. {done}")
    }
}

pub(super) const NOTHING_CHANGED: &str = "Nothing changed.";
pub(super) const HELD_BACK: &str =
    "A change was held back, because your own words do not ask for it. Nothing changed.";
pub(super) const HELD_BACK_BESIDES: &str =
    "A further change was held back, because your own words do not ask for it.";
pub(super) const CUT_OFF: &str = "The answer was longer than it may be and ends here.";

// What models are told.

pub(super) const MALFORMED: &str = "Nothing changed: the arguments are no JSON object that fits the schema. Call the tool once more, with arguments that do.";
pub(super) const LAST_STEP: &str =
    "That was the last tool. Answer the user now, without another one.";
pub(super) const SAY_SOMETHING: &str = "(The reply was empty. Answer the user.)";

/// There is no such tool.
pub(super) fn unknown_tool(name: &str, known: &[&str]) -> String {
    format!("Nothing changed: there is no tool {name}. There are {}.", known.join(", "))
}
