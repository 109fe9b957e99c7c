//! The app, started from its release programs in one of its two shapes.

use std::{fmt, fs, path::PathBuf, process::Command, time::Duration};

use anyhow::Result;

use super::{
    server::{self, Server, Stop},
    setup::{postgres::Postgres, programs::Programs},
};
use crate::{process, tree};

/// Which programs make up the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// `todo serve` on SQLite.
    One,
    /// `backend`, `frontend` and `mcp` on PostgreSQL.
    Three,
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::One => "one",
            Self::Three => "three",
        })
    }
}

/// The running app. Its parts stop in the order of a request: the frontend first.
pub(crate) struct App {
    port: u16,
    servers: Vec<Server>,
    folder: Option<PathBuf>,
}

impl App {
    /// `todo serve` with a fresh SQLite file and nothing else configured.
    ///
    /// # Errors
    /// When it does not become ready.
    pub(crate) fn one(programs: &Programs) -> Result<Self> {
        let folder = std::env::temp_dir().join(format!("todo-e2e-one-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        let port = server::free_port()?;

        let file = format!("sqlite://{}", folder.join("todo.db").display());
        let todo =
            bare(programs, "todo", &["serve"], &[("LISTEN", local(port)), ("DATABASE_URL", file)]);
        let todo = Server::start("one-todo", &todo, Stop::Terminate)?;
        todo.wait_for_http(port, "/health/ready")?;
        todo.wait_for_http(port, "/_next/health/ready")?;
        Ok(Self { port, servers: vec![todo], folder: Some(folder) })
    }

    /// The three services on a fresh PostgreSQL database, each with only the settings that it needs:
    /// the frontend gets neither a database nor a secret, mcp no secret.
    ///
    /// # Errors
    /// When the migration fails or one of them does not become ready.
    pub(crate) fn three(programs: &Programs, postgres: &Postgres) -> Result<Self> {
        let database = postgres.create_database("todo_three")?;
        let (front, back, tools) =
            (server::free_port()?, server::free_port()?, server::free_port()?);
        let backend_settings = [
            ("DATABASE_URL", database.clone()),
            ("MCP_SERVER_URL", url(tools)),
            ("BETTER_AUTH_SECRET", "only-for-these-tests-0123456789abcdef".to_owned()),
            ("BETTER_AUTH_URL", url(front)),
            ("LISTEN", local(back)),
        ];

        let migrate = &mut bare(programs, "backend", &["migrate"], &backend_settings);
        let log = tree::workshop().join("logs/three-migrate.log");
        process::logged(migrate, &log, Duration::from_secs(60))?;

        let mcp_settings =
            [("DATABASE_URL", database), ("BETTER_AUTH_URL", url(front)), ("LISTEN", local(tools))];
        let mcp = bare(programs, "mcp", &[], &mcp_settings);
        let mcp = Server::start("three-mcp", &mcp, Stop::Terminate)?;

        let backend = bare(programs, "backend", &[], &backend_settings);
        let backend = Server::start("three-backend", &backend, Stop::Terminate)?;

        let frontend_settings =
            [("BACKEND_URL", url(back)), ("MCP_SERVER_URL", url(tools)), ("LISTEN", local(front))];
        let frontend = bare(programs, "frontend", &[], &frontend_settings);
        let frontend = Server::start("three-frontend", &frontend, Stop::Terminate)?;

        mcp.wait_for_http(tools, "/health/ready")?;
        backend.wait_for_http(back, "/health/ready")?;
        frontend.wait_for_http(front, "/_next/health/ready")?;
        Ok(Self { port: front, servers: vec![frontend, backend, mcp], folder: None })
    }

    /// Where a browser would open it.
    pub(crate) fn url(&self) -> String {
        url(self.port)
    }
}

impl Drop for App {
    fn drop(&mut self) {
        self.servers.clear();
        if let Some(folder) = &self.folder {
            // A folder left behind is a nuisance, no failure.
            let _ = fs::remove_dir_all(folder);
        }
    }
}

/// A program with these settings and nothing of our environment but a search path.
fn bare(
    programs: &Programs,
    name: &str,
    arguments: &[&str],
    settings: &[(&str, String)],
) -> Command {
    let mut command = process::program("env");
    command.args(["-i", "PATH=/usr/local/bin:/usr/bin:/bin"]);
    command.args(settings.iter().map(|(key, value)| format!("{key}={value}")));
    command.arg(programs.path(name)).args(arguments);
    command
}

fn local(port: u16) -> String {
    format!("127.0.0.1:{port}")
}

fn url(port: u16) -> String {
    format!("http://{}", local(port))
}
