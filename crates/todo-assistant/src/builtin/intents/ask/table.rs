//! Ways to ask, as data.

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
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

pub(super) const TABLE: &[(Kind, &str)] = &[
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
        what|what's is? number|no|nr {number}
        tell me|us|more? about {task}
        about {task}
        give|show|get me? the|all|more|any* details|info|information|description|notes|note about|of|for|on {task}
        details|info about|of|for|on {task}
        what are|is|'s the details|description|notes|note|priority|tag|tags|info about|of|for|on|in {task}
        what's|what the details|description|notes|note|priority|tag|tags|info about|of|for|on|in {task}
        what|what's is? in|on the|its description|notes|note|details of|for|on {task}
        what does {task} say
        how important|urgent is {task}
        does {task} have|repeat a|any|the? description|notes|deadline|date|tag|tags|priority|due?*
        what did i write|note|put about|for|on|in {task}
        do i have notes for|on|about {task}
        more about {task}
        describe {task}
        what|which priority|tag|tags|notes|deadline|list|description does|do|is|are {task} have|on|in
        how often am|do|should|must i|we meant|supposed|need|have|to* {task}
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
        what|how about {set}",
    ),
    (
        Kind::List,
        "
        show|list
        show|list|view|display|see|open|print|read|pull|fetch|bring|find|search|lookup|look|filter|tell|check|let's|let|review|sort|check-out|review up|me|us|out|over|at|for|through|all|by|back|see|only|just|to|know* {set}
        get|give|tell me|us {set}
        gimme {set}
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
