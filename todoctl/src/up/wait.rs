//! Waiting for the pods, each with what it really does, and giving up early on what cannot heal.

mod rollout;
mod state;

use std::{collections::BTreeMap, time::Duration};

use anyhow::{Result, bail};
use tokio::time::Instant;

use super::{
    Job,
    settings::{Database, Settings},
};
use crate::{
    cluster::object::Pod,
    logs::{Entry, Level},
    screen::Step,
    session::Session,
    tools::kubectl::Kubectl,
};
use rollout::Rollout;
use state::State;

/// How often the cluster is asked.
const PAUSE: Duration = Duration::from_millis(700);

/// How long a database of the person's own may stay away: one that sleeps wakes up in a few seconds.
const DATABASE: Duration = Duration::from_secs(25);

/// How many lines of a log are searched for the one that says why.
const LOG_LINES: usize = 30;

/// A pod that was seen before it was ready.
struct Watched {
    /// Its line; nothing once it is ready.
    step: Option<Step>,
    state: State,
    since: Instant,
}

impl Watched {
    /// Gives a pod that is blocked its whole patience again.
    fn start_over(&mut self) {
        if matches!(self.state, State::Blocked { .. }) {
            self.since = Instant::now();
        }
    }
}

/// Waits until every deployment runs what was installed and nothing else.
pub(crate) async fn until_ready(job: &Job<'_>, settings: &Settings) -> Result<()> {
    let Job { session, args, .. } = *job;
    let kubectl = Kubectl::new(&session.tools, &session.target);
    let started = Instant::now();
    let mut watched = BTreeMap::<String, Watched>::new();
    let mut step = session.screen.step("Pods");
    let mut first = true;

    loop {
        let rollout = Rollout::read(&kubectl).await?;
        if first {
            start_again(&kubectl, &rollout, &mut step).await?;
            first = false;
        }
        if let Some(refused) = rollout.refused() {
            bail!("the cluster refuses to make pods: {refused}");
        }
        let pods: Vec<&Pod> = rollout.pods().collect();
        let ready = pods.iter().filter(|pod| pod.is_ready()).count();
        if rollout.is_complete() {
            watched.into_values().filter_map(|one| one.step).for_each(|step| step.done("ready"));
            step.done(format_args!("{ready} ready"));
            return Ok(());
        }
        step.tick(&format!("{ready} of {} ready", rollout.wanted()));

        watched.retain(|name, _| pods.iter().any(|pod| pod.metadata.name == *name));
        for pod in pods {
            look(session, &kubectl, pod, &mut watched).await?;
        }
        if rollout.makes_room() {
            // Pods that no node takes wait for those that leave.
            watched.values_mut().for_each(Watched::start_over);
        }
        for (name, one) in &watched {
            give_up(session, &kubectl, settings, name, one).await?;
        }
        if started.elapsed() > args.timeout {
            let still: Vec<_> = watched
                .iter()
                .filter(|(_, one)| one.state != State::Ready)
                .map(|(name, one)| format!("{name}: {}", one.state))
                .collect();
            bail!(
                "the pods are not ready after {} s (--timeout gives them longer)\n{}",
                args.timeout.as_secs(),
                still.join("\n")
            );
        }
        session.tools.interrupt.sleep(PAUSE).await?;
    }
}

/// Shows what a pod does now.
async fn look(
    session: &Session,
    kubectl: &Kubectl,
    pod: &Pod,
    watched: &mut BTreeMap<String, Watched>,
) -> Result<()> {
    let name = &pod.metadata.name;
    let mut state = state::of(pod);
    if state == State::Ready && !watched.contains_key(name) {
        return Ok(());
    }
    if let State::Initialising { container, saying } = &mut state {
        // A container that has just been made has no log yet.
        let said = kubectl.logs(name, container, 1).await.unwrap_or_default();
        session.tools.interrupt.check()?;
        *saying = said.lines().last().map(|line| Entry::read(line).message).unwrap_or_default();
    }

    let one = watched.entry(name.clone()).or_insert_with(|| Watched {
        step: None,
        state: state.clone(),
        since: Instant::now(),
    });
    if !one.state.is_like(&state) {
        one.since = Instant::now();
    }
    if state == State::Ready {
        if let Some(step) = one.step.take() {
            step.done("ready");
        }
    } else {
        one.step.get_or_insert_with(|| session.screen.step(name.clone())).news(&state.to_string());
    }
    one.state = state;
    Ok(())
}

/// Ends with the cause when a pod is in a state that does not heal, or has been in one for too long.
async fn give_up(
    session: &Session,
    kubectl: &Kubectl,
    settings: &Settings,
    name: &str,
    one: &Watched,
) -> Result<()> {
    let lasts = one.since.elapsed();
    match &one.state {
        State::Blocked { what, advice, patience } if lasts >= *patience => {
            bail!("{name}: {what}\n{advice}")
        }
        State::Initialising { container, saying }
            if settings.database == Database::External
                && lasts >= DATABASE
                && saying.contains("waiting for the database") =>
        {
            bail!(
                "{name}: {container} cannot reach the database: {saying}\nCorrect DATABASE_URL (or start the database), then run `todoctl up` again."
            )
        }
        State::Crashed { container, how } => {
            let said = last_words(kubectl, name, container).await?;
            session.tools.interrupt.check()?;
            let advice = if container == "migrate" {
                "Correct DATABASE_URL, or what it leads to, then run `todoctl up` again."
            } else {
                "`todoctl logs` shows all that it said."
            };
            bail!("{name}: {container} {how}{said}\n{advice}")
        }
        _ => Ok(()),
    }
}

/// The line of a container's log that says why it ended: of its last run, or of the one before when it has been started
/// again already.
async fn last_words(kubectl: &Kubectl, pod: &str, container: &str) -> Result<String> {
    let now = kubectl.logs(pod, container, LOG_LINES).await.unwrap_or_default();
    let cause_now = cause(&now);
    let said = match cause_now {
        Some(line) => Some(line),
        None => cause(&kubectl.logs_before(pod, container, LOG_LINES).await?),
    };
    Ok(said.map(|line| format!(": {line}")).unwrap_or_default())
}

/// The last line that is an error, or else the last one of all: programs that cannot go on end with a plain sentence.
fn cause(log: &str) -> Option<String> {
    let entries: Vec<Entry> =
        log.lines().filter(|line| !line.trim().is_empty()).map(Entry::read).collect();
    let plain = entries.last().filter(|entry| entry.level.is_none());
    let error = || entries.iter().rev().find(|entry| entry.level == Some(Level::Error));
    plain.or_else(error).or(entries.last()).map(ToString::to_string)
}

/// Pods that have failed before wait longer and longer until they are tried again. What was installed just now deserves
/// a try at once.
async fn start_again(kubectl: &Kubectl, rollout: &Rollout, step: &mut Step) -> Result<()> {
    for pod in rollout.pods().filter(|pod| state::has_given_up(pod)) {
        step.news(&format!("{} had failed before; starting it again", pod.metadata.name));
        kubectl.delete("pod", &pod.metadata.name).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_with_which_a_program_ends_is_its_cause() {
        let log = "{\"level\":\"WARN\",\"message\":\"waiting for the database\"}\nstopped: password authentication failed for user \"app\"\n";

        assert_eq!(
            cause(log).as_deref(),
            Some("stopped: password authentication failed for user \"app\"")
        );
    }

    #[test]
    fn without_one_it_is_the_last_error() {
        let log = "{\"level\":\"ERROR\",\"message\":\"no such table\"}\n{\"level\":\"INFO\",\"message\":\"drained\"}\n";

        assert_eq!(cause(log).as_deref(), Some("no such table"));
        assert_eq!(cause(""), None);
    }
}
