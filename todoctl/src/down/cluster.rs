//! `--delete-cluster`: only for clusters that run on this machine and nowhere else.

use std::{process::ExitCode, time::Duration};

use anyhow::{Result, bail};

use crate::{
    session::Session,
    tools::{Tools, kind::Kind, minikube::Minikube, program::Program},
};

/// How long it may take.
const LIMIT: Duration = Duration::from_mins(10);

/// Deletes the cluster behind the context, after asking.
///
/// # Errors
/// It is neither a Minikube nor a kind cluster, or the program fails.
pub(super) async fn delete(session: &Session) -> Result<ExitCode> {
    let context = context(session).await?;
    let Some((what, program)) = local(session, &context).await? else {
        bail!(
            "--delete-cluster is for Minikube and kind clusters, and {context} is neither: leave the flag out, and only the app is removed"
        );
    };
    session
        .screen
        .say(format_args!("  {what} goes with everything in it, also what is not the app's."));
    if !session.screen.confirm("Delete the whole cluster?", "say --yes").await? {
        session.screen.say("Nothing was removed.");
        return Ok(ExitCode::FAILURE);
    }
    let step = session.screen.step("Cluster");
    program.limit(LIMIT).output().await?;
    step.done(format_args!("{what} is gone"));
    Ok(ExitCode::SUCCESS)
}

async fn context(session: &Session) -> Result<String> {
    if let Some(context) = &session.target.context {
        return Ok(context.clone());
    }
    let asked = session.tools.program("kubectl", "read the name of the context");
    Ok(asked.args(["config", "current-context"]).text().await?.trim().to_owned())
}

/// The cluster in words, and the program that deletes it. It need not be running.
async fn local(session: &Session, context: &str) -> Result<Option<(String, Program)>> {
    let tools = &session.tools;
    if Tools::is_installed("minikube") {
        let profiles = Minikube::new(tools).profiles().await?;
        if profiles.iter().any(|profile| profile.name == context) {
            let program = tools.program("minikube", "delete the Minikube cluster");
            let program = program.args(["delete", "--profile", context]);
            return Ok(Some((format!("the Minikube cluster {context}"), program)));
        }
    }
    if let Some(name) = context.strip_prefix("kind-")
        && Tools::is_installed("kind")
        && Kind::new(tools).clusters().await?.iter().any(|cluster| cluster == name)
    {
        let program = tools.program("kind", "delete the kind cluster");
        let program = program.args(["delete", "cluster", "--name", name]);
        return Ok(Some((format!("the kind cluster {name}"), program)));
    }
    Ok(None)
}
