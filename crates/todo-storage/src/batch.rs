//! Several statements in one round trip.

use std::fmt::Write;

use sea_orm::{ConnectionTrait, DbBackend, DbErr, Value};

use crate::sql::Sql;

/// PostgreSQL takes 65,535 values in one message; SQLite about half of that.
const MOST_VALUES: usize = 20_000;

/// Statements that write disjoint rows, in order.
///
/// PostgreSQL gets them as the parts of one `WITH`, which is one round trip instead of many. Its parts all see the
/// database as it was before, so no statement may read what another one writes.
pub(crate) struct Batch {
    statements: Vec<Sql>,
}

impl Batch {
    pub(crate) fn new() -> Self {
        Self { statements: Vec::new() }
    }

    /// Adds a statement.
    pub(crate) fn push(&mut self, sql: Sql) {
        self.statements.push(sql);
    }

    /// Adds `head VALUES (…), (…) tail` for all rows, in as many statements as it takes. The numbers of rows are powers
    /// of two, so that there are few different statements to prepare.
    ///
    /// `wrap` says what stands for the value in a column, given the column and its placeholder.
    pub(crate) fn push_rows<const N: usize>(
        &mut self,
        head: &str,
        mut rows: impl ExactSizeIterator<Item = [Value; N]>,
        wrap: impl Fn(usize, String) -> String,
        tail: &str,
    ) {
        while rows.len() > 0 {
            let size = 1 << rows.len().min(MOST_VALUES / N).ilog2();
            let mut sql = Sql::new(format!("{head} VALUES "), []);
            for at in 0..size {
                let Some(row) = rows.next() else { break };
                let places: Vec<_> = row
                    .into_iter()
                    .enumerate()
                    .map(|(column, value)| wrap(column, sql.bind(value)))
                    .collect();
                sql.push(if at == 0 { "(" } else { ", (" });
                sql.push(&places.join(", "));
                sql.push(")");
            }
            sql.push(tail);
            self.push(sql);
        }
    }

    /// Runs everything.
    pub(crate) async fn run(self, on: &impl ConnectionTrait) -> Result<(), DbErr> {
        let statements = match on.get_database_backend() {
            DbBackend::Postgres => merged(self.statements),
            _ => self.statements,
        };
        for sql in &statements {
            sql.run(on).await?;
        }
        Ok(())
    }
}

/// As few statements as the limit on values allows.
fn merged(statements: Vec<Sql>) -> Vec<Sql> {
    let mut merged: Vec<Vec<Sql>> = Vec::new();
    let mut values = 0;
    for sql in statements {
        values += sql.values.len();
        match merged.last_mut() {
            Some(group) if values <= MOST_VALUES => group.push(sql),
            _ => {
                values = sql.values.len();
                merged.push(vec![sql]);
            }
        }
    }
    merged.into_iter().map(one).collect()
}

/// `WITH step0 AS (…), step1 AS (…) last`.
fn one(group: Vec<Sql>) -> Sql {
    let last = group.len() - 1;
    let mut whole = Sql::default();
    for (step, sql) in group.into_iter().enumerate() {
        let text = renumbered(&sql.text, whole.values.len());
        whole.values.extend(sql.values);
        let opening = match (step, last) {
            (0, 0) => String::new(),
            (0, _) => "WITH step0 AS (".to_owned(),
            (_, _) if step == last => " ".to_owned(),
            _ => format!(", step{step} AS ("),
        };
        whole.push(&opening);
        whole.push(&text);
        whole.push(if step == last { "" } else { ")" });
    }
    whole
}

/// The same text with every placeholder moved on by `offset`. Our statements have no other dollar signs.
fn renumbered(text: &str, offset: usize) -> String {
    let mut parts = text.split('$');
    let mut moved = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.len() - part.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let number: usize = part[..digits].parse().expect("a placeholder has a number");
        write!(moved, "${}{}", number + offset, &part[digits..]).expect("writing to a string");
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_become_one_with_its_own_numbers() {
        let one = merged(vec![
            Sql::new("INSERT INTO a VALUES ($1, $2)", [1.into(), 2.into()]),
            Sql::new("DELETE FROM b WHERE x = $1 OR y = $1", [3.into()]),
            Sql::new("UPDATE c SET x = $2 WHERE y = $1", [4.into(), 5.into()]),
        ]);

        let expected = "WITH step0 AS (INSERT INTO a VALUES ($1, $2)), step1 AS (DELETE FROM b WHERE x = $3 OR y = $3) \
                        UPDATE c SET x = $5 WHERE y = $4";
        assert_eq!(one.len(), 1);
        assert_eq!(one[0].text, expected);
        assert_eq!(one[0].values.len(), 5);
    }

    #[test]
    fn many_rows_come_in_powers_of_two() {
        let mut batch = Batch::new();

        batch.push_rows("INSERT INTO a", (0..6).map(|n| [n.into()]), |_, place| place, "");

        let sizes: Vec<_> = batch.statements.iter().map(|sql| sql.values.len()).collect();
        assert_eq!(sizes, [4, 2]);
    }
}
