//! A table of text, as wide as its contents.

use std::fmt;

use console::measure_text_width;

/// Rows of cells under a head. Cells may be styled: their width is what is seen.
#[derive(Debug, Default)]
pub(crate) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these column titles.
    pub(crate) fn new<T: Into<String>>(head: impl IntoIterator<Item = T>) -> Self {
        Self { rows: vec![head.into_iter().map(Into::into).collect()] }
    }

    /// Adds a row.
    pub(crate) fn row<T: Into<String>>(&mut self, cells: impl IntoIterator<Item = T>) {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }

    fn width(&self, column: usize) -> usize {
        let cells = self.rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| measure_text_width(cell)).max().unwrap_or(0)
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, row) in self.rows.iter().enumerate() {
            if number > 0 {
                writeln!(f)?;
            }
            for (column, cell) in row.iter().enumerate() {
                let last = column + 1 == row.len();
                let gap = if last { 0 } else { self.width(column) - measure_text_width(cell) + 2 };
                write!(f, "{cell}{:gap$}", "")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_and_no_line_ends_in_blanks() {
        let mut table = Table::new(["POD", "STATE"]);
        table.row(["frontend-1", "Ready"]);
        table.row(["mcp-1", "Pending"]);

        assert_eq!(table.to_string(), "POD         STATE\nfrontend-1  Ready\nmcp-1       Pending");
    }
}
