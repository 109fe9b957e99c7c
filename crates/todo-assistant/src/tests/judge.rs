//! The judgement of `e2e/eval/run_eval.py`, for tests without a server: what a case expects, and whether it came true.

use jiff::{
    Span, ToSpan, Zoned,
    civil::{Date, Weekday},
};
use serde_json::{Map, Value};
use todo_core::{Task, repeat::Repeat, task::Due};

type Moment = (Option<Date>, Option<String>);

/// The days and times that an expression allows.
pub(super) fn moments(expr: &Value, now: &Zoned) -> Vec<Moment> {
    let text = match expr {
        Value::Null => return vec![(None, None)],
        Value::Array(all) => return all.iter().flat_map(|one| moments(one, now)).collect(),
        other => other.as_str().expect("an expression is text"),
    };
    let today = now.date();
    let (word, time) =
        text.split_once(' ').map_or((text, None), |(word, time)| (word, Some(time.to_owned())));
    let plus = |span: Span| today.checked_add(span).unwrap();
    let on = |date: Date| vec![(Some(date), time.clone())];
    if let Some(minutes) = word
        .strip_prefix('+')
        .and_then(|rest| rest.strip_suffix('m'))
        .and_then(|n| n.parse::<i64>().ok())
    {
        let at = |extra: i64| now.checked_add((minutes + extra).minutes()).unwrap();
        return (-3..=3)
            .map(|n| (Some(at(n).date()), Some(at(n).strftime("%H:%M").to_string())))
            .collect();
    }
    if let Some(n) = word.strip_prefix('+').and_then(|rest| rest.strip_suffix("mo")) {
        return on(plus(n.parse::<i64>().unwrap().months()));
    }
    if let Some(n) = word.strip_prefix('+').and_then(|rest| rest.strip_suffix('y')) {
        return on(plus(n.parse::<i64>().unwrap().years()));
    }
    if let Some(n) = word.strip_suffix('d').filter(|rest| rest.starts_with(['+', '-'])) {
        return on(plus(n.parse::<i64>().unwrap().days()));
    }
    if let Some(date) = word.strip_prefix('=') {
        return on(date.parse().unwrap());
    }
    if word == "next" {
        let later = time.as_deref().unwrap() > now.strftime("%H:%M").to_string().as_str();
        return on(plus(i64::from(!later).days()));
    }
    if let Some((month, day)) = word.strip_prefix("md:").and_then(|rest| rest.split_once('-')) {
        let date = Date::new(today.year(), month.parse().unwrap(), day.parse().unwrap()).unwrap();
        return on(if date < today { date.checked_add(1.year()).unwrap() } else { date });
    }
    if let Some(day) = word.strip_prefix("dom:") {
        let first = today.first_of_month();
        let date = (0..4).filter_map(|n| {
            let month = first.checked_add(n.months()).ok()?;
            Date::new(month.year(), month.month(), day.parse().unwrap()).ok()
        });
        return on(date.into_iter().find(|date| *date >= today).unwrap());
    }
    if word == "eom" {
        return on(today.last_of_month());
    }
    if let Some(day) = word.strip_prefix("nw:") {
        let monday = plus((7 - i64::from(today.weekday().to_monday_zero_offset())).days());
        return on(monday
            .checked_add(i64::from(weekday(day).to_monday_zero_offset()).days())
            .unwrap());
    }
    let ahead = (i64::from(weekday(word).to_monday_zero_offset())
        - i64::from(today.weekday().to_monday_zero_offset()))
    .rem_euclid(7);
    if ahead == 0 { [on(plus(7.days())), on(today)].concat() } else { on(plus(ahead.days())) }
}

fn weekday(name: &str) -> Weekday {
    let at = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().position(|day| *day == name);
    Weekday::from_monday_zero_offset(at.unwrap_or_else(|| panic!("{name:?} is no day")) as i8)
        .unwrap()
}

fn norm(text: &str) -> String {
    let folded = text.replace('’', "'").split_whitespace().collect::<Vec<_>>().join(" ");
    folded.trim_end_matches(['.', '!']).to_lowercase()
}

fn several(value: &Value) -> Vec<String> {
    match value {
        Value::Array(all) => all.iter().map(|one| one.as_str().unwrap().to_owned()).collect(),
        one => vec![one.as_str().unwrap().to_owned()],
    }
}

fn due_of(task: &Task) -> Moment {
    let time = |due: &Due| {
        due.time.as_ref().map(|(time, _)| format!("{:02}:{:02}", time.hour(), time.minute()))
    };
    (task.due.as_ref().map(|due| due.date), task.due.as_ref().and_then(time))
}

fn rule_has(task: &Task, part: &str) -> bool {
    let rule = task.repeat.as_ref().map(Repeat::as_str).unwrap_or_default();
    let parts: Vec<(&str, Vec<&str>)> = rule
        .split(';')
        .filter_map(|part| part.split_once('='))
        .map(|(key, values)| (key, values.split(',').collect()))
        .collect();
    let get = |key: &str| {
        parts
            .iter()
            .find(|(known, _)| *known == key)
            .map(|(_, values)| values.clone())
            .unwrap_or_default()
    };
    let by = parts.iter().any(|(key, _)| matches!(*key, "BYDAY" | "BYMONTHDAY"));
    let date = task.due.as_ref().map(|due| due.date);
    if matches!(part, "HOURLY" | "DAILY" | "WEEKLY" | "MONTHLY" | "YEARLY") {
        return get("FREQ") == [part];
    }
    if ["MO", "TU", "WE", "TH", "FR", "SA", "SU"].iter().any(|day| part.ends_with(day)) {
        if get("FREQ") == ["WEEKLY"]
            && !by
            && let Some(date) = date
        {
            return date.strftime("%a").to_string().to_uppercase().starts_with(part);
        }
        return get("BYDAY").contains(&part)
            || get("BYDAY").contains(&&part[part.len() - 2..])
                && get("BYSETPOS") == [&part[..part.len() - 2]];
    }
    if part.parse::<i32>().is_ok() {
        if get("FREQ") == ["MONTHLY"]
            && !by
            && let Some(date) = date
        {
            return part == date.day().to_string();
        }
        return get("BYMONTHDAY").contains(&part) || get("BYSETPOS") == [part];
    }
    let (key, value) = part.split_once('=').unwrap_or((part, ""));
    parts.iter().any(|(known, _)| *known == key)
        && (value.is_empty() || get(key) == value.split(',').collect::<Vec<_>>())
}

fn field_error(task: &Task, want: &Map<String, Value>, now: &Zoned) -> Option<String> {
    let title = norm(task.title.as_str());
    want.iter().find_map(|(field, value)| {
        let right = match field.as_str() {
            "title" => value.is_null() || title == norm(value.as_str().unwrap()),
            "title_any" => several(value).iter().any(|one| norm(one) == title),
            "title_has" => several(value).iter().all(|one| title.contains(&norm(one))),
            "title_not" => !several(value).iter().any(|one| title.contains(&norm(one))),
            "due" => moments(value, now).contains(&due_of(task)),
            "due_date" => moments(value, now).iter().any(|(date, _)| *date == due_of(task).0),
            "due_any" => due_of(task).0.is_some() == value.as_bool().unwrap(),
            "due_after" => due_of(task).0 > moments(value, now)[0].0,
            "repeat_has" => several(value).iter().all(|part| rule_has(task, part)),
            "repeat_any" => several(value).iter().any(|part| rule_has(task, part)),
            "repeat_not" => !several(value).iter().any(|part| rule_has(task, part)),
            "tags" => {
                let mut mine: Vec<String> = task.tags.iter().map(ToString::to_string).collect();
                let mut wanted: Vec<String> =
                    if value.as_array().unwrap().is_empty() { Vec::new() } else { several(value) };
                mine.sort();
                wanted.sort();
                mine == wanted
            }
            "completed" => task.is_completed() == value.as_bool().unwrap(),
            "priority" => task.priority.as_str() == value.as_str().unwrap(),
            "description" => {
                norm(task.description.as_ref().map_or("", |text| text.as_str()))
                    == norm(value.as_str().unwrap_or(""))
            }
            "repeat" => value.is_null() == task.repeat.is_none(),
            other => panic!("unknown field {other}"),
        };
        (!right).then(|| {
            format!(
                "{field} of {:?} ({:?}, {:?}) is not {value}",
                task.title.as_str(),
                due_of(task),
                task.repeat
            )
        })
    })
}

/// What is wrong, and whether something was written that must not be.
pub(super) type Verdict = Result<(), (String, bool)>;

fn same(a: &Task, b: &Task) -> bool {
    a.title == b.title
        && a.description == b.description
        && a.is_completed() == b.is_completed()
        && a.priority == b.priority
        && a.tags == b.tags
        && a.due == b.due
        && a.repeat == b.repeat
}

/// Judges the tasks and the last reply.
pub(super) fn judge(
    expect: &Value,
    seeds: &[Task],
    after: &[Task],
    reply: &str,
    now: &Zoned,
) -> Verdict {
    if let Some(any) = expect["any_of"].as_array() {
        let mut rest = expect.clone();
        rest.as_object_mut().unwrap().remove("any_of");
        let judged: Vec<Verdict> = any
            .iter()
            .map(|one| {
                let mut merged = rest.clone();
                merged.as_object_mut().unwrap().extend(one.as_object().unwrap().clone());
                judge(&merged, seeds, after, reply, now)
            })
            .collect();
        if judged.iter().any(Result::is_ok) {
            return Ok(());
        }
        let all: Vec<(String, bool)> = judged.into_iter().filter_map(Result::err).collect();
        return Err((
            all.iter().map(|(why, _)| why.clone()).collect::<Vec<_>>().join(" | "),
            all.iter().all(|(_, wrote)| *wrote),
        ));
    }
    let now_of = |seed: &Task| after.iter().find(|task| task.number == seed.number);
    let is_new = |task: &&Task| !seeds.iter().any(|seed| seed.number == task.number);
    let changed = seeds.iter().any(|seed| now_of(seed).is_none_or(|task| !same(task, seed)))
        || after.iter().any(|task| is_new(&task));
    let unchanged = expect["unchanged"] == true;
    if unchanged && changed {
        return Err((
            format!(
                "something changed: {:?}",
                after.iter().map(|t| t.title.as_str()).collect::<Vec<_>>()
            ),
            true,
        ));
    }
    let low = norm_reply(reply);
    let list = |key: &str| expect.get(key).map(several).unwrap_or_default();
    for wanted in list("reply_has") {
        if !low.contains(&wanted.to_lowercase()) {
            return Err((format!("reply lacks {wanted:?}"), false));
        }
    }
    for unwanted in list("reply_not") {
        if low.contains(&unwanted.to_lowercase()) {
            return Err((format!("reply has {unwanted:?}"), false));
        }
    }
    let any = list("reply_any");
    if !any.is_empty() && !any.iter().any(|wanted| low.contains(&wanted.to_lowercase())) {
        return Err((format!("reply has none of {any:?}"), false));
    }
    if unchanged {
        return Ok(());
    }
    let mut new: Vec<&Task> = after.iter().filter(is_new).collect();
    let wanted = expect["added"].as_array().cloned().unwrap_or_default();
    if new.len() != wanted.len() {
        let titles: Vec<_> = new.iter().map(|task| task.title.as_str()).collect();
        return Err((format!("added {titles:?}, not {}", wanted.len()), new.len() > wanted.len()));
    }
    for want in &wanted {
        let want = want.as_object().unwrap();
        let Some(at) = new.iter().position(|task| field_error(task, want, now).is_none()) else {
            return Err((field_error(new[0], want, now).unwrap(), false));
        };
        new.remove(at);
    }
    seeds_right(expect, seeds, &now_of, now)
}

fn norm_reply(reply: &str) -> String {
    reply.to_lowercase().replace('’', "'")
}

fn seeds_right<'t>(
    expect: &Value,
    seeds: &[Task],
    now_of: &dyn Fn(&Task) -> Option<&'t Task>,
    now: &Zoned,
) -> Verdict {
    if let Some(wanted) = expect["any_completed"].as_u64() {
        let count = seeds
            .iter()
            .filter(|seed| !seed.is_completed() && now_of(seed).is_some_and(Task::is_completed))
            .count() as u64;
        return if count == wanted {
            Ok(())
        } else {
            Err((format!("{count} completed, not {wanted}"), count > wanted))
        };
    }
    let gone: Vec<u64> = expect["gone"]
        .as_array()
        .map(|all| all.iter().filter_map(Value::as_u64).collect())
        .unwrap_or_default();
    for (at, seed) in seeds.iter().enumerate() {
        let number = at as u64 + 1;
        match (now_of(seed), gone.contains(&number), expect["task"][number.to_string()].as_object())
        {
            (Some(_), true, _) => return Err((format!("task {number} is still there"), false)),
            (None, false, _) => return Err((format!("task {number} was deleted"), true)),
            (Some(task), false, Some(want)) => {
                if let Some(error) = field_error(task, want, now) {
                    return Err((format!("task {number}: {error}"), false));
                }
            }
            (Some(task), false, None) if !same(task, seed) => {
                return Err((format!("task {number} was changed"), true));
            }
            _ => {}
        }
    }
    Ok(())
}
