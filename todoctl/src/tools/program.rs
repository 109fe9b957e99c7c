//! Running one program: what it is given, how long it may take, what becomes of its output.

mod error;
mod running;

use std::{
    collections::BTreeMap,
    ffi::OsString,
    path::PathBuf,
    process::{ExitStatus, Stdio},
    time::Duration,
};

use process_wrap::tokio::{ChildWrapper, CommandWrap, KillOnDrop};
use serde::de::DeserializeOwned;

pub(crate) use error::ProgramError;
pub(crate) use running::{Line, Running};

use super::Tools;
use crate::secrets::VARIABLES;

/// How long a question to a program may take unless it is told otherwise.
const LIMIT: Duration = Duration::from_secs(60);

/// A program that is about to be run. Nothing happens until one of the `async` methods is awaited.
///
/// It gets no terminal: standard input is empty or what [`Program::stdin`] gave. Ctrl-C ends it together with all that
/// it started.
#[derive(Debug)]
pub(crate) struct Program {
    tools: Tools,
    name: String,
    purpose: String,
    args: Vec<String>,
    stdin: Vec<u8>,
    env: BTreeMap<String, OsString>,
    dir: Option<PathBuf>,
    limit: Duration,
}

/// A program that has ended.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) status: ExitStatus,
    /// As it came: it may hold secrets, which [`crate::screen::Screen`] hides when it is shown.
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Program {
    pub(super) fn new(tools: Tools, name: &str, purpose: String) -> Self {
        Self {
            tools,
            name: name.to_owned(),
            purpose,
            args: Vec::new(),
            stdin: Vec::new(),
            env: BTreeMap::new(),
            dir: None,
            limit: LIMIT,
        }
    }

    /// Adds an argument. A secret here is refused when the program is started.
    pub(crate) fn arg(mut self, arg: impl Into<String>) -> Self {
        self.args.push(arg.into());
        self
    }

    /// Adds arguments.
    pub(crate) fn args<A: Into<String>>(mut self, args: impl IntoIterator<Item = A>) -> Self {
        self.args.extend(args.into_iter().map(Into::into));
        self
    }

    /// What the program reads; the way for secrets.
    pub(crate) fn stdin(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.stdin = bytes.into();
        self
    }

    /// Sets a variable of its environment beside those that we have ourselves.
    pub(crate) fn env(mut self, key: &str, value: impl Into<OsString>) -> Self {
        self.env.insert(key.to_owned(), value.into());
        self
    }

    /// The folder it runs in.
    pub(crate) fn dir(mut self, dir: impl Into<PathBuf>) -> Self {
        self.dir = Some(dir.into());
        self
    }

    /// How long it may take; a minute unless told otherwise.
    pub(crate) fn limit(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    /// Its standard output; a failure is an error that ends with the last lines of its complaint.
    pub(crate) async fn text(self) -> Result<String, ProgramError> {
        Ok(self.output().await?.stdout)
    }

    /// Its standard output as JSON.
    pub(crate) async fn json<T: DeserializeOwned>(self) -> Result<T, ProgramError> {
        let (program, purpose) = (self.name.clone(), self.purpose.clone());
        let text = self.text().await?;
        serde_json::from_str(&text).map_err(|cause| ProgramError::Answer {
            program,
            purpose,
            cause,
        })
    }

    /// Runs it to a good end.
    pub(crate) async fn output(self) -> Result<Finished, ProgramError> {
        self.lines(|_| {}).await
    }

    /// Runs it to its end, whatever its exit status.
    pub(crate) async fn finish(self) -> Result<Finished, ProgramError> {
        self.start()?.finish(|_| {}).await
    }

    /// Runs it to a good end and hands over each line as it comes, without secrets.
    pub(crate) async fn lines(self, each: impl FnMut(Line<'_>)) -> Result<Finished, ProgramError> {
        let failed = self.failure();
        let finished = self.start()?.finish(each).await?;
        if finished.status.success() { Ok(finished) } else { Err(failed.of(&finished)) }
    }

    /// Starts it; it runs until it ends, its time is up, or [`Running`] is dropped.
    pub(crate) fn start(self) -> Result<Running, ProgramError> {
        self.tools.interrupt.check()?;
        if self.args.iter().any(|arg| self.tools.secrets.in_argument(arg)) {
            return Err(ProgramError::SecretArgument { program: self.name });
        }
        let child = self.spawn()?;
        Ok(Running::new(child, self))
    }

    fn spawn(&self) -> Result<Box<dyn ChildWrapper>, ProgramError> {
        let mut command = CommandWrap::with_new(&self.name, |command| {
            command.args(&self.args).envs(&self.env).stdout(Stdio::piped()).stderr(Stdio::piped());
            command.stdin(if self.stdin.is_empty() { Stdio::null() } else { Stdio::piped() });
            VARIABLES.iter().for_each(|name| {
                command.env_remove(name);
            });
            if let Some(dir) = &self.dir {
                command.current_dir(dir);
            }
        });
        // A group of its own: the terminal's Ctrl-C reaches us alone, and we end the whole group in good order.
        #[cfg(unix)]
        command.wrap(process_wrap::tokio::ProcessGroup::leader());
        #[cfg(windows)]
        command.wrap(process_wrap::tokio::JobObject);
        command.wrap(KillOnDrop);

        command.spawn().map_err(|cause| {
            let program = self.name.clone();
            if cause.kind() == std::io::ErrorKind::NotFound {
                ProgramError::Missing { program }
            } else {
                ProgramError::Start { program, cause }
            }
        })
    }

    fn too_long(&self) -> ProgramError {
        let (program, purpose) = (self.name.clone(), self.purpose.clone());
        ProgramError::TooLong { program, purpose, limit: self.limit }
    }

    fn lost(&self, cause: std::io::Error) -> ProgramError {
        let (program, purpose) = (self.name.clone(), self.purpose.clone());
        ProgramError::Wait { program, purpose, cause }
    }

    fn failure(&self) -> error::Failure {
        error::Failure {
            program: self.name.clone(),
            purpose: self.purpose.clone(),
            secrets: self.tools.secrets.clone(),
        }
    }
}
