//! Settings that are on or off.

/// Reads `true`/`false`, and the other spellings that people use in environment files.
pub(super) fn parse(text: &str) -> Result<bool, &'static str> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" | "on" => Ok(true),
        "false" | "0" | "no" | "off" => Ok(false),
        _ => Err("must be true or false"),
    }
}
