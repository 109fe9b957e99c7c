//! What a turn says on its own, without a thinker.

pub(super) const STAYS: &str = "What has a receipt above stays done.";
pub(super) const STOPPED: &str = "Stopped.";
pub(super) const STOPPED_WITH_RECEIPTS: &str = "Stopped. What has a receipt above was done.";
pub(super) const UNREACHABLE: &str = "The task service does not answer right now. Your message is kept and nothing changed. Try again in a moment.";
pub(super) const UNREACHABLE_LATER: &str =
    "The task service stopped answering. What has a receipt above was done, the rest was not.";
pub(super) const UNSURE: &str = "The connection to the task service broke off in the middle of a step, so that step may or may not have been \
                                 done. Look at the list before you ask for it again.";
pub(super) const BROKEN: &str =
    "Something broke on our side. What has a receipt above was done, the rest was not.";
pub(super) const MODEL_SILENT: &str = "The language model did not answer. Your message is kept.";
pub(super) const CANCELLED: &str = "Cancelled. Nothing changed.";
pub(super) const NO_PLAN: &str = "There is nothing left to confirm, and nothing changed.";
pub(super) const CONFIRMED_BEFORE: &str = "That was confirmed before, so nothing changed now.";
pub(super) const CANCELLED_BEFORE: &str = "That was cancelled before, so nothing changed.";

/// The five minutes of a plan are over.
pub(super) fn expired(title: &str) -> String {
    format!(
        "“{title}” waited for five minutes and has expired. Nothing changed; ask again if you still want it."
    )
}

/// The tools refused to carry out a plan.
pub(super) fn refused(message: &str) -> String {
    format!(
        "Nothing changed: {}. Ask again, and the plan is made anew.",
        message.trim_end_matches('.')
    )
}
