//! ARCHITECTURE.md names every crate and every top folder: a map that rots is worse than none.

use std::{collections::BTreeSet, fs};

use anyhow::{Context, Result};

use crate::{findings::Findings, tree};

/// Places that the map leaves out.
fn missing_in(map: &str, places: &BTreeSet<String>) -> Findings {
    places
        .iter()
        .filter(|place| {
            !map.contains(&format!("`{place}`")) && !map.contains(&format!("`{place}/"))
        })
        .map(|place| format!("ARCHITECTURE.md does not name `{place}/`"))
        .collect()
}

/// Compares the map with the folders in version control.
pub(super) fn look() -> Result<Findings> {
    let map = fs::read_to_string(tree::root().join("ARCHITECTURE.md"))
        .context("ARCHITECTURE.md cannot be read")?;

    let mut places = BTreeSet::new();
    for file in tree::files()? {
        let names: Vec<_> = file.iter().map(|part| part.to_string_lossy()).collect();
        match names.as_slice() {
            // Crates are named one by one, `crates/` itself says nothing.
            [parent, name, _, ..] if parent == "crates" => {
                places.insert(format!("crates/{name}"));
            }
            [folder, _, ..] if folder != "crates" && !folder.starts_with('.') => {
                places.insert(folder.to_string());
            }
            _ => {}
        }
    }
    Ok(missing_in(&map, &places))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_the_map_leaves_out_is_found() {
        let places = BTreeSet::from(["crates/todo-core".to_owned(), "e2e".to_owned()]);

        let findings = missing_in("| `e2e/` | tests |\n| `crates/todo-cores` |", &places);

        assert_eq!(findings, ["ARCHITECTURE.md does not name `crates/todo-core/`"]);
    }
}
