use super::super::request::Talk;

/// What is said to talk that touches no task.
pub(super) fn words(talk: Talk) -> &'static str {
    match talk {
        Talk::Hello => {
            "Hello. I look after your tasks: say “add buy milk tomorrow”, or ask what is due today."
        }
        Talk::Thanks => "You are welcome.",
        Talk::Bye => "Goodbye. Your list is kept.",
        Talk::HowAreYou => "All is well here, thank you. Shall we look at your list?",
        Talk::WhoAreYou => {
            "This is the built-in assistant of your task list. It follows plain requests about your tasks and knows nothing else."
        }
        Talk::Praise => "Good to hear.",
        Talk::Sorry => "No harm done. “undo” takes the last change back.",
        Talk::Fine => "All right.",
        Talk::Help => HELP,
        Talk::Elsewhere => {
            "The assistant only knows your tasks. Ask “what is due this week?” or say “add call the bank tomorrow”."
        }
        Talk::Cannot => {
            "That is beyond the assistant, which only looks after your tasks, and nothing changed. It can put it on your list: say “add” and then the task."
        }
        Talk::NoAlarm => {
            "There is no alarm or timer here, and nothing changed. A task can have a time: say “remind me to take the cake out at 17:00”."
        }
        Talk::Kept => "All right, it stays as it is. Nothing changed.",
    }
}

const HELP: &str = "You can say it in plain words:\n\
    add buy milk tomorrow at 5pm #home !high · remind me to pay rent every month on the 1st\n\
    what is due this week? · show my work tasks · how many are left? · when is the dentist?\n\
    mark task 3 as done · I finished calling mom · reopen the report\n\
    move the dentist to friday · rename task 2 to “Buy oat milk” · make the report high priority · tag task 4 #home\n\
    delete the rent task · undo";
