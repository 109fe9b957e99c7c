//! A machine for one test: stand-ins on the PATH, and a cluster that is a folder of marks.

use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use tempfile::TempDir;

/// What the stand-ins use beside the shell's own commands.
const TOOLS: [&str; 2] = ["cat", "sh"];

/// Every stand-in.
const PROGRAMS: [&str; 5] = ["docker", "helm", "kind", "kubectl", "minikube"];

/// A machine.
pub(crate) struct Machine {
    folder: TempDir,
}

/// How a run ended.
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Machine {
    /// One whose cluster is healthy, unless a mark says otherwise.
    pub(crate) fn with(marks: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["bin", "state"] {
            fs::create_dir(folder.path().join(name)).expect("a folder");
        }
        let machine = Self { folder };
        for tool in TOOLS {
            let real = ["/bin", "/usr/bin"].map(|folder| Path::new(folder).join(tool));
            let real = real.iter().find(|path| path.exists()).expect("every Unix has it");
            symlink(real, machine.path("bin").join(tool)).expect("a link");
        }
        for program in PROGRAMS {
            symlink(here("stand-ins").join(program), machine.path("bin").join(program))
                .expect("a link");
        }
        marks
            .iter()
            .for_each(|mark| fs::write(machine.path("state").join(mark), "").expect("a mark"));
        machine
    }

    /// The same machine without a program.
    pub(crate) fn without(self, program: &str) -> Self {
        fs::remove_file(self.path("bin").join(program)).expect("it was there");
        self
    }

    /// Runs `todoctl` with these arguments to its end, outside of any checkout.
    pub(crate) fn run(&self, args: &[&str]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_todoctl"));
        command.current_dir(self.folder.path()).env_clear().stdin(Stdio::null());
        command.env("PATH", self.path("bin")).env("HOME", self.folder.path()).env("TZ", "UTC");
        command.env("STAND_INS", here("stand-ins")).env("FIXTURES", here("fixtures"));
        command.env("STATE", self.path("state")).args(args);
        Run::of(command.output().expect("todoctl starts"))
    }

    /// Whether a stand-in was called with this among its arguments.
    pub(crate) fn called(&self, part: &str) -> bool {
        let calls = fs::read_to_string(self.path("state").join("calls")).unwrap_or_default();
        calls.lines().any(|call| call.contains(part))
    }

    /// A path inside the machine.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

impl Run {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).expect("text"),
            stderr: String::from_utf8(output.stderr).expect("text"),
        }
    }

    /// Fails the test unless the run ended with this status and said all of this, on either output.
    #[track_caller]
    pub(crate) fn expect(&self, code: i32, said: &[&str]) {
        let text = format!("{}{}", self.stderr, self.stdout);
        assert_eq!(self.code, Some(code), "{text}");
        for part in said {
            assert!(text.contains(part), "{part:?} is not in:\n{text}");
        }
    }
}

fn here(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/verify").join(name)
}
