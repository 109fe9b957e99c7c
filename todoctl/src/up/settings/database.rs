//! Where the tasks are kept: in a database of the person's own, or in one inside the cluster.

use std::collections::BTreeMap;

use anyhow::{Result, bail};

use super::{DATABASE, database_url};
use crate::{
    cluster::object::Named, screen::Screen, session::Session, tools::kubectl::Kubectl, up::Job,
};

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

/// Which database, and its address among `values` when it is one of the person's own.
pub(super) async fn choose(
    job: &Job<'_>,
    given: &BTreeMap<&'static str, String>,
    values: &mut BTreeMap<&'static str, String>,
) -> Result<Database> {
    let Job { session, args, release, .. } = *job;
    let screen = &session.screen;
    if args.settings.dev_database {
        if args.manifests {
            bail!(
                "--dev-database needs the Helm chart: leave out --manifests, or give a DATABASE_URL"
            );
        }
        return Ok(Database::InCluster);
    }
    let kept = !release.exists && !args.manifests && keeps_database(session).await?;
    if kept || release.has_own_database() {
        if !given.contains_key(DATABASE) {
            return Ok(Database::InCluster);
        }
        let choices = [
            "keep PostgreSQL in the cluster, with the tasks that are in it",
            "go over to DATABASE_URL; the tasks in the cluster's PostgreSQL stay behind",
        ];
        let question =
            "The app uses PostgreSQL in the cluster, and DATABASE_URL names another one:";
        let flag = "unset DATABASE_URL, or add --dev-database, to keep the one in the cluster";
        return Ok(match screen.choose(question, &choices, flag).await? {
            0 => Database::InCluster,
            _ => Database::External,
        });
    }
    if values.contains_key(DATABASE) {
        return Ok(Database::External);
    }

    let flag = "set DATABASE_URL in the environment or in a --secrets-file, or add --dev-database for PostgreSQL in the cluster";
    if args.manifests {
        return enter_url(screen, flag, values).await;
    }
    let choices = [
        "PostgreSQL in the cluster: nothing to fill in",
        "a PostgreSQL of yours (Neon, for instance): you paste its URL",
    ];
    match screen.choose("Where are the tasks to be kept?", &choices, flag).await? {
        0 => Ok(Database::InCluster),
        _ => enter_url(screen, flag, values).await,
    }
}

/// Whether an installation that was taken down has left its database in the cluster: the Secret that opens it.
async fn keeps_database(session: &Session) -> Result<bool> {
    let kubectl = Kubectl::new(&session.tools, &session.target);
    Ok(kubectl.get::<Named>("secret", SECRET).await?.is_some())
}

async fn enter_url(
    screen: &Screen,
    flag: &str,
    values: &mut BTreeMap<&'static str, String>,
) -> Result<Database> {
    let url = screen.secret("DATABASE_URL (it is not shown)", flag).await?;
    let url = url.trim().to_owned();
    database_url::check(DATABASE, &url)?;
    values.insert(DATABASE, url);
    Ok(Database::External)
}
