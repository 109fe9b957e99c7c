//! Small talk, questions about the assistant, and other topics.

use std::sync::LazyLock;

use super::{
    super::{
        pattern::Book,
        request::{Request, Talk},
        sets,
        text::Clause,
    },
    Scene,
};

const TABLE: &[(Talk, &str)] = &[
    (
        Talk::Hello,
        "hi|hello|hey|yo|howdy|hiya|greetings|sup there|again|assistant|bot|everyone|you?\ngood morning|afternoon|evening|day to? you?\nhi|hello|hey good morning|afternoon|evening\nmorning",
    ),
    (
        Talk::Thanks,
        "thanks|thank you|ya? very|so? much|lots|kindly?\nthanks a lot|bunch|million|ton\ncool|great|ok|okay|perfect|awesome|nice thanks|thank you?\nmany thanks\nmuch appreciated\nappreciate it\ni appreciate it|that\nthanks that's all for? now|today?\nthanks for your? the? {x}\nthank you for {x}\nok? thanks|thank you? that's it|all|great|perfect\ncheers",
    ),
    (
        Talk::Bye,
        "bye|goodbye|cya|ciao|farewell bye?\nsee you later|soon|tomorrow|around?\ngood night\ntalk to you later|soon|tomorrow\nthat's all|it for? now|today?\nhave a good|great|nice {x}",
    ),
    (
        Talk::HowAreYou,
        "how are you doing|today|feeling?\nhow's it going\nwhat's up\nhow do you do\nhow have you been\nare you ok|okay|there|alive|awake",
    ),
    (
        Talk::WhoAreYou,
        "who|what are you\nare you a|an {x}\nare you human|real|chatgpt|ai\nwhat's|what is? your name\nwho made|built|created|wrote you\nwhich|what model are|is {x}\ndo you have a name",
    ),
    (
        Talk::Praise,
        "good|great|nice|excellent|amazing job|work|bot|one\nwell done\nyou are|'re the? great|awesome|best|amazing|smart|helpful\nyou're the? great|awesome|best|amazing|smart|helpful\ni love|like you|it|this|that\nawesome|great|nice|cool|perfect|excellent|amazing|wonderful|brilliant|sweet|neat|fantastic|lovely\nthat's|that great|awesome|perfect|nice|cool|good|right|correct\nlooks good\nlove it",
    ),
    (Talk::Sorry, "sorry|oops|whoops\nmy bad|mistake\ni'm sorry"),
    (
        Talk::Fine,
        "ok|okay|k|alright|fine|sure|right|understood|noted|gotcha|yes|yeah|yep|hm|hmm|lol|haha|hehe|wow|interesting|oh|ah|so|well|um\nall right\ngot it\ni see\nsounds good\nok cool|great|good|then\nfair enough\nnot|nothing much|now|right|yet now?\nnothing",
    ),
    (
        Talk::Help,
        "help me?\nhelp please\nwhat can|could|do you do|understand {x?}\nhow does|do this|it|you|that work\nwhat can|could|should i say|ask|do|type here|you?\nwhat can|could i do here|with {x?}\nhow do|can i use this|you|it {x?}\nwhat are your|the commands|features|options|capabilities\nwhat commands {x?}\nshow|list|give me? your|the|some? commands|help|examples|options|instructions\nwhat do you do\ncommands|instructions|usage|manual|examples\ni need help\ni don't know what to say|do|type\nhow can|do you help me?\nhelp me out|understand {x?}\nwhat's possible\nwhat else can you do\ncan|could you help me? out?\nhow do|can|would|should i add|create|delete|remove|complete|edit|change|rename|undo|move|mark|use|set|see|search|find|make {x?}\nhow does|do {x} work",
    ),
    (
        Talk::NoAlarm,
        "set|start|create|add|make|put an|a|the|my? alarm|timer|stopwatch|countdown {x?}\nwake|ring me up? {x?}\ntimer {x?}\nalarm {x?}\nset {x} alarm|timer|countdown {x?}\ncall me|my {x?} at|in|when {y}",
    ),
    (
        Talk::Cannot,
        "play|sing|dance|translate|google|calculate|compute|draw|navigate {x}\nplay|sing|dance\ntell|read|write|sing|give|show me a|an|some? another? joke|jokes|story|stories|poem|poems|song|songs|news|riddle|haiku|weather {x?}\na|another joke|story|poem|song|riddle|haiku {x?}\nwrite|compose|generate a|an|some|me? a|an|some? poem|story|song|code|haiku|limerick|joke|rap|python|program|script {x?}\nturn|switch on|off the|my? {x}\nturn|switch the|my? light|lights|tv|music|heating|ac|alarm on|off\nsend|forward|text|email|mail|message an|a|the|my|this|that|it? {x} for me\nsend|forward|text|email|share|export|print it|this|them|that|my|these list|tasks|todos|task? {x?}\norder|buy|book|call|pay|reserve {x} for me\nshare|sync my|the|this|these {x} with|to {y}\nassign {x} to {y}\nconnect|integrate|sync {x?} google|outlook|apple|slack|alexa|siri|whatsapp {y?}\nopen|launch|start|close the? browser|spotify|youtube|app|chrome|facebook|whatsapp|netflix {x?}",
    ),
    (
        Talk::Kept,
        "don't|do not? delete|remove|complete|change|touch|move|add|do|mark|edit|rename|erase|finish|cancel {x?}\nnever delete|remove|complete|change|touch|move|add|mark {x?}\nkeep it|them|that|everything|all|the {x?}\nleave it|them|that|everything|all|as alone|as|is|it {x?}",
    ),
];

static BOOK: LazyLock<Book<Talk>> = LazyLock::new(|| Book::new(TABLE));

pub(super) fn read(clause: &Clause<'_>) -> Option<Request> {
    let starts_with_it = clause.tokens.first().is_some_and(|token| token.quoted);
    if starts_with_it
        || clause.starts("don't forget").is_some()
        || clause.starts("do not forget").is_some()
    {
        return None;
    }
    let talk = BOOK.find(clause, |talk, _| Some(talk))?;
    // "what's up" is a greeting, "what's up next" is not; the table fits whole clauses, so nothing is left to check but
    // that a name does not hide in it.
    let about_tasks =
        matches!(talk, Talk::Cannot | Talk::Praise) && clause.has_any(&["remind", "add", "todo"]);
    (!about_tasks).then_some(Request::Say(talk))
}

/// Words that only people who talk about their tasks use in a question.
const OF_TASKS: &str = "task tasks todo todos list lists due overdue deadline deadlines pending reminder reminders done finished completed remind agenda \
                        schedule scheduled calendar priority tagged tag appointments appointment open remaining urgent chore chores trash deleted undone";

/// Whether a question is about something that is no task: "what's the weather like?"
pub(super) fn is_elsewhere(clause: &Clause<'_>, scene: &Scene<'_>) -> bool {
    if clause.len() > 40
        || clause
            .tokens
            .iter()
            .any(|token| sets::is_in(OF_TASKS, token.meant.unwrap_or(&token.word)))
    {
        return false;
    }
    let mine = clause.has_any(&["i", "my", "i've", "i'm", "we", "our", "i'd"]);
    let topic = sets::read(clause, scene.context).set.topic;
    !mine && !topic.is_empty()
}
