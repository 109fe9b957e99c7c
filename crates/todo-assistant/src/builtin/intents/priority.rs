//! How much a task matters.

use std::sync::LazyLock;

use super::{
    super::{
        pattern::Book,
        request::{Action, Request, Target},
        target,
        text::Clause,
    },
    Scene,
};

#[derive(Debug, Clone, Copy)]
enum Kind {
    /// As `{level}` says.
    Said,
    High,
    Low,
    Clear,
    /// Of the last task.
    ItSaid,
    ItHigh,
}

const TABLE: &[(Kind, &str)] = &[
    (
        Kind::Clear,
        "remove|clear|delete|drop|unset|reset|take the|its|any? priority from|of|on|off|for {task}\nmake|mark|set {task} as|to? no|without|normal|none priority\nset the? priority of|for|on {task} to none|nothing|normal|zero\n{task} has|have no priority anymore?\n{task} is|are no|not longer? urgent|important|high anymore|priority?\n{task} isn't|aren't urgent|important|high|priority|that|so urgent|important|priority? anymore|any? more?\nunprioritize|deprioritise|unflag|unstar {task}\ntake|remove the? priority off|from {task}\ndeprioritize {task}",
    ),
    (
        Kind::Said,
        "set|change|make|raise|lower|update|put|bump|increase|decrease|reduce|switch the|its|a? priority|importance|urgency of|for|on|to {task} to|as|at|up|down* {level} priority?\nmake|mark|set|give|flag|put|change|raise|lower|bump|move|update|turn {task} as|to|with|at|on|a|an|the|up|down|into|be|its|in* {level} priority|importance|urgency|prio|level?\nmake|mark|set|give|flag|put|change|raise|lower|bump|update {task} as|to|with|a|up|down|its* priority|importance|urgency as|to|of|at? {level}\nset|change|make|raise|lower|update {task} priority to|as|at? {level}\n{task} is|are|has|have|should|must|needs|need|was|gets now|be|get|really|very|super|actually|become|a|an|of|to|have|more* {level} priority|importance?\nadd|assign|apply a|an|the? {level} priority to {task}\nprioritize|prioritise {task} as|to {level}\ngive a? {level} priority to {task}\npriority of {task} is|to|should|be* {level}\nset a? {level} priority for|on|to {task}\n{level} priority for|on {task}\n{task} {level} priority\n{task} priority {level}",
    ),
    (
        Kind::High,
        "prioritize|prioritise|star|flag|escalate {task}\nraise|increase|bump|boost|up the? priority of|on|for {task}\nbump|move|put {task} up|to the? top of? my|the? list?\nput {task} first\n{task} comes|goes first\nmake {task} the|my|a|top top|first|main|number* priority\n{task} can't|cannot wait\nmake {task} more important|urgent\n{task} is more important|urgent\nflag|mark {task} as? a? priority",
    ),
    (
        Kind::Low,
        "lower|decrease|reduce the? priority of|on|for {task}\nmake {task} less important|urgent\n{task} can wait\n{task} is less important|urgent",
    ),
    (
        Kind::ItSaid,
        "it's|that's|this|that|it is|very|really|super|quite|a|an|now|should|be|must* {level} priority?\n{level} priority please?\nset|change|make the? priority to|as? {level}\npriority to|should|be|is* {level}\nas|with|of|at a|an? {level} priority\nmake it|that|this a|an? {level} priority one?",
    ),
    (Kind::ItHigh, "it's a? priority\nit can't wait\nraise|increase|bump the? priority"),
];

static BOOK: LazyLock<Book<Kind>> = LazyLock::new(|| Book::new(TABLE));

/// What people say for a priority.
const LEVELS: &[(&str, &str)] = &[
    (
        "high",
        "high,highest,higher,urgent,important,critical,top,the highest,very high,crucial,very important,very urgent,p1,!high,!!,!!!,super important,essential,vital,max,maximum,really important,extremely important,extremely urgent,high-priority,asap,most important,the top",
    ),
    ("medium", "medium,med,mid,middle,moderate,average,p2,!medium,medium-priority,normal"),
    (
        "low",
        "low,lowest,lower,unimportant,minor,p3,!low,low-priority,very low,not urgent,not important,not that important,not so important,not very important,trivial,the lowest,minimum,not that urgent",
    ),
    ("none", "none,no,zero,p4,nothing"),
];

/// The priority that some words mean.
pub(super) fn level(words: &Clause<'_>) -> Option<&'static str> {
    LEVELS
        .iter()
        .find(|(_, known)| known.split(',').any(|known| words.reads(known)))
        .map(|(level, _)| *level)
}

pub(super) fn read(clause: &Clause<'_>, scene: &Scene<'_>) -> Option<Request> {
    BOOK.find(clause, |kind, holes| {
        let level = match kind {
            Kind::Said | Kind::ItSaid => level(&holes.get("level", clause))?,
            Kind::High | Kind::ItHigh => "high",
            Kind::Low => "low",
            Kind::Clear => "none",
        };
        let named = holes.get("task", clause);
        let target = match kind {
            Kind::ItSaid | Kind::ItHigh if scene.has_focus => Target::It,
            Kind::ItSaid | Kind::ItHigh => return None,
            _ => target::read(&named, scene.context),
        };
        let first = named.tokens.first().map(|token| token.word.as_str());
        if target == Target::Missing || matches!(first, Some("what" | "which" | "what's" | "how" | "show" | "list" | "i" | "add" | "the" | "a" | "as" | "to" | "any") if named.len() == 1 || first != Some("the")) && !named.quoted().is_some() {
            return None;
        }
        Some(Request::Change { action: Action::Prioritise { priority: level.to_owned() }, target })
    })
}
