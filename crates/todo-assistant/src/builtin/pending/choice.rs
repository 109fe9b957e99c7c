//! Which of the tasks that were offered a reply chooses.

use todo_api::tools::ToolTask;

use crate::builtin::{
    desk::Desk,
    matching::{Fit, Wanted, best},
    memory,
    request::Target,
    target,
    text::Clause,
    wording,
};

/// Those of the options that a reply chooses.
pub(super) fn choose(
    desk: &Desk<'_>,
    said: &Clause<'_>,
    options: &[i64],
    tasks: &[ToolTask],
) -> Vec<i64> {
    let at = |place: i64| memory::at(options, place).copied();
    let lead = said.starts("the").unwrap_or(0);
    let bare = said.part(lead..said.len());
    if let [token] = bare.tokens
        && let Some(place) = target::place(&token.word)
    {
        return at(place).into_iter().collect();
    }
    match target::read(said, desk.context()) {
        Target::Ids(numbers) | Target::Numbers(numbers) => {
            let one =
                |number: &i64| if options.contains(number) { Some(*number) } else { at(*number) };
            let chosen = numbers.iter().map(one).collect::<Option<Vec<_>>>();
            // "number 12" may be a part of a title.
            chosen.unwrap_or_else(|| by_name(desk, said, tasks))
        }
        Target::Except(set, _) if set.is_everything() => {
            let but = said.tokens.iter().position(|token| {
                ["but", "except", "besides", "excluding"].iter().any(|word| token.is(word))
            });
            let mut kept = said.part(but.map_or(said.len(), |at| at + 1)..said.len());
            if let Some(count) = kept.starts("for").or(kept.starts("not")) {
                kept = kept.part(count..kept.len());
            }
            let kept =
                if kept.is_empty() { Vec::new() } else { choose(desk, &kept, options, tasks) };
            match kept.is_empty() {
                true => Vec::new(),
                false => options.iter().copied().filter(|id| !kept.contains(id)).collect(),
            }
        }
        Target::Places(places) => {
            places.into_iter().map(at).collect::<Option<Vec<_>>>().unwrap_or_default()
        }
        Target::Run(count) if usize::try_from(count).is_ok_and(|count| count <= options.len()) => {
            options[..count as usize].to_vec()
        }
        Target::Them | Target::Both => options.to_vec(),
        Target::Set(set) if set.is_everything() && !said.reads("list") => options.to_vec(),
        _ => by_name(desk, said, tasks),
    }
}

fn by_name(desk: &Desk<'_>, said: &Clause<'_>, tasks: &[ToolTask]) -> Vec<i64> {
    if let Some((fit, found)) = best(&Wanted::new(said.plain()), tasks)
        && fit <= Fit::Loose
        && found.len() == 1
    {
        return vec![found[0].id];
    }
    // "the later one"
    let dates = tasks.iter().filter_map(|task| Some((wording::due(task)?, task.id)));
    let extreme = if said.has_any(&["later", "latest"]) {
        dates.max_by_key(|(due, _)| *due)
    } else if said.has_any(&["earlier", "earliest", "sooner", "soonest"]) {
        dates.min_by_key(|(due, _)| *due)
    } else {
        None
    };
    if let Some((_, id)) = extreme.filter(|_| said.len() <= 3) {
        return vec![id];
    }
    // "both the oat and the soy"
    let lead = said.starts("both").unwrap_or(0);
    let parts = target::parts(&said.part(lead..said.len()));
    if parts.len() > 1 {
        let one = |part: &Clause<'_>| match best(&Wanted::new(part.plain()), tasks) {
            Some((fit, found)) if fit <= Fit::Loose && found.len() == 1 => Some(found[0].id),
            _ => None,
        };
        if let Some(found) = parts.iter().map(one).collect::<Option<Vec<_>>>() {
            return found;
        }
    }
    // "the one on friday", "tomorrow's"
    let text = said.source().replace("'s", "").replace("’s", "");
    let Some((_, when)) = todo_core::quick_add::find_when(&text, desk.context()) else {
        return Vec::new();
    };
    let Some(day) = when.due.map(|due| due.date) else { return Vec::new() };
    let on: Vec<i64> = tasks
        .iter()
        .filter(|task| wording::due(task).is_some_and(|(date, _)| date == day))
        .map(|t| t.id)
        .collect();
    if on.len() == 1 { on } else { Vec::new() }
}
