//! What the user's own words ask for.
//!
//! Only what the user said counts here: this message, and those before it that it goes on from. What the assistant said
//! counts where the user agreed to it with a plain yes, because then they read it and made it their own.

use todo_core::chats::{Message, Role};

use super::{
    clauses::{clauses, commands, only_reads, suggests, word},
    deeds::{Deed, Deeds},
    lexicon,
};
use crate::{
    builtin::{
        intents::{self, Scene},
        request::{Action, Request},
        sets::is_in,
        text::{self, Clause, Token},
    },
    thinker::Turn,
    turn::Consent,
};

/// How many messages of the user one can go on from.
const BACK: usize = 3;

/// What was asked for, and in which words.
#[derive(Debug, Clone, Default)]
pub(super) struct Asked {
    /// The kinds of changes that the words can mean.
    pub(super) deeds: Deeds,
    /// This message says it by a command, and does not only state or answer something.
    pub(super) commands: bool,
    /// The texts that are the user's own, this message first.
    pub(super) texts: Vec<String>,
    /// The parts of this message that do more than ask: only such parts name tasks that may be changed.
    pub(super) orders: Vec<String>,
    /// The same of what it goes on from.
    pub(super) earlier: Vec<String>,
}

impl Asked {
    /// Reads the message of a turn, with what it goes on from.
    pub(super) fn read(turn: &Turn) -> Self {
        let mut asked = Self::default();
        let agrees = Consent::read(&turn.message) == Some(Consent::Yes);
        let mut said = turn.message.as_str();
        let mut rest = turn.history.as_slice();
        for step in 0..=BACK {
            let own = deeds(said, turn);
            asked.deeds = asked.deeds.and(own.deeds);
            asked.commands |= step == 0 && !own.is_vague && !own.deeds.is_empty();
            asked.texts.push(said.to_owned());
            if step == 0 {
                asked.orders.extend(own.orders);
            } else {
                asked.earlier.extend(own.orders);
            }
            let Some((answer, before)) = last_exchange(rest) else { break };
            if step == 0
                && agrees
                && let Some(question) = question_of(answer)
            {
                asked.deeds = asked.deeds.and(deeds(proposal(&question), turn).deeds);
                asked.orders.push(proposal(&question).to_owned());
                asked.texts.push(question);
            }
            if step == 0 && wrote(answer) && (own.declines || goes_on(said, lexicon::CORRECTING)) {
                // "never mind", "no, the other one": what was done just now may be taken back, or put right.
                let back = [Deed::Undo, Deed::Reopen, Deed::Restore, Deed::Update];
                asked.deeds = asked.deeds.and(back.into_iter().collect());
            }
            let waits = answer.text.contains('?') && !wrote(answer);
            let corrects = goes_on(said, lexicon::CORRECTING);
            let adds = own.is_vague && goes_on(said, lexicon::ADDING);
            let ends = own.only_reads || own.only_talks && !(step == 0 && agrees);
            if ends || !(waits || corrects || adds) {
                break;
            }
            let Some((user, earlier)) = before.split_last().filter(|(m, _)| m.role == Role::User)
            else {
                break;
            };
            said = &user.text;
            rest = earlier;
        }
        asked
    }
}

/// The last message, when it is an answer, and what came before it.
fn last_exchange(history: &[Message]) -> Option<(&Message, &[Message])> {
    history.split_last().filter(|(message, _)| message.role == Role::Assistant)
}

fn wrote(answer: &Message) -> bool {
    answer.outcome.tool_calls.iter().any(|call| call.change.is_some())
}

/// The question that an answer ends with. Titles in it ask nothing, whatever they say.
fn question_of(answer: &Message) -> Option<String> {
    let text = answer.outcome.refs.iter().fold(answer.text.clone(), |text, task| {
        let plain = task.title.trim_end_matches(['?', '.', '!']);
        text.replace(&task.title, plain)
    });
    let text = text.trim_end();
    let end = text.strip_suffix('?')?.len();
    let start = text[..end].rfind(['.', '!', '?', '\n', ':']).map_or(0, |at| at + 1);
    Some(text[start..].trim().to_owned())
}

/// "Shall I delete the dentist?" without the asking.
fn proposal(question: &str) -> &str {
    const LEADS: [&str; 10] = [
        "shall i ",
        "should i ",
        "do you want me to ",
        "would you like me to ",
        "want me to ",
        "may i ",
        "can i ",
        "do you mean ",
        "did you mean ",
        "would you like to ",
    ];
    let lower = question.to_ascii_lowercase();
    let lead = LEADS.iter().find_map(|lead| lower.find(lead).map(|at| at + lead.len()));
    lead.map_or("", |at| question[at..].trim_end_matches('?'))
}

/// What a text asks for.
struct Own {
    deeds: Deeds,
    /// It names no command of its own, and is no question: an answer, or a bare name.
    is_vague: bool,
    /// It asks or wants to see something, and no more.
    only_reads: bool,
    /// It thanks or greets.
    only_talks: bool,
    declines: bool,
    orders: Vec<String>,
}

fn deeds(text: &str, turn: &Turn) -> Own {
    let tokens = text::tokens(text);
    let context = turn.context();
    let scene = Scene { context: &context, has_focus: true };
    let mut own = Own {
        deeds: Deeds::NONE,
        is_vague: true,
        only_reads: false,
        only_talks: true,
        declines: declines(&tokens),
        orders: Vec::new(),
    };
    if own.declines {
        return own;
    }
    for clause in clauses(&Clause::new(text, &tokens)) {
        let stripped = intents::strip(&clause).clause;
        let grammar = intents::read(&clause, &scene).or_else(|| intents::read(&stripped, &scene));
        let empty =
            stripped.tokens.iter().all(|token| is_in("and but then also so please", &token.word));
        if matches!(grammar, Some(Request::Say(_))) || empty {
            continue;
        }
        own.only_talks = false;
        if only_reads(&clause, &stripped) {
            (own.is_vague, own.only_reads) = (false, own.orders.is_empty());
            continue;
        }
        own.only_reads = false;
        own.orders.push(clause.source().to_owned());
        let said = commands(&clause);
        let found = said.deeds.and(grammar.as_ref().map(of_request).unwrap_or_default());
        if !found.is_empty() {
            // "check the mail", "finish the essay": commands that are as well something to do.
            let to_do = intents::could_be_a_task(&stripped);
            let maybe = if to_do { Deeds::of(Deed::Add) } else { Deeds::NONE };
            // "first one to monday": a time alone moves something.
            let moves = clause.tokens.iter().any(|token| lexicon::is_time(&token.word));
            // "add the report to my work list" may tag a task that exists.
            let tags = clause.has_any(&["list", "tag", "label"]);
            let dated = if moves || tags { Deeds::of(Deed::Update) } else { Deeds::NONE };
            own.deeds = own.deeds.and(found).and(maybe).and(dated);
            own.is_vague = false;
        } else if said.negated {
            own.is_vague = false;
        } else if suggests(&clause, &stripped) || !matches!(grammar, Some(Request::Ask(_))) {
            own.deeds = own.deeds.and(Deeds::STATED);
        }
    }
    own
}

/// What the grammar of the built-in assistant makes of it.
fn of_request(request: &Request) -> Deeds {
    Deeds::of(match request {
        Request::Add(_) => Deed::Add,
        Request::Undo(_) => Deed::Undo,
        Request::Ask(_) | Request::Say(_) => return Deeds::NONE,
        Request::Change { action, .. } => match action {
            Action::Complete => Deed::Complete,
            Action::Reopen => Deed::Reopen,
            Action::Delete => Deed::Delete,
            Action::Restore => Deed::Restore,
            _ => Deed::Update,
        },
    })
}

/// Whether a message goes on from the one before: "and the dentist too", "no, the other one".
fn goes_on(text: &str, leads: &str) -> bool {
    let tokens = text::tokens(text);
    let first = tokens.first().map(word).unwrap_or_default();
    let last = tokens.last().map(word).unwrap_or_default();
    is_in(leads, first)
        || Clause::new(text, &tokens).starts("i meant").is_some()
        || is_in(lexicon::TRAILING, last)
}

/// "no, leave them", "maybe", "thanks anyway": nothing is asked for.
fn declines(tokens: &[Token]) -> bool {
    let said = |token: &Token| !token.quoted && is_in(lexicon::DECLINING, &token.word);
    let agrees = |token: &Token| is_in("yes yeah yep ok okay sure", &token.word);
    !tokens.is_empty()
        && tokens.iter().all(said)
        && tokens.iter().any(|token| is_in(lexicon::NO, &token.word))
        && !tokens.iter().any(agrees)
}

#[cfg(test)]
mod tests;
