//! `todoctl down`: takes away what `up`, `helm install` or `kubectl apply -f k8s/` brought.
//!
//! Data is kept unless `--remove-data` says otherwise: the database's volume, and the Secrets without which it cannot
//! be opened again.

mod cluster;
mod inventory;
mod remove;

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use inventory::Inventory;

use crate::{session::Session, tools::kubectl::Kubectl};

/// Flags of `todoctl down`.
#[derive(Debug, Args)]
pub(crate) struct DownArgs {
    /// Keeps the database's volume and the Secrets; this is the default
    #[arg(long, conflicts_with_all = ["remove_data", "delete_cluster"])]
    keep_data: bool,
    /// Removes the database's volume and the Secrets, too, and the namespace when nothing else is in it
    #[arg(long)]
    remove_data: bool,
    /// Deletes the whole Minikube or kind cluster instead
    #[arg(long)]
    delete_cluster: bool,
}

/// Runs the command. It is no failure when nothing is there.
pub(crate) async fn run(session: &Session, args: &DownArgs) -> Result<ExitCode> {
    if args.delete_cluster {
        return cluster::delete(session).await;
    }
    let kubectl = Kubectl::new(&session.tools, &session.target);
    let step = session.screen.step("Looking");
    let found = Inventory::take(session, &kubectl).await?;
    session.tools.interrupt.check()?;
    let (namespace, removes_data) = (&session.target.namespace, args.remove_data);
    if !found.has_anything(removes_data) {
        step.done(format_args!("nothing of the app is in the namespace {namespace}"));
        if found.has_data() {
            session.screen.say("  But its data is, which --remove-data takes away:");
            session.screen.explain(&found.kept(removes_data).join("\n"));
        }
        return Ok(ExitCode::SUCCESS);
    }
    step.done(format_args!("in the namespace {namespace}"));

    session.screen.say("  To be removed:");
    session.screen.explain(&found.removed(removes_data).join("\n"));
    let kept = found.kept(removes_data);
    if !kept.is_empty() {
        session.screen.say("  Kept (--remove-data takes it, too):");
        session.screen.explain(&kept.join("\n"));
    }
    let question = if removes_data && found.has_data() {
        "Remove it, with all tasks and accounts for good?"
    } else {
        "Remove it?"
    };
    if !session.screen.confirm(question, "say --yes").await? {
        session.screen.say("Nothing was removed.");
        return Ok(ExitCode::FAILURE);
    }

    remove::all(session, &kubectl, &found, removes_data).await?;
    session.screen.print(if kept.is_empty() {
        "The app is gone."
    } else {
        "The app is gone; `todoctl up` brings it back with its data."
    });
    Ok(ExitCode::SUCCESS)
}
