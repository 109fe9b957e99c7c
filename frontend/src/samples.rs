//! What pages are tried with: a day of an imaginary person, and everything that could break markup.

use serde_json::{Value, json};
use todo_api::screen::ScreenBody;
use todo_api::settings::SettingsBody;
use todo_api::task::TaskBody;

use crate::address::Address;
use crate::parts::frame::Frame;

/// The moment of all samples: Friday 20 November 2026, 10:20 in Karachi.
const NOW: &str = "2026-11-20T05:20:00Z";

/// What a hostile title looks like.
pub(crate) const HOSTILE: &str = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";

fn read<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

pub(crate) fn settings() -> SettingsBody {
    read(json!({
        "timezone": "Asia/Karachi", "locale": "en", "week_start": "monday", "theme": "system", "shortcuts": true,
    }))
}

/// A task as JSON, with what differs from a plain one.
pub(crate) fn task_json(id: i64, title: &str, more: &Value) -> Value {
    let mut task = json!({
        "id": id, "title": title, "description": null, "completed": false, "completed_at": null, "priority": "none",
        "tags": [], "due": null, "repeat": null, "reminders": [], "version": 1,
        "created_at": "2026-11-01T05:00:00Z", "updated_at": "2026-11-01T05:00:00Z",
    });
    task.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    task
}

fn due(date: &str) -> Value {
    json!({ "date": date })
}

fn due_at(date: &str, time: &str) -> Value {
    json!({ "date": date, "time": time, "timezone": "Asia/Karachi" })
}

/// A task that repeats, with everything.
pub(crate) fn rent() -> TaskBody {
    read(rent_json())
}

fn rent_json() -> Value {
    task_json(
        41,
        "Pay rent",
        &json!({
            "due": due("2026-12-01"), "repeat": "FREQ=MONTHLY;BYMONTHDAY=1", "priority": "high", "tags": ["home"],
            "description": "From the joint account\nbefore noon", "reminders": [{ "minutes_before": 30 }], "version": 3,
        }),
    )
}

/// One task of each kind, in the order of a list.
pub(crate) fn tasks() -> Vec<TaskBody> {
    read(Value::Array(tasks_json()))
}

fn tasks_json() -> Vec<Value> {
    vec![
        task_json(12, "Book the dentist", &json!({ "due": due("2026-11-18"), "tags": ["health"] })),
        task_json(
            17,
            "Send the October invoice",
            &json!({ "due": due("2026-11-19"), "priority": "high", "tags": ["work"] }),
        ),
        task_json(
            24,
            "Team sync",
            &json!({ "due": due_at("2026-11-20", "11:00"), "repeat": "FREQ=WEEKLY;BYDAY=FR" }),
        ),
        task_json(
            28,
            "Review Sana’s pull request",
            &json!({ "due": due_at("2026-11-20", "14:00"), "priority": "medium", "description": "Partial refunds" }),
        ),
        task_json(
            31,
            "امّی کو فون کرنا",
            &json!({ "due": due_at("2026-11-20", "18:00"), "tags": ["family"] }),
        ),
        task_json(36, &"Read the draft agreement ".repeat(8), &json!({ "due": due("2026-11-20") })),
        task_json(
            66,
            HOSTILE,
            &json!({ "due": due("2026-11-20"), "tags": ["<b>"], "description": HOSTILE }),
        ),
        task_json(
            37,
            "Farmers’ market",
            &json!({ "due": due_at("2026-11-21", "09:30"), "priority": "low" }),
        ),
        rent_json(),
        task_json(
            19,
            "Sort the photos",
            &json!({ "reminders": [{ "minutes_before": 10 }, { "minutes_before": 1440 }] }),
        ),
    ]
}

fn done_json() -> Value {
    task_json(
        8,
        "Stretch",
        &json!({ "completed": true, "completed_at": "2026-11-20T04:02:00Z", "due": due("2026-11-20") }),
    )
}

fn change_json(id: i64, verb: &str, before: &Value, after: &Value, more: &Value) -> Value {
    let number = if after.is_null() { &before["id"] } else { &after["id"] };
    let mut change = json!({
        "id": id, "verb": verb, "actor": "assistant", "conversation_id": 4, "plan_id": null,
        "at": "2026-11-20T05:14:00Z", "undoes": [], "undone_by": null,
        "tasks": [{ "id": number, "before": before, "after": after }],
    });
    change.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    change
}

/// A change of each kind, newest first.
pub(crate) fn changes_json() -> Vec<Value> {
    let rent = rent_json();
    let mut moved = rent.clone();
    moved["due"] = due("2026-11-30");
    moved["priority"] = json!("medium");
    let mut renamed = rent.clone();
    renamed["title"] = json!(HOSTILE);
    let mut postponed = rent.clone();
    postponed["due"] = due("2026-12-03");
    let mut deleted = done_json();
    deleted["deleted_at"] = json!("2026-11-20T05:00:00Z");
    let sync = tasks_json()[2].clone();
    let mut next = sync.clone();
    next["due"] = due_at("2026-11-27", "11:00");
    vec![
        change_json(14, "undo", &rent, &Value::Null, &json!({ "actor": "person", "undoes": [7] })),
        change_json(
            13,
            "update",
            &rent,
            &postponed,
            &json!({ "actor": "client:2", "conversation_id": null }),
        ),
        change_json(
            12,
            "update",
            &rent,
            &moved,
            &json!({ "actor": "client:2", "conversation_id": null }),
        ),
        change_json(
            11,
            "update",
            &rent,
            &renamed,
            &json!({ "actor": "key:1", "conversation_id": null }),
        ),
        change_json(10, "delete", &done_json(), &deleted, &json!({ "undone_by": 14 })),
        change_json(9, "complete", &sync, &next, &json!({ "at": "2026-11-19T12:00:00Z" })),
        change_json(
            7,
            "add",
            &Value::Null,
            &rent,
            &json!({ "plan_id": 3, "at": "2026-11-19T11:00:00Z" }),
        ),
    ]
}

fn conversation_json(title: &str) -> Value {
    json!({ "id": 4, "title": title, "created_at": "2026-11-20T05:00:00Z", "updated_at": "2026-11-20T05:18:00Z" })
}

fn plan_json(id: i64, state: &str, asked_by: &str) -> Value {
    let tasks: Vec<Value> = tasks_json()
        .iter()
        .take(3)
        .map(|task| {
            let mut after = task.clone();
            after["due"] = due("2026-11-23");
            json!({ "id": task["id"], "before": task, "after": after })
        })
        .collect();
    json!({
        "id": id, "title": "Move 3 tasks to Monday 23 November?", "verb": "update", "asked_by": asked_by,
        "conversation_id": 4, "created_at": NOW, "expires_at": "2026-11-20T05:29:00Z", "state": state, "tasks": tasks,
    })
}

fn said(id: i64, role: &str, text: &str, more: &Value) -> Value {
    let mut message = json!({ "id": id, "role": role, "text": text, "at": "2026-11-20T05:14:00Z", "ending": "answered" });
    message.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    message
}

fn messages_json() -> Vec<Value> {
    let call = |tool: &str, change: Value| json!({ "tool": tool, "arguments": {}, "result": { "summary": "x" }, "change_id": change });
    let reference = json!({ "id": 24, "title": HOSTILE, "when": "11:00", "completed": false });
    vec![
        said(1, "user", HOSTILE, &json!({})),
        said(
            2,
            "assistant",
            &format!("Two tasks:\n- {HOSTILE}\n- another\n\nThat is all,\nfor today."),
            &json!({ "refs": [reference] }),
        ),
        said(3, "user", "add pay rent every month on the 1st !high #home", &json!({})),
        said(
            4,
            "assistant",
            "Pay rent is on your list.",
            &json!({ "tool_calls": [call("add_task", json!(7)), call("delete_task", json!(10)), call("complete_task", json!(9)), call("update_task", json!(12))] }),
        ),
        said(5, "assistant", "Kept.", &json!({ "plan_id": 2 })),
        said(6, "assistant", "Done.", &json!({ "plan_id": 3, "at": "2026-11-19T11:00:00Z" })),
        said(7, "assistant", "Late.", &json!({ "plan_id": 5 })),
        said(
            8,
            "assistant",
            "There is no task 99.",
            &json!({ "tool_calls": [{ "tool": "update_task", "arguments": {}, "failed": true, "result": { "detail": "There is no task 99." } }, { "tool": "list_tasks", "arguments": {}, "result": {} }] }),
        ),
        said(9, "assistant", "The provider is away.", &json!({ "ending": "failed" })),
        said(
            10,
            "assistant",
            "These tasks would move.",
            &json!({ "plan_id": 1, "ending": "stopped" }),
        ),
        said(
            11,
            "assistant",
            "Which one?",
            &json!({ "choices": [{ "label": HOSTILE, "say": "22", "task_id": 22 }, { "label": "None", "say": "none" }] }),
        ),
    ]
}

fn screen_json() -> Value {
    json!({
        "user": { "id": "u1", "name": "Amina Rehman", "email": "amina@example.com" },
        "settings": settings(), "now": NOW, "seq": 14,
        "counts": { "today": 8, "overdue": 2, "upcoming": 21, "open": 34, "completed": 5, "trashed": 1 },
        "tags": [{ "tag": "home", "open": 7 }, { "tag": "a/b c", "open": 1 }],
        "list": { "tasks": tasks_json(), "total": 10, "total_is_exact": true, "next_cursor": null },
        "done_today": [done_json()], "task": null, "plans": [], "assistant": "builtin",
        "conversations": [conversation_json("Planning the week")], "conversation": conversation_json("Planning the week"),
        "messages": [], "message_plans": [], "message_changes": [],
    })
}

/// An ordinary day.
pub(crate) fn ordinary() -> ScreenBody {
    read(screen_json())
}

/// An account of this minute.
pub(crate) fn new_account() -> ScreenBody {
    let mut screen = screen_json();
    screen["counts"] =
        json!({ "today": 0, "overdue": 0, "upcoming": 0, "open": 0, "completed": 0, "trashed": 0 });
    screen["list"] =
        json!({ "tasks": [], "total": 0, "total_is_exact": true, "next_cursor": null });
    screen["tags"] = json!([]);
    screen["done_today"] = json!([]);
    screen["conversations"] = json!([]);
    screen["conversation"] = Value::Null;
    read(screen)
}

/// A chat in which everything happened, titles that attack, a plan of an outside app, a theme, no shortcuts.
pub(crate) fn eventful() -> ScreenBody {
    let mut screen = screen_json();
    screen["user"]["name"] = json!(HOSTILE);
    screen["settings"] = json!({ "timezone": "America/New_York", "locale": "en-US", "week_start": "sunday", "theme": "dark", "shortcuts": false });
    screen["conversation"] = conversation_json(HOSTILE);
    screen["conversations"] = json!([conversation_json(HOSTILE)]);
    screen["messages"] = Value::Array(messages_json());
    screen["message_changes"] = Value::Array(changes_json());
    screen["message_plans"] = json!([
        plan_json(1, "waiting", "assistant"),
        plan_json(2, "cancelled", "assistant"),
        plan_json(3, "confirmed", "assistant"),
        plan_json(5, "expired", "assistant")
    ]);
    screen["plans"] =
        json!([plan_json(9, "waiting", "client:2"), plan_json(1, "waiting", "assistant")]);
    read(screen)
}

/// So many tasks that there is another page.
pub(crate) fn full(rows: i64) -> ScreenBody {
    let mut screen = screen_json();
    let tasks: Vec<Value> = (1..=rows)
        .map(|id| task_json(1000 + id, &format!("Task number {id} of many"), &json!({
            "due": due_at(if id % 3 == 0 { "2026-11-20" } else { "2026-11-22" }, "09:30"), "tags": ["home"], "priority": "high",
        })))
        .collect();
    screen["list"] =
        json!({ "tasks": tasks, "total": 1000, "total_is_exact": false, "next_cursor": "abc" });
    screen["tags"] = (0..30).map(|n| json!({ "tag": format!("tag{n}"), "open": 30 - n })).collect();
    read(screen)
}

/// The frame of a page at an address.
pub(crate) fn frame(address: &str, screen: ScreenBody) -> Frame {
    let at = Address::parse(&address.parse().unwrap()).unwrap();
    Frame { key: "00112233445566778899aabbccddeeff".to_owned(), ..Frame::new(at, screen) }
}
