//! Licence expressions: `MIT OR (Apache-2.0 AND ISC)`, and the older `MIT/Apache-2.0`.

/// A licence expression, read once and then asked.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Expression {
    /// A licence, with its exception: `Apache-2.0 WITH LLVM-exception`.
    License(String),
    All(Vec<Expression>),
    Any(Vec<Expression>),
}

impl Expression {
    /// Reads an expression; `AND` binds tighter than `OR`.
    ///
    /// # Errors
    /// A sentence fragment that says what is wrong with it.
    pub(super) fn parse(text: &str) -> Result<Self, &'static str> {
        let spaced = text.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
        let words: Vec<&str> = spaced.split_whitespace().collect();

        let (expression, rest) = any(&words)?;
        if rest.is_empty() { Ok(expression) } else { Err("a bracket or a word too many") }
    }

    /// Whether someone who accepts these licences may use the crate.
    pub(super) fn satisfied_by(&self, accepts: &dyn Fn(&str) -> bool) -> bool {
        match self {
            Self::License(name) => accepts(name),
            Self::All(parts) => parts.iter().all(|part| part.satisfied_by(accepts)),
            Self::Any(parts) => parts.iter().any(|part| part.satisfied_by(accepts)),
        }
    }
}

/// An expression, and the words behind it.
type Parsed<'a> = Result<(Expression, &'a [&'a str]), &'static str>;

fn any<'a>(words: &'a [&'a str]) -> Parsed<'a> {
    chain(words, "OR", all, Expression::Any)
}

fn all<'a>(words: &'a [&'a str]) -> Parsed<'a> {
    chain(words, "AND", one, Expression::All)
}

fn chain<'a>(
    words: &'a [&'a str],
    operator: &str,
    part: fn(&'a [&'a str]) -> Parsed<'a>,
    join: fn(Vec<Expression>) -> Expression,
) -> Parsed<'a> {
    let (first, mut rest) = part(words)?;
    let mut parts = vec![first];
    while let Some((word, behind)) = rest.split_first()
        && *word == operator
    {
        let (next, left) = part(behind)?;
        parts.push(next);
        rest = left;
    }
    Ok(if parts.len() == 1 { (parts.remove(0), rest) } else { (join(parts), rest) })
}

fn one<'a>(words: &'a [&'a str]) -> Parsed<'a> {
    match words {
        ["(", inner @ ..] => match any(inner)? {
            (expression, [")", rest @ ..]) => Ok((expression, rest)),
            _ => Err("a bracket is not closed"),
        },
        [name, "WITH", exception, rest @ ..] => {
            Ok((Expression::License(format!("{name} WITH {exception}")), rest))
        }
        ["AND" | "OR" | "WITH" | ")", ..] => Err("a licence is missing"),
        [name, rest @ ..] => Ok((Expression::License((*name).to_owned()), rest)),
        [] => Err("it names no licence"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn free(text: &str, accepted: &[&str]) -> bool {
        Expression::parse(text).unwrap().satisfied_by(&|name| accepted.contains(&name))
    }

    #[test]
    fn one_of_several_is_enough_and_all_of_several_are_needed() {
        assert!(free("MIT OR GPL-3.0", &["MIT"]));
        assert!(free("GPL-3.0/MIT", &["MIT"]));
        assert!(!free("MIT AND Unicode-3.0", &["MIT"]));
        assert!(free("(MIT OR GPL-3.0) AND Unicode-3.0", &["MIT", "Unicode-3.0"]));
    }

    #[test]
    fn and_binds_tighter_than_or() {
        assert!(free("GPL-3.0 AND Unicode-3.0 OR MIT", &["MIT"]));
        assert!(!free("MIT AND (GPL-3.0 OR Unicode-3.0)", &["MIT"]));
    }

    #[test]
    fn an_exception_is_part_of_the_name() {
        assert!(free("Apache-2.0 WITH LLVM-exception", &["Apache-2.0 WITH LLVM-exception"]));
        assert!(!free("Apache-2.0 WITH LLVM-exception", &["Apache-2.0"]));
    }

    #[test]
    fn what_is_no_expression_is_refused() {
        for text in ["", "OR MIT", "(MIT", "MIT)", "MIT ISC"] {
            assert!(Expression::parse(text).is_err(), "{text:?} was read");
        }
    }
}
