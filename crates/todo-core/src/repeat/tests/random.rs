//! What holds for every rule, in every zone of the bundled database.

use jiff::{Zoned, civil::date};
use proptest::prelude::*;

use super::{now, repeat};
use crate::{
    quick_add::{self, Context},
    repeat::Repeat,
    task::{Due, zone},
};

/// Rules as people make them.
fn rules() -> impl Strategy<Value = String> {
    let days =
        || proptest::sample::subsequence(vec!["MO", "TU", "WE", "TH", "FR", "SA", "SU"], 1..6);
    let nth = proptest::sample::select(vec!["1", "2", "3", "4", "5", "-1"]);
    let one = proptest::sample::select(vec!["MO", "TU", "WE", "TH", "FR", "SA", "SU"]);
    // A fifth monday of February comes every 28 years, and with an interval never.
    let four = proptest::sample::select(vec!["1", "2", "3", "4", "-1"]);
    let choice = prop_oneof![
        Just("DAILY".to_owned()),
        Just("WEEKLY".to_owned()),
        Just("MONTHLY".to_owned()),
        Just("YEARLY".to_owned()),
        days().prop_map(|days| format!("WEEKLY;BYDAY={}", days.join(","))),
        proptest::collection::btree_set(1..29, 1..4).prop_map(|days| {
            let days: Vec<_> = days.iter().map(ToString::to_string).collect();
            format!("MONTHLY;BYMONTHDAY={}", days.join(","))
        }),
        Just("MONTHLY;BYMONTHDAY=-1".to_owned()),
        (29..=31).prop_map(|day| {
            let days: Vec<_> = (28..=day).map(|day| day.to_string()).collect();
            format!("MONTHLY;BYMONTHDAY={};BYSETPOS=-1", days.join(","))
        }),
        (nth, one.clone()).prop_map(|(nth, day)| format!("MONTHLY;BYDAY={nth}{day}")),
        (1..=12, 1..=28)
            .prop_map(|(month, day)| format!("YEARLY;BYMONTH={month};BYMONTHDAY={day}")),
        (1..=12, four, one)
            .prop_map(|(month, nth, day)| format!("YEARLY;BYMONTH={month};BYDAY={nth}{day}")),
    ];
    let end = prop_oneof![
        3 => Just(String::new()),
        1 => (1..60).prop_map(|count| format!(";COUNT={count}")),
        1 => (2060..2090, 1..=12, 1..=28).prop_map(|(y, m, d)| format!(";UNTIL={y}{m:02}{d:02}")),
    ];
    (choice, 1..5, any::<bool>(), end).prop_map(|(choice, interval, completion, end)| {
        let interval = if interval > 1 { format!(";INTERVAL={interval}") } else { String::new() };
        let from = if completion { ";X-FROM=COMPLETION" } else { "" };
        format!("FREQ={choice}{interval}{end}{from}")
    })
}

/// Every zone of the bundled database.
fn zones() -> impl Strategy<Value = String> {
    let names: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
    assert!(names.len() > 500, "the database has {} zones", names.len());
    proptest::sample::select(names)
}

prop_compose! {
    fn moments()(seconds in 1_200_000_000_i64..4_000_000_000, name in zones()) -> Zoned {
        jiff::Timestamp::from_second(seconds).unwrap().to_zoned(zone(&name).unwrap())
    }
}

prop_compose! {
    fn dues()(days in -20_000_i32..20_000, minute in proptest::option::of(0_i32..1440), name in zones()) -> Due {
        let date = date(2026, 11, 20).checked_add(jiff::Span::new().days(days)).unwrap();
        match minute {
            Some(minute) => {
                let (hour, minute) = (i8::try_from(minute / 60).unwrap(), i8::try_from(minute % 60).unwrap());
                Due::at(date, jiff::civil::time(hour, minute, 0, 0), name)
            }
            None => Due::on(date),
        }
    }
}

proptest! {
    #[test]
    fn the_next_date_comes_after_today_and_keeps_its_time(rule in rules(), due in dues(), now in moments()) {
        let rule = repeat(&rule);
        let Some((next, left)) = rule.next(&due, &now) else {
            prop_assert!(rule.as_str().contains("COUNT=1") || rule.as_str().contains("UNTIL"));
            return Ok(());
        };
        let today = match &due.time {
            Some((_, name)) => now.with_time_zone(zone(name).unwrap()).date(),
            None => now.date(),
        };
        prop_assert!(next.date > today);
        prop_assert!(rule.as_str().contains("X-FROM") || next.date > due.date);
        prop_assert_eq!(&next.time, &due.time);
        prop_assert!(next.time.is_none() || next.instant().is_some());
        prop_assert!(left.is_some());
    }

    #[test]
    fn hours_move_on_too(interval in 1..100, due in dues(), now in moments()) {
        let rule = repeat(&format!("FREQ=HOURLY;INTERVAL={interval}"));

        let (next, _) = rule.next(&due, &now).unwrap();

        let (_, name) = next.time.as_ref().expect("hours give a time");
        let clock = now.with_time_zone(zone(name).unwrap()).datetime();
        prop_assert!(next.date.to_datetime(next.time.as_ref().unwrap().0) > clock.date().at(clock.hour(), clock.minute(), 0, 0));
    }

    #[test]
    fn a_count_is_used_up_by_as_many_completions(count in 1_u32..40, due in dues(), now in moments()) {
        let mut rule = repeat(&format!("FREQ=WEEKLY;COUNT={count}"));
        let mut due = due;
        let mut completions = 1;
        while let Some((next, left)) = rule.next(&due, &now) {
            (due, rule) = (next, left.unwrap());
            completions += 1;
        }
        prop_assert_eq!(completions, count);
    }

    #[test]
    fn what_comes_next_is_the_first_of_what_is_upcoming(rule in rules(), days in 1..10_000) {
        let due = Due::on(date(2026, 11, 20).checked_add(jiff::Span::new().days(days)).unwrap());
        let rule = repeat(&rule);
        if rule.as_str().contains("X-FROM") {
            return Ok(());
        }

        let upcoming = rule.upcoming(&due, 3);

        prop_assert!(upcoming.windows(2).all(|pair| pair[0] < pair[1]));
        prop_assert_eq!(rule.next(&due, &now()).map(|(next, _)| next.date), upcoming.first().copied());
    }

    #[test]
    fn a_rule_round_trips_through_its_text_and_its_description(rule in rules()) {
        let rule = repeat(&rule);
        prop_assert_eq!(&repeat(rule.as_str()), &rule);

        let now = now();
        let context =
            Context { now: &now, zone: "Asia/Karachi", week_start: jiff::civil::Weekday::Monday, literal: &[] };
        let words = rule.describe();
        let read = quick_add::parse_when(&words, &context).and_then(|when| when.repeat);
        prop_assert_eq!(read.as_ref(), Some(&rule), "{}", words);
    }

    #[test]
    fn no_text_is_too_odd_to_be_refused(text in "\\PC{0,60}", part in "(FREQ|BYDAY|UNTIL|BYSETPOS|;|=|,|MONTHLY|-1|MO|T|Z|2027){0,20}") {
        let _ = Repeat::parse(&text);
        if let Ok(rule) = Repeat::parse(&part) {
            prop_assert_eq!(&repeat(rule.as_str()), &rule);
        }
    }

    #[test]
    fn a_skipped_date_is_not_in_the_past_and_not_the_same(rule in rules(), due in dues(), now in moments()) {
        let rule = repeat(&rule);
        let Some((next, left)) = rule.skip(&due, &now) else { return Ok(()) };
        let today = match &due.time {
            Some((_, name)) => now.with_time_zone(zone(name).unwrap()).date(),
            None => now.date(),
        };
        prop_assert!(next.date >= today);
        prop_assert!(rule.as_str().contains("X-FROM") || next.date > due.date);
        prop_assert_eq!(&next.time, &due.time);
        prop_assert!(left.is_some());
        if let Some((done, _)) = rule.next(&due, &now) {
            prop_assert!(next.date <= done.date);
        }
    }
}

/// Around every change of clocks of every zone in two years, a task that repeats keeps its time, and its instants go
/// forward, whether the time falls into the gap, into the hour that comes twice, or beside them.
#[test]
fn no_change_of_clocks_in_any_zone_disturbs_a_repeat() {
    let from: jiff::Timestamp = "2026-01-01T00:00Z".parse().unwrap();
    let to: jiff::Timestamp = "2028-01-01T00:00Z".parse().unwrap();
    let (daily, weekly, hourly) =
        (repeat("FREQ=DAILY"), repeat("FREQ=WEEKLY;BYDAY=SU,MO"), repeat("FREQ=HOURLY"));
    let mut changes = 0;
    for name in jiff::tz::db().available() {
        let name = name.as_str();
        let clocks = zone(name).unwrap();
        let changed: Vec<_> = clocks
            .following(from)
            .map(|change| change.timestamp())
            .take_while(|at| *at < to)
            .collect();
        for at in changed {
            changes += 1;
            let wall = (at - jiff::SignedDuration::from_secs(1)).to_zoned(clocks.clone());
            for minutes in [-45, 0, 30, 90] {
                let time =
                    wall.datetime().saturating_add(jiff::Span::new().minutes(minutes)).time();
                let time = jiff::civil::time(time.hour(), time.minute(), 0, 0);
                for (rule, steps) in [(&daily, 4), (&weekly, 4), (&hourly, 5)] {
                    let mut due = Due::at(wall.date().yesterday().unwrap(), time, name);
                    let mut before = due.instant().unwrap();
                    for _ in 0..steps {
                        let now = before.to_zoned(clocks.clone());
                        let (next, _) = rule.next(&due, &now).unwrap();
                        let instant = next.instant().unwrap();
                        assert!(instant > before, "{name}: {due:?} to {next:?}");
                        if *rule != hourly {
                            assert_eq!(next.time, due.time, "{name}");
                            assert!(next.date > due.date, "{name}");
                        }
                        (due, before) = (next, instant);
                    }
                }
            }
        }
    }
    assert!(changes > 500, "{changes} changes of clocks");
}
