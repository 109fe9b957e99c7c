//! What the user's own words ask for.
//!
//! Only what the user said counts here: this message, and those before it that it goes on from. What the assistant said
//! counts where the user agreed to it with a plain yes, because then they read it and made it their own.

use todo_core::chats::{Message, Role};

use super::{
    deeds::{Deed, Deeds},
    lexicon,
};
use crate::{
    builtin::{
        intents::{self, Scene},
        request::{Action, Request},
        sets::is_in,
        text::{self, Clause, Pause, Token},
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
            let goes_on = step == 0 && continues(said) || own.is_vague;
            asked.deeds = asked.deeds.and(own.deeds);
            asked.commands |= step == 0 && !own.is_vague && !own.deeds.is_empty();
            asked.texts.push(said.to_owned());
            let Some((answer, before)) = last_exchange(rest) else { break };
            let question = question_of(&answer.text);
            if step == 0
                && agrees
                && let Some(question) = &question
            {
                asked.deeds = asked.deeds.and(deeds(proposal(question), turn).deeds);
                asked.texts.push(question.clone());
            }
            let waits = question.is_some() && !wrote(answer);
            let corrects = step == 0 && continues(said);
            if !(waits && goes_on || corrects) {
                break;
            }
            if corrects && wrote(answer) {
                // "no, the other one": what was done just now may be taken back.
                asked.deeds = asked
                    .deeds
                    .and([Deed::Undo, Deed::Reopen, Deed::Restore].into_iter().collect());
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

/// The last sentence of an answer that asks something.
fn question_of(answer: &str) -> Option<String> {
    let end = answer.rfind('?')?;
    let start = answer[..end].rfind(['.', '!', '?', '\n', ':']).map_or(0, |at| at + 1);
    Some(answer[start..=end].trim().to_owned())
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
}

fn deeds(text: &str, turn: &Turn) -> Own {
    let tokens = text::tokens(text);
    let context = turn.context();
    let scene = Scene { context: &context, has_focus: true };
    let mut own = Own { deeds: Deeds::NONE, is_vague: true };
    for clause in clauses(&Clause::new(text, &tokens)) {
        let stripped = intents::strip(&clause).clause;
        let grammar = intents::read(&clause, &scene).or_else(|| intents::read(&stripped, &scene));
        if matches!(grammar, Some(Request::Say(_))) || stripped.is_empty() {
            continue;
        }
        if only_reads(&clause, &stripped) {
            own.is_vague = false;
            continue;
        }
        let said = commands(&clause);
        let found = said.deeds.and(grammar.as_ref().map(of_request).unwrap_or_default());
        if !found.is_empty() {
            own.deeds = own.deeds.and(found);
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

/// The parts of a message that each ask, tell or command.
pub(super) fn clauses<'a>(whole: &Clause<'a>) -> Vec<Clause<'a>> {
    let mut clauses = Vec::new();
    let mut start = 0;
    for at in 0..whole.len() {
        let ends = whole.tokens[at].pause >= Pause::Stop;
        let joint = is_in("and then but also plus", &whole.tokens[at].word)
            || whole.tokens[at].pause == Pause::Comma;
        let next = whole.tokens.get(at + 1);
        let begins = next.is_some_and(|next| {
            !lexicon::verb(word(next)).is_empty()
                || is_in("please then also", &next.word)
                || is_in(lexicon::SHOWING, &next.word)
                || is_in(lexicon::ASKING, &next.word)
        });
        if ends || joint && begins {
            clauses.push(whole.part(start..at + 1));
            start = at + 1;
        }
    }
    if start < whole.len() {
        clauses.push(whole.part(start..whole.len()));
    }
    clauses
}

pub(super) fn word(token: &Token) -> &str {
    if token.quoted { "" } else { token.meant.unwrap_or(&token.word) }
}

/// "How about Friday?" proposes, although it asks.
fn suggests(raw: &Clause<'_>, clause: &Clause<'_>) -> bool {
    ["how about", "what about", "why don't", "why not"]
        .iter()
        .any(|lead| raw.starts(lead).or(clause.starts(lead)).is_some())
}

/// Whether a clause asks or wants to see something, and no more.
fn only_reads(raw: &Clause<'_>, clause: &Clause<'_>) -> bool {
    let Some(first) = clause.tokens.first().map(word) else { return true };
    let second = clause.tokens.get(1).map(word).unwrap_or_default();
    let requests = ["can you", "could you", "would you", "will you", "can we", "please"]
        .iter()
        .any(|lead| raw.starts(lead).is_some());
    if requests {
        return is_in(lexicon::SHOWING, first) || second == "me" && is_in("tell give", first);
    }
    if suggests(raw, clause) {
        return false;
    }
    let of_list = || {
        clause
            .has_any(&["list", "calendar", "agenda", "schedule", "tasks", "todos", "if", "whether"])
    };
    match first {
        "tell" | "give" => second == "me" || second == "us",
        "remind" => {
            let third = clause.tokens.get(2).map(word).unwrap_or_default();
            second == "me" && is_in("what which who when where how of", third)
        }
        "check" => of_list() && !clause.has_any(&["off", "done"]),
        "when" | "if" if !raw.asks() => commands(clause).deeds.is_empty(),
        "do" | "have" | "had" => raw.asks() || is_in(lexicon::ASKING_OF, second) && second != "the",
        first if is_in(lexicon::SHOWING, first) || is_in(lexicon::ASKING, first) => true,
        first => raw.asks() && lexicon::verb(first).is_empty(),
    }
}

/// The commands among the words of a clause.
struct Commands {
    deeds: Deeds,
    /// There is one that is negated: "don't delete anything".
    negated: bool,
}

fn commands(clause: &Clause<'_>) -> Commands {
    let words: Vec<&str> = clause.tokens.iter().map(word).collect();
    let mut found = Commands { deeds: Deeds::NONE, negated: false };
    let mut in_phrase = vec![false; words.len()];
    for (deeds, phrase) in lexicon::phrases() {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        for at in 0..(words.len() + 1).saturating_sub(phrase.len()) {
            if words[at..at + phrase.len()] == phrase[..] {
                found.deeds = found.deeds.and(deeds);
                in_phrase[at..at + phrase.len()].fill(true);
            }
        }
    }
    for (at, word) in words.iter().enumerate() {
        let end = words.len().min(at + lexicon::REACH);
        let alone = if in_phrase[at] { Deeds::NONE } else { lexicon::verb(word) };
        let deeds = words[at..end]
            .iter()
            .fold(alone, |deeds, later| deeds.and(lexicon::with_particle(word, later)));
        if deeds.is_empty() {
            continue;
        }
        if words[at.saturating_sub(2)..at].iter().any(|word| is_in(NEGATIONS, word)) {
            found.negated = true;
        } else {
            found.deeds = found.deeds.and(deeds);
        }
    }
    found
}

const NEGATIONS: &str =
    "don't not never without doesn't didn't can't won't shouldn't isn't nothing";

/// Whether a message goes on from the one before: "and the dentist too", "no, the other one".
fn continues(text: &str) -> bool {
    let tokens = text::tokens(text);
    let clause = Clause::new(text, &tokens);
    let first = tokens.first().map(word).unwrap_or_default();
    let last = tokens.last().map(word).unwrap_or_default();
    is_in(lexicon::CONTINUING, first) && first != "i"
        || clause.starts("i meant").is_some()
        || matches!(last, "too" | "instead")
        || clause.ends("as well").is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turn(message: &str, history: &[(Role, &str)]) -> Turn {
        let message_of = |(at, (role, text)): (usize, &(Role, &str))| Message {
            seq: at as i64 + 1,
            role: *role,
            text: (*text).to_owned(),
            at: jiff::Timestamp::UNIX_EPOCH,
            outcome: todo_core::chats::Outcome::default(),
        };
        Turn {
            message: message.to_owned(),
            history: history.iter().enumerate().map(message_of).collect(),
            now: "2026-11-20T09:30:00+01:00[Europe/Berlin]".parse().unwrap(),
            zone: "Europe/Berlin".to_owned(),
            week_start: jiff::civil::Weekday::Monday,
            locale: "en".to_owned(),
        }
    }

    fn asks(message: &str) -> Vec<Deed> {
        asks_after(message, &[])
    }

    fn asks_after(message: &str, history: &[(Role, &str)]) -> Vec<Deed> {
        let deeds = Asked::read(&turn(message, history)).deeds;
        Deed::ALL.into_iter().filter(|deed| deeds.has(*deed)).collect()
    }

    #[test]
    fn what_only_asks_or_lists_asks_for_no_change() {
        for message in [
            "what is due today?",
            "show my tasks",
            "list everything",
            "can you show me what is overdue?",
            "what should I delete?",
            "did I add the milk?",
            "is the report done?",
            "tell me about the dentist",
            "how many tasks are completed?",
            "check my list",
            "do I need to remove anything?",
            "remind me what I have to do",
            "thanks!",
            "hello",
            "don't delete anything",
            "which task did I complete last?",
            "read task 3 to me",
            "give me a summary of my week",
        ] {
            assert_eq!(asks(message), [], "{message:?}");
        }
    }

    #[test]
    fn commands_ask_for_what_they_say() {
        for (message, deed) in [
            ("add milk", Deed::Add),
            ("remind me to call mom", Deed::Add),
            ("don't forget the milk", Deed::Add),
            ("can you add milk?", Deed::Add),
            ("delete the dentist", Deed::Delete),
            ("could you take the milk off my list?", Deed::Delete),
            ("get rid of task 3", Deed::Delete),
            ("I no longer need the dentist", Deed::Delete),
            ("lösche den Zahnarzt", Deed::Delete),
            ("what's due today, and delete the dentist", Deed::Delete),
            ("mark the report as done", Deed::Complete),
            ("cross the milk off", Deed::Complete),
            ("I paid the rent", Deed::Complete),
            ("move the dentist to friday", Deed::Update),
            ("how about friday?", Deed::Update),
            ("the report isn't done", Deed::Reopen),
            ("undo", Deed::Undo),
            ("bring the dentist back", Deed::Restore),
            ("delte the milk", Deed::Delete),
        ] {
            assert!(asks(message).contains(&deed), "{message:?}: {:?}", asks(message));
        }
    }

    #[test]
    fn only_what_is_said_takes_something_away() {
        for message in
            ["milk and eggs", "Milch und Eier", "I paid the rent", "add milk", "move it to friday"]
        {
            assert!(!asks(message).contains(&Deed::Delete), "{message:?}");
        }
    }

    #[test]
    fn an_answer_to_a_question_goes_on_from_what_was_asked_for() {
        let history = [
            (Role::User, "delete the appointment"),
            (Role::Assistant, "Which one: the dentist or the bank?"),
        ];

        assert!(asks_after("the dentist", &history).contains(&Deed::Delete));
        assert_eq!(asks_after("what is due today?", &history), []);
    }

    #[test]
    fn a_yes_takes_over_what_was_offered_and_no_more() {
        let offered =
            |question| asks_after("yes", &[(Role::User, "hm"), (Role::Assistant, question)]);

        assert!(offered("The dentist is over. Shall I delete it?").contains(&Deed::Delete));
        assert!(!offered("Shall I show your list?").contains(&Deed::Delete));
    }
}
