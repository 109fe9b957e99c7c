//! `--follow`: lines as they come, from every container that is there and every one that comes.

use std::{collections::BTreeSet, time::Duration};

use anyhow::Result;
use tokio::sync::mpsc;

use super::{Logged, LogsArgs, show::Printer, source::Source, wanted};
use crate::{interrupt::Interrupted, session::Session, tools::kubectl::Kubectl};

/// How often it looks for new pods.
const LOOK: Duration = Duration::from_secs(2);

/// Nobody reads along for longer than a day.
const LIMIT: Duration = Duration::from_hours(24);

/// Prints until the person stops it.
pub(super) async fn run(
    session: &Session,
    kubectl: &Kubectl,
    args: &LogsArgs,
    sources: Vec<Source>,
    printer: &mut Printer<'_>,
) -> Result<(), Interrupted> {
    let (sender, mut lines) = mpsc::channel(256);
    let mut known = BTreeSet::new();
    let mut flags = args.flags();
    let mut news = sources;
    loop {
        printer.make_room_for(&news);
        for source in news.drain(..).filter(|source| known.insert(source.clone())) {
            tokio::spawn(stream(kubectl.clone(), source, flags.clone(), sender.clone()));
        }
        // A container that comes later is read from its beginning.
        flags.retain(|flag| !flag.starts_with("--tail"));

        let next_look = tokio::time::sleep(LOOK);
        tokio::pin!(next_look);
        loop {
            tokio::select! {
                biased;
                () = session.tools.interrupt.happened() => return Err(Interrupted),
                Some(line) = lines.recv() => printer.print(&line),
                () = &mut next_look => break,
            }
        }
        // While the cluster does not answer there is nothing new, and what is open stays open.
        news = wanted(session, kubectl, args).await.unwrap_or_default();
    }
}

/// Sends the lines of one container until it ends.
async fn stream(
    kubectl: Kubectl,
    source: Source,
    flags: Vec<String>,
    sender: mpsc::Sender<Logged>,
) {
    let asked = kubectl.program(format!("follow the log of {source}")).limit(LIMIT);
    let asked = asked.args(["logs", &source.pod, "--container", &source.container, "--follow"]);
    let Ok(mut running) = asked.args(flags).start() else { return };
    while let Ok(Some(line)) = running.line().await {
        if sender.send(Logged::read(&source, &line)).await.is_err() {
            return;
        }
    }
}
