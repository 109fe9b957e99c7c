//! A file of `KEY=value` lines.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context as _, Result, bail};

use super::KEYS;
use crate::screen::Screen;

/// Reads it. A key that we do not know is an error: it is a typing mistake more often than not.
pub(super) fn read(path: &Path, screen: &Screen) -> Result<BTreeMap<&'static str, String>> {
    let shown = path.display();
    let text = fs::read_to_string(path).with_context(|| format!("{shown} cannot be read"))?;
    if others_can_read(path) {
        screen
            .say(format_args!("! Other users of this machine can read {shown}: chmod 600 {shown}"));
    }
    parse(&text).with_context(|| format!("{shown} is not as expected"))
}

fn parse(text: &str) -> Result<BTreeMap<&'static str, String>> {
    let mut values = BTreeMap::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim().trim_start_matches("export ");
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let number = number + 1;
        let Some((key, value)) = line.split_once('=') else {
            bail!("line {number} is no KEY=value");
        };
        let Some(known) = KEYS.into_iter().find(|known| *known == key.trim()) else {
            bail!("line {number}: {} is no setting; known are {}", key.trim(), KEYS.join(", "));
        };
        let value = unquoted(value.trim());
        if !value.is_empty() {
            values.insert(known, value.to_owned());
        }
    }
    Ok(values)
}

/// Without one pair of quotes around it.
fn unquoted(value: &str) -> &str {
    let inside = |quote| value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    inside('"').or_else(|| inside('\'')).unwrap_or(value)
}

#[cfg(unix)]
fn others_can_read(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;

    fs::metadata(path).is_ok_and(|file| file.permissions().mode() & 0o044 != 0)
}

#[cfg(not(unix))]
fn others_can_read(_path: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_comments_quotes_and_export_are_understood() {
        let text = "# mine\nexport DATABASE_URL=\"postgresql://a:b=c@d/e\"\n\nOPENAI_API_KEY='sk-1'\nBETTER_AUTH_SECRET=\n";

        let values = parse(text).unwrap();

        assert_eq!(values["DATABASE_URL"], "postgresql://a:b=c@d/e");
        assert_eq!(values["OPENAI_API_KEY"], "sk-1");
        assert!(!values.contains_key("BETTER_AUTH_SECRET"));
    }

    #[test]
    fn a_mistyped_key_is_named_and_no_value_is_repeated() {
        let error = parse("DATABSE_URL=postgresql://a:hunter2@d/e").unwrap_err().to_string();

        assert!(error.starts_with("line 1: DATABSE_URL is no setting"), "{error}");
        assert!(!error.contains("hunter2"));
        assert!(!parse("hunter2").unwrap_err().to_string().contains("hunter2"));
    }
}
