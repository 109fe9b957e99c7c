//! A task that somebody just says: "buy milk", "dentist friday 3pm". It has no form of its own, so it has to begin with a
//! word for something to do, or to carry a date, a tag or a priority; and it must not look like talk.

use todo_core::quick_add::{self, SpanKind};

use super::{
    super::{request::Request, sets, text::Clause},
    Scene, add,
};

/// Verbs of things that people do themselves.
pub(crate) const VERBS: &str = "buy call email pay pick book clean fix water wash feed walk take bring return renew submit finish write read review prepare \
                     schedule order ship mail drop get cook bake study practice practise visit meet text send check sign print scan file organize organise \
                     sort pack unpack repair replace install paint mow vacuum sweep mop iron fold empty refill charge cancel plan research register \
                     apply update backup back collect deliver donate sell move find ask invite thank reply respond follow attend watch \
                     do make set build draft edit proofread publish deploy test debug refactor merge train exercise run jog swim stretch meditate \
                     change trim cut polish dust wipe rake shovel plant harvest hang mount assemble measure arrange confirm reserve complete \
                     drive transfer withdraw deposit invest budget declare claim vote volunteer rehearse memorize memorise translate learn \
                     start begin continue grab fetch pickup dropoff hoover tidy declutter defrost water fill top rsvp phone ring contact message \
                     remember put cash rotate service upgrade wrap celebrate interview hire onboard present demo record upload download sync close open";

/// Words with which no task begins, but much talk does.
const TALK: &str = "i i'm i've i'd i'll it it's he she they we you this that these those there there's here who what what's which when where why how \
                    is are was were am do does did can could would will should shall may might if because but yes no not never maybe \
                    today's good see nice thank thanks sorry hello hi hey ok okay lol wow haha please my your his her our their so the tell show give \
                    everything nothing anything something any anybody someone why's hmm well oh let let's don't didn't won't can't";

pub(super) fn read(clause: &Clause<'_>, scene: &Scene<'_>) -> Option<Request> {
    let first = clause.tokens.first()?;
    let inverted = is_inverted(clause);
    if clause.asks() || inverted || clause.len() > 40 || speaks_of_another(clause) {
        return None;
    }
    let parsed = quick_add::parse(clause.source(), scene.context);
    if parsed.title.trim().is_empty() || !parsed.title.chars().any(char::is_alphabetic) {
        return None;
    }
    let marked = parsed
        .spans
        .iter()
        .any(|span| span.kind != SpanKind::Quote && span.kind != SpanKind::Description);
    let nothing_left =
        parsed.spans.iter().any(|span| span.start == 0 && span.end == clause.source().len());
    if nothing_left {
        return None;
    }
    let verb = !first.quoted
        && clause.len() >= 2
        && sets::is_in(VERBS, &first.word)
        && !is_reference(clause);
    let of_people = clause.has_any(&["i", "you", "we", "he", "she", "they"]);
    let named = marked && !first.quoted && !of_people && !is_talk(clause);
    // "schedule car wash for saturday": the date is the schedule, the rest the task.
    let scheduled = marked && first.is("schedule") && clause.len() > 2;
    let kept = if scheduled { clause.part(1..clause.len()) } else { *clause };
    (verb || named).then(|| Request::Add(add::adding(&kept, None)))
}

/// "do that one tomorrow instead", "elm road make it 2pm": words about a task that is there already.
fn speaks_of_another(clause: &Clause<'_>) -> bool {
    let says = |phrases: &[&str]| {
        (0..clause.len()).any(|at| {
            let rest = clause.part(at..clause.len());
            phrases.iter().any(|phrase| rest.starts(phrase).is_some())
        })
    };
    let pronoun = clause.len() > 2
        && sets::is_in("that this it them those these", &clause.tokens[1].word)
        && (clause.tokens[2].is("one") || !clause.tokens[1].is("that"));
    // "do the chapter one later"
    let named = clause.len() > 3
        && clause.tokens[1].is("the")
        && clause.tokens[2..].iter().any(|token| token.is("one"))
        && clause.ends("one").is_none();
    clause.ends("instead").is_some()
        || named
        || pronoun && !clause.tokens[0].quoted
        || says(&["make it", "make that", "not tomorrow", "not today", "wants me", "needs me"])
}

/// "complete it", "call them": without what it is about, it is no task.
fn is_reference(clause: &Clause<'_>) -> bool {
    clause.len() == 2
        && sets::is_in(
            "it them that this those these one both all everything me you something task tasks",
            &clause.tokens[1].word,
        )
        || clause.tokens[1].is("task")
        || clause.tokens[1].word.starts_with('#') && clause.len() == 2
}

/// "do you know …" asks, with or without its question mark.
fn is_inverted(clause: &Clause<'_>) -> bool {
    clause.len() > 1
        && sets::is_in("do does did", &clause.tokens[0].word)
        && sets::is_in("you i we they he she", &clause.tokens[1].word)
}

fn is_talk(clause: &Clause<'_>) -> bool {
    let first = &clause.tokens[0];
    let possessive = (first.is("my") || first.is("the") || first.is("our"))
        && !clause.has_any(&["is", "was", "are", "were"]);
    sets::is_in(TALK, &first.word) && !possessive
        || clause.has_any(&["is", "was", "are", "were", "i'm", "lol", "weather"])
            && clause.len() > 2
}
