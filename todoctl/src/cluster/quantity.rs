//! Amounts as Kubernetes writes them: `500m`, `0.5`, `256Mi`.

use std::fmt;

use serde::{Deserialize, Deserializer, de};

/// An amount in thousand-millionths of its unit (processors, bytes), so that `500m` and `0.5` are equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Quantity(i128);

const ONE: i128 = 1_000_000_000;

/// What may follow the number, and how much it stands for; the empty one last, because everything ends with it.
const SUFFIXES: [(&str, i128); 12] = [
    ("Ki", ONE << 10),
    ("Mi", ONE << 20),
    ("Gi", ONE << 30),
    ("Ti", ONE << 40),
    ("n", 1),
    ("u", 1_000),
    ("m", 1_000_000),
    ("k", ONE * 1_000),
    ("M", ONE * 1_000_000),
    ("G", ONE * 1_000_000_000),
    ("T", ONE * 1_000_000_000_000),
    ("", ONE),
];

impl Quantity {
    /// So many mebibytes.
    pub(crate) const fn mebibytes(count: u32) -> Self {
        Self((count as i128 * ONE) << 20)
    }

    /// So many thousandths: of a processor, usually.
    pub(crate) const fn thousandths(count: u32) -> Self {
        Self(count as i128 * 1_000_000)
    }

    /// Reads what Kubernetes writes; `None` when it is something else.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (number, factor) = SUFFIXES
            .iter()
            .find_map(|(suffix, factor)| Some((text.strip_suffix(suffix)?, *factor)))?;
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let mut amount = whole.parse::<u64>().ok().map(i128::from)?.checked_mul(factor)?;
        let mut part = factor;
        for digit in fraction.chars() {
            part /= 10;
            amount += i128::from(digit.to_digit(10)?) * part;
        }
        Some(Self(amount))
    }

    /// The whole units in it: bytes.
    pub(crate) fn whole(self) -> u64 {
        u64::try_from(self.0 / ONE).unwrap_or_default()
    }

    /// The whole thousandths in it: of a processor, usually.
    pub(crate) fn in_thousandths(self) -> u64 {
        u64::try_from(self.0 / 1_000_000).unwrap_or_default()
    }

    /// As an amount of memory: `256Mi`, `1.5Gi`.
    pub(crate) fn as_memory(self) -> String {
        let bytes = self.whole();
        let mebi = bytes >> 20;
        match bytes {
            0 => "0".to_owned(),
            _ if bytes.is_multiple_of(1 << 30) => format!("{}Gi", bytes >> 30),
            _ if bytes.is_multiple_of(1 << 20) => format!("{mebi}Mi"),
            _ if mebi > 0 => format!("{:.1}Mi", bytes as f64 / f64::from(1 << 20)),
            _ => format!("{bytes}"),
        }
    }

    /// As processors: `0.5`, `1`, `50m`.
    pub(crate) fn as_processors(self) -> String {
        match self.0 / 1_000_000 {
            part if part % 100 == 0 => format!("{}", part as f64 / 1000.0),
            part => format!("{part}m"),
        }
    }
}

impl std::iter::Sum for Quantity {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        Self(amounts.map(|amount| amount.0).sum())
    }
}

impl<'de> Deserialize<'de> for Quantity {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Quantity;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an amount such as 500m or 256Mi")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Quantity, E> {
                Quantity::parse(text)
                    .ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
            }

            fn visit_u64<E: de::Error>(self, count: u64) -> Result<Quantity, E> {
                Ok(Quantity(i128::from(count) * ONE))
            }
        }
        source.deserialize_any(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Quantity {
        Quantity::parse(text).expect("a quantity")
    }

    #[test]
    fn the_same_amount_may_be_written_in_several_ways() {
        assert_eq!(parse("500m"), parse("0.5"));
        assert_eq!(parse("1"), parse("1000m"));
        assert_eq!(parse("256Mi"), parse("268435456"));
        assert_eq!(parse("1.5Gi"), parse("1536Mi"));
        assert_eq!(parse("12000000n"), parse("12m"));
        assert_eq!(parse("7000u"), parse("7m"));
    }

    #[test]
    fn amounts_are_shown_as_people_write_them() {
        assert_eq!(parse("500m").as_processors(), "0.5");
        assert_eq!(parse("1").as_processors(), "1");
        assert_eq!(parse("50m").as_processors(), "50m");
        assert_eq!(parse("268435456").as_memory(), "256Mi");
        assert_eq!(parse("1Gi").as_memory(), "1Gi");
        assert_eq!(parse("14372Ki").as_memory(), "14.0Mi");
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in ["", "Mi", "much", "1.x", "5 Mi"] {
            assert_eq!(Quantity::parse(text), None, "{text}");
        }
    }
}
