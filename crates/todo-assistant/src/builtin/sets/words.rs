//! The words of sets, as data.

use super::super::request::Which;

/// How a phrase narrows a set.
#[derive(Debug, Clone, Copy)]
pub(super) enum Role {
    Status(Which),
    /// The filter, and words that fit behind "tasks".
    Due(&'static str, &'static str),
    Priority(&'static str),
    Sort(&'static str),
}

/// Words that make a set of everything.
pub(super) const ALL: &[&str] = &["all", "everything", "every", "each", "entire", "whole"];

/// Words for tasks.
pub(super) const TASK_NOUNS: &str = "task tasks todo todos item items reminder reminders thing things stuff chore chores entry entries job jobs \
                                     errand errands one ones assignments duties agenda calendar schedule planner plate ticket tickets";

/// Phrases that narrow, the longer ones before those that they contain.
pub(super) const PHRASES: &[(&str, Role)] = &[
    (
        "including completed,including done,done and open,open and done,done or not,completed and pending,pending and completed",
        Role::Status(Which::All),
    ),
    (
        "that are not done,not yet done,not done yet,not done,not completed,not complete,not finished,not yet completed,haven't done,haven't finished,haven't completed,still have to do,still need to do,left to do,still to do,yet to do,to be done,still open,have left,don't have done,didn't do,didn't finish,did not finish,have not done,have not finished",
        Role::Status(Which::Open),
    ),
    (
        "pending,open,left,remaining,outstanding,incomplete,unfinished,undone,active,uncompleted,unchecked,still",
        Role::Status(Which::Open),
    ),
    (
        "crossed off,ticked off,checked off,got done,get done,already done,already completed,already finished",
        Role::Status(Which::Completed),
    ),
    (
        "completed,done,finished,accomplished,complete,checked,finish,accomplish",
        Role::Status(Which::Completed),
    ),
    (
        "in the trash,in trash,in the bin,trash,trashed,deleted,removed",
        Role::Status(Which::Trashed),
    ),
    (
        "past their due date,past its due date,past the due date,past due date,past due,past deadline,overdue,late,running late,missed,behind on,behind with,behind,expired,should have done already,delayed",
        Role::Due("overdue", "overdue"),
    ),
    (
        "without a due date,without due date,without due dates,without a deadline,without deadline,without a date,without dates,with no due date,with no due dates,with no deadline,with no date,no due date,no deadline,no date,undated,unscheduled,not scheduled",
        Role::Due("none", "without a due date"),
    ),
    (
        "with a due date,with due dates,with a date,with dates,that have a date,with any date,dated,with a deadline,with deadlines,that have a due date,scheduled",
        Role::Due("any", "with a due date"),
    ),
    (
        "coming up,upcoming,in the future,down the road,still ahead,ahead of me,ahead,coming,approaching",
        Role::Due("upcoming", "after today"),
    ),
    (
        "highest priority,top priority,big priority,biggest priority,high priority,most important,most urgent,high prio,priority high,p1,!high,urgent,important,critical,high-priority,crucial,high",
        Role::Priority("high"),
    ),
    (
        "medium priority,priority medium,p2,!medium,medium-priority,normal priority",
        Role::Priority("medium"),
    ),
    (
        "lowest priority,low priority,priority low,p3,!low,low-priority,unimportant,not urgent,not important",
        Role::Priority("low"),
    ),
    ("by priority,by importance,sorted by priority,ordered by priority", Role::Sort("priority")),
    (
        "newest first,most recent,by newest,latest,recently added,newest,recent",
        Role::Sort("newest"),
    ),
    ("oldest first,by oldest,oldest", Role::Sort("oldest")),
    (
        "by due date,by date,sorted by date,sorted by due date,ordered by due date,in order",
        Role::Sort("due"),
    ),
];

/// Words that neither narrow nor are looked for.
pub(super) const FILLERS: &str = "gimme remind reminding what what's which who how many much when where show list see view display give tell me my the a an all every everything \
    anything any some something each of do does did i i'm i've i'd have has had got get to be is are am was were been there there's that \
    that's this these those it it's its they them in on at for from with about up need needs supposed should must going gonna go want can could would \
    will shall you your u we our us please just only also and or so far currently now right today's yet due by out else there're here look check \
    read find search pull bring whole entire complete full listing overview summary rundown again really exactly actually basically \
    still waiting planned plan plans planning lined know let remember remembering forget forgetting doing happening ones one thing things stuff \
    contain contains called named like as up-to-date off over whats lists items details hey hi ok okay well then too way long big quick quickly look looking \
    tackle focus start worry concerned deal handle more other others not no yes don't haven't already ever \
    date dates deadline deadlines tagged tag priority priorities marked under inside within during until till through around \
    free busy lot bunch couple few several time times total number amount count altogether overall";
