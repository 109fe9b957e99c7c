//! How this process is confined, seen from inside.

use std::{
    fmt, fs,
    io::{self, ErrorKind},
    path::Path,
};

use serde::Serialize;

/// What the kernel lets this process do. Prints as one line of JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sandbox {
    /// The user it acts as.
    pub uid: u32,
    /// The group it acts as.
    pub gid: u32,
    /// Whether it could make a file in `/`.
    pub root_writable: bool,
    /// Whether that was refused because the file system is read-only, and not only because of its owner.
    pub root_read_only: bool,
    /// Every capability that it has or could come by.
    pub capabilities: Vec<String>,
    /// Whether no program that it starts can have more rights than it has.
    pub no_new_privileges: bool,
    /// What limits its system calls: `off`, `strict` or `filter`.
    pub seccomp: &'static str,
}

impl Sandbox {
    /// Asks the kernel, and tries to write.
    ///
    /// # Errors
    /// `/proc` does not tell (it is no Linux, or no `/proc` is mounted).
    pub fn of_this_process() -> io::Result<Self> {
        let status = fs::read_to_string("/proc/self/status")?;
        Self::from_status(&status, &write_to_root())
            .ok_or_else(|| io::Error::new(ErrorKind::InvalidData, "a line is missing"))
    }

    fn from_status(status: &str, written: &io::Result<()>) -> Option<Self> {
        let values = |key: &str| {
            let lines = status.lines().filter_map(|line| line.split_once(':'));
            lines.into_iter().find(|(name, _)| *name == key).map(|(_, values)| values.trim())
        };
        // Real, effective, saved, and for files; what it acts as is the second.
        let effective = |key| values(key)?.split_whitespace().nth(1)?.parse().ok();
        // Inherited, allowed, in force, ambient, and the bound of what it could come by.
        let sets = ["CapInh", "CapPrm", "CapEff", "CapAmb", "CapBnd"];
        let capabilities = sets
            .into_iter()
            .try_fold(0, |all, set| Some(all | u64::from_str_radix(values(set)?, 16).ok()?))?;
        Some(Self {
            uid: effective("Uid")?,
            gid: effective("Gid")?,
            root_writable: written.is_ok(),
            root_read_only: written
                .as_ref()
                .is_err_and(|error| error.kind() == ErrorKind::ReadOnlyFilesystem),
            capabilities: names(capabilities),
            no_new_privileges: values("NoNewPrivs")? == "1",
            seccomp: match values("Seccomp")? {
                "0" => "off",
                "1" => "strict",
                _ => "filter",
            },
        })
    }
}

impl fmt::Display for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let json = serde_json::to_string(self).expect("plain fields are JSON");
        f.write_str(&json)
    }
}

/// A real attempt: permissions, mounts and security modules all have their say.
fn write_to_root() -> io::Result<()> {
    let path = format!("/.sandbox-{}", std::process::id());
    let path = Path::new(&path);
    fs::File::create_new(path)?;
    // A file that stays behind is a nuisance, and the answer is the same.
    let _ = fs::remove_file(path);
    Ok(())
}

/// The capabilities of Linux in the order of their bits.
const CAPABILITIES: [&str; 41] = [
    "CHOWN",
    "DAC_OVERRIDE",
    "DAC_READ_SEARCH",
    "FOWNER",
    "FSETID",
    "KILL",
    "SETGID",
    "SETUID",
    "SETPCAP",
    "LINUX_IMMUTABLE",
    "NET_BIND_SERVICE",
    "NET_BROADCAST",
    "NET_ADMIN",
    "NET_RAW",
    "IPC_LOCK",
    "IPC_OWNER",
    "SYS_MODULE",
    "SYS_RAWIO",
    "SYS_CHROOT",
    "SYS_PTRACE",
    "SYS_PACCT",
    "SYS_ADMIN",
    "SYS_BOOT",
    "SYS_NICE",
    "SYS_RESOURCE",
    "SYS_TIME",
    "SYS_TTY_CONFIG",
    "MKNOD",
    "LEASE",
    "AUDIT_WRITE",
    "AUDIT_CONTROL",
    "SETFCAP",
    "MAC_OVERRIDE",
    "MAC_ADMIN",
    "SYSLOG",
    "WAKE_ALARM",
    "BLOCK_SUSPEND",
    "AUDIT_READ",
    "PERFMON",
    "BPF",
    "CHECKPOINT_RESTORE",
];

/// The names of these bits, as Kubernetes writes them; a bit of a newer kernel is a number.
fn names(bits: u64) -> Vec<String> {
    let held = (0..64).filter(|bit| bits >> bit & 1 == 1);
    held.map(|bit| CAPABILITIES.get(bit).map_or_else(|| bit.to_string(), |name| (*name).to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONFINED: &str = "Name:\tbackend\nUid:\t1000\t1000\t1000\t1000\nGid:\t1000\t1000\t1000\t1000\n\
        CapInh:\t0000000000000000\nCapPrm:\t0000000000000000\nCapEff:\t0000000000000000\n\
        CapBnd:\t0000000000000000\nCapAmb:\t0000000000000000\nNoNewPrivs:\t1\nSeccomp:\t2\n";

    fn seen(status: &str, written: &io::Result<()>) -> String {
        Sandbox::from_status(status, written).expect("a whole status").to_string()
    }

    #[test]
    fn a_pod_under_the_restricted_standard_has_nothing() {
        let read_only = Err(ErrorKind::ReadOnlyFilesystem.into());

        assert_eq!(
            seen(CONFINED, &read_only),
            r#"{"uid":1000,"gid":1000,"root_writable":false,"root_read_only":true,"capabilities":[],"no_new_privileges":true,"seccomp":"filter"}"#
        );
    }

    #[test]
    fn what_could_be_come_by_counts_like_what_is_there() {
        let bounded = CONFINED.replace("CapBnd:\t0000000000000000", "CapBnd:\t0000020000002001");

        let seen = seen(&bounded, &Err(ErrorKind::PermissionDenied.into()));

        assert!(seen.contains(r#""capabilities":["CHOWN","NET_RAW","41"]"#), "{seen}");
        assert!(seen.contains(r#""root_writable":false,"root_read_only":false"#), "{seen}");
    }

    #[test]
    fn a_status_without_a_line_tells_nothing() {
        assert_eq!(Sandbox::from_status("Uid:\t0\t0\t0\t0\n", &Ok(())), None);
    }
}
