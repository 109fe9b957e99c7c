//! What holds for every input of quick-add, however odd.

use todo_core::quick_add::{self, Context, Parsed};

/// Reads a text as one task and checks what is promised of the answer.
pub(crate) fn task(text: &str, context: &Context<'_>) {
    let parsed = quick_add::parse(text, context);
    holds(text, &parsed);
    if let (Some(due), Some(repeat)) = (&parsed.due, &parsed.repeat) {
        let ends = ["COUNT=1", "UNTIL", "X-FROM"].iter().any(|end| repeat.as_str().contains(end));
        let next = repeat.next(due, context.now);
        assert!(ends || next.is_some_and(|(next, _)| next.date >= due.date), "{text:?}");
    }
}

/// Reads a text in every other way.
pub(crate) fn everything_else(text: &str, context: &Context<'_>) {
    for parsed in quick_add::parse_lines(text, context) {
        assert!(!parsed.title.is_empty(), "{text:?}");
        assert!(
            parsed.spans.iter().all(|span| text.get(span.start..span.end).is_some()),
            "{text:?}"
        );
    }
    quick_add::parse_when(text, context);
    quick_add::parse_range(text, context);
    if let Some((range, _)) = quick_add::find_when(text, context) {
        assert!(text.get(range).is_some(), "{text:?}");
    }
}

fn holds(text: &str, parsed: &Parsed) {
    assert_eq!(parsed.title.is_empty(), text.trim().is_empty(), "{text:?}");
    assert!(parsed.repeat.is_none() || parsed.due.is_some(), "{text:?}");
    let mut end = 0;
    for span in &parsed.spans {
        assert!(span.start >= end && span.start < span.end, "{text:?}: {:?}", parsed.spans);
        assert!(text.get(span.start..span.end).is_some(), "{text:?}: {:?}", parsed.spans);
        assert!(!span.value.is_empty(), "{text:?}: {:?}", parsed.spans);
        end = span.end;
    }
}
