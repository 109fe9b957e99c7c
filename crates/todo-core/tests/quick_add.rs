//! What quick-add understands, as tables: `input | title | due | the rest`. Lines with `#` are headings; `@` sets
//! the moment at which the lines after it are typed.

use std::slice;

use jiff::{Zoned, civil::Weekday};
use proptest::prelude::*;
use todo_core::quick_add::{self, Context, Parsed, When};

const TABLES: &[(&str, &str)] = &[
    ("dates", include_str!("quick_add/dates.txt")),
    ("times", include_str!("quick_add/times.txt")),
    ("repeats", include_str!("quick_add/repeats.txt")),
    ("marks", include_str!("quick_add/marks.txt")),
    ("titles", include_str!("quick_add/titles.txt")),
];

#[test]
fn every_line_of_the_tables_is_understood_as_it_says() {
    let mut wrong = Vec::new();
    let mut lines = 0;
    for (name, table) in TABLES {
        let mut now: Zoned = "2026-11-20T10:15[Asia/Karachi]".parse().unwrap();
        for (number, line) in table.lines().enumerate() {
            if let Some(moment) = line.strip_prefix("@ ") {
                now = moment.parse().unwrap();
                continue;
            }
            if line.is_empty() || line.starts_with("# ") {
                continue;
            }
            lines += 1;
            let (input, expected) = line.split_once(" | ").expect("a line has columns");
            let understood = columns(&quick_add::parse(input.trim(), &context(&now)));
            let expected = expected.split('|').map(str::trim).collect::<Vec<_>>().join(" | ");
            if understood != expected {
                let number = number + 1;
                wrong.push(format!(
                    "{name}:{number}: {input}\n  expected   {expected}\n  understood {understood}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {lines} lines:\n{}", wrong.len(), wrong.join("\n"));
}

fn context(now: &Zoned) -> Context<'_> {
    let zone = now.time_zone().iana_name().expect("tables name zones");
    Context { now, zone, week_start: Weekday::Monday, literal: &[] }
}

/// The columns of a table: what is absent at the end is left out.
fn columns(parsed: &Parsed) -> String {
    let due = parsed.due.as_ref().map_or("-".to_owned(), |due| match &due.time {
        Some((time, _)) => format!("{} {}", due.date, time.strftime("%H:%M")),
        None => due.date.to_string(),
    });
    let mut rest: Vec<String> = parsed.repeat.iter().map(ToString::to_string).collect();
    if parsed.priority != todo_core::task::Priority::None {
        rest.push(format!("!{}", parsed.priority));
    }
    rest.extend(parsed.tags.iter().map(|tag| format!("#{tag}")));
    rest.extend(parsed.reminders.iter().map(|reminder| format!("-{}m", reminder.minutes_before)));
    rest.extend(parsed.description.iter().map(|description| format!("// {description}")));
    let mut columns = vec![parsed.title.clone(), due, rest.join(" ")];
    while columns.last().is_some_and(String::is_empty) {
        columns.pop();
    }
    columns.join(" | ")
}

#[test]
fn a_text_that_only_says_when_is_read_as_that() {
    let now = friday();
    let cases = [
        ("next tuesday", "2026-11-24"),
        ("friday 5pm", "2026-11-20 17:00"),
        ("in 2 weeks", "2026-12-04"),
        ("to friday", "2026-11-27"),
        ("until friday, please", "2026-11-27"),
        ("tom", "2026-11-21"),
        ("sat", "2026-11-21"),
        ("5pm", "2026-11-20 17:00 (time)"),
        ("at 9", "2026-11-21 09:00 (time)"),
        ("14/3", "2027-03-14"),
        ("14.3.", "2027-03-14"),
        ("the 27th", "2026-11-27"),
        ("tonight", "2026-11-20"),
        ("every monday at 10:00", "2026-11-23 10:00 FREQ=WEEKLY;BYDAY=MO"),
        ("Every day at 09:30 and 17:30", "2026-11-20 17:30 FREQ=DAILY;BYHOUR=9,17;BYMINUTE=30"),
        ("Weekly", "2026-11-20 FREQ=WEEKLY"),
        ("3 days after it is done", "2026-11-20 FREQ=DAILY;INTERVAL=3;X-FROM=COMPLETION"),
        ("no date", "none"),
        ("no due date", "none"),
        ("without a deadline", "none"),
        ("someday", "none"),
        ("never", "none"),
        ("", "?"),
        ("friday party", "?"),
        ("no friday", "?"),
        ("buy milk", "?"),
        ("high", "?"),
        ("p1", "?"),
        ("3", "?"),
        (", .", "?"),
    ];
    for (text, expected) in cases {
        let when = quick_add::parse_when(text, &context(&now));
        assert_eq!(said(when.as_ref()), expected, "{text:?}");
    }
}

#[test]
fn the_words_about_time_are_found_in_a_sentence() {
    let now = friday();
    let cases = [
        ("move book dentist to next tuesday", "to next tuesday", "2026-11-24"),
        ("actually make that tomorrow at 5pm please", "tomorrow at 5pm", "2026-11-21 17:00"),
        ("can we do it friday, 3pm?", "friday, 3pm", "2026-11-20 15:00"),
        (
            "make it repeat every 2 weeks from now on",
            "every 2 weeks",
            "2026-11-20 FREQ=WEEKLY;INTERVAL=2",
        ),
        ("push task 3 by 2 days", "", "?"),
        ("what is the sun doing", "", "?"),
    ];
    for (text, words, expected) in cases {
        let found = quick_add::find_when(text, &context(&now));
        assert_eq!(said(found.as_ref().map(|(_, when)| when)), expected, "{text:?}");
        assert_eq!(found.map_or("", |(range, _)| &text[range]), words, "{text:?}");
    }
}

#[test]
fn questions_are_about_spans_of_days() {
    let now = friday();
    let cases = [
        ("today", "2026-11-20 2026-11-20"),
        ("tomorrow?", "2026-11-21 2026-11-21"),
        ("yesterday", "2026-11-19 2026-11-19"),
        ("this week", "2026-11-16 2026-11-22"),
        ("next week", "2026-11-23 2026-11-29"),
        ("last week", "2026-11-09 2026-11-15"),
        ("this weekend", "2026-11-21 2026-11-22"),
        ("next weekend", "2026-11-28 2026-11-29"),
        ("the next 3 days", "2026-11-20 2026-11-23"),
        ("next 2 weeks", "2026-11-20 2026-12-04"),
        ("the last 7 days", "2026-11-13 2026-11-20"),
        ("this month", "2026-11-01 2026-11-30"),
        ("next month", "2026-12-01 2026-12-31"),
        ("last month", "2026-10-01 2026-10-31"),
        ("this quarter", "2026-10-01 2026-12-31"),
        ("next year", "2027-01-01 2027-12-31"),
        ("the rest of the week", "2026-11-20 2026-11-22"),
        ("coming week", "2026-11-23 2026-11-29"),
        ("november", "2026-11-01 2026-11-30"),
        ("in january", "2027-01-01 2027-01-31"),
        ("march 2031", "2031-03-01 2031-03-31"),
        ("friday", "2026-11-20 2026-11-20"),
        ("on monday", "2026-11-23 2026-11-23"),
        ("last friday", "2026-11-13 2026-11-13"),
        ("from monday to wednesday", "2026-11-23 2026-11-25"),
        ("between 1 december and 5 december", "2026-12-01 2026-12-05"),
        ("2026-12-01..2026-12-05", "2026-12-01 2026-12-05"),
        ("14 march", "2027-03-14 2027-03-14"),
        ("work", "?"),
        ("", "?"),
        ("monday to", "?"),
    ];
    for (text, expected) in cases {
        let span = quick_add::parse_range(text, &context(&now));
        assert_eq!(
            span.map_or("?".to_owned(), |(first, last)| format!("{first} {last}")),
            expected,
            "{text:?}"
        );
    }
}

#[test]
fn a_week_begins_when_its_owner_says() {
    let now = friday();
    let sunday = Context { week_start: Weekday::Sunday, ..context(&now) };

    let week = quick_add::parse_range("this week", &sunday).unwrap();

    assert_eq!(week.0.to_string(), "2026-11-15");
    assert_eq!(columns(&quick_add::parse("plan next week", &sunday)), "plan | 2026-11-23");
}

#[test]
fn every_line_is_a_task_of_its_own() {
    let now = friday();
    let text = "- buy milk tomorrow\n\n  * call bob #work\r\n1. [ ] pay rent\n2026 goals";

    let tasks = quick_add::parse_lines(text, &context(&now));

    let titles: Vec<_> = tasks.iter().map(|task| task.title.as_str()).collect();
    assert_eq!(titles, ["buy milk", "call bob", "pay rent", "2026 goals"]);
    let span = &tasks[1].spans[0];
    assert_eq!(&text[span.start..span.end], "#work");
}

#[test]
fn chips_say_what_was_understood() {
    let now = friday();
    let text = "pay rent every month on the 1st at 17:00 !high #home !30 min before";

    let parsed = quick_add::parse(text, &context(&now));

    let chips: Vec<_> = parsed
        .spans
        .iter()
        .map(|span| (&text[span.start..span.end], span.value.as_str()))
        .collect();
    assert_eq!(
        chips,
        [
            ("every month on the 1st", "Every month on the 1st"),
            ("at 17:00", "Tue 1 Dec, 17:00"),
            ("!high", "High"),
            ("#home", "home"),
            ("!30 min before", "30 minutes before"),
        ]
    );
}

#[test]
fn a_dismissed_chip_is_text_again() {
    let now = friday();
    let text = "monthly report friday at 5pm";
    let dismissed = 15..21;

    let parsed =
        quick_add::parse(text, &Context { literal: slice::from_ref(&dismissed), ..context(&now) });

    assert_eq!(columns(&parsed), "monthly report friday | 2026-11-20 17:00");
}

#[test]
fn four_thousand_characters_are_read_at_once() {
    let now = friday();
    for piece in [
        "every mon, tue, wed ",
        "at 5 ",
        "#a ",
        "\"a ",
        "(a",
        "!",
        "1h30 ",
        "on the ",
        "friday and ",
        "14/",
        "/",
        "“x” ",
        "http://a ",
        "in 3 ",
        "é",
        "👩‍👩‍👧 ",
        "1st and ",
        "from monday to ",
        "a@b ",
        ", ",
        "ma\u{301}",
        "12345678 ",
    ] {
        let text: String = piece.chars().cycle().take(4_000).collect();
        let start = std::time::Instant::now();
        let parsed = quick_add::parse(&text, &context(&now));
        let _ = quick_add::find_when(&text, &context(&now));
        // Unoptimized builds are about ten times slower than what people run.
        assert!(start.elapsed().as_millis() < 250, "{piece:?} took {:?}", start.elapsed());
        assert!(!parsed.title.is_empty());
    }
}

fn friday() -> Zoned {
    "2026-11-20T10:15[Asia/Karachi]".parse().expect("a moment")
}

fn said(when: Option<&When>) -> String {
    let Some(when) = when else { return "?".to_owned() };
    if when.clears {
        return "none".to_owned();
    }
    let parsed = Parsed { due: when.due.clone(), repeat: when.repeat.clone(), ..Parsed::default() };
    let columns = columns(&parsed).replace(" | ", " ");
    format!("{}{}", columns.trim(), if when.only_time { " (time)" } else { "" })
}

/// Words that mean something to quick-add, in any order, and anything else.
fn texts() -> impl Strategy<Value = String> {
    let words: Vec<&'static str> = "every other monday friday sat sun may march 14 14/3 2031-03-14 at 5 5pm 17:00 noon \
        midnight tonight tomorrow tom next this last week weekend month year day days hours in for until starting from \
        to and , . ! !! ( ) \" “ ” // #tag #42 p1 !high !30 min before the of on by due 1st 31st first third end mid \
        january morning evening daily weekly 3 times after it is done no date 9999 29 february a an half past quarter \
        https://x.y/#z bob@x.y buy milk مرحبا 牛乳 é 👩‍👩‍👧 - – / @ ' ’ ; : 99999999999"
        .split_whitespace()
        .collect();
    let sentence = prop::collection::vec(
        (prop::sample::select(words), prop::sample::select(vec![" ", " ", " ", "", "  ", "\n"])),
        0..24,
    )
    .prop_map(|parts| parts.into_iter().flat_map(|(word, gap)| [word, gap]).collect::<String>());
    prop_oneof![4 => sentence, 1 => "\\PC{0,80}", 1 => any::<String>()]
}

prop_compose! {
    fn moments()(seconds in -2_000_000_000_i64..200_000_000_000, name in prop::sample::select(vec![
        "UTC", "Asia/Karachi", "Europe/Berlin", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe", "Africa/Cairo",
    ])) -> Zoned {
        jiff::Timestamp::from_second(seconds).and_then(|at| at.in_tz(name)).expect("a moment in a known zone")
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: ProptestConfig::default().cases.max(2000),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn every_text_is_a_task(text in texts(), now in moments(), literal in prop::collection::vec((0_usize..60, 0_usize..60), 0..3)) {
        let literal: Vec<_> = literal.into_iter().map(|(start, end)| start..end).collect();
        let context = Context { literal: &literal, ..context(&now) };

        let parsed = quick_add::parse(&text, &context);

        prop_assert_eq!(parsed.title.is_empty(), text.trim().is_empty(), "{:?}", parsed);
        prop_assert_eq!(parsed.title.split_whitespace().collect::<Vec<_>>().join(" "), parsed.title.clone());
        let mut end = 0;
        for span in &parsed.spans {
            prop_assert!(span.start >= end && span.start < span.end, "{:?}", parsed.spans);
            prop_assert!(text.get(span.start..span.end).is_some());
            prop_assert!(!span.value.is_empty());
            end = span.end;
        }
        if let (Some(due), Some(repeat)) = (&parsed.due, &parsed.repeat) {
            repeat.upcoming(due, 3);
        }
        prop_assert!(parsed.repeat.is_none() || parsed.due.is_some());
        quick_add::parse_when(&text, &context);
        quick_add::parse_range(&text, &context);
        quick_add::parse_lines(&text, &context);
        if let Some((range, _)) = quick_add::find_when(&text, &context) {
            prop_assert!(text.get(range).is_some());
        }
    }

    #[test]
    fn what_was_dismissed_stays_in_the_title(text in texts(), now in moments(), which in any::<prop::sample::Index>()) {
        let parsed = quick_add::parse(&text, &context(&now));
        if parsed.spans.is_empty() {
            return Ok(());
        }
        let span = which.get(&parsed.spans);
        let dismissed = span.start..span.end;

        let again = quick_add::parse(&text, &Context { literal: slice::from_ref(&dismissed), ..context(&now) });

        let words = text[span.start..span.end].split_whitespace().collect::<Vec<_>>().join(" ");
        prop_assert!(again.title.contains(&words), "{:?} not in {:?}", words, again.title);
        prop_assert!(again.spans.iter().all(|other| other.end <= span.start || other.start >= span.end));
    }

    #[test]
    fn a_title_has_no_words_that_were_not_typed(text in texts(), now in moments()) {
        let parsed = quick_add::parse(&text, &context(&now));
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();

        prop_assert!(letters(&parsed.title) <= letters(&text));
        prop_assert!(parsed.title.split(|c: char| !c.is_alphanumeric()).all(|word| text.contains(word)));
    }
}
