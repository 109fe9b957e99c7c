//! Which database, and how many connections to it.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use super::{ConfigError, secret::without_password};

/// The database engines that we run on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatabaseKind {
    /// One file, one process.
    Sqlite,
    /// A server that several processes share.
    Postgres,
}

/// Address of a database. Prints without its password.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl {
    text: String,
    kind: DatabaseKind,
}

impl DatabaseUrl {
    /// The SQLite database in the file at `path`.
    pub fn sqlite_file(path: &Path) -> Self {
        Self { text: format!("sqlite://{}", path.display()), kind: DatabaseKind::Sqlite }
    }

    /// Which engine it names.
    pub fn kind(&self) -> DatabaseKind {
        self.kind
    }

    /// The whole address with its password, for the driver.
    pub fn expose(&self) -> &str {
        &self.text
    }

    /// The file of a SQLite database; `None` for one in memory and for PostgreSQL.
    pub fn file(&self) -> Option<PathBuf> {
        let rest = self.text.strip_prefix("sqlite:")?;
        let path = rest.strip_prefix("//").unwrap_or(rest);
        let path = path.split('?').next().unwrap_or_default();
        (!path.is_empty() && path != ":memory:").then(|| PathBuf::from(path))
    }
}

impl FromStr for DatabaseUrl {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.strip_prefix("sqlite:").is_some_and(|rest| !rest.trim_matches('/').is_empty()) {
            return Ok(Self { text: text.to_owned(), kind: DatabaseKind::Sqlite });
        }
        let is_postgres = ["postgresql://", "postgres://"].iter().any(|p| text.starts_with(p));
        if is_postgres && url::Url::parse(text).is_ok() {
            return Ok(Self { text: text.to_owned(), kind: DatabaseKind::Postgres });
        }
        Err("must look like sqlite://path/to/todo.db or postgresql://user:password@host/database")
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&without_password(&self.text))
    }
}

/// Where the data is.
#[derive(Debug, Clone, clap::Args)]
pub struct DatabaseConfig {
    /// `sqlite://…` or `postgresql://…`, which may be a pooler's address.
    #[arg(long = "database-url", env = "DATABASE_URL", value_name = "URL")]
    pub url: Option<DatabaseUrl>,
    /// The same database without a pooler between, for migrations and live notifications.
    #[arg(long = "database-direct-url", env = "DATABASE_DIRECT_URL", value_name = "URL")]
    pub direct_url: Option<DatabaseUrl>,
    /// The most connections that this process opens.
    #[arg(
        long = "database-max-connections",
        env = "DATABASE_MAX_CONNECTIONS",
        value_name = "NUMBER",
        default_value = "10",
        value_parser = connections
    )]
    pub max_connections: u32,
}

impl DatabaseConfig {
    /// The configured database, or `fallback()` when none is configured (the one binary's own file).
    pub fn url_or_else(&self, fallback: impl FnOnce() -> DatabaseUrl) -> DatabaseUrl {
        self.url.clone().unwrap_or_else(fallback)
    }

    /// The database of a program that shares it with others: PostgreSQL, and nothing else.
    ///
    /// # Errors
    /// `DATABASE_URL` is missing or names a SQLite file.
    pub fn services_refuse_sqlite(&self) -> Result<&DatabaseUrl, ConfigError> {
        match &self.url {
            Some(url) if url.kind() == DatabaseKind::Postgres => Ok(url),
            Some(_) => Err(ConfigError::invalid(
                "DATABASE_URL",
                "must be a postgresql:// address here: the services share one database, and SQLite is for the single program `todo`",
            )),
            None => {
                Err(ConfigError::invalid("DATABASE_URL", "is required: a postgresql:// address"))
            }
        }
    }

    /// Rejects addresses that parse but cannot work together.
    ///
    /// # Errors
    /// `DATABASE_DIRECT_URL` stands alone or names another engine than `DATABASE_URL`.
    pub fn validate(&self) -> Result<(), ConfigError> {
        let Some(direct) = &self.direct_url else { return Ok(()) };
        if self.url.as_ref().is_none_or(|url| url.kind() != direct.kind()) {
            return Err(ConfigError::invalid(
                "DATABASE_DIRECT_URL",
                "must name the same database as DATABASE_URL",
            ));
        }
        Ok(())
    }
}

fn connections(text: &str) -> Result<u32, &'static str> {
    text.parse().ok().filter(|n| (1..=1000).contains(n)).ok_or("must be a number from 1 to 1000")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prefix_chooses_the_engine() {
        let kind = |text: &str| text.parse::<DatabaseUrl>().map(|url| url.kind());

        assert_eq!(kind("sqlite://todo.db"), Ok(DatabaseKind::Sqlite));
        assert_eq!(kind("sqlite::memory:"), Ok(DatabaseKind::Sqlite));
        assert_eq!(kind("postgres://db/todo"), Ok(DatabaseKind::Postgres));
        assert_eq!(kind("postgresql://db/todo"), Ok(DatabaseKind::Postgres));
        assert!(kind("mysql://db/todo").is_err());
        assert!(kind("sqlite://").is_err());
    }

    #[test]
    fn a_sqlite_address_knows_its_file() {
        let file = |text: &str| text.parse::<DatabaseUrl>().expect("valid").file();

        assert_eq!(file("sqlite:///var/todo.db?mode=rwc"), Some("/var/todo.db".into()));
        assert_eq!(file("sqlite://todo.db"), Some("todo.db".into()));
        assert_eq!(file("sqlite::memory:"), None);
        assert_eq!(file("postgresql://db/todo"), None);
    }

    #[test]
    fn debug_output_hides_the_password() {
        let url: DatabaseUrl = "postgresql://app:hunter2@db/todo".parse().expect("valid");

        assert!(!format!("{url:?} {url}").contains("hunter2"));
    }
}
