//! A machine for one test: stand-ins on the PATH, a home, and a cluster that is a folder of marks.

use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

/// What the stand-ins use beside the shell's own commands.
const TOOLS: [&str; 4] = ["cat", "rm", "sh", "sleep"];

/// Every stand-in.
const PROGRAMS: [&str; 5] = ["docker", "helm", "kind", "kubectl", "minikube"];

/// A machine.
pub(crate) struct Machine {
    folder: TempDir,
    env: Vec<(String, String)>,
}

/// How a run ended.
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    /// Both outputs, as a person sees them.
    pub(crate) text: String,
}

impl Machine {
    /// One with every program and with no cluster yet, unless a mark says otherwise.
    pub(crate) fn with(marks: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for name in ["bin", "state", "home"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        let machine = Self { folder, env: Vec::new() };
        for tool in TOOLS {
            let real = ["/bin", "/usr/bin"].map(|folder| Path::new(folder).join(tool));
            let real = real.iter().find(|path| path.exists()).unwrap();
            symlink(real, machine.path("bin").join(tool)).unwrap();
        }
        for program in PROGRAMS {
            symlink(here("stand-ins").join(program), machine.path("bin").join(program)).unwrap();
        }
        marks.iter().for_each(|mark| machine.mark(mark));
        machine
    }

    /// The same machine without a program.
    pub(crate) fn without(self, program: &str) -> Self {
        fs::remove_file(self.path("bin").join(program)).unwrap();
        self
    }

    /// The same machine with a variable of the environment.
    pub(crate) fn env(mut self, key: &str, value: &str) -> Self {
        self.env.push((key.to_owned(), value.to_owned()));
        self
    }

    /// The same machine without the variables that were set.
    pub(crate) fn forget_env(mut self) -> Self {
        self.env.clear();
        self
    }

    /// From now on the machine is like this.
    pub(crate) fn mark(&self, mark: &str) {
        self.write(mark, "");
    }

    /// What a mark holds.
    pub(crate) fn write(&self, mark: &str, text: &str) {
        fs::write(self.mark_path(mark), text).unwrap();
    }

    /// The file that is a mark.
    pub(crate) fn mark_path(&self, mark: &str) -> PathBuf {
        self.path("state").join(mark)
    }

    /// Whether a stand-in has left this mark, or the test.
    pub(crate) fn is(&self, mark: &str) -> bool {
        self.mark_path(mark).exists()
    }

    /// What a stand-in has written down.
    pub(crate) fn read(&self, mark: &str) -> String {
        fs::read_to_string(self.mark_path(mark)).unwrap_or_default()
    }

    /// Runs `todoctl up` with these flags to its end.
    pub(crate) fn up(&self, flags: &[&str]) -> Run {
        Run::of(self.command(flags).output().unwrap())
    }

    /// Starts `todoctl up`.
    pub(crate) fn start(&self, flags: &[&str]) -> Child {
        let mut command = self.command(flags);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// Waits until a stand-in leaves this mark.
    pub(crate) fn wait_for(&self, mark: &str) {
        let started = Instant::now();
        while !self.is(mark) {
            assert!(started.elapsed() < Duration::from_secs(30), "{mark} did not come");
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Every call of a stand-in so far, arguments with blanks between.
    pub(crate) fn calls(&self) -> Vec<String> {
        self.read("calls").lines().map(|call| call.replace('\t', " ")).collect()
    }

    /// How often a call contained this.
    pub(crate) fn called(&self, part: &str) -> usize {
        self.calls().iter().filter(|call| call.contains(part)).count()
    }

    /// Forgets the calls so far.
    pub(crate) fn forget_calls(&self) {
        self.write("calls", "");
    }

    /// Everything that the program has saved in its home.
    pub(crate) fn saved(&self) -> String {
        let mut text = String::new();
        let mut folders = vec![self.path("home")];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    text += &fs::read_to_string(path).unwrap();
                }
            }
        }
        text
    }

    fn command(&self, flags: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_todoctl"));
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        command.current_dir(root).env_clear().stdin(Stdio::null());
        command.env("PATH", self.path("bin")).env("HOME", self.path("home"));
        command.env("STAND_INS", here("stand-ins")).env("FIXTURES", here("fixtures"));
        command.env("STATE", self.path("state"));
        command.envs(self.env.iter().map(|(key, value)| (key, value)));
        command.args(["up", "--no-verify"]).args(flags);
        command
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

impl Run {
    /// What is left of a program that has ended.
    pub(crate) fn of(output: Output) -> Self {
        let text = [output.stderr, output.stdout].concat();
        Self { code: output.status.code(), text: String::from_utf8(text).unwrap() }
    }

    /// Fails the test unless the run ended with this status and said all of this.
    pub(crate) fn expect(&self, code: i32, said: &[&str]) {
        assert_eq!(self.code, Some(code), "{}", self.text);
        for part in said {
            assert!(self.text.contains(part), "{part:?} is not in:\n{}", self.text);
        }
    }
}

fn here(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/up").join(name)
}
