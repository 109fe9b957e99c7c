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
        Kind::ItSaid,
        "
        it's|that's|this|that|it is|very|really|super|quite|a|an|now|should|be|must* {level} priority?
        {level} priority please?
        set|change|make the? priority to|as? {level}
        priority to|should|be|is* {level}
        as|with|of|at a|an? {level} priority
        make it|that|this a|an? {level} priority one?",
    ),
    (Kind::ItHigh, "
        it's a? priority
        it can't wait
        raise|increase|bump the? priority"),
    (
        Kind::Clear,
        "
        remove|clear|delete|drop|unset|reset|take the|its|any? priority from|of|on|off|for {task}
        make|mark|set {task} as|to? no|without|normal|none priority
        set the? priority of|for|on {task} to none|nothing|normal|zero
        {task} has|have no priority anymore?
        {task} is|are no|not longer? urgent|important|high anymore|priority?
        {task} isn't|aren't urgent|important|high|priority|that|so urgent|important|priority? anymore|any? more?
        unprioritize|deprioritise|unflag|unstar {task}
        take|remove the? priority off|from {task}
        deprioritize {task}",
    ),
    (
        Kind::Said,
        "
        set|change|make|raise|lower|update|put|bump|increase|decrease|reduce|switch the|its|a? priority|importance|urgency of|for|on|to {task} to|as|at|up|down* {level} priority?
        make|mark|set|give|flag|put|change|raise|lower|bump|move|update|turn {task} as|to|with|at|on|a|an|the|up|down|into|be|its|in* {level} priority|importance|urgency|prio|level?
        make|mark|set|give|flag|put|change|raise|lower|bump|update {task} as|to|with|a|up|down|its* priority|importance|urgency as|to|of|at? {level}
        set|change|make|raise|lower|update {task} priority to|as|at? {level}
        {task} is|are|has|have|should|must|needs|need|was|gets now|be|get|really|very|super|actually|become|a|an|of|to|have|more* {level} priority|importance?
        add|assign|apply a|an|the? {level} priority to {task}
        prioritize|prioritise {task} as|to {level}
        give a? {level} priority to {task}
        put a? {level} priority on|to|for {task}
        priority of {task} is|to|should|be* {level}
        set a? {level} priority for|on|to {task}
        {level} priority for|on {task}
        {task} {level} priority
        {task} priority {level}",
    ),
    (
        Kind::High,
        "
        prioritize|prioritise|star|flag|escalate {task}
        raise|increase|bump|boost|up the? priority of|on|for {task}
        bump|move|put {task} up|to the? top of? my|the? list?
        put {task} first
        {task} comes|goes first
        make {task} the|my|a|top top|first|main|number* priority
        {task} can't|cannot wait
        make {task} more important|urgent
        {task} is more important|urgent
        flag|mark {task} as? a? priority",
    ),
    (
        Kind::Low,
        "
        lower|decrease|reduce the? priority of|on|for {task}
        make {task} less important|urgent
        {task} can wait
        {task} is less important|urgent",
    ),
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
pub(crate) fn level(words: &Clause<'_>) -> Option<&'static str> {
    let words = match words.ends("priority").filter(|count| *count < words.len()) {
        Some(count) => words.part(0..words.len() - count),
        None => *words,
    };
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
        if target == Target::Missing {
            return None;
        }
        Some(Request::Change { action: Action::Prioritise { priority: level.to_owned() }, target })
    })
}
