//! `todo doctor`: is everything in order, and what is set?

use std::path::Path;

use anyhow::bail;
use todo_service::config::{InForce, Source};
use tokio::net::TcpListener;

use crate::{
    cli::Settings,
    local, say,
    serve::{PORT, default_origin},
};

/// What a look at one thing found.
enum Finding {
    /// In order.
    Good(String),
    /// Not in order; the second text says what to do.
    Bad(String, String),
}

/// Looks, and prints what it found and the settings in force, secrets masked.
///
/// # Errors
/// Something is not in order.
pub(crate) async fn doctor(settings: &Settings, in_force: &[InForce]) -> anyhow::Result<()> {
    let findings = [database(settings).await, secret(settings), address(settings).await];
    let mut troubles = 0;
    for finding in &findings {
        match finding {
            Finding::Good(text) => say(&format!("ok    {text}"))?,
            Finding::Bad(text, remedy) => {
                troubles += 1;
                say(&format!("FAIL  {text}\n      {remedy}"))?;
            }
        }
    }
    say("\nSettings in force:")?;
    for setting in in_force {
        let value = setting.value.as_deref().unwrap_or("-");
        let source = match setting.source {
            Source::Flag => "flag",
            Source::Environment => "environment",
            Source::Default => "default",
            Source::Unset => "not set",
        };
        say(&format!("  {:<28} {value}  ({source})", setting.name))?;
    }
    if troubles > 0 {
        bail!("{troubles} of {} checks failed", findings.len());
    }
    Ok(())
}

async fn database(settings: &Settings) -> Finding {
    let url = match local::database_url(settings) {
        Ok(url) => url,
        Err(error) => {
            return Finding::Bad(format!("database: {error:#}"), "Set DATABASE_URL.".to_owned());
        }
    };
    if let Some(file) = url.file()
        && !file.exists()
    {
        return Finding::Good(format!(
            "database: {} will be made at the first start",
            file.display()
        ));
    }
    match local::open(settings).await {
        Ok(database) if database.is_ready().await => Finding::Good(format!("database: {url} answers and is migrated")),
        Ok(_) => Finding::Bad(
            format!("database: {url} does not answer, or is not migrated"),
            "Look whether the server runs and the address is right; `todo migrate` brings it up to date.".to_owned(),
        ),
        Err(error) => Finding::Bad(format!("database: {error:#}"), "Look at DATABASE_URL.".to_owned()),
    }
}

fn secret(settings: &Settings) -> Finding {
    if let Err(error) = settings.auth.validate(settings.mode.mode) {
        return Finding::Bad(
            format!("secret: {error}"),
            "For example: openssl rand -hex 32".to_owned(),
        );
    }
    if settings.auth.secret.is_some() {
        return Finding::Good("secret: BETTER_AUTH_SECRET is set".to_owned());
    }
    match local::database_url(settings).map(|url| url.file()) {
        Ok(Some(file)) => {
            let path = file.with_extension("secret");
            let state = if Path::exists(&path) {
                "is kept in"
            } else {
                "will be made at the first start, in"
            };
            Finding::Good(format!("secret: {state} {}", path.display()))
        }
        _ => Finding::Bad(
            "secret: BETTER_AUTH_SECRET is not set, and the database is not a file".to_owned(),
            "Set it to at least 32 random characters, the same for every replica.".to_owned(),
        ),
    }
}

async fn address(settings: &Settings) -> Finding {
    let address = settings.listen.address(PORT);
    let origin =
        settings.auth.public_origin.clone().unwrap_or_else(|| default_origin(address.port()));
    match TcpListener::bind(address).await {
        Ok(_) => Finding::Good(format!(
            "address: {address} is free; people will open {}",
            origin.ascii()
        )),
        Err(error) => Finding::Bad(
            format!("address: {address} cannot be opened: {error}"),
            "Perhaps the app runs there already; LISTEN chooses another address.".to_owned(),
        ),
    }
}
