//! A service as the process that it is in production.

use std::{
    ffi::OsStr,
    io::{BufRead as _, BufReader},
    process::{Child, ChildStderr, Command, ExitStatus, Stdio},
    sync::{Arc, Mutex},
    thread::{self, JoinHandle},
    time::Duration,
};

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::{Instant, sleep},
};

/// How long anything may take before the test gives up; only a broken program needs so long.
const LIMIT: Duration = Duration::from_secs(30);

/// Between two looks.
const BREATH: Duration = Duration::from_millis(20);

/// A running program with nothing in its environment but what the test put there. Dropping it kills it.
pub struct Program {
    child: Child,
    log: Arc<Mutex<String>>,
    reading: Option<JoinHandle<()>>,
}

impl Program {
    /// Starts the program at `path`.
    ///
    /// # Panics
    /// It cannot be started.
    pub fn start(path: impl AsRef<OsStr>, arguments: &[&str], settings: &[(&str, &str)]) -> Self {
        let mut child = Command::new(path)
            .args(arguments)
            .env_clear()
            .envs(settings.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let log = Arc::<Mutex<String>>::default();
        let (stderr, collected) = (child.stderr.take().expect("it is piped"), log.clone());
        let reading = Some(thread::spawn(move || collect(stderr, &collected)));
        Self { child, log, reading }
    }

    /// Everything that it has logged so far.
    ///
    /// # Panics
    /// Never, unless the reading of the log did.
    pub fn log(&self) -> String {
        self.log.lock().expect("nobody panics with it").clone()
    }

    /// Waits for a log line with this message, and answers it.
    ///
    /// # Panics
    /// It does not come.
    pub async fn said(&self, message: &str) -> Value {
        eventually(&format!("the line {message:?}"), async || {
            let log = self.log();
            let mut lines = log.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
            lines
                .find(|line| line["message"].as_str().is_some_and(|text| text.starts_with(message)))
        })
        .await
    }

    /// The address that it listens at.
    ///
    /// # Panics
    /// It does not come to listen.
    pub async fn address(&self) -> String {
        self.said("listening").await["address"].as_str().expect("an address").to_owned()
    }

    /// Waits until a GET of `path` is answered with `status`.
    ///
    /// # Panics
    /// That never comes.
    pub async fn answers(&self, path: &str, status: u16) {
        let address = self.address().await;
        eventually(&format!("{status} at {path}"), async || {
            (get(&address, path).await == Some(status)).then_some(())
        })
        .await;
    }

    /// Asks it to stop, as a cluster does.
    ///
    /// # Panics
    /// It has ended before.
    pub fn terminate(&self) {
        let id = self.child.id().to_string();
        let asked = Command::new("kill").args(["-TERM", &id]).status();
        assert!(asked.is_ok_and(|asked| asked.success()), "it had ended\n{}", self.log());
    }

    /// Waits for its end; answers how it ended and everything that it logged.
    ///
    /// # Panics
    /// It does not end.
    pub async fn ended(mut self) -> (ExitStatus, String) {
        let ended = Instant::now() + LIMIT;
        let status = loop {
            match self.child.try_wait().expect("it can be waited for") {
                Some(status) => break status,
                None => sleep(BREATH).await,
            }
            assert!(Instant::now() < ended, "it did not end\n{}", self.log());
        };
        let reading = self.reading.take().expect("the end is waited for once");
        reading.join().expect("reading a log does not fail");
        (status, self.log())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // Both fail when it has ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn collect(stderr: ChildStderr, log: &Mutex<String>) {
    for line in BufReader::new(stderr).lines().map_while(Result::ok) {
        let mut log = log.lock().expect("nobody panics with it");
        log.push_str(&line);
        log.push('\n');
    }
}

/// The status of a GET with the `Host` of a pod, which is how a cluster asks.
async fn get(address: &str, path: &str) -> Option<u16> {
    let mut stream = TcpStream::connect(address).await.ok()?;
    let request = format!("GET {path} HTTP/1.1\r\nhost: 10.42.0.17\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.ok()?;
    answer.split(' ').nth(1)?.parse().ok()
}

async fn eventually<T>(what: &str, look: impl AsyncFn() -> Option<T>) -> T {
    let deadline = Instant::now() + LIMIT;
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(Instant::now() < deadline, "{what} did not come");
        sleep(BREATH).await;
    }
}
