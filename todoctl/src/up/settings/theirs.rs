//! A Secret that somebody keeps for the release: it is read, and never written.

use std::collections::BTreeMap;

use anyhow::{Result, bail};

use super::{AUTH_SECRET, DATABASE, DIRECT, Database, SECRET, Stored};
use crate::{session::Session, up::Job};

/// The Secret that the release's values name, when it is not the one that is ours to write.
pub(super) fn name<'a>(job: &Job<'a>) -> Option<&'a str> {
    let name = job.release.values["secrets"]["existingSecret"].as_str()?;
    Some(name).filter(|name| !name.is_empty() && *name != SECRET)
}

/// Refuses what would have to be written into it: what is given and differs, or what the app cannot do without.
pub(super) fn check(
    session: &Session,
    secret: &str,
    stored: &Stored,
    given: &BTreeMap<&'static str, String>,
    database: Database,
) -> Result<()> {
    let in_cluster = database == Database::InCluster;
    let is_read = |key: &str| !(in_cluster && matches!(key, DATABASE | DIRECT));
    let mut keys: Vec<&str> = given
        .iter()
        .filter(|(key, value)| is_read(key) && stored.values.get(*key) != Some(*value))
        .map(|(key, _)| *key)
        .collect();
    let needed = [DATABASE, AUTH_SECRET].into_iter().filter(|key| is_read(key));
    keys.extend(needed.filter(|key| !stored.values.contains_key(key) && !given.contains_key(key)));
    if keys.is_empty() {
        return Ok(());
    }
    let (keys, namespace) = (keys.join(" and "), &session.target.namespace);
    let context = session.target.context.as_deref().unwrap_or_default();
    bail!(
        "the release reads the Secret {secret}, which is not ours to write, and it lacks {keys} or holds another value: change it with `kubectl --context {context} --namespace {namespace} edit secret {secret}` (values in base64), or do not give {keys}"
    )
}
