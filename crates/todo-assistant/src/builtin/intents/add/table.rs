//! Ways to ask for a new task, as data.

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    Add,
    /// Several at once, between commas.
    Several,
    /// The list comes first.
    Listed,
    /// "an urgent task to …"
    Ranked,
    /// "remind me what is due" asks.
    Remind,
    /// A fact with a date: "I have a meeting on friday".
    Fact,
    /// "task: buy milk"
    Label,
    /// "things to do tomorrow: …"
    Heading,
    /// "shopping list: tea, coffee"
    ListLabel,
    /// "I need to add chairs to the hall booking": the verb may belong to the title.
    NeedAdd,
    /// "urgent: call the bank", "low priority: …"
    Urgent,
    /// "…, remind me"
    Afterthought,
    /// "I want make an appointment": only with a verb of things to do.
    Wish,
    /// What to add is missing.
    Empty,
}

pub(super) const TABLE: &[(Kind, &str)] = &[
    (
        Kind::Empty,
        "
        add|create|make|new|insert|record|enter|start|set|put <det>* <task> up?
        add|create|make|new|insert|record something|one|more|another|it?
        add|create|make <det>* <task> to|on|in|for my|the <list>
        add something|one|another to|on my|the <list>
        add|put to|on my|the <list>
        remind me
        remind me of|about|to something|stuff?
        i need|want a|another reminder|task|todo
        set a|another reminder
        <task> <task>?
        new one
        add <det>* new? {tag} <task>",
    ),
    (Kind::Remind, "note to self|myself {text}"),
    (Kind::Heading, "things|stuff|jobs|errands to do for? {when?} {text}
        to do for? {when?} {text}"),
    (Kind::ListLabel, "my|the? {tag} list {text}
        <addverb> to {tag} {text}"),
    (Kind::Urgent, "{level} {text}"),
    (Kind::Afterthought, "{text} remind me please?
        {text} please? remind me please? {when}"),
    (Kind::NeedAdd, "i need|have|want to add {text}"),
    (
        Kind::Several,
        "
        <addverb> these|following|the|multiple|some|several|two|three|four|five|six|all|of|few|a|couple|2|3|4|5|6* new? tasks|items|todos|things|reminders|chores|errands for|to|me* {text}
        <addverb> the|all? following|these {text}
        my tasks|todos for today|tomorrow? are {text}",
    ),
    (
        Kind::Listed,
        "
        create|make|start|begin|new a|an|my|our new? {tag} list with|of|for? {text?}
        <addverb> to|on|onto|in|into my|the|our {tag} list {text}
        to|on|onto|in|into my|the|our {tag} list add|put|write|include {text}",
    ),
    (
        Kind::Ranked,
        "
        <addverb> a|an|another|the|new* {level} new? <task> to|for|called|named|about|that|saying* {text}
        a|an|new|another* {level} <task> to|for|called|named|about* {text}",
    ),
    (
        Kind::Add,
        "
        <addverb> down? <det>* <task> down? named|called|titled|labeled|saying|reading|that's|which|that|says|is|to|for|about|of|with|the|title|name|text|description|me|i|need|have|should|must* {text}
        <addverb> <det>* <task> {text}
        new|another <task> to|for|called|named|about|that|says|saying* {text}
        <task> to|called|named {text}
        take|make|leave a quick? note to|that|of|about|saying* {text}
        <addverb> to|on|in|into my|the|our <list> {text}
        write|jot|note|put|take|get|log|mark down {text}
        write|jot|note|put|get {text} down
        add|create|insert|append|include|enter|record|log|register|queue|save|note|jot {text}
        i need|want you to? add {text}
        i|we forgot to add|mention|put|write|note {text}
        put|stick|throw|pop|get|place|slap|write|toss|chuck|schedule {text} on|in|onto|into|to my|the|our|a {name?} <list>
        i|we need|want some|more|also* {text} on|in|for my|the|our {name?} <list>
        {text} needs|has to|should go|be on|to|in my|the {name?} <list>
        add|put in|on {text}
        schedule|plan|arrange|book|set up? a|an|the|my? meeting|appointment|call|visit|session|reminder|event|time|checkup|interview|lunch|dinner|date {text?}",
    ),
    (
        Kind::Remind,
        "
        remind|reminder|remember|reminding me|us? again|also|later|please? to|about|of|that|for|i|we|need|have|should|must|gotta|got* {text}
        i|we want|need|'d a|an|another reminder|reminders to|for|about|of* {text}
        set|create|make|add|give|send me? a|an|another|the reminder|reminders|alert|notification me? to|about|of|that|for|i|need|have* {text}
        {when} remind me to|about|of|that? {text}
        don't|do not? let me forget to|about|that|i|need|have* {text}
        don't|do not? forget to|about|that|i|need|have* {text}
        i don't want to forget to|about? {text}
        i|we can't|shouldn't|mustn't|must|should not? forget to|about? {text}
        i|we shouldn't|can't forget to|about? {text}
        i|we need|have|want|must|should|ought|got|gotta to? remember to|about|that|i|need|have* {text}
        make sure i|that|we|to|don't|forget|remember* {text}
        be sure to|i {text}
        remember to {text}
        make me remember|not|forget to|that|about|i* {text}
        be reminded to|about|of|that* {text}
        {when} i|we need|have|must|should|gotta to? {text}
        keep in mind to|that {text}
        i'd|i better|hate|would like|should? not|to? forget to|about? {text}",
    ),
    (
        Kind::Add,
        "
        i|we really|also|still|just|definitely|absolutely|actually|probably|urgently* need|have|ought|got|gotta|needa|hafta to {text}
        i|we really|also|still|just|definitely|probably* must|gotta|should|needa|hafta probably|really|also|just* {text}
        i've|we've|ive also|still|really* got to {text}
        need|have|got|gotta|hafta|must to {text}
        gotta|must|hafta {text}
        i'm|we're supposed|meant|due to {text}
        i'd|i|you better {text}
        i|we will|shall need|have to {text}
        i'll|we'll need|have to {text}
        it's time to {text}
        time to {text}
        i|we need|want {text} done|finished|completed|sorted by|before|on|until {when}
        to do {text}
        there's|there is? {text} to do
        next time remind me {text}
        i promised to|i'd|that|i* {text}
        i'm going|gonna|planning to {text}
        i plan|intend to|on {text}",
    ),
    (
        Kind::Fact,
        "
        i|we have|got|'ve|had got? a|an|my|another|the|to|some {text}
        i've|we've got? a|an|my|another|the|some? {text}
        there's|there is|will be? a|an|another|the? {text}
        my|our {text} is|are|starts|begins on|at|in|due|this|next|by? {when}
        the|a|an {text} is|starts|begins on|at|due|by? {when}",
    ),
    (Kind::Add, "another|new one {text}"),
    (Kind::Wish, "i|we want|wanna|wants to? {text}
        todo|to-do {text}"),
    (Kind::Label, "task|todo|todos|reminder|reminders|tasks|note|memo|new {text}"),
];
