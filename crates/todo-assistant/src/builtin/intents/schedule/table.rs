//! Ways to say when, as data.

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    Set,
    /// "by 2 days", "a week".
    Later,
    Earlier,
    Clear,
    /// Of the last task.
    ItClear,
    Repeat,
    NoRepeat,
    /// Of the last task.
    ItSet,
    ItLater,
    /// A statement: only about a task that exists.
    Is,
    /// When is missing.
    Ask,
}

/// Ways that name the field, and so come before those that add: "add a deadline to task 3".
pub(super) const FIELDS: &[(Kind, &str)] = &[
    (
        Kind::Set,
        "{who} extended|moved|pushed|shifted|postponed|rescheduled|delayed|changed {task} deadline|date|time|appointment? to|until|till {when}",
    ),
    (Kind::ItClear, "hm|hmm|oh|well|um|ok|okay|please* no due? date|dates|deadline|time actually|please|for|it|on|that|just|leave|open|needed|after|all*"),
    (
        Kind::Clear,
        "
        remove|clear|delete|drop|unset|cancel|erase|take|strip the|its|any? due|end? date|dates|deadline|deadlines|time|due|schedule from|of|off|on|for {task}
        remove|clear|delete|drop {task} due|'s? date|deadline
        set|change the? due? date|deadline of|for|on {task} to none|nothing|never
        {task} has|have|needs|need no due? date|deadline anymore|any? more?
        {task} doesn't|don't have|need a? due? date|deadline anymore?
        make {task} undated|dateless|open-ended
        unschedule {task}
        no due? date|dates|deadline|time for|on {task}
        take|remove the? due? date|deadline off|from {task}
        clear {task} date|dates|deadline|schedule",
    ),
    (
        Kind::NoRepeat,
        "
        stop repeating|recurring {task}
        stop|make|prevent {task} from? repeating|recurring|stop
        make {task} not|stop|non-recurring repeat|recur|repeating?
        {task} should not|no|stop longer? repeat|repeating|recur anymore?
        {task} shouldn't|doesn't|needn't need|have|to* repeat|recur anymore|any? more?
        {task} no longer repeats|recurs
        remove|clear|cancel|delete|drop|end the|its? repeat|recurrence|repetition|repeating|schedule from|of|on|for {task}
        make {task} a? one-time|one-off|once|single task|thing?
        {task} is no longer recurring|repeating",
    ),
    (
        Kind::Repeat,
        "
        repeat {task} {when}
        make {task} repeat|recur|recurring|repeating {when}
        {task} repeats|recurs|repeat {when}
        {task} should|must|needs to? repeat|recur|happen|be {when}
        set|change {task} to|up* repeat|recur|recurring|repeating {when}
        set|change|make the|a? repeat|recurrence|schedule of|for|on {task} to|as? {when}
        set a? {when} repeat|recurrence for|on {task}",
    ),
    (
        Kind::Set,
        "
        set|change|move|update|make|put|add|give|assign|adjust|edit|fix a|an|the|new? due|end? date|dates|deadline|time|day|due of|for|to|on {task} to|as|at|of|for|on|is* {when}
        set|change|move|update|make|put|add|give|assign a|an|the|new? due|end? date|deadline|time|day of|for|at|to* {when} to|for|on {task}
        add|set|put|give {when} as the|a? due|end? date|deadline|time of|for|to|on {task}
        give {task} a|the|new* due|end? date|deadline|time of|on|for|at* {when}
        set|change|update|move {task} due|end? date|deadline|time to|as|for|at* {when}
        {task} due|end? date|deadline is|to|should|be|on|now* {when}
        the? deadline|date|due for|of|date* {task} is|should|moved|be|to|now* {when}",
    ),
];

pub(super) const TABLE: &[(Kind, &str)] = &[
    (
        Kind::Later,
        "
        push|delay|postpone|put|move|bump back|off|out {task} by|for|another? {amount}
        push|delay|postpone|move|bump|defer|put|extend|shift|reschedule {task} back|out|off|up|forward|later? by|for|another|of? {amount} later|back|out|further?
        give me {amount} more|longer|extra for {task}
        snooze {task} for|by? {amount}
        make|set|start|have|do|change {task} to|by? {amount} later",
    ),
    (
        Kind::Earlier,
        "
        move|bring|pull|push|shift {task} forward|up|earlier|ahead by? {amount}
        move|bring|pull|shift {task} by? {amount} forward|earlier|up|ahead|sooner
        make|set|start|have|do|change {task} to|by? {amount} earlier|sooner",
    ),
    (
        Kind::Set,
        "
        move|reschedule|push|postpone|delay|defer|shift|bump|bring|change|switch|put|set|schedule|snooze|plan|adjust|transfer|carry|roll|rescheduled|swap|leave|make {task} over|back|out|off|up|forward|ahead|due|again|instead* to|for|until|till|on|at|by|onto|from|into|be|due|happen* {when}
        move|reschedule|push|postpone|delay|defer|shift|bump|bring|put|set|snooze back|out|off|up|forward|over {task} to|for|until|till|on|at|by {when}
        move|change|switch|push|reschedule {task} from {old} to {when}
        reschedule|postpone|move|push|delay|defer|snooze|schedule {task} {when}
        make|set|have {task} due|for|at|on|be* {when}
        i'll|i|we will|ll|need|want|have? to? do {task} {when} instead",
    ),
    (
        Kind::Is,
        "
        {task} is|are|was|has|have|got|should|must|needs|need|will|moved|changed|rescheduled|postponed|happens is|are|was|got|been|will|to|be|now|actually|due|moved|happening|changed|rescheduled|postponed|pushed|scheduled|by|for|until|on|at|back* {when} now|instead?
        {task} can wait|move until|till|to|for {when}
        {task} to {when}
        {task} make|move|put|do|set it|that|this to|for|on|at|by? {when}
        {task} wants|needs|expects me|us|it|you? back|there? on|at|for|by? {when}
        {task} must|should|needs|need|has|have|ought to? be done|sent|paid|finished|ready|in|made|handed|called|submitted|returned|there by|on|at|until|for* {when}
",
    ),
    (
        Kind::ItSet,
        "
        make|move|set|change|push|put|schedule|reschedule|do|have|shift it|that|this one? to|for|at|on|by|until|be|due|happen* {when}
        change|set|move|make the? due? date|time|deadline|day to|at|for|on? {when}
        to|for|on|at|by|until|till {when}
        {when}
        it's|it is|should|be|due|must|for|at|on* {when}
        make|move|change|push|reschedule to|for {when}
        the? date|time|deadline should|is|be|to* {when}
        it|that should|needs|has to? be|happen on|at|for|due? {when}
        due on|at|by? {when}",
    ),
    (Kind::Is, "{task} {when} instead"),
    (Kind::ItLater, "
        {amount} later
        push it|that back by? {amount}"),
    (
        Kind::Ask,
        "
        reschedule|postpone|snooze|defer|delay|move|shift {task}
        move|change|set the? date|due|deadline date? of|for {task}",
    ),
];
