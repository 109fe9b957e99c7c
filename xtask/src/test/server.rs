//! Servers that run beside the tests and never outlive them.

use std::{
    fs::{self, File},
    io::{Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    os::unix::process::CommandExt,
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::{terminal, tree};

/// Starts `$2…` and ends it with signal `$1` once standard input closes, which happens however this process ends:
/// at the end of the tests, in a panic, on Ctrl-C, even by `kill -9`. Ends when the program does, with its status.
const KEEPER: &str = r#"
signal=$1; shift
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
(
  read -r _ <&3
  kill -s "$signal" $server
  for _ in $(seq 100); do kill -0 $server || exit 0; sleep 0.1; done
  kill -s KILL $server
) 2>/dev/null &
watcher=$!
wait $server; status=$?
kill $watcher 2>/dev/null
exit $status
"#;

/// The signal that asks a server to stop.
#[derive(Clone, Copy)]
pub(crate) enum Stop {
    /// SIGTERM, as a cluster does it.
    Terminate,
    /// SIGINT: PostgreSQL's way to stop without waiting for its clients.
    Interrupt,
}

/// A running server; dropping it ends it.
pub(crate) struct Server {
    name: &'static str,
    keeper: Child,
    log: PathBuf,
}

impl Server {
    /// Starts `command` (its program, arguments, environment and folder count) with its output in a log.
    ///
    /// # Errors
    /// When it cannot be started.
    pub(crate) fn start(name: &'static str, command: &Command, stop: Stop) -> Result<Self> {
        let folder = tree::workshop().join("logs");
        fs::create_dir_all(&folder)?;
        let log = folder.join(format!("{name}.log"));
        let file = File::create(&log)?;

        let signal = match stop {
            Stop::Terminate => "TERM",
            Stop::Interrupt => "INT",
        };
        let mut keeper = Command::new("sh");
        keeper.args(["-c", KEEPER, "keeper", signal]);
        keeper.arg(command.get_program()).args(command.get_args());
        keeper.envs(command.get_envs().filter_map(|(key, value)| Some((key, value?))));
        if let Some(folder) = command.get_current_dir() {
            keeper.current_dir(folder);
        }
        // A group of its own, so that Ctrl-C reaches it in order: through the closing of its input.
        keeper.process_group(0).stdin(Stdio::piped()).stdout(file.try_clone()?).stderr(file);

        let keeper = keeper.spawn().with_context(|| format!("{name} could not be started"))?;
        Ok(Self { name, keeper, log })
    }

    /// Polls `ready` until it says yes.
    ///
    /// # Errors
    /// When the server ends before, or is not ready within `limit`; with the end of its log.
    pub(crate) fn wait_until(
        &self,
        what: &str,
        limit: Duration,
        ready: impl Fn() -> Result<bool>,
    ) -> Result<()> {
        let started = Instant::now();
        loop {
            if ready()? {
                return Ok(());
            }
            if self.has_ended() {
                bail!("{} ended before {what}\n{}", self.name, self.log_tail());
            }
            if started.elapsed() > limit {
                bail!(
                    "{}: {what} is not true after {}\n{}",
                    self.name,
                    terminal::Took(limit),
                    self.log_tail()
                );
            }
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// Waits until `http://127.0.0.1:port{path}` answers 200.
    ///
    /// # Errors
    /// Like [`Self::wait_until`].
    pub(crate) fn wait_for_http(&self, port: u16, path: &str) -> Result<()> {
        self.wait_until(&format!("{path} answers 200"), Duration::from_secs(30), || {
            Ok(http_status(port, path) == Some(200))
        })
    }

    /// Whether the keeper is gone: a process without a parent that waits for it is a zombie.
    fn has_ended(&self) -> bool {
        let state = fs::read_to_string(format!("/proc/{}/stat", self.keeper.id()));
        state
            .map_or(true, |text| text.rsplit(')').next().is_some_and(|rest| rest.starts_with(" Z")))
    }

    fn log_tail(&self) -> String {
        terminal::tail(&String::from_utf8_lossy(&fs::read(&self.log).unwrap_or_default()), 40)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        // The keeper itself sees to a time limit; a failure here could not be mended.
        let _ = self.keeper.wait();
    }
}

/// A port that nobody listens on right now.
///
/// # Errors
/// When the machine has none left.
pub(crate) fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

/// The status of a GET, or nothing when there was no answer.
fn http_status(port: u16, path: &str) -> Option<u16> {
    let limit = Duration::from_secs(5);
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let mut stream = TcpStream::connect_timeout(&address, limit).ok()?;
    stream.set_read_timeout(Some(limit)).ok()?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n")
        .ok()?;

    let mut head = [0; 12];
    stream.read_exact(&mut head).ok()?;
    std::str::from_utf8(&head).ok()?.strip_prefix("HTTP/1.1 ")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_gone_after_it_was_dropped() {
        let mut sleeper = Command::new("sleep");
        sleeper.arg("61.5");
        let server = Server::start("test-sleeper", &sleeper, Stop::Terminate).unwrap();
        server.wait_until("it runs", Duration::from_secs(5), || Ok(running("61.5"))).unwrap();

        drop(server);

        assert!(!running("61.5"));
    }

    #[test]
    fn a_server_that_ends_at_once_shows_its_log() {
        let mut shell = Command::new("sh");
        shell.args(["-c", "echo the port is taken; exit 1"]);
        let server = Server::start("test-broken", &shell, Stop::Terminate).unwrap();

        let error =
            server.wait_until("it is ready", Duration::from_secs(5), || Ok(false)).unwrap_err();

        assert!(error.to_string().ends_with("the port is taken"), "{error}");
    }

    /// Whether a program with exactly this argument runs.
    fn running(argument: &str) -> bool {
        fs::read_dir("/proc").unwrap().flatten().any(|entry| {
            fs::read(entry.path().join("cmdline"))
                .is_ok_and(|line| line == format!("sleep\0{argument}\0").as_bytes())
        })
    }
}
