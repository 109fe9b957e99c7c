//! The field that understands a line like "pay rent every month on the 1st !high #home".

use maud::{Markup, html};

use super::frame::{Draft, Frame};
use crate::icons::{Icon, icon};

/// The longest line: a title, a note, and room for everything that is read out of it.
const LONGEST: usize = 1500;

pub(crate) fn quick_add(frame: &Frame) -> Markup {
    let (text, error) = match &frame.draft {
        Draft::Task { text, error } => (text.as_str(), Some(error.as_str())),
        _ => ("", None),
    };
    html! {
        form.quick method="post" action="/tasks" data-parse="/api/me/tasks/parse" {
            input type="hidden" name="key" value=(frame.key);
            input type="hidden" name="literal";
            div.quick__row {
                span.quick__plus { (icon(Icon::Plus)) }
                div.quick__field {
                    input #add name="text" aria-label="Add a task" placeholder="Add a task" value=(text)
                        maxlength=(LONGEST) autocomplete="off" enterkeyhint="done" aria-describedby="add-parse"
                        aria-keyshortcuts="a" aria-invalid=[error.map(|_| "true")] autofocus[error.is_some()];
                }
                button.btn.btn--soft.quick__go type="submit" { "Add" }
            }
            div.quick__parse #add-parse aria-live="polite" {
                @if let Some(error) = error {
                    p.field__error { (icon(Icon::Warn)) (error) }
                } @else {
                    p.hint.quick__hint {
                        // The line stays one line: what is marked goes where there is no room for it.
                        span.quick__lead { "Plain words work: " }
                        span.said { "pay rent " span.quick__more { "every month " } "on the 1st !high #home" }
                    }
                }
            }
        }
    }
}
