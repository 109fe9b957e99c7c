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
        "
        hi|hello|hey|yo|howdy|hiya|greetings|sup there|again|assistant|bot|everyone|you?
        good morning|afternoon|evening|day to? you?
        hi|hello|hey good morning|afternoon|evening
        morning",
    ),
    (
        Talk::Thanks,
        "
        thanks|thank you|ya? very|so? much|lots|kindly?
        thanks a lot|bunch|million|ton
        cool|great|ok|okay|perfect|awesome|nice thanks|thank you?
        many thanks
        much appreciated
        appreciate it
        i appreciate it|that
        thanks that's all for? now|today?
        thanks for your? the? {x}
        thank you for {x}
        ok? thanks|thank you? that's it|all|great|perfect
        cheers",
    ),
    (
        Talk::Bye,
        "
        bye|goodbye|cya|ciao|farewell bye?
        see you later|soon|tomorrow|around?
        good night
        talk to you later|soon|tomorrow
        that's all|it for? now|today?
        have a good|great|nice {x}",
    ),
    (
        Talk::HowAreYou,
        "
        how are you doing|today|feeling?
        how's it going
        what's up
        how do you do
        how have you been
        are you ok|okay|there|alive|awake",
    ),
    (
        Talk::WhoAreYou,
        "
        who|what are you
        are you a|an {x}
        are you human|real|chatgpt|ai
        what's|what is? your name
        who made|built|created|wrote you
        which|what model are|is {x}
        do you have a name",
    ),
    (
        Talk::Praise,
        "
        good|great|nice|excellent|amazing job|work|bot|one
        well done
        you are|'re the? great|awesome|best|amazing|smart|helpful
        you're the? great|awesome|best|amazing|smart|helpful
        i love|like you|it|this|that
        awesome|great|nice|cool|perfect|excellent|amazing|wonderful|brilliant|sweet|neat|fantastic|lovely
        that's|that great|awesome|perfect|nice|cool|good|right|correct
        looks good
        love it",
    ),
    (Talk::Sorry, "
        sorry|oops|whoops
        my bad|mistake
        i'm sorry"),
    (
        Talk::Fine,
        "
        ok|okay|k|alright|fine|sure|right|understood|noted|gotcha|yes|yeah|yep|hm|hmm|lol|haha|hehe|wow|interesting|oh|ah|so|well|um
        all right
        yes|yeah|yep|no|nope it|they|he|she|that is|are|does|do|did|was|has|have
        got it
        i see
        sounds good
        ok cool|great|good|then
        fair enough
        not|nothing much|now|right|yet now?
        nothing",
    ),
    (
        Talk::Help,
        "
        help me?
        help please
        what can|could|do you do|understand {x?}
        how does|do this|it|you|that work
        what can|could|should i say|ask|do|type here|you?
        what can|could i do here|with {x?}
        how do|can i use this|you|it {x?}
        what are your|the commands|features|options|capabilities
        what commands {x?}
        show|list|give me? your|the|some? commands|help|examples|options|instructions
        what do you do
        commands|instructions|usage|manual|examples
        i need help
        i don't know what to say|do|type
        how can|do you help me?
        help me out|understand {x?}
        what's possible
        what else can you do
        can|could you help me? out?
        how do|can|would|should i add|create|delete|remove|complete|edit|change|rename|undo|move|mark|use|set|see|search|find|make {x?}
        how does|do {x} work",
    ),
    (
        Talk::NoAlarm,
        "
        set|start|create|add|make|put an|a|the|my? alarm|timer|stopwatch|countdown {x?}
        wake|ring me up? {x?}
        timer {x?}
        alarm {x?}
        set {x} alarm|timer|countdown {x?}
        call me|my {x?} at|in|when {y}",
    ),
    (
        Talk::Cannot,
        "
        play|sing|dance|translate|google|calculate|compute|draw|navigate {x}
        play|sing|dance
        tell|read|write|sing|give|show me a|an|some? another? joke|jokes|story|stories|poem|poems|song|songs|news|riddle|haiku|weather {x?}
        a|another joke|story|poem|song|riddle|haiku {x?}
        write|compose|generate a|an|some|me? a|an|some? poem|story|song|code|haiku|limerick|joke|rap|python|program|script {x?}
        write|compose|generate|draw me|us a|an|some|my {x}
        turn|switch on|off the|my? {x}
        turn|switch the|my? light|lights|tv|music|heating|ac|alarm on|off
        send|forward|text|email|mail|message an|a|the|my|this|that|it? {x} for me
        send|forward|text|email|share|export|print it|this|them|that|my|these list|tasks|todos|task? {x?}
        order|buy|book|call|pay|reserve {x} for me
        share|sync my|the|this|these {x} with|to {y}
        assign {x} to {y}
        connect|integrate|sync {x?} google|outlook|apple|slack|alexa|siri|whatsapp {y?}
        open|launch|start|close the? browser|spotify|youtube|app|chrome|facebook|whatsapp|netflix {x?}",
    ),
    (
        Talk::Kept,
        "
        don't|do not? delete|remove|complete|change|touch|move|add|do|mark|edit|rename|erase|finish|cancel {x?}
        never delete|remove|complete|change|touch|move|add|mark {x?}
        keep it|them|that|everything|all|the {x?}
        leave it|them|that|everything|all|as alone|as|is|it {x?}",
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
