//! One statement with its values, the same text for both databases.

use sea_orm::{ConnectionTrait, DbErr, QueryResult, Statement, Value};

/// SQL text with `$1`, `$2` … and the values behind them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sql {
    pub(crate) text: String,
    pub(crate) values: Vec<Value>,
}

impl Sql {
    /// A statement whose placeholders are already written.
    pub(crate) fn new(text: impl Into<String>, values: impl IntoIterator<Item = Value>) -> Self {
        Self { text: text.into(), values: values.into_iter().collect() }
    }

    /// Adds a value, and returns the placeholder that stands for it.
    pub(crate) fn bind(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    /// Adds text.
    pub(crate) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds `($n, $n+1, …)` for these numbers. The list is padded to a power of two with its last number, so that there
    /// are few different statements to prepare. `numbers` must not be empty.
    pub(crate) fn push_list(&mut self, numbers: &[i64]) {
        let last = *numbers.last().expect("a list has an element");
        let padding = numbers.len().next_power_of_two() - numbers.len();
        let numbers = numbers.iter().copied().chain(std::iter::repeat_n(last, padding));
        let places: Vec<_> = numbers.map(|number| self.bind(number)).collect();
        self.push(&format!("({})", places.join(", ")));
    }

    /// Every row.
    pub(crate) async fn all(&self, on: &impl ConnectionTrait) -> Result<Vec<QueryResult>, DbErr> {
        on.query_all_raw(self.statement(on)).await
    }

    /// The first row.
    pub(crate) async fn one(
        &self,
        on: &impl ConnectionTrait,
    ) -> Result<Option<QueryResult>, DbErr> {
        on.query_one_raw(self.statement(on)).await
    }

    /// Runs it, and says how many rows it touched.
    pub(crate) async fn run(&self, on: &impl ConnectionTrait) -> Result<u64, DbErr> {
        Ok(on.execute_raw(self.statement(on)).await?.rows_affected())
    }

    fn statement(&self, on: &impl ConnectionTrait) -> Statement {
        Statement::from_sql_and_values(on.get_database_backend(), &self.text, self.values.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_come_in_few_sizes() {
        let mut sql = Sql::new("x IN ", []);

        sql.push_list(&[7, 8, 9]);

        assert_eq!(sql.text, "x IN ($1, $2, $3, $4)");
        assert_eq!(sql.values[3], 9_i64.into());
    }
}
