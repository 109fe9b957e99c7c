//! Questions about tasks.

use std::sync::LazyLock;

use super::{
    super::{
        pattern::Book,
        request::{Question, Request, Set, Target, Which},
        sets, target,
        text::Clause,
    },
    Scene,
};

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Next,
    Clock,
    History,
    When,
    Done,
    Detail,
    Count,
    /// What was done, perhaps in some time.
    Past,
    Any,
    /// What is on the list.
    List,
}

const TABLE: &[(Kind, &str)] = &[
    (
        Kind::Next,
        "
        what's|what is? next|first|up|on|my|for|me|the|now|right|up* next|first|now?
        what's|what is? next on my|the <list>?
        what's|what is? my|the next task|todo|one|thing|item|up|deadline|appointment|step
        what comes|came next|first
        what should|shall|do|can|must|could i|we do|tackle|start|work|focus|begin|handle|get on|with|to? next|first|now|right|today*
        where should|do i start|begin
        what|which is|are|'s the most important|urgent|pressing task|thing|one|todo|things|tasks right|now|today|on|my|list|to|do*
        what's|what the? most important|urgent thing|task to|do|right|now|today*
        what|which task|one|thing should|do i do|start|begin|tackle|work on|with? next|first|now?
        next task|one|up? please?
        what do i do|have next|now|first
        what's|what is? due next|soonest|first
        which|what task|one is due next|soonest|first",
    ),
    (
        Kind::Clock,
        "
        what|which day|date|weekday is|are it|today|we|this|now?
        what's|what is? the? today's? date|day|time today|now|right?
        what time is it now|right|please*
        what's|what is? today
        what's|what is? today's date|day",
    ),
    (
        Kind::History,
        "
        what|anything changed|changes recently|lately|today|so|far|since|were|made|have|been|you|i*
        what have|did you just? done|do|change|changed|delete|add|complete just|last|so|far|now|recently|today|for|me*
        show|list|view|see|get|give|open my|the|me|recent|latest|last|full|a|an|all* history|changes|activity|log|change|changelog|edits recently|log|of|please*
        history
        activity log?
        what was|were|is|are|'s the|my|your last|latest|recent|most|previous* change|changes|action|thing|edit i|you|we|did|made*",
    ),
    (
        Kind::Count,
        "
        how many|much {set}
        count {set}
        what's|what is? the|my total? number|count of {set}
        number of {set}
        how long is|'s my {set}
        what's|what is? my task count {set?}",
    ),
    (
        Kind::When,
        "
        what day|date|time is|are|was|do|does|did|should|must|i|we|have|need|the|my|supposed* {task} due|scheduled|happening|for|planned|deadline|start|starts|begin|be|to|happen|on*
        when|when's is|are|was|do|does|did|should|must|will|'s|i|we|have|need|supposed|got|am|can|the|due|deadline|date|to|for|of|a|my|on* {task} due|scheduled|happening|for|planned|again|supposed|deadline|start|starts|begin|be|set|to|happen|next|on*
        what's|what is? the|my due|deadline|date|time|day* for|of|on {task}
        what date|day|time did|have i set|put|schedule for {task}
        how long|much time do|until|have|till|is|i|left|before|for|it* {task}
        by when|how soon do|must|should|have|need|i|is|to* {task} due?
        when|what time|day is|was i supposed|meant|going to {task}
        {task} is|are when
        what|which day|date is {task} on|due",
    ),
    (
        Kind::Done,
        "
        is|are|was|were|has|have|'s {task} done|complete|completed|finished|been|checked|ticked|crossed|still|pending|open|off|already|yet*
        did|have i|we already|ever|actually|just* {task} already|yet|today|yesterday*
        have i|we done|finished|completed {task} already|yet?
        am i done|finished with {task} yet?
        what's|what is? the status|state of|for|on {task}
        is|are {task} still? open|pending|on my|the? list?|todo?",
    ),
    (
        Kind::Past,
        "
        what|which|anything tasks|task|things|todos|items|stuff|all|else|everything* did|have|had i|we already|all|just|so|far|actually|manage|ever* done|do|did|complete|completed|finish|finished|accomplish|accomplished|achieve|achieved|get|got|gotten|cross|crossed|tick|ticked|check|checked|to {set?}
        what's|what is|are|was|been done|completed|finished {set?}
        show|list|view|see|give|display|get me? my|the|all|of|everything|what|i|things|tasks|have|that|i've* done|completed|finished|accomplished {set?}
        what i've|i've|i have|did done|completed|finished|do {set?}
        what was|were done|completed|finished|accomplished {set?}
        have|did i done|do|get|finish|finished|complete|completed|accomplish|accomplished anything|something|much|any done? {set?}
        how productive was|were|have|am|i|been* {set?}",
    ),
    (
        Kind::Detail,
        "
        show|view|display|open|see|read|get|give|tell me? about|more|details|the|info|information|everything|of|on|for|what|is* <task> {number}
        what|what's is? <task> {number} about|again|?*
        tell me|us|more? about {task}
        about {task}
        give|show|get me? the|all|more|any* details|info|information|description|notes|note about|of|for|on {task}
        details|info about|of|for|on {task}
        what are|is|'s the details|description|notes|note|priority|tag|tags|info about|of|for|on|in {task}
        what's|what the details|description|notes|note|priority|tag|tags|info about|of|for|on|in {task}
        what does {task} say
        how important|urgent is {task}
        does {task} have|repeat a|any|the? description|notes|deadline|date|tag|tags|priority|due?*
        what did i write|note|put about|for|on|in {task}
        do i have notes for|on|about {task}
        more about {task}
        describe {task}
        what|which priority|tag|tags|notes|deadline|list|description does|do|is|are {task} have|on|in
        how often does|do|is {task} repeat|recur|come|back|happen*",
    ),
    (
        Kind::Any,
        "
        do|did|have|does i|we still|already|also|really|even|ever|currently* have|got|need|want|must|put|add|to|any|anything|something|some|a|an|be|supposed|do|there|planned|scheduled|added|task|tasks|remember* {set?}
        am|was i supposed|meant|due|behind|late|free|forgetting|missing|busy|to|do|on|with|for* {set?}
        is|are|was|were there anything|something|any|a|an|some|still|more|much|else|task|tasks|reminder|reminders|nothing|for|about|on|that|i|need|have|to* {set?}
        anything|any|something|nothing {set?}
        is|are my|the|our|it|that|this? {set} on|in|already|there my|the|our <list>
        is {set} on|in|already|there it|there|list?
        have i got|forgotten|missed|any|anything* {set?}
        did i forget|miss|overlook|put|add|write|note|save|anything|something|about* {set?}
        got|have any|anything {set?}
        does my list have|include|contain {set}
        have you got|any|anything* {set?}
        what about {set}",
    ),
    (
        Kind::List,
        "
        show|list|view|display|see|open|print|read|pull|fetch|bring|find|search|lookup|look|filter|tell|check|let's|let|review|sort|check-out|review up|me|us|out|over|at|for|through|all|by|back|see|only|just|to|know* {set}
        get|give|tell me|us {set}
        what|what's|whats|which|what're|who|where's|what've {set?}
        my|all|our|today's|tomorrow's|this|everything|pending|overdue|remaining|upcoming|unfinished|outstanding|incomplete {set?}
        how|how's does|is|are|do|'s my|the|i|we|today|tomorrow|week|day {set}
        remind me|us what|which|of|about what|which|my|all? {set}
        remind me again? what|which {set}
        where am|are|is i|we|my {set?}
        am i|are we {set}
        summarize|summarise|summary|recap|overview|rundown|agenda|status|todo|calendar {set?}
        give|show me? a|an|the|my? summary|overview|rundown|recap|list|breakdown {set?}
        i want|need|like|would to? know|see|view|check|find {set}
        know {set}
        to? see|view|check {set}",
    ),
];

static BOOK: LazyLock<Book<Kind>> = LazyLock::new(|| Book::new(TABLE));

pub(super) fn read(clause: &Clause<'_>, scene: &Scene<'_>) -> Option<Request> {
    let ticks = clause.starts("check off").is_some() || clause.starts("tick off").is_some();
    if ticks || clause.len() > 60 || clause.tokens[0].quoted {
        return None;
    }
    BOOK.find(clause, |kind, holes| question(kind, clause, holes, scene)).map(Request::Ask)
}

/// Reads what asks without a word of asking: "overdue tasks", "tomorrow?".
pub(super) fn read_loose(clause: &Clause<'_>, scene: &Scene<'_>) -> Option<Request> {
    if clause.len() > 20 || clause.tokens[0].quoted {
        return None;
    }
    let reading = sets::read(clause, scene.context);
    let set = &reading.set;
    if !set.topic.is_empty() {
        return None;
    }
    let timed = clause.asks() && (!set.due.is_empty() || set.status != Which::Unsaid);
    let names_tasks = reading.of_tasks && clause.len() <= 6;
    let narrow = clause.len() <= 3 && matches!(set.due.as_str(), "overdue" | "upcoming");
    let a_day = clause.len() <= 3 && !set.due.is_empty() && set.tag.is_empty() && !scene.has_focus;
    let is_list = timed || names_tasks || narrow || a_day;
    is_list.then(|| Request::Ask(Question::List(set_of(reading))))
}

fn question(
    kind: Kind,
    clause: &Clause<'_>,
    holes: &super::super::pattern::Holes,
    scene: &Scene<'_>,
) -> Option<Question> {
    let named = holes.get("task", clause);
    let reading = sets::read(clause, scene.context);
    match kind {
        Kind::Next => Some(Question::Next),
        Kind::Clock => Some(Question::Clock),
        Kind::History => Some(Question::History),
        Kind::Count => Some(Question::Count(set_of(reading))),
        Kind::When => {
            let target = target::read(&named, scene.context);
            let general = named.has_any(&["i", "you", "anything", "everything", "next", "now"])
                || is_time_only(&named, scene);
            (!general && !matches!(target, Target::Missing | Target::Set(_)))
                .then_some(Question::When(target))
        }
        Kind::Done => {
            let target = target::read(&named, scene.context);
            let states = clause.has_any(&[
                "done",
                "complete",
                "completed",
                "finished",
                "status",
                "still",
                "did",
                "have",
                "state",
                "checked",
                "ticked",
                "crossed",
            ]);
            let general = is_in_general(&named);
            (states && !general && !matches!(target, Target::Missing | Target::Set(_)))
                .then_some(Question::Done(target))
        }
        Kind::Detail => {
            if holes.has("number") {
                let target = match target::read(&holes.get("number", clause), scene.context) {
                    Target::Numbers(numbers) => Target::Ids(numbers),
                    Target::Places(places) => Target::Places(places),
                    _ => return None,
                };
                return Some(Question::Detail(target));
            }
            if named.has_any(&["due", "today", "tomorrow", "overdue"]) {
                return None;
            }
            let target = target::read(&named, scene.context);
            (!matches!(target, Target::Missing | Target::Set(_) | Target::Them))
                .then_some(Question::Detail(target))
        }
        Kind::Past if reading.set.status == Which::All => Some(Question::List(set_of(reading))),
        Kind::Past => Some(Question::List(past(&holes.get("set", clause), scene))),
        Kind::Any => {
            let set = set_of(reading);
            // "do I have anything?" is about the list even without a word for it, and so is what somebody needs to do.
            let mine =
                clause.has_any(&["i", "my", "anything", "any", "list", "we", "there", "due"]);
            mine.then_some(Question::Any(set))
        }
        Kind::List => {
            let of_tasks = reading.of_tasks;
            let set = set_of(reading);
            let mine = clause.has_any(&[
                "i",
                "my",
                "i've",
                "i'm",
                "due",
                "pending",
                "remaining",
                "left",
                "outstanding",
                "we",
                "our",
                "overdue",
                "up",
                "remember",
            ]);
            let narrow = !set.due.is_empty() && set.topic.is_empty()
                || set.status != Which::Unsaid && set.topic.is_empty()
                || !set.priority.is_empty() && set.topic.is_empty()
                || !set.tag.is_empty() && !set.tag_is_guess;
            let searches = ["find", "search", "lookup", "look", "filter"]
                .iter()
                .any(|verb| clause.tokens[0].is(verb));
            let shows =
                ["show", "view", "display", "show me"].iter().any(|verb| clause.tokens[0].is(verb))
                    && !set.topic.is_empty();
            let busy = [
                "check", "read", "review", "open", "print", "sort", "bring", "pull", "fetch",
                "pick",
            ]
            .iter()
            .any(|verb| clause.tokens[0].is(verb))
                && !of_tasks
                && !narrow
                && !clause.has_any(&["due", "overdue", "pending", "what", "what's"]);
            if busy {
                return None;
            }
            let own = clause.tokens[0].is("my") && !of_tasks && !narrow;
            (!own
                && (of_tasks
                    || mine
                    || narrow
                    || searches
                    || shows
                    || set.is_everything() && is_short_look(clause)))
            .then_some(Question::List(set))
        }
    }
}

/// "show me", "what's there"
fn is_short_look(clause: &Clause<'_>) -> bool {
    clause.len() <= 4
        && clause.has_any(&["list", "tasks", "everything", "all", "left", "show", "it", "there"])
}

fn set_of(reading: sets::Reading) -> Set {
    let mut set = reading.set;
    if !set.topic.is_empty() && set.tag_is_guess && !set.tag.is_empty() {
        set.topic = format!("{} {}", set.topic, set.tag);
        set.tag.clear();
    }
    set
}

/// "this", "it", "that", "anything": names for everything rather than for one task.
fn is_in_general(named: &Clause<'_>) -> bool {
    named.is_empty()
        || named.has_any(&[
            "anything",
            "everything",
            "something",
            "any",
            "all",
            "there",
            "what",
            "tasks",
            "i",
            "nothing",
        ])
}

/// Whether there is nothing but a time.
fn is_time_only(named: &Clause<'_>, scene: &Scene<'_>) -> bool {
    let set = sets::read(named, scene.context).set;
    set.topic.is_empty() && set.tag.is_empty() && !set.due.is_empty()
}

/// Completed tasks, in the time that is spoken of.
fn past(clause: &Clause<'_>, scene: &Scene<'_>) -> Set {
    let reading = sets::read(clause, scene.context);
    let mut set = set_of(reading);
    if !set.due.is_empty() && set.due != "overdue" && set.due != "upcoming" && set.due != "any" {
        set.completed = std::mem::take(&mut set.due);
        set.completed_text =
            std::mem::take(&mut set.due_text).trim_start_matches("due ").to_owned();
    }
    set.status = Which::Completed;
    set.sort = "completed".to_owned();
    set
}
