//! Random inputs for quick-add: sentences of its own words, bent lines of its tables, patterns without end, any text.

/// The words that rules know, as they are written down, and the lines that people type.
const LEXICON: &str = include_str!("../../src/quick_add/lexicon/english.rs");
const TABLES: [&str; 5] = [
    include_str!("../quick_add/dates.txt"),
    include_str!("../quick_add/times.txt"),
    include_str!("../quick_add/repeats.txt"),
    include_str!("../quick_add/marks.txt"),
    include_str!("../quick_add/titles.txt"),
];

/// What stands between words, and what no lexicon lists.
const SIGNS: &[&str] = &[
    ",",
    ".",
    "!",
    "!!",
    "?",
    ":",
    ";",
    "-",
    "–",
    "/",
    "//",
    "+",
    "&",
    "(",
    ")",
    "\"",
    "“",
    "”",
    "«",
    "»",
    "'",
    "’",
    "@",
    "#",
    "#tag",
    "#گھر",
    "#a/b",
    "p1",
    "1",
    "2",
    "5",
    "12",
    "31",
    "00",
    "99",
    "2027",
    "99999999",
    "123456789012",
    "14/3",
    "2031-03-14",
    "17:00",
    "5pm",
    "1st",
    "22nd",
    "3x",
    "+5",
    "x10",
    "https://x.y/#z",
    "bob@x.y",
    "مرحبا",
    "牛乳",
    "é",
    "e\u{301}",
    "👩‍👩‍👧",
    "\u{200d}",
    "\u{0}",
    "\t",
    "\r\n",
    "İ",
    "ß",
    "ﬁ",
];

/// SplitMix64: small, fast, and the same on every machine.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).expect("a usize below a usize")
    }

    fn of<'a, T: ?Sized>(&mut self, choices: &[&'a T]) -> &'a T {
        choices[self.below(choices.len())]
    }
}

/// Makes inputs.
pub(crate) struct Sentences {
    pub(crate) random: Random,
    words: Vec<&'static str>,
    lines: Vec<&'static str>,
}

impl Sentences {
    pub(crate) fn seeded(seed: u64) -> Self {
        let rows = LEXICON.lines().filter_map(|line| line.trim().split('"').nth(1));
        let words: Vec<_> =
            rows.flat_map(|row| row.split(' ')).chain(SIGNS.iter().copied()).collect();
        let lines = TABLES.iter().flat_map(|table| table.lines());
        let lines: Vec<_> = lines.filter_map(|line| line.split(" | ").next()).collect();
        assert!(
            words.len() > 300 && lines.len() > 500,
            "{} words, {} lines",
            words.len(),
            lines.len()
        );
        Self { random: Random::seeded(seed), words, lines }
    }

    /// Every word that rules know, and the signs.
    pub(crate) fn words(&self) -> &[&'static str] {
        &self.words
    }

    /// One input, rarely longer than 200 characters.
    pub(crate) fn next(&mut self) -> String {
        match self.random.below(16) {
            0..=6 => self.sentence(24),
            7..=12 => self.bent_line(),
            13 => self.characters(60),
            14 => self.endless(200),
            _ => format!("{}\n{}", self.bent_line(), self.sentence(12)),
        }
    }

    /// A pattern of a few words, over and over, up to so many characters.
    pub(crate) fn endless(&mut self, length: usize) -> String {
        let count = 1 + self.random.below(4);
        let pattern: String =
            (0..count).map(|_| format!("{}{}", self.word(), self.gap())).collect();
        pattern.chars().cycle().take(length).collect()
    }

    fn sentence(&mut self, most: usize) -> String {
        let count = self.random.below(most);
        (0..count).map(|_| format!("{}{}", self.word(), self.gap())).collect()
    }

    /// A line of the tables of which some words were lost, doubled, swapped or replaced.
    fn bent_line(&mut self) -> String {
        let line = self.random.below(self.lines.len());
        let mut words: Vec<&str> = self.lines[line].split(' ').collect();
        for _ in 0..=self.random.below(4) {
            let at = self.random.below(words.len());
            match self.random.below(5) {
                0 if words.len() > 1 => drop(words.remove(at)),
                1 => words.insert(at, words[at]),
                2 => {
                    let other = self.random.below(words.len());
                    words.swap(at, other);
                }
                3 => words.insert(at, self.word()),
                _ => words[at] = self.word(),
            }
        }
        let mut line = words.join(" ");
        if self.random.below(4) == 0 {
            let chars: Vec<char> = line.chars().collect();
            let cut = self.random.below(chars.len());
            line = chars[..cut].iter().chain(&chars[(cut + 1).min(chars.len())..]).collect();
        }
        line
    }

    fn characters(&mut self, most: usize) -> String {
        let count = self.random.below(most);
        (0..count)
            .filter_map(|_| {
                let limit = self.random.of(&[&0x80_usize, &0x800, &0x1_0000, &0x11_0000]);
                char::from_u32(u32::try_from(self.random.below(*limit)).unwrap_or(0))
            })
            .collect()
    }

    fn word(&mut self) -> &'static str {
        self.words[self.random.below(self.words.len())]
    }

    fn gap(&mut self) -> &'static str {
        self.random.of(&[" ", " ", " ", " ", "", "  ", ", "])
    }
}
