//! Text that nobody can guess.

use std::fmt::Write as _;

/// So many random bytes of the operating system, as hexadecimal digits.
pub(crate) fn hex(bytes: usize) -> String {
    let mut random = vec![0; bytes];
    getrandom::fill(&mut random).expect("the operating system has randomness");
    random.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes everything");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_another_one() {
        assert_eq!(hex(16).len(), 32);
        assert_ne!(hex(16), hex(16));
    }
}
