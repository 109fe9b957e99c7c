//! Adding.

use todo_api::tools::{AddTask, ToolTask, names};
use todo_core::{
    quick_add::{self, Parsed},
    task::{Due, Priority},
};

use super::super::{
    desk::{Desk, Wrote},
    matching::{Fit, Wanted, best},
    request::{Adding, Caveat, Pending},
    wording,
};
use crate::thinker::ThinkError;

/// Adds each line as a task, or asks what to add.
pub(in crate::builtin) async fn add(
    desk: &mut Desk<'_>,
    adding: &Adding,
) -> Result<(), ThinkError> {
    if adding.lines.is_empty() {
        if adding.tags.is_empty() && !desk.turn.message.to_lowercase().contains("remind") {
            desk.ask("What should be added?", &Pending::Title { adding: adding.clone() });
        } else {
            ask_what(desk, adding, adding.when.clone());
        }
        return Ok(());
    }
    let mut added: Vec<ToolTask> = Vec::new();
    for line in &adding.lines {
        let task = read(desk, line, adding);
        let when = without_content(desk, line);
        if when.is_some() || task.title.is_empty() && task.text.is_empty() {
            ask_what(desk, adding, when.unwrap_or_default());
            break;
        }
        if adding.if_absent && is_there(desk, &task).await? {
            continue;
        }
        match desk.write(names::ADD, &task).await? {
            Wrote::Done(done) => {
                added.extend(done.results.into_iter().filter_map(|result| result.task));
            }
            Wrote::Refused(message) => {
                desk.say(wording::refused(&message));
                break;
            }
        }
    }
    if !added.is_empty() {
        desk.say(sentence(desk, &added));
        desk.focus(added.iter().map(|task| task.id));
        if adding.caveat == Some(Caveat::Trigger) {
            desk.say(
                "It stays on the list until you do it: weather and places start no reminder here.",
            );
        }
    }
    Ok(())
}

/// Names for something that was not said yet.
const PLACEHOLDERS: &str = "something,it,do it,do that,do this,that,this,stuff,things,something to do,do something,anything,a thing,do stuff";

/// Whether a line says at most when: "tomorrow", "do it on friday". Then it is the words about when.
fn without_content(desk: &Desk<'_>, line: &str) -> Option<String> {
    let line = line.trim();
    let line =
        ["for ", "on ", "about "].iter().find_map(|lead| line.strip_prefix(lead)).unwrap_or(line);
    if quick_add::parse_when(line, desk.context()).is_some_and(|when| !when.clears) {
        return Some(line.to_owned());
    }
    let (what, when) = match quick_add::find_when(line, desk.context()) {
        Some((range, _)) => {
            (format!("{} {}", &line[..range.start], &line[range.end..]), &line[range])
        }
        None => (line.to_owned(), ""),
    };
    let what = what.trim().to_lowercase();
    PLACEHOLDERS.split(',').any(|known| known == what).then(|| when.to_owned())
}

/// Asks what is to be added, and keeps what was said about it.
fn ask_what(desk: &mut Desk<'_>, adding: &Adding, when: String) {
    let question = match adding.tags.as_slice() {
        [tag] => format!("What should go on the {tag} list?"),
        _ => "What should I remind you of?".to_owned(),
    };
    desk.ask(
        question,
        &Pending::Title { adding: Adding { lines: Vec::new(), when, ..adding.clone() } },
    );
}

/// Says that it is there already.
async fn is_there(desk: &mut Desk<'_>, task: &AddTask) -> Result<bool, ThinkError> {
    let wanted = Wanted::new(&task.title);
    let known = best(&wanted, desk.open().await?)
        .filter(|(fit, _)| *fit <= Fit::Slip)
        .map(|(_, tasks)| tasks[0].clone());
    if let Some(known) = &known {
        desk.say(format!(
            "{} is on your list already, so nothing was added.",
            wording::name(known)
        ));
        desk.focus([known.id]);
    }
    Ok(known.is_some())
}

/// What one line comes to.
fn read(desk: &Desk<'_>, line: &str, adding: &Adding) -> AddTask {
    let parsed = quick_add::parse(line, desk.context());
    let mut tags: Vec<String> = parsed.tags.iter().map(ToString::to_string).collect();
    tags.extend(
        adding
            .tags
            .iter()
            .filter(|tag| !parsed.tags.iter().any(|known| known.as_str() == **tag))
            .cloned(),
    );
    let notes = [parsed.description.clone().unwrap_or_default(), adding.description.clone()];
    let description =
        notes.iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join("\n");
    if !parsed.reminders.is_empty() {
        return AddTask { text: whole_line(line, adding), ..AddTask::default() };
    }
    AddTask {
        title: title(&parsed.title, line),
        description,
        due: parsed.due.as_ref().map(due_text).unwrap_or_default(),
        repeat: parsed.repeat.as_ref().map(ToString::to_string).unwrap_or_default(),
        priority: priority(&parsed),
        tags,
        ..AddTask::default()
    }
}

/// Only a line in the user's own words can say when to speak up, and it has to say everything.
fn whole_line(line: &str, adding: &Adding) -> String {
    let (task, notes) = line.split_once("//").unwrap_or((line, ""));
    let tags: String = adding.tags.iter().map(|tag| format!(" #{tag}")).collect();
    let notes = [notes.trim(), adding.description.as_str()].join(" ");
    let notes =
        if notes.trim().is_empty() { String::new() } else { format!(" // {}", notes.trim()) };
    format!("{}{tags}{notes}", wording::sentence_case(task.trim()))
}

fn priority(parsed: &Parsed) -> String {
    match parsed.priority {
        Priority::None => String::new(),
        other => other.to_string(),
    }
}

/// A due date as tools take it.
pub(in crate::builtin) fn due_text(due: &Due) -> String {
    match &due.time {
        Some((time, _)) => format!("{}T{:02}:{:02}", due.date, time.hour(), time.minute()),
        None => due.date.to_string(),
    }
}

/// Words that a title does not begin with when a person writes it down.
const LEADS: &[&str] = &[
    "that i need to ",
    "that i have to ",
    "that i should ",
    "that i must ",
    "i need to ",
    "i have to ",
    "i should ",
    "i must ",
    "we need to ",
    "to ",
    "please ",
    "the task ",
    "a task to ",
    "task to ",
    "a ",
    "an ",
    "the ",
    "my ",
    "about ",
    "that ",
    "just ",
    "for me to ",
    "also ",
];

/// What is left when nothing else is, at the end of a title.
const ENDS: &[&str] = &[
    " please",
    " thanks",
    " thank you",
    " for me",
    " too",
    " as well",
    " on",
    " at",
    " by",
    " with",
    " and",
    " for",
    " due",
    " to",
    " in",
    " it's",
    " it is",
    " from",
    " is",
    " as",
];

/// A title as a person would write it on paper. Quoted ones stay as they are.
pub(in crate::builtin) fn title(parsed: &str, line: &str) -> String {
    let mut title = parsed
        .trim()
        .trim_matches([',', ';', ':', '-', '–', ' '])
        .trim_end_matches(['.', '!'])
        .to_owned();
    let quoted = line.trim_start().starts_with(['"', '“', '\'', '‘', '`', '«', '„']);
    if quoted {
        return title.trim_matches(['"', '“', '”', '\'', '‘', '’', '`', '«', '»', '„']).to_owned();
    }
    let lower = |text: &str| text.to_lowercase();
    while let Some(lead) =
        LEADS.iter().find(|lead| lower(&title).starts_with(*lead) && title.len() > lead.len())
    {
        title = title[lead.len()..].trim_start().to_owned();
    }
    while let Some(end) =
        ENDS.iter().find(|end| lower(&title).ends_with(*end) && title.len() > end.len() + 2)
    {
        title.truncate(title.len() - end.len());
        title = title.trim_end().trim_end_matches(',').to_owned();
    }
    wording::sentence_case(&title)
}

/// "Added Pay rent (task 3), due Tuesday 1 December, every month on the 1st, with high priority, tagged #home."
fn sentence(desk: &Desk<'_>, tasks: &[ToolTask]) -> String {
    match tasks {
        [task] => {
            let mut parts = vec![format!("Added {}", wording::name(task))];
            let when = desk.voice.long(task);
            if !when.is_empty() {
                parts.push(if task.repeat_text.is_empty() {
                    format!("due {when}")
                } else {
                    format!("first due {when}")
                });
            }
            if !task.repeat_text.is_empty() {
                parts.push(uncapitalised(&task.repeat_text));
            }
            if !task.priority.is_empty() {
                parts.push(format!("with {} priority", task.priority));
            }
            if !task.tags.is_empty() {
                parts.push(format!(
                    "tagged {}",
                    task.tags.iter().map(|tag| format!("#{tag}")).collect::<Vec<_>>().join(" ")
                ));
            }
            format!("{}.", parts.join(", "))
        }
        several => {
            let names: Vec<String> = several.iter().map(wording::name).collect();
            format!("Added {} tasks: {}.", several.len(), wording::joined(&names))
        }
    }
}

/// A phrase in the middle of a sentence.
pub(in crate::builtin) fn uncapitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}
