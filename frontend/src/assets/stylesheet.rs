//! The stylesheet, put together from one file per component.

/// Joins files of `assets/css`.
macro_rules! sheet {
    ($($name:literal)+) => {
        concat!($(include_str!(concat!("../../assets/css/", $name, ".css"))),+)
    };
}

/// All styles. `tokens` comes first, as it declares the order of the layers; within a layer
/// a later file wins.
pub(super) const TEXT: &str = sheet! {
    "tokens" "reset" "base"
    "nav" "buttons" "page-head" "quick-add" "tasks" "week" "search" "editor" "fields"
    "chat" "receipt" "plan" "notices" "composer" "empty"
    "menus" "toast" "dialogs" "code" "touch"
    "layout"
    "history" "stats" "asks" "settings" "card" "lost" "landing"
    "preferences" "motion"
};

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn every_file_of_the_folder_is_in_the_sheet_once() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/css");

        for entry in folder.read_dir().unwrap() {
            let path = entry.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            assert_eq!(TEXT.matches(&text).count(), 1, "{}", path.display());
        }
    }

    #[test]
    fn braces_are_balanced() {
        assert_eq!(TEXT.matches('{').count(), TEXT.matches('}').count());
    }
}
