//! Running other programs and waiting for them.

use std::{
    fs::{self, File},
    path::Path,
    process::{Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::{terminal, tree};

/// How much of a failed program's output is worth showing.
const TAIL_LINES: usize = 60;

/// A program to be run from the root of the repository, without standard input.
pub(crate) fn program(name: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(tree::root()).stdin(Stdio::null());
    command
}

/// Runs a program to its end and hands back what it printed.
///
/// # Errors
/// When it cannot be started, or fails; the error ends with the last lines of its complaint.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let name = display(command);
    let done = command.output().with_context(|| format!("{name} could not be started"))?;

    if !done.status.success() {
        let complaint = String::from_utf8_lossy(&done.stderr);
        bail!("{name}: {}\n{}", done.status, terminal::tail(&complaint, TAIL_LINES));
    }
    Ok(String::from_utf8_lossy(&done.stdout).into_owned())
}

/// Runs a program with its output in the file `log`, at most for `limit`.
///
/// # Errors
/// When it cannot be started, fails or takes too long; the error ends with the end of the log.
pub(crate) fn logged(command: &mut Command, log: &Path, limit: Duration) -> Result<()> {
    let name = display(command);
    if let Some(folder) = log.parent() {
        fs::create_dir_all(folder)?;
    }
    let file = File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
    command.stdout(file.try_clone()?).stderr(file);

    let ended = within(command, limit).with_context(|| format!("{name} could not be started"))?;
    let complaint = match ended {
        Some(status) if status.success() => return Ok(()),
        Some(status) => format!("{name}: {status}"),
        None => format!("{name} did not end within {}", terminal::Took(limit)),
    };
    let text = fs::read(log).unwrap_or_default();
    bail!("{complaint}\n{}", terminal::tail(&String::from_utf8_lossy(&text), TAIL_LINES));
}

/// The exit status, or nothing when the program had to be ended because time was up.
fn within(command: &mut Command, limit: Duration) -> Result<Option<ExitStatus>> {
    let started = Instant::now();
    let mut child = command.spawn()?;

    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if started.elapsed() > limit {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(Duration::from_millis(20));
    }
}

/// Whether a program of that name can be found.
pub(crate) fn installed(name: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(name).is_file()))
}

/// The command as a person would type it, for messages; values of its environment stay out.
fn display(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str());

    std::iter::once(name)
        .chain(command.get_args())
        .map(std::ffi::OsStr::to_string_lossy)
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_program_shows_the_end_of_its_output() {
        let log = std::env::temp_dir().join(format!("xtask-{}-failed.log", std::process::id()));
        let mut shell = program("sh");
        shell.args(["-c", "echo out; echo reason >&2; exit 3"]);

        let error = logged(&mut shell, &log, Duration::from_secs(10)).unwrap_err().to_string();

        assert!(error.contains("exit status: 3"), "{error}");
        assert!(error.ends_with("out\nreason"), "{error}");
        fs::remove_file(log).unwrap();
    }

    #[test]
    fn a_program_that_hangs_is_ended() {
        let log = std::env::temp_dir().join(format!("xtask-{}-hang.log", std::process::id()));
        let mut sleeper = program("sleep");
        sleeper.arg("60");

        let error = logged(&mut sleeper, &log, Duration::from_millis(100)).unwrap_err();

        assert!(error.to_string().contains("did not end within"), "{error}");
        fs::remove_file(log).unwrap();
    }
}
