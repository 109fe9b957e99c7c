use todo_api::task::{DueBody, DueInputBody, PatchBody, ReminderBody, TaskBody};
use todo_api::terms::Priority;

use crate::words;

/// What the fields of an editor hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Typed {
    /// Which task.
    pub(crate) id: i64,
    /// Its title.
    pub(crate) title: String,
    /// Its note.
    pub(crate) description: String,
    /// `YYYY-MM-DD`, or nothing.
    pub(crate) date: String,
    /// `HH:MM`, or nothing.
    pub(crate) time: String,
    /// A repeat in words, or nothing.
    pub(crate) repeat: String,
    /// Minutes with commas between, or nothing.
    pub(crate) reminder: String,
    /// Its priority.
    pub(crate) priority: Priority,
    /// Its tags with commas between.
    pub(crate) tags: String,
    /// The field that was refused, and why.
    pub(crate) error: Option<(String, String)>,
    /// Whether somebody else changed the task meanwhile.
    pub(crate) is_stale: bool,
}

impl Typed {
    /// As a task is shown before anybody typed.
    pub(crate) fn of(task: &TaskBody) -> Self {
        let due = task.due.clone();
        let reminders: Vec<String> =
            task.reminders.iter().map(|reminder| reminder.minutes_before.to_string()).collect();
        Self {
            id: task.id,
            title: task.title.clone(),
            description: task.description.clone().unwrap_or_default(),
            date: due.as_ref().map(|due| due.date.clone()).unwrap_or_default(),
            time: due.and_then(|due| due.time).unwrap_or_default(),
            repeat: task.repeat.as_deref().map(repeat_words).unwrap_or_default(),
            reminder: reminders.join(","),
            priority: task.priority,
            tags: task.tags.join(", "),
            error: None,
            is_stale: false,
        }
    }

    /// Why a field was refused; the backend may name a part of it, such as `due.time`.
    pub(crate) fn error_of(&self, field: &str) -> Option<&str> {
        let (wrong, error) = self.error.as_ref()?;
        wrong.split(['.', '[']).next().is_some_and(|name| name == field).then_some(error.as_str())
    }

    /// What saving changes: fields that hold what they were shown with stay as they are.
    pub(crate) fn patch(&self, task: &TaskBody) -> PatchBody {
        let shown = Self::of(task);
        let filled = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let is_due_new = (&self.date, &self.time) != (&shown.date, &shown.time);
        PatchBody {
            title: (self.title != shown.title).then(|| self.title.clone()),
            description: (self.description != shown.description).then(|| filled(&self.description)),
            priority: (self.priority != shown.priority).then_some(self.priority),
            tags: (self.tags != shown.tags).then(|| self.tag_names()),
            due: is_due_new.then(|| self.due(task)),
            repeat: (self.repeat != shown.repeat).then(|| filled(&self.repeat)),
            reminders: (self.reminder != shown.reminder).then(|| self.reminders()),
            completed: None,
        }
    }

    /// A time keeps its zone; a time without a day is for today.
    fn due(&self, task: &TaskBody) -> Option<DueInputBody> {
        let timezone = task.due.as_ref().and_then(|due| due.timezone.clone());
        match (self.date.is_empty(), self.time.is_empty()) {
            (true, true) => None,
            (true, false) => Some(DueInputBody::Words(format!("today {}", self.time))),
            (false, true) => Some(DueInputBody::Parts(DueBody {
                date: self.date.clone(),
                time: None,
                timezone: None,
            })),
            (false, false) => {
                let time = Some(self.time.chars().take(5).collect());
                Some(DueInputBody::Parts(DueBody { date: self.date.clone(), time, timezone }))
            }
        }
    }

    fn tag_names(&self) -> Vec<String> {
        let names = self.tags.split([',', ' ']).map(|name| name.trim().trim_start_matches('#'));
        names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
    }

    fn reminders(&self) -> Vec<ReminderBody> {
        let minutes = self.reminder.split(',').filter_map(|minutes| minutes.trim().parse().ok());
        minutes.map(|minutes_before| ReminderBody { minutes_before }).collect()
    }
}

/// A repeat in words that are understood again when they are saved; otherwise the rule.
fn repeat_words(rule: &str) -> String {
    let words = words::repeat(rule);
    if words.starts_with("On its own schedule") {
        rule.to_owned()
    } else {
        words::uncapitalized(&words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    #[test]
    fn saving_without_a_change_changes_nothing() {
        for task in samples::tasks() {
            assert_eq!(Typed::of(&task).patch(&task), PatchBody::default(), "{}", task.title);
        }
    }

    #[test]
    fn only_what_was_typed_is_sent() {
        let task = samples::rent();
        let typed = Typed { date: String::new(), tags: "#home, money".into(), ..Typed::of(&task) };

        let patch = typed.patch(&task);

        assert_eq!(patch.due, Some(None));
        assert_eq!(patch.tags, Some(vec!["home".to_owned(), "money".to_owned()]));
        assert_eq!((patch.title, patch.repeat), (None, None));
    }
}
