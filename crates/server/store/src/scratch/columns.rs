//! The schema as the database itself tells it.

use super::Scratch;

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The table.
    pub table: String,
    /// The column.
    pub name: String,
    /// Whether the database numbers it.
    pub is_serial: bool,
}

const SQLITE: &str = "SELECT t.name, c.name, c.type = 'INTEGER' AND c.pk = 1 AND t.sql NOT LIKE '%WITHOUT ROWID%' \
    FROM sqlite_schema t JOIN pragma_table_info(t.name) c \
    WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' ORDER BY t.name, c.cid";
const POSTGRES: &str = "SELECT c.table_name::text, c.column_name::text, \
    CASE WHEN pg_get_serial_sequence(quote_ident(c.table_name), c.column_name) IS NULL THEN 0::bigint ELSE 1::bigint END \
    FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name) \
    WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' ORDER BY 1, c.ordinal_position";

impl Scratch {
    /// All columns of all tables, in the order of the tables' names.
    ///
    /// # Panics
    /// When they cannot be read.
    pub fn columns(&self) -> Vec<Column> {
        let sql = if self.is_postgres() { POSTGRES } else { SQLITE };
        self.read(sql, |row| Ok(Column { table: row.get(0)?, name: row.get(1)?, is_serial: row.get(2)? }))
    }
}
