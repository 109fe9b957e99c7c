//! How text becomes words that can be searched. Done here and nowhere else, so that every database finds the same.

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// The longest word that is kept, in bytes; what is longer is cut.
const LONGEST: usize = 64;

/// The words of a text, in order, with doubles: lower case, compatibility forms unified, accents dropped.
pub fn words(text: &str) -> Vec<String> {
    let plain: String =
        text.nfkd().filter(|c| !matches!(c, '\u{300}'..='\u{36f}')).nfkc().collect();
    plain.to_lowercase().unicode_words().map(cut).collect()
}

fn cut(word: &str) -> String {
    let end =
        (0..=LONGEST.min(word.len())).rev().find(|at| word.is_char_boundary(*at)).unwrap_or(0);
    word[..end].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_do_not_matter() {
        assert_eq!(words("Café, CRÈME brûlée!"), ["cafe", "creme", "brulee"]);
    }

    #[test]
    fn words_of_other_scripts_are_words() {
        assert_eq!(words("دودھ خریدنا"), ["دودھ", "خریدنا"]);
        assert!(!words("牛乳を買う").is_empty());
    }

    #[test]
    fn an_endless_word_is_cut_between_characters() {
        assert_eq!(words(&"ж".repeat(500))[0].len(), 64);
    }
}
