//! A program while it runs.

use std::time::Duration;

use process_wrap::tokio::ChildWrapper;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncRead, AsyncWriteExt as _, BufReader},
    sync::mpsc,
    time::Instant,
};

use super::{Finished, Program, ProgramError};
use crate::interrupt::Interrupted;

/// How long a program may tidy up after it was asked to stop; helm marks its release in that time.
const TIDY_UP: Duration = Duration::from_secs(8);

/// SIGINT, on every Unix.
#[cfg(unix)]
const INTERRUPT: i32 = 2;

/// A line that a program printed, without its line end and without secrets.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Line<'a> {
    Out(&'a str),
    Err(&'a str),
}

impl<'a> Line<'a> {
    /// What was printed, wherever.
    pub(crate) fn text(self) -> &'a str {
        match self {
            Self::Out(text) | Self::Err(text) => text,
        }
    }
}

/// A running program. Dropping it ends the program and all that it started.
#[derive(Debug)]
pub(crate) struct Running {
    child: Box<dyn ChildWrapper>,
    lines: mpsc::Receiver<(Stream, Vec<u8>)>,
    program: Program,
    deadline: Instant,
    ended: bool,
}

#[derive(Debug, Clone, Copy)]
enum Stream {
    Out,
    Err,
}

impl Running {
    pub(super) fn new(mut child: Box<dyn ChildWrapper>, mut program: Program) -> Self {
        let (sender, lines) = mpsc::channel(256);
        if let Some(out) = child.stdout().take() {
            tokio::spawn(forward(out, Stream::Out, sender.clone()));
        }
        if let Some(err) = child.stderr().take() {
            tokio::spawn(forward(err, Stream::Err, sender));
        }
        if let Some(mut input) = child.stdin().take() {
            let bytes = std::mem::take(&mut program.stdin);
            // A program that does not read to the end says itself what was wrong.
            tokio::spawn(async move { input.write_all(&bytes).await });
        }
        let deadline = Instant::now() + program.limit;
        Self { child, lines, program, deadline, ended: false }
    }

    /// The next line that it prints, without secrets; nothing when it has closed its output.
    pub(crate) async fn line(&mut self) -> Result<Option<String>, ProgramError> {
        match self.next().await {
            Ok(Some((_, bytes))) => Ok(Some(self.program.tools.secrets.clean(&text(&bytes)))),
            Ok(None) => Ok(None),
            Err(error) => Err(self.end(error).await),
        }
    }

    /// Waits for its end; `each` sees the lines as they come, without secrets.
    pub(crate) async fn finish(
        mut self,
        mut each: impl FnMut(Line<'_>),
    ) -> Result<Finished, ProgramError> {
        let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
        loop {
            let (stream, bytes) = match self.next().await {
                Ok(Some(line)) => line,
                Ok(None) => break,
                Err(error) => return Err(self.end(error).await),
            };
            let shown = self.program.tools.secrets.clean(&text(&bytes));
            let (kept, line) = match stream {
                Stream::Out => (&mut stdout, Line::Out(&shown)),
                Stream::Err => (&mut stderr, Line::Err(&shown)),
            };
            kept.extend_from_slice(&bytes);
            each(line);
        }

        let status = match self.exit().await {
            Ok(status) => status,
            Err(error) => return Err(self.end(error).await),
        };
        self.ended = true;
        Ok(Finished {
            status,
            stdout: String::from_utf8_lossy(&stdout).into_owned(),
            stderr: String::from_utf8_lossy(&stderr).into_owned(),
        })
    }

    async fn next(&mut self) -> Result<Option<(Stream, Vec<u8>)>, ProgramError> {
        tokio::select! {
            biased;
            () = self.program.tools.interrupt.happened() => Err(Interrupted.into()),
            line = self.lines.recv() => Ok(line),
            () = tokio::time::sleep_until(self.deadline) => Err(self.program.too_long()),
        }
    }

    async fn exit(&mut self) -> Result<std::process::ExitStatus, ProgramError> {
        tokio::select! {
            biased;
            () = self.program.tools.interrupt.happened() => Err(Interrupted.into()),
            ended = self.child.wait() => ended.map_err(|cause| self.program.lost(cause)),
            () = tokio::time::sleep_until(self.deadline) => Err(self.program.too_long()),
        }
    }

    async fn end(&mut self, error: ProgramError) -> ProgramError {
        self.wind_down().await;
        error
    }

    /// Asks the whole group to stop as Ctrl-C would, and ends what does not.
    async fn wind_down(&mut self) {
        self.ended = true;
        #[cfg(unix)]
        if self.child.signal(INTERRUPT).is_ok()
            && tokio::time::timeout(TIDY_UP, self.child.wait()).await.is_ok()
        {
            // What it started itself may have survived it.
            let _ = self.child.start_kill();
            return;
        }
        // Nothing is left to do about a program that cannot be ended.
        let _ = Box::into_pin(self.child.kill()).await;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if !self.ended {
            let _ = self.child.start_kill();
        }
    }
}

async fn forward(
    from: impl AsyncRead + Unpin,
    stream: Stream,
    to: mpsc::Sender<(Stream, Vec<u8>)>,
) {
    let mut reader = BufReader::new(from);
    loop {
        let mut line = Vec::new();
        match reader.read_until(b'\n', &mut line).await {
            Ok(1..) => {
                if to.send((stream, line)).await.is_err() {
                    return;
                }
            }
            Ok(0) | Err(_) => return,
        }
    }
}

/// A line as text; of a progress line that was rewritten in place, what stands there last.
fn text(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_end_matches(['\r', '\n']);
    text.rsplit('\r').next().unwrap_or(text).to_owned()
}
