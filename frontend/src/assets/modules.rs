//! The scripts: ES modules that import each other by hashed addresses.
//!
//! An import map would have to stand in the page, where the content security policy forbids
//! scripts; so the import specifiers themselves are rewritten, once, at start.

/// Declares modules of `assets/js` with their text.
macro_rules! modules {
    ($($name:literal)+) => {
        [$(($name, include_str!(concat!("../../assets/js/", $name, ".js")))),+]
    };
}

/// A module imports only from those before it, so that their hashes are known by then.
const MODULES: [(&str, &str); 5] = modules! { "live" "tasks" "quick-add" "chat" "app" };

/// Hands each module, its imports rewritten, to `keep` and notes the address that it returns.
pub(super) fn link(mut keep: impl FnMut(&str, &str) -> String) -> Vec<(&'static str, String)> {
    let mut linked: Vec<(&str, String)> = Vec::with_capacity(MODULES.len());
    for (name, source) in MODULES {
        let text = linked.iter().fold(source.to_owned(), |text, (other, href)| {
            text.replace(&format!("\"./{other}.js\""), &format!("\"{href}\""))
        });
        linked.push((name, keep(name, &text)));
    }
    linked
}
