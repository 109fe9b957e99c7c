//! A PostgreSQL server of our own, from the programs that the machine has: fresh, in a temporary folder, gone at the end.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use anyhow::{Context, Result};

use crate::{
    process,
    test::{
        missing::missing,
        server::{self, Server, Stop},
    },
    tree,
};

/// The server refuses to run as root; Debian's package makes this user for it.
const USER: &str = "postgres";

/// Nothing here outlives the tests, so durability would only cost time.
const SETTINGS: &[&str] = &[
    "listen_addresses=127.0.0.1",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=300",
    "shared_buffers=256MB",
    "timezone=UTC",
    "log_min_error_statement=error",
];

/// The running server.
pub(crate) struct Postgres {
    /// Dropped first: the folder goes when nobody writes there any more.
    server: Option<Server>,
    folder: PathBuf,
    programs: PathBuf,
    port: u16,
}

impl Postgres {
    /// Creates a cluster and starts it.
    ///
    /// # Errors
    /// When the machine has no server programs, or they fail.
    pub(crate) fn start() -> Result<Self> {
        let programs = programs()?;
        let folder = std::env::temp_dir().join(format!("todo-e2e-postgres-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        if as_root()? {
            let mut chown = process::program("chown");
            process::output(chown.arg(USER).arg(&folder))?;
        }
        let mut postgres = Self { server: None, folder, programs, port: server::free_port()? };
        postgres.create_cluster()?;
        postgres.server = Some(postgres.serve()?);
        Ok(postgres)
    }

    /// A new, empty database; answers its URL.
    ///
    /// # Errors
    /// When it exists, or the server is gone.
    pub(crate) fn create_database(&self, name: &str) -> Result<String> {
        let mut createdb = process::program(self.programs.join("createdb"));
        createdb.args(["--host=127.0.0.1", "--username=postgres"]);
        process::output(createdb.arg(format!("--port={}", self.port)).arg(name))?;
        Ok(self.url(name))
    }

    /// The URL of a database.
    pub(crate) fn url(&self, database: &str) -> String {
        format!("postgresql://postgres@127.0.0.1:{}/{database}", self.port)
    }

    fn create_cluster(&self) -> Result<()> {
        let mut initdb = self.as_server_user("initdb")?;
        initdb.args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]);
        initdb.arg("--no-sync").arg("--pgdata").arg(self.folder.join("data"));
        let log = tree::workshop().join("logs/postgres-initdb.log");
        process::logged(&mut initdb, &log, Duration::from_secs(60))
    }

    fn serve(&self) -> Result<Server> {
        let mut postgres = self.as_server_user("postgres")?;
        postgres.arg("-D").arg(self.folder.join("data"));
        postgres.arg("-c").arg(format!("port={}", self.port));
        postgres.arg("-c").arg(format!("unix_socket_directories={}", self.folder.display()));
        for setting in SETTINGS {
            postgres.args(["-c", setting]);
        }
        let server = Server::start("postgres", &postgres, Stop::Interrupt)?;

        let ready = || {
            let mut probe = process::program(self.programs.join("pg_isready"));
            probe.arg("--quiet").arg("--host=127.0.0.1").arg(format!("--port={}", self.port));
            Ok(probe.status()?.success())
        };
        server.wait_until("it accepts connections", Duration::from_secs(30), ready)?;
        Ok(server)
    }

    /// One of the server's programs, as a user that may run it.
    fn as_server_user(&self, name: &str) -> Result<Command> {
        let program = self.programs.join(name);
        let mut command = if as_root()? {
            let mut setpriv = process::program("setpriv");
            setpriv.args(["--reuid", USER, "--regid", USER, "--init-groups"]).arg(program);
            setpriv
        } else {
            process::program(program)
        };
        // That user may not enter the folder of the sources.
        command.current_dir(&self.folder).env("LC_ALL", "C.UTF-8");
        Ok(command)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        drop(self.server.take());
        // A folder left behind is a nuisance, no failure.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The folder with `initdb`: that of the newest version that Debian has, or one of the search path.
fn programs() -> Result<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin")))
        })
        .collect();
    versions.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();

    versions
        .into_iter()
        .rev()
        .map(|(_, folder)| folder)
        .chain(std::env::split_paths(&path))
        .find(|folder| has_server(folder))
        .ok_or_else(|| missing("no PostgreSQL server programs: install the package postgresql"))
}

fn has_server(folder: &Path) -> bool {
    ["initdb", "postgres"].iter().all(|name| folder.join(name).is_file())
}

fn as_root() -> Result<bool> {
    let user = process::output(process::program("id").arg("-u")).context("who am I?")?;
    Ok(user.trim() == "0")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test::missing::Missing;

    #[test]
    fn a_server_starts_makes_a_database_and_leaves_nothing_behind() {
        let postgres = match Postgres::start() {
            Ok(postgres) => postgres,
            Err(error) if error.is::<Missing>() => return,
            Err(error) => panic!("{error:#}"),
        };
        let folder = postgres.folder.clone();

        let url = postgres.create_database("made_by_a_test").unwrap();

        assert!(url.ends_with("/made_by_a_test"), "{url}");
        drop(postgres);
        assert!(!folder.exists());
    }
}
