//! A secret that a program makes up for itself, and keeps.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use todo_core::ports::Entropy;

use super::Secret;

/// A secret from a file of our own.
#[derive(Debug, Clone)]
pub struct Kept {
    /// The secret.
    pub secret: Secret,
    /// Whether it was made up just now.
    pub is_new: bool,
}

/// The secret in the file at `path`. When there is none yet, one is made up and written there, for the eyes of the
/// file's owner only. Two programs that start at once end up with the same secret.
///
/// # Errors
/// The file cannot be read or written, or is empty.
pub fn keep_secret(path: &Path, entropy: &dyn Entropy) -> io::Result<Kept> {
    match read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => create(path, entropy),
        result => result.map(|secret| Kept { secret, is_new: false }),
    }
}

fn read(path: &Path) -> io::Result<Secret> {
    let text = fs::read_to_string(path)?;
    match text.trim() {
        "" => Err(io::Error::new(io::ErrorKind::InvalidData, "the secret file is empty")),
        secret => Ok(Secret::new(secret)),
    }
}

/// Writes the whole file aside first: a program that is killed here leaves no half of a secret.
fn create(path: &Path, entropy: &dyn Entropy) -> io::Result<Kept> {
    let aside = path.with_extension(format!("{}.new", std::process::id()));
    let mut file =
        OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&aside)?;
    file.write_all(made_up(entropy).as_bytes())?;
    file.sync_all()?;
    // A link, unlike a rename, refuses to replace what another program put there meanwhile.
    let linked = fs::hard_link(&aside, path);
    fs::remove_file(&aside)?;
    match linked {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        linked => Ok(Kept { secret: read(path)?, is_new: linked.is_ok() }),
    }
}

/// 256 random bits as hexadecimal digits.
fn made_up(entropy: &dyn Entropy) -> String {
    let mut bytes = [0; 32];
    entropy.fill(&mut bytes);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;
    use crate::system::OsEntropy;

    #[test]
    fn a_secret_is_made_up_once_and_then_kept() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("todo.db.secret");

        let first = keep_secret(&path, &OsEntropy).unwrap();
        let second = keep_secret(&path, &OsEntropy).unwrap();

        assert!(first.is_new && !second.is_new);
        assert_eq!(first.secret, second.secret);
        assert_eq!(first.secret.expose().len(), 64);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1);
    }

    #[test]
    fn an_empty_secret_file_is_an_error() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("todo.db.secret");
        fs::write(&path, "\n").unwrap();

        assert!(keep_secret(&path, &OsEntropy).is_err());
    }
}
