mod random;

use jiff::{Zoned, civil::date};

use super::*;

fn repeat(text: &str) -> Repeat {
    Repeat::parse(text).unwrap()
}

fn now() -> Zoned {
    "2026-11-20T10:15[Asia/Karachi]".parse().unwrap()
}

/// Completes a task `n` times, each time on the day it is due, and collects where it went.
fn walk(rule: &str, due: Date, n: usize) -> Vec<String> {
    let mut rule = Some(repeat(rule));
    let mut due = Due::on(due);
    let mut dates = Vec::new();
    for _ in 0..n {
        let now = due.date.at(9, 0, 0, 0).in_tz("Europe/Berlin").unwrap();
        let Some((next, left)) = rule.as_ref().and_then(|rule| rule.next(&due, &now)) else {
            break;
        };
        dates.push(next.date.to_string());
        (due, rule) = (next, left);
    }
    dates
}

#[test]
fn a_rule_has_one_spelling() {
    for (text, canonical) in [
        ("RRULE:freq=weekly;byday=fr,mo", "FREQ=WEEKLY;BYDAY=MO,FR"),
        ("BYDAY=1MO;FREQ=MONTHLY;INTERVAL=1;WKST=MO;", "FREQ=MONTHLY;BYDAY=1MO"),
        ("FREQ=DAILY;X-FROM=COMPLETION;INTERVAL=3", "FREQ=DAILY;INTERVAL=3;X-FROM=COMPLETION"),
        (
            "FREQ=YEARLY;UNTIL=20270303T170000Z;BYMONTHDAY=27,1;BYMONTH=1",
            "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1,27;UNTIL=20270303T170000Z",
        ),
    ] {
        assert_eq!(repeat(text).as_str(), canonical);
        assert_eq!(repeat(canonical), repeat(text));
    }
}

#[test]
fn a_rule_is_its_text_in_json() {
    let json = serde_json::to_string(&repeat("RRULE:FREQ=DAILY")).unwrap();

    assert_eq!(json, r#""FREQ=DAILY""#);
    assert_eq!(serde_json::from_str::<Repeat>(&json).unwrap(), repeat("FREQ=DAILY"));
    assert!(serde_json::from_str::<Repeat>(r#""FREQ=NEVER""#).is_err());
}

#[test]
fn what_cannot_be_a_rule_is_refused_in_a_sentence() {
    for text in [
        "",
        "friday",
        "FREQ=",
        "FREQ=SECONDLY",
        "FREQ=MINUTELY",
        "FREQ=DAILY;FREQ=DAILY",
        "INTERVAL=2",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=1000",
        "FREQ=DAILY;INTERVAL=-1",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=2;UNTIL=20270101",
        "FREQ=DAILY;UNTIL=20270231",
        "FREQ=DAILY;UNTIL=2027",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=MONTHLY;BYDAY=0MO",
        "FREQ=MONTHLY;BYDAY=6MO",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=WEEKLY;BYMONTHDAY=1",
        "FREQ=MONTHLY;BYSETPOS=1",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
        "FREQ=DAILY;BYSECOND=30",
        "FREQ=DAILY;X-FROM=START",
        "FREQ=DAILY;FOO=1",
        "FREQ=WEEKLY;BYDAY=é",
        &format!("FREQ=YEARLY;BYYEARDAY={}", "1,".repeat(200)),
    ] {
        let refused = Repeat::parse(text).unwrap_err();
        assert_eq!(refused.field, "repeat", "{text}");
        assert!(refused.message.contains(' '), "{text}: {}", refused.message);
    }
}

#[test]
fn the_31st_is_the_last_day_of_shorter_months() {
    let dates = ["2026-11-30", "2026-12-31", "2027-01-31", "2027-02-28", "2027-03-31"];
    for rule in [
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1",
        "FREQ=MONTHLY",
    ] {
        assert_eq!(walk(rule, date(2026, 10, 31), 5), dates, "{rule}");
    }
    assert_eq!(
        walk("FREQ=MONTHLY;BYMONTHDAY=15,30", date(2027, 1, 30), 4),
        ["2027-02-15", "2027-02-28", "2027-03-15", "2027-03-30"]
    );
    assert_eq!(
        walk("FREQ=YEARLY;BYMONTH=2,5;BYMONTHDAY=31", date(2027, 1, 1), 3),
        ["2027-02-28", "2027-05-31", "2028-02-29"]
    );
}

#[test]
fn the_29th_of_february_is_the_28th_in_other_years() {
    let dates = ["2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"];
    for rule in ["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=YEARLY"] {
        assert_eq!(walk(rule, date(2024, 2, 29), 4), dates, "{rule}");
    }
}

#[test]
fn an_overdue_task_skips_what_it_missed() {
    let (next, _) =
        repeat("FREQ=DAILY;INTERVAL=3").next(&Due::on(date(2026, 11, 1)), &now()).unwrap();
    assert_eq!(next, Due::on(date(2026, 11, 22)), "counted from the 1st");

    let (next, _) =
        repeat("FREQ=WEEKLY;BYDAY=FR").next(&Due::on(date(1990, 1, 5)), &now()).unwrap();
    assert_eq!(next, Due::on(date(2026, 11, 27)), "today is not after today");
}

#[test]
fn a_task_done_early_moves_on_all_the_same() {
    let (next, _) =
        repeat("FREQ=WEEKLY;BYDAY=FR").next(&Due::on(date(2026, 11, 27)), &now()).unwrap();

    assert_eq!(next, Due::on(date(2026, 12, 4)));
}

#[test]
fn from_completion_counts_from_today() {
    let rule = repeat("FREQ=DAILY;INTERVAL=3;X-FROM=COMPLETION");

    for due in [date(2026, 11, 1), date(2026, 11, 25)] {
        let (next, left) = rule.next(&Due::on(due), &now()).unwrap();
        assert_eq!(next, Due::on(date(2026, 11, 23)));
        assert_eq!(left.as_ref(), Some(&rule));
    }
}

#[test]
fn hours_count_from_the_due_time_and_pass_now() {
    let rule = repeat("FREQ=HOURLY;INTERVAL=12");
    let due = Due::at(date(2026, 11, 19), jiff::civil::time(8, 0, 0, 0), "Asia/Karachi");

    let (next, _) = rule.next(&due, &now()).unwrap();

    assert_eq!(next, Due::at(date(2026, 11, 20), jiff::civil::time(20, 0, 0, 0), "Asia/Karachi"));
}

#[test]
fn several_times_a_day_come_one_after_the_other() {
    let rule = repeat("FREQ=DAILY;BYHOUR=9,17;BYMINUTE=30");

    let (next, _) = rule.next(&Due::on(date(2026, 11, 20)), &now()).unwrap();

    assert_eq!(next, Due::at(date(2026, 11, 20), jiff::civil::time(17, 30, 0, 0), "Asia/Karachi"));
    assert_eq!(rule.describe(), "Every day at 09:30 and 17:30");
}

#[test]
fn a_rule_ends_with_its_last_day() {
    let due = Due::on(date(2026, 11, 20));
    assert!(repeat("FREQ=DAILY;UNTIL=20261121").next(&due, &now()).is_some());
    assert!(repeat("FREQ=DAILY;UNTIL=20261120").next(&due, &now()).is_none());
    assert_eq!(repeat("FREQ=DAILY;UNTIL=20261122").upcoming(&due, 5).len(), 2);
    assert_eq!(repeat("FREQ=DAILY;COUNT=3").upcoming(&due, 5).len(), 2);
    assert_eq!(repeat("FREQ=DAILY;UNTIL=20261122").first_on_or_after(date(2026, 11, 23)), None);
}

#[test]
fn an_end_in_universal_time_is_read_on_the_clock_of_the_task() {
    let rule = repeat("FREQ=DAILY;UNTIL=20261121T120000Z");
    let noon = |zone: &str| Due::at(date(2026, 11, 20), jiff::civil::time(12, 30, 0, 0), zone);

    assert!(
        rule.next(&noon("Asia/Karachi"), &now()).is_some(),
        "12:30 in Karachi is before noon in London"
    );
    assert!(rule.next(&noon("UTC"), &now()).is_none());
}

#[test]
fn a_time_in_a_gap_stays_what_it_is() {
    // Clocks in Berlin jump from 02:00 to 03:00 on 28 March 2027.
    let due = Due::at(date(2027, 3, 27), jiff::civil::time(2, 30, 0, 0), "Europe/Berlin");
    let now: Zoned = "2027-03-27T10:00[Europe/Berlin]".parse().unwrap();

    let (next, _) = repeat("FREQ=DAILY").next(&due, &now).unwrap();

    assert_eq!(next, Due::at(date(2027, 3, 28), jiff::civil::time(2, 30, 0, 0), "Europe/Berlin"));
    let (after, _) = repeat("FREQ=DAILY").next(&next, &now).unwrap();
    assert_eq!(after.time, next.time);
}

#[test]
fn today_is_that_of_the_clock_of_the_task() {
    // It is the 20th in Karachi and still the 19th in Los Angeles.
    let due = Due::at(date(2026, 11, 18), jiff::civil::time(8, 0, 0, 0), "America/Los_Angeles");

    let (next, _) = repeat("FREQ=DAILY").next(&due, &now()).unwrap();

    assert_eq!(next.date, date(2026, 11, 20));
}

#[test]
fn a_rule_that_never_comes_is_over_soon() {
    let due = Due::on(date(2026, 11, 20));
    for rule in [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;BYDAY=MO",
        "FREQ=YEARLY;INTERVAL=4;BYYEARDAY=366",
        "FREQ=MONTHLY;BYMONTHDAY=1;BYSETPOS=5",
        "FREQ=WEEKLY;UNTIL=19000101",
    ] {
        assert_eq!(repeat(rule).next(&due, &now()), None, "{rule}");
    }
    let late = Due::on(date(9000, 12, 31));
    assert_eq!(repeat("FREQ=DAILY").next(&late, &now()), None);
}

#[test]
fn a_rule_without_any_day_is_known_for_it() {
    for rule in [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30,31",
        "FREQ=YEARLY;BYMONTH=4,6,9,11;BYMONTHDAY=31",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-30",
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;BYDAY=MO",
        "FREQ=MONTHLY;BYMONTHDAY=1;BYSETPOS=5",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6",
        "FREQ=YEARLY;BYMONTH=1;BYDAY=MO;BYSETPOS=300",
    ] {
        assert!(!repeat(rule).ever_comes(), "{rule}");
    }
    for rule in [
        "FREQ=DAILY",
        "FREQ=HOURLY;INTERVAL=5",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1",
        "FREQ=YEARLY;INTERVAL=3;BYYEARDAY=366",
        "FREQ=YEARLY;BYWEEKNO=53",
        "FREQ=YEARLY;BYMONTH=2;BYDAY=5MO",
        "FREQ=DAILY;UNTIL=19000101",
        "FREQ=WEEKLY;BYDAY=FR;COUNT=1",
    ] {
        assert!(repeat(rule).ever_comes(), "{rule}");
    }
}

#[test]
fn skipping_leaves_out_one_date_and_nothing_that_is_still_to_come() {
    let friday = date(2026, 11, 20);
    for (rule, due, expected) in [
        ("FREQ=DAILY", friday, date(2026, 11, 21)),
        ("FREQ=DAILY", date(2026, 11, 25), date(2026, 11, 26)),
        ("FREQ=DAILY", date(2026, 11, 17), friday),
        ("FREQ=DAILY;INTERVAL=2", date(2026, 11, 17), date(2026, 11, 21)),
        ("FREQ=WEEKLY;BYDAY=MO", date(2026, 11, 16), date(2026, 11, 23)),
        ("FREQ=MONTHLY", date(2026, 12, 31), date(2027, 1, 31)),
        ("FREQ=DAILY;INTERVAL=3;X-FROM=COMPLETION", date(2026, 11, 18), date(2026, 11, 23)),
    ] {
        let (next, _) = repeat(rule).skip(&Due::on(due), &now()).unwrap();
        assert_eq!(next.date, expected, "{rule} from {due}");
    }
}

#[test]
fn skipping_uses_up_a_count_and_ends_with_the_last_date() {
    let due = Due::on(date(2026, 11, 18));
    let (_, left) = repeat("FREQ=DAILY;COUNT=3").skip(&due, &now()).unwrap();
    assert_eq!(left, Some(repeat("FREQ=DAILY;COUNT=2")));
    assert_eq!(repeat("FREQ=DAILY;COUNT=1").skip(&due, &now()), None);
    assert_eq!(repeat("FREQ=DAILY;UNTIL=20261119").skip(&due, &now()), None);
}

#[test]
fn an_hour_that_clocks_leave_out_does_not_come_twice() {
    // Clocks in Berlin jump from 02:00 to 03:00 on 28 March 2027, so that 02:30 is the instant of 03:30.
    let at = |hour| Due::at(date(2027, 3, 28), jiff::civil::time(hour, 30, 0, 0), "Europe/Berlin");
    let now: Zoned = "2027-03-28T03:10[Europe/Berlin]".parse().unwrap();

    let (next, _) = repeat("FREQ=HOURLY").next(&at(2), &now).unwrap();

    assert_eq!(next, at(4));
}

#[test]
fn rules_are_described_in_plain_english() {
    for (rule, words) in [
        ("FREQ=DAILY", "Every day"),
        ("FREQ=DAILY;INTERVAL=3", "Every 3 days"),
        ("FREQ=DAILY;INTERVAL=2", "Every other day"),
        ("FREQ=HOURLY;INTERVAL=12", "Every 12 hours"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "Every weekday"),
        ("FREQ=WEEKLY;BYDAY=FR", "Every Friday"),
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR", "Every Monday, Wednesday and Friday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "Every other Friday"),
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,FR", "Every 3 weeks on Monday and Friday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR", "Every other week on weekdays"),
        ("FREQ=MONTHLY", "Every month"),
        ("FREQ=MONTHLY;BYMONTHDAY=1", "Every month on the 1st"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", "Every month on the 1st and 15th"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "Every month on the last day"),
        ("FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1", "Every month on the 30th"),
        ("FREQ=MONTHLY;BYDAY=3FR", "Every month on the third Friday"),
        ("FREQ=MONTHLY;BYDAY=1MO,3MO", "Every month on the first and third Monday"),
        ("FREQ=MONTHLY;BYMONTH=1,2,3,4,5,6,9,10,11,12", "Every month except July and August"),
        (
            "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1",
            "Every year on the last day of March, June, September and December",
        ),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR", "Every other month on the last Friday"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1", "Every month on the first weekday"),
        ("FREQ=YEARLY", "Every year"),
        ("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=27", "Every year on 27 January"),
        ("FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "Every year on the fourth Thursday of November"),
        ("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=-1", "Every year on the last day of June"),
        ("FREQ=WEEKLY;BYDAY=FR;UNTIL=20270303", "Every Friday until 3 March 2027"),
        ("FREQ=DAILY;COUNT=5", "Every day, 5 times"),
        ("FREQ=DAILY;COUNT=1", "Every day, once"),
        ("FREQ=DAILY;INTERVAL=3;X-FROM=COMPLETION", "3 days after it is done"),
        ("FREQ=MONTHLY;X-FROM=COMPLETION", "1 month after it is done"),
        ("FREQ=YEARLY;BYWEEKNO=20", "On its own schedule"),
    ] {
        assert_eq!(repeat(rule).describe(), words, "{rule}");
    }
}
