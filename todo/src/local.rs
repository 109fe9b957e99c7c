//! What the program keeps on this machine: the database file, and beside it the secret.

use std::{path::PathBuf, sync::Arc};

use anyhow::Context as _;
use directories::ProjectDirs;
use todo_auth::{Auth, AuthSettings, Ports};
use todo_service::{
    config::{DatabaseKind, DatabaseUrl, Origin, Secret, keep_secret},
    system::{OsEntropy, SystemClock},
};
use todo_storage::{Database, Options};

use crate::cli::Settings;

/// The configured database, or a file in the user's data directory.
///
/// # Errors
/// There is no home directory, or the data directory cannot be made.
pub(crate) fn database_url(settings: &Settings) -> anyhow::Result<DatabaseUrl> {
    if let Some(url) = &settings.database.url {
        return Ok(url.clone());
    }
    let directory = data_directory()?;
    std::fs::create_dir_all(&directory)
        .with_context(|| format!("cannot make {}", directory.display()))?;
    Ok(DatabaseUrl::sqlite_file(&directory.join("todo.db")))
}

fn data_directory() -> anyhow::Result<PathBuf> {
    let directories = ProjectDirs::from("", "", "todo-chatbot");
    let directories = directories
        .context("there is no home directory: set DATABASE_URL, for example sqlite://todo.db")?;
    Ok(directories.data_dir().to_owned())
}

/// Opens the database.
///
/// # Errors
/// The settings contradict each other, or the file cannot be opened.
pub(crate) async fn open(settings: &Settings) -> anyhow::Result<Database> {
    settings.database.validate()?;
    let url = database_url(settings)?;
    let options = Options {
        direct_url: settings.database.direct_url.as_ref().map(|url| url.expose().to_owned()),
        max_connections: settings.database.max_connections,
        ..Options::new(url.expose())
    };
    Database::connect(&options).await.with_context(|| format!("cannot open the database {url}"))
}

/// Brings the database to this release's schema.
///
/// # Errors
/// The server cannot be reached or refuses us, or a step fails.
pub(crate) async fn migrate(settings: &Settings, database: &Database) -> anyhow::Result<()> {
    let url = database_url(settings)?;
    database.migrate().await.with_context(|| format!("the database {url} cannot be migrated"))
}

/// Accounts over this database, and the origin under which people reach them.
///
/// # Errors
/// Production without a secret; no secret although the database is shared; a secret file that cannot be used.
pub(crate) fn auth(
    settings: &Settings,
    database: &Arc<Database>,
    fallback: Origin,
) -> anyhow::Result<(Auth, Origin)> {
    settings.auth.validate(settings.mode.mode)?;
    let public = settings.auth.public_origin.clone().unwrap_or(fallback);
    let ports = Ports {
        store: database.clone(),
        clock: Arc::new(SystemClock),
        entropy: Arc::new(OsEntropy),
    };
    let auth_settings = AuthSettings {
        public_origin: public.clone(),
        secret: secret(settings)?,
        allow_sign_up: settings.auth.allow_sign_up,
        mode: settings.mode.mode,
        trusted_proxies: settings.proxies.trusted.clone(),
    };
    Ok((Auth::new(ports, auth_settings), public))
}

/// The configured secret, or one that is made once and kept beside the database file.
fn secret(settings: &Settings) -> anyhow::Result<Secret> {
    if let Some(secret) = &settings.auth.secret {
        return Ok(secret.clone());
    }
    let url = database_url(settings)?;
    let file = match url.kind() {
        DatabaseKind::Sqlite => url.file(),
        DatabaseKind::Postgres => None,
    };
    let file = file.context("BETTER_AUTH_SECRET is required when the database is not a file: at least 32 random characters")?;
    let path = file.with_extension("secret");
    let kept =
        keep_secret(&path, &OsEntropy).with_context(|| format!("cannot use {}", path.display()))?;
    if kept.is_new {
        tracing::info!(path = %path.display(), "made a secret and keep it here: it signs sessions");
    }
    Ok(kept.secret)
}
