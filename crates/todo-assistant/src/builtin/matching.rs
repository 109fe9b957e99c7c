//! Which task a few words mean: parts of names, other forms of a verb, slips of the finger.

mod distance;
mod stem;

use todo_api::tools::ToolTask;
use todo_core::words::words;

pub(crate) use distance::distance_within;
pub(crate) use stem::stem;

/// How well a task fits to some words. A smaller one is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Fit {
    /// They are its title.
    Exact,
    /// They are its title in other forms: "calling mom".
    Same,
    /// They are a part of its title.
    Part,
    /// They are a part of its title, with a slip of the finger.
    Slip,
    /// All but the general ones are in its title: "dentist appointment" and "Book dentist".
    Loose,
    /// Some of them are in its title. Good enough to ask, not to act.
    Some,
}

/// Words that say nothing about which task is meant.
pub(crate) const FILLERS: &str = "the teh next upcoming my a an to of task tasks todo todos item items one ones thing things reminder reminders entry about for with \
                       that this please on in at from off our your their his her and some it its is i me up all bloody damn stupid silly";

/// Words that people put to a task's name although it does not have them.
pub(crate) const GENERAL: &str = "appointment payment booking back fix sort handl settl meeting call stuff job chore errand bill work visit event project trip report list session class \
                       plan email message shopping note go get do make buy have take send pay check finish complete new old";

/// The most words that a title can have, or nearly; whoever says more does not name a task.
const LONGEST: usize = 60;

/// Some words that mean a task, ready to be compared.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    phrase: Vec<String>,
    stems: Vec<String>,
}

impl Wanted {
    pub(crate) fn new(text: &str) -> Self {
        let phrase = words(text);
        let content: Vec<&String> = phrase.iter().filter(|word| !is_in(FILLERS, word)).collect();
        // "The the" is a band: when nothing is left, everything counts.
        let kept = if content.is_empty() { phrase.iter().collect() } else { content };
        let stems = kept.into_iter().map(|word| stem(word)).collect();
        Self { phrase, stems }
    }

    /// Whether there is anything to look for.
    pub(crate) fn is_blank(&self) -> bool {
        self.stems.is_empty() || self.phrase.len() > LONGEST
    }

    /// The beginnings of its words, for a search that knows prefixes.
    pub(crate) fn search(&self) -> String {
        let cut = |stem: &String| {
            stem.chars().take(stem.chars().count().saturating_sub(1).max(3)).collect::<String>()
        };
        self.stems.iter().map(cut).collect::<Vec<_>>().join(" ")
    }

    /// How well a task fits.
    pub(crate) fn fit(&self, task: &ToolTask) -> Option<Fit> {
        if self.is_blank() {
            return None;
        }
        let title = words(&task.title);
        if title == self.phrase {
            return Some(Fit::Exact);
        }
        let stems: Vec<String> = title.iter().map(|word| stem(word)).collect();
        let content: Vec<&String> = title
            .iter()
            .zip(&stems)
            .filter(|(word, _)| !is_in(FILLERS, word))
            .map(|(_, stem)| stem)
            .collect();
        let missing: Vec<&String> =
            self.stems.iter().filter(|stem| !stems.contains(stem)).collect();
        if missing.is_empty() {
            let same = content.iter().all(|stem| self.stems.contains(stem));
            return Some(if same { Fit::Same } else { Fit::Part });
        }
        let missing: Vec<&String> =
            missing.into_iter().filter(|stem| !stems.iter().any(|t| is_slip(stem, t))).collect();
        if missing.is_empty() {
            return Some(Fit::Slip);
        }
        let found = self.stems.len() - missing.len();
        let telling = self.stems.iter().any(|stem| !is_in(GENERAL, stem) && stems.contains(stem));
        if found > 0 && telling && missing.iter().all(|stem| is_in(GENERAL, stem)) {
            return Some(Fit::Loose);
        }
        (found > 0 && telling).then_some(Fit::Some)
    }
}

fn is_in(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|known| known == word)
}

/// Whether a word is another one with a slip of the finger, or its beginning.
pub(crate) fn is_slip(word: &str, other: &str) -> bool {
    let length = word.chars().count();
    let allowed = match length {
        0..=3 => return false,
        4..=7 => 1,
        _ => 2,
    };
    if other.starts_with(word) {
        return true;
    }
    // The first letter is rarely wrong, and "cook" is not "book".
    word.chars().next() == other.chars().next() && distance_within(word, other, allowed).is_some()
}

/// The tasks that fit best, and how well.
pub(crate) fn best<'a>(
    wanted: &Wanted,
    tasks: impl IntoIterator<Item = &'a ToolTask>,
) -> Option<(Fit, Vec<&'a ToolTask>)> {
    let mut found: Option<(Fit, Vec<&ToolTask>)> = None;
    for task in tasks {
        let Some(fit) = wanted.fit(task) else { continue };
        match &mut found {
            Some((best, tasks)) if *best == fit => tasks.push(task),
            Some((best, _)) if *best < fit => {}
            _ => found = Some((fit, vec![task])),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(said: &str, title: &str) -> Option<Fit> {
        let task = ToolTask {
            id: 1,
            title: title.to_owned(),
            completed: false,
            due: String::new(),
            due_text: String::new(),
            timezone: String::new(),
            repeat: String::new(),
            repeat_text: String::new(),
            priority: String::new(),
            tags: Vec::new(),
            description: String::new(),
        };
        Wanted::new(said).fit(&task)
    }

    #[test]
    fn tasks_are_found_by_what_people_call_them() {
        for (said, title, expected) in [
            ("call mom", "Call mom", Fit::Exact),
            ("calling mom", "Call mom", Fit::Same),
            ("bought the milk", "Buy milk", Fit::Same),
            ("paid rent", "Pay rent", Fit::Same),
            ("the rent task", "Pay rent", Fit::Part),
            ("milk", "Buy milk and flour", Fit::Part),
            ("dentits", "Book dentist", Fit::Slip),
            ("dentist appointment", "Book dentist", Fit::Loose),
            ("plants watering", "Water the plants", Fit::Same),
            ("groceries", "Buy grocery bags", Fit::Part),
        ] {
            assert_eq!(fit(said, title), Some(expected), "{said:?} and {title:?}");
        }
    }

    #[test]
    fn what_only_looks_alike_is_not_meant() {
        for (said, title) in [
            ("book", "Cook dinner"),
            ("cat", "Car wash"),
            ("call the bank", "Pay rent"),
            ("call", "Pay rent"),
        ] {
            assert_eq!(fit(said, title), None, "{said:?} and {title:?}");
        }
        assert!(fit("mom's car", "Call mom").is_none_or(|fit| fit == Fit::Some));
    }
}
