//! What serde says, in words for people who do not know our types.

use serde_path_to_error::Path;

/// The message without positions and without the names of Rust types.
pub(super) fn plain(message: &str) -> String {
    let message = message.rsplit_once(" at line ").map_or(message, |(text, _)| text);
    let Some((found, expected)) = message.rsplit_once(", expected ") else {
        return sentence(message);
    };
    let first = expected.split(' ').next().unwrap_or_default();
    let expected = match first {
        "u8" | "u16" | "u32" | "u64" | "u128" | "usize" => "a whole number, zero or more",
        "i8" | "i16" | "i32" | "i64" | "i128" | "isize" => "a whole number",
        "f32" | "f64" => "a number",
        "struct" | "map" => "an object",
        "tuple" | "sequence" => "a list",
        "enum" | "variant" | "internally" | "adjacently" => "one of the known forms",
        _ => expected,
    };
    sentence(&format!("{found}, expected {expected}"))
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str().trim_end_matches('.'))
}

/// Where the input is wrong. A member that is missing or unknown is named by the message, not by the path, which
/// ends at the object around it.
pub(super) fn field(path: &Path, message: &str) -> Option<String> {
    let around = path.to_string();
    let around = (around != ".").then_some(around);
    let named = ["missing field `", "unknown field `", "duplicate field `"]
        .iter()
        .find_map(|start| message.strip_prefix(start)?.split('`').next());
    match (around, named) {
        (Some(path), Some(name)) if path == name || path.ends_with(&format!(".{name}")) => {
            Some(path)
        }
        (Some(path), Some(name)) => Some(format!("{path}.{name}")),
        (None, Some(name)) => Some(name.to_owned()),
        (path, None) => path,
    }
}
