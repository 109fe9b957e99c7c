//! The Chromium that the machine has.

use std::path::Path;

use anyhow::Result;

use crate::test::missing::missing;

/// Where Debian and its relatives put it.
const PLACES: &[&str] =
    &["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/// The browser's program.
///
/// # Errors
/// When there is none.
pub(crate) fn find() -> Result<&'static Path> {
    PLACES
        .iter()
        .map(Path::new)
        .find(|path| path.is_file())
        .ok_or_else(|| missing("no Chromium: install the package chromium"))
}
