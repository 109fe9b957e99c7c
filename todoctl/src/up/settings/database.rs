//! Where the tasks are kept: in a database of the person's own, or in one inside the cluster.

use std::collections::BTreeMap;

use anyhow::Result;

use super::{DATABASE, Given};
use crate::{cluster::object::Named, session::Session, tools::kubectl::Kubectl, up::Job};

/// The Secret of the database inside the cluster.
const SECRET: &str = "todo-postgres";

/// Where the tasks are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Database {
    /// Where DATABASE_URL leads.
    External,
    /// In the cluster, brought by the chart.
    InCluster,
}

/// Which database: as it is given, as it was before, or as the person answers.
pub(super) async fn choose(
    job: &Job<'_>,
    given: &mut Given,
    stored: &BTreeMap<&'static str, String>,
) -> Result<Database> {
    let Job { session, args, release, .. } = *job;
    if given.in_cluster {
        return Ok(Database::InCluster);
    }
    let kept = !release.exists && !args.manifests && keeps_database(session).await?;
    if kept || release.has_own_database() {
        return stay_or_go(session, given).await;
    }
    if !stored.contains_key(DATABASE) {
        given.ask(session, args).await?;
    }
    Ok(if given.in_cluster { Database::InCluster } else { Database::External })
}

/// The app has a database inside the cluster: a variable alone does not take it away from its tasks.
async fn stay_or_go(session: &Session, given: &Given) -> Result<Database> {
    if !given.values.contains_key(DATABASE) {
        return Ok(Database::InCluster);
    }
    let choices = [
        "keep PostgreSQL in the cluster, with the tasks that are in it",
        "go over to DATABASE_URL; the tasks in the cluster's PostgreSQL stay behind",
    ];
    let question = "The app uses PostgreSQL in the cluster, and DATABASE_URL names another one:";
    let flag = "unset DATABASE_URL, or add --dev-database, to keep the one in the cluster";
    Ok(match session.screen.choose(question, &choices, flag).await? {
        0 => Database::InCluster,
        _ => Database::External,
    })
}

/// Whether an installation that was taken down has left its database in the cluster: the Secret that opens it.
async fn keeps_database(session: &Session) -> Result<bool> {
    let kubectl = Kubectl::new(&session.tools, &session.target);
    Ok(kubectl.get::<Named>("secret", SECRET).await?.is_some())
}
