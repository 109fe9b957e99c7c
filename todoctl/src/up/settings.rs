//! The database and the secrets: from the environment, a file, the cluster, or the person, in this order.

mod database;
mod database_url;
mod file;
mod given;
mod theirs;

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Job;
use crate::{random, screen::Screen, session::Session, tools::kubectl::Kubectl};

pub(crate) use database::Database;
pub(crate) use given::Given;

/// The Secret that the app reads, unless its release names somebody's own.
const SECRET: &str = "todo-secrets";

const DATABASE: &str = "DATABASE_URL";
const DIRECT: &str = "DATABASE_DIRECT_URL";
const AUTH_SECRET: &str = "BETTER_AUTH_SECRET";
const AUTH_URL: &str = "BETTER_AUTH_URL";
const MODEL_KEY: &str = "OPENAI_API_KEY";

/// The keys that may be given, in the environment or in a file.
const KEYS: [&str; 5] = [DATABASE, DIRECT, AUTH_SECRET, AUTH_URL, MODEL_KEY];

/// How many random bytes ours has.
const AUTH_SECRET_BYTES: usize = 32;

/// Everything that the app needs to be told. The values are secret: it has no `Debug`.
pub(crate) struct Settings {
    pub(crate) database: Database,
    /// The name of the Secret that the app reads.
    pub(crate) secret: String,
    values: BTreeMap<&'static str, String>,
    /// Whether the cluster's Secret holds exactly this already.
    unchanged: bool,
    /// Its revision there, by which pods are told from those with older secrets.
    revision: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct StoredSecret {
    metadata: StoredMetadata,
    data: BTreeMap<String, String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct StoredMetadata {
    resource_version: String,
    annotations: BTreeMap<String, String>,
}

/// Collects them, and asks for what is nowhere to be found.
pub(crate) async fn gather(job: &Job<'_>, mut given: Given) -> Result<Settings> {
    let session = job.session;
    let theirs = theirs::name(job);
    let secret = theirs.unwrap_or(SECRET).to_owned();
    let stored = stored(session, &secret).await?;
    let database = database::choose(job, &mut given, &stored.values).await?;
    let given = given.values;
    if theirs.is_some() {
        theirs::check(session, &secret, &stored, &given, database)?;
        tell(&session.screen, database, &stored.values, &BTreeMap::new());
        let Stored { values, revision, .. } = stored;
        return Ok(Settings { database, secret, values, unchanged: true, revision });
    }
    let mut values = stored.values.clone();
    values.extend(given.clone());

    if !values.contains_key(AUTH_SECRET) {
        let made = random::hex(AUTH_SECRET_BYTES);
        session.tools.secrets.remember(&made);
        values.insert(AUTH_SECRET, made);
    }
    let origin = format!("http://{}", session.target.host);
    let fits = |url: &String| {
        url::Url::parse(url).is_ok_and(|url| url.host_str() == Some(session.target.host.as_str()))
    };
    if !given.contains_key(AUTH_URL) && !values.get(AUTH_URL).is_some_and(fits) {
        values.insert(AUTH_URL, origin);
    }

    let unchanged = stored.kept_by_helm && values == stored.values;
    let revision = stored.revision.filter(|_| unchanged);
    tell(&session.screen, database, &values, &given);
    Ok(Settings { database, secret, values, unchanged, revision })
}

impl Settings {
    /// Puts the Secret into the cluster, and answers its revision there. The values travel through a pipe, and the
    /// server keeps no second copy of them.
    pub(crate) async fn store(&self, session: &Session) -> Result<String> {
        if let (true, Some(revision)) = (self.unchanged, &self.revision) {
            return Ok(revision.clone());
        }
        let kubectl = Kubectl::new(&session.tools, &session.target);
        kubectl.apply(&self.object().to_string(), "store the secrets in the cluster").await?;
        let stored: Option<StoredSecret> = kubectl.get("secret", &self.secret).await?;
        let stored = stored.context("the Secret is gone right after it was stored")?;
        Ok(stored.metadata.resource_version)
    }

    fn object(&self) -> Value {
        let encoded = self.values.iter().map(|(key, value)| (*key, STANDARD.encode(value)));
        json!({
            "apiVersion": "v1",
            "kind": "Secret",
            "metadata": {
                "name": self.secret,
                "labels": {
                    "app.kubernetes.io/name": "todo-app",
                    "app.kubernetes.io/part-of": "todo-chatbot",
                    "app.kubernetes.io/managed-by": "todoctl",
                },
                // A release that made this Secret itself must not take it along when it uses it as somebody's.
                "annotations": { "helm.sh/resource-policy": "keep" },
            },
            "type": "Opaque",
            "data": encoded.collect::<BTreeMap<_, _>>(),
        })
    }
}

/// What the cluster's Secret says.
struct Stored {
    values: BTreeMap<&'static str, String>,
    revision: Option<String>,
    kept_by_helm: bool,
}

async fn stored(session: &Session, secret: &str) -> Result<Stored> {
    let kubectl = Kubectl::new(&session.tools, &session.target);
    let found: Option<StoredSecret> = kubectl.get("secret", secret).await?;
    let exists = found.is_some();
    let found = found.unwrap_or_default();
    let value = |key: &str| {
        let bytes = STANDARD.decode(found.data.get(key)?).ok()?;
        String::from_utf8(bytes).ok().filter(|value| !value.is_empty())
    };
    let values: BTreeMap<_, _> =
        KEYS.into_iter().filter_map(|key| Some((key, value(key)?))).collect();
    values.iter().filter(|(key, _)| **key != AUTH_URL).for_each(|(_, value)| {
        session.tools.secrets.remember(value);
    });
    Ok(Stored {
        values,
        revision: exists.then_some(found.metadata.resource_version),
        kept_by_helm: found.metadata.annotations.contains_key("helm.sh/resource-policy"),
    })
}

/// Says what is used, by name only.
fn tell(
    screen: &Screen,
    database: Database,
    values: &BTreeMap<&'static str, String>,
    given: &BTreeMap<&'static str, String>,
) {
    let step = screen.step("Settings");
    let from = |key: &str| if given.contains_key(key) { "given" } else { "from the cluster" };
    let database = match database {
        Database::InCluster => "PostgreSQL in the cluster".to_owned(),
        Database::External => format!("the database of {DATABASE} ({})", from(DATABASE)),
    };
    let thinker = match values.contains_key(MODEL_KEY) {
        true => format!("the language model of {MODEL_KEY} ({})", from(MODEL_KEY)),
        false => format!("the built-in assistant (no {MODEL_KEY})"),
    };
    step.done(format_args!("{database}; {thinker}"));
}
