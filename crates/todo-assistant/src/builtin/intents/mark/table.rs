//! Ways to complete, reopen, delete and restore, as data.

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    Complete,
    /// A statement about the past, that completes only what is really on the list.
    Did,
    /// "the trip is paid for": what was done is said of the thing.
    Stated,
    Reopen,
    Delete,
    /// A statement that deletes only what is really on the list.
    Unneeded,
    Restore,
}

pub(super) const TABLE: &[(Kind, &str)] = &[
    (
        Kind::Reopen,
        "
        reopen|re-open|uncheck|uncomplete|untick|unmark|reactivate|unfinish {task}
        mark|set|put|make|change|flag|move {task} as|to|back? to|as? not done|complete|completed|finished yet?
        mark|set|put|make|change|flag|move {task} as|to|back? to|as? <undone> again?
        un-check|un-complete|un-mark {task}
        open {task} again|back up?
        {task} is|are not done|finished|complete|completed|over yet|actually|after? all?
        {task} isn't|aren't|wasn't|weren't done|finished|complete|completed yet|actually|after? all?
        i haven't|didn't|couldn't actually|really|even|yet|finish|finished|complete|completed|done|do|get|got|to* {task} yet|today?
        i have|did not actually|really|even|yet|finish|finished|complete|completed|done|do|get|got|to* {task} yet|today?
        i'm not done|finished with {task} yet?
        it's|that's|it|that is? not actually|really|yet|quite* done|finished|complete|completed yet?
        it|that isn't|wasn't actually|really|quite* done|finished|complete|completed yet?
        i still have|need to do {task}
        i need|have to|must do|redo {task} again
        bring {task} back to my|the list|tasks|todos",
    ),
    (
        Kind::Restore,
        "
        restore|undelete|recover|un-delete|retrieve|resurrect|unremove {task} from|out? of? the? trash|bin|deleted?
        bring|get|put|take {task} back from|out|of|the|trash|bin|deleted|please*
        bring|get|put back {task}
        un delete {task}
        i want|need {task} back
        take|get|pull|move {task} out|from of|from? the? trash|bin",
    ),
    (Kind::Complete, "done|finished|completed|sorted already|now|too|today"),
    (Kind::Complete, "
        got {task} done|finished|completed
        all? done|finished|through with {task}"),
    (
        Kind::Complete,
        "
        mark|set|flag|make|put|check|tick|cross|log|count|consider|call|report|change|move {task} as|to|down? as|to? <done> please|now|already?
        mark|check|tick|cross|scratch|strike off|as|out? <done>? {task}
        check|tick|cross|scratch|strike {task} off|out|through my|the|from|of|list|todo*
        check|tick|cross off|out {task}
        complete|finish|close|accomplish|conclude|fulfill|resolve|done|completed|finished|tick|mark|closeout {task}
        {task} is|are|has|have|was|were been|all|now|already|finally|both|as* <done> now|already|today|too?
        {task} 's|it's all|already|now|finally? <done> now?
        {task} both|all <done>
        {task} is|are|was|were|all|both|now|already|finally* sorted|handled|settled|dealt out|with? now|already|too?
        {task} is|are|all|both|now|already* in the|my|our basket|trolley|cart|bag
        {task} <done>
        that's|it's <done>
        it's|it already? been? <done>
        i'm|am all|already|finally|now? done|finished|through with {task}
        we're|i'm|am done|finished {task}
        {task} can|should|could be|get closed|completed|marked|checked|ticked|crossed as|off? done|complete|completed?
        get {task} done|marked|completed|ticked|checked as|off? done?
        set status of {task} to <done>
        set|change the? status of|for {task} to <done>
        {task} check|checked|tick|ticked|crossed off?",
    ),
    (
        Kind::Complete,
        "
        i have|just|already|finally|also|actually* finished|completed|accomplished with|up? {task}
        i've just|already|finally|also|actually* finished|completed|accomplished|done with|up? {task}
        we have|just|already|finally* finished|completed with? {task}
        just|finally|already finished|completed|did with? {task}
        i managed to {task}
        i got {task} done|finished|completed|over {x?}
        i got done|finished with {task}
        i did {task}
        we did {task}
        i've got {task} done
        i have got {task} done
        i took care of {task}
        took care of {task}
        i have|just|already|finally|also done {task}
        i already did {task}
        i just|also|finally did {task}
        i|we've|i've|have|just|already|finally* dealt|done with {task}
        i|we've|i've|have|just|already|finally* handed|turned|gave|sent in {task}
        i|we've|i've|have|just|already|finally* sorted|knocked out {task}
        i wrapped up {task}
        wrapped up {task}
        {task} has|have been taken care of
        {task} is|are taken care of
        {task} is out of the way",
    ),
    (
        Kind::Delete,
        "
        delete|remove|erase|trash|scrap|discard|ditch|bin|drop|kill|purge|dump|eliminate|wipe|axe|nuke|clear|del|rm {task}
        get rid of {task}
        {task} can|could|should|must|may be|get deleted|removed|erased|scrapped|trashed
        rid me of {task}
        take|pull|strike|wipe|knock|drop|scratch {task} off|out|from of|from? my|the? {x?}
        take|wipe|strike|pull off|out {task}
        throw|toss|chuck {task} away|out
        throw|toss|chuck away|out {task}
        put|move|send|throw {task} in|into|to the trash|bin|garbage
        clear|clean|empty out? {task}
        clear {task} out|away|off
        cross|scratch {task} off because i|it {x}",
    ),
    (
        Kind::Unneeded,
        "
        cancel {task}
        call off {task}
        call {task} off
        i no longer need|have|want to? do? {task}
        i no longer need|want {task}
        i don't need|have|want to? do? {task} anymore|any|now|longer more|longer?
        i don't need|have|want to {task} anymore|any more?
        i don't need|want {task} on my list
        no need to|for {task} anymore|any|now more?
        no longer need to? {task}
        {task} is|are|was no longer needed|necessary|relevant|required|happening|on
        {task} is|are|was cancelled|canceled|obsolete|irrelevant|off|unnecessary
        {task} got|was|has been? cancelled|canceled
        {task} isn't|aren't needed|necessary|relevant|happening anymore|any more?
        {task} is|are not needed|necessary|relevant|happening anymore|any more?
        forget about? {task}
        skip {task}
        never mind about? {task}
        nevermind about? {task}
        i won't|will not be? do|doing|need|needing {task} anymore?
        i'm not going to|gonna do? {task} anymore?
        we don't need {task} anymore?
        we no longer need {task}
        scratch {task}",
    ),
];

/// What people say when they did something: "I paid the rent".
pub(super) const DID: &[(Kind, &str)] = &[(
    Kind::Stated,
    "
        {task} is|are|was|were|'s|has|have|been|got|all|both|already|now|finally* {verb} for|in|up|off|out|away|over|back? already|now|today|too?",
), (
    Kind::Did,
    "
        i|we already|just|finally|also|have|actually|now* {task} already|today|yesterday|just|this|last|now|finally|morning|night|evening*
        i've|we've already|just|finally|also|now* {task} already|today|now|yesterday?
        just|already|finally {task}
        {task}",
)];
