//! What a message cannot cost less than: its rows, written by plain SQLite.

use knock_testing::cpu;
use rusqlite::types::Value;
use rusqlite::{Connection, Transaction, params_from_iter};
use std::path::Path;

/// Seconds of processor time from which the figure is steady: the system counts it in hundredths.
const STEADY: f64 = 1.0;

/// A table with rows.
struct Table {
    insert: String,
    rows: Vec<Vec<Value>>,
}

/// Microseconds of processor time of plain SQLite for each row of a database: all of them are inserted again, into
/// tables of the same shape in a new file, in so many transactions.
pub(crate) fn row_cost(database: &Path, transactions: usize) -> f64 {
    let dir = tempfile::TempDir::new().expect("a directory");
    let copy = dir.path().join("copy.db");
    Connection::open(database)
        .and_then(|source| source.execute("VACUUM INTO ?1", [copy.to_string_lossy()]))
        .expect("it can be copied");
    let mut open = Connection::open(copy).expect("it opens");
    open.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = OFF")
        .expect("they are set");
    let tables = tables(&open).expect("they can be read");
    let rows: usize = tables.iter().map(|table| table.rows.len()).sum();
    let (mut spent, mut written) = (0.0, 0);
    while spent < STEADY {
        empty(&open).expect("they can be emptied");
        let before = cpu(std::process::id());
        for part in 0..transactions {
            let transaction = open.transaction().expect("it begins");
            write(&transaction, &tables, part, transactions).expect("they were written before");
            transaction.commit().expect("it commits");
        }
        spent += cpu(std::process::id()) - before;
        written += rows;
    }
    spent * 1e6 / written as f64
}

/// Rows of a database.
pub(crate) fn rows(database: &Path) -> i64 {
    let open = Connection::open(database).expect("it opens");
    let count = |name: &String| {
        let sql = format!("SELECT count(*) FROM \"{name}\"");
        open.query_row(&sql, [], |row| row.get::<_, i64>(0)).expect("a table")
    };
    names(&open).expect("they can be read").iter().map(count).sum()
}

fn names(open: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut all = open.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")?;
    let names = all.query_map([], |row| row.get(0))?;
    names.collect()
}

fn tables(open: &Connection) -> rusqlite::Result<Vec<Table>> {
    names(open)?.iter().map(|name| table(open, name)).collect()
}

fn table(open: &Connection, name: &str) -> rusqlite::Result<Table> {
    let mut all = open.prepare(&format!("SELECT * FROM \"{name}\""))?;
    let columns = all.column_count();
    let insert = format!("INSERT INTO \"{name}\" VALUES ({})", vec!["?"; columns].join(", "));
    let rows = all.query_map([], |row| (0..columns).map(|column| row.get(column)).collect())?;
    Ok(Table { insert, rows: rows.collect::<Result<_, _>>()? })
}

fn empty(open: &Connection) -> rusqlite::Result<()> {
    names(open)?.iter().try_for_each(|name| open.execute(&format!("DELETE FROM \"{name}\""), []).map(drop))
}

/// Writes one of so many parts of each table.
fn write(transaction: &Transaction<'_>, tables: &[Table], part: usize, parts: usize) -> rusqlite::Result<()> {
    for Table { insert, rows } in tables {
        let (from, to) = (rows.len() * part / parts, rows.len() * (part + 1) / parts);
        let mut insert = transaction.prepare_cached(insert)?;
        for row in &rows[from..to] {
            insert.execute(params_from_iter(row))?;
        }
    }
    Ok(())
}
