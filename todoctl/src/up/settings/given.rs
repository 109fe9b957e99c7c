//! What the person gives: in the environment, in a file, by a flag, or as an answer.

use std::collections::BTreeMap;

use anyhow::{Result, bail};

use super::{AUTH_SECRET, AUTH_URL, DATABASE, DIRECT, KEYS, database_url, file};
use crate::{session::Session, up::UpArgs};

/// The app refuses a shorter one in production mode.
const SHORTEST_AUTH_SECRET: usize = 32;

/// What was given so far. The values are secret: it has no `Debug`.
pub(crate) struct Given {
    pub(super) values: BTreeMap<&'static str, String>,
    /// Whether the database is to be the one inside the cluster.
    pub(super) in_cluster: bool,
}

impl Given {
    /// What the environment, the file and the flags say; the environment wins. What cannot work is refused here, before
    /// anything is done.
    pub(crate) fn read(session: &Session, args: &UpArgs) -> Result<Self> {
        let mut values = match &args.settings.secrets_file {
            Some(path) => file::read(path, &session.screen)?,
            None => BTreeMap::new(),
        };
        for key in KEYS {
            if let Ok(value) = std::env::var(key)
                && !value.is_empty()
            {
                values.insert(key, value);
            }
        }
        values.iter().filter(|(key, _)| **key != AUTH_URL).for_each(|(_, value)| {
            session.tools.secrets.remember(value);
        });

        let in_cluster = args.settings.dev_database;
        if in_cluster && args.manifests {
            bail!(
                "--dev-database needs the Helm chart: leave out --manifests, or give a DATABASE_URL"
            );
        }
        for key in [DATABASE, DIRECT] {
            if let Some(url) = values.get(key).filter(|_| !in_cluster) {
                database_url::check(key, url)?;
            }
        }
        if let Some(secret) = values.get(AUTH_SECRET)
            && secret.len() < SHORTEST_AUTH_SECRET
        {
            bail!(
                "{AUTH_SECRET} is shorter than {SHORTEST_AUTH_SECRET} characters: take a longer one, or leave it out and one is made"
            );
        }
        Ok(Self { values, in_cluster })
    }

    /// Asks which database it shall be, unless that is known.
    pub(crate) async fn ask(&mut self, session: &Session, args: &UpArgs) -> Result<()> {
        if self.in_cluster || self.values.contains_key(DATABASE) {
            return Ok(());
        }
        let screen = &session.screen;
        let flag = "set DATABASE_URL in the environment or in a --secrets-file, or add --dev-database for PostgreSQL in the cluster";
        if !args.manifests {
            let choices = [
                "PostgreSQL in the cluster: nothing to fill in",
                "a PostgreSQL of yours (Neon, for instance): you paste its URL",
            ];
            let question = "Where are the tasks to be kept?";
            if screen.choose(question, &choices, flag).await? == 0 {
                self.in_cluster = true;
                return Ok(());
            }
        }
        let url = screen.secret("DATABASE_URL (it is not shown)", flag).await?;
        let url = url.trim().to_owned();
        database_url::check(DATABASE, &url)?;
        self.values.insert(DATABASE, url);
        Ok(())
    }
}
