//! A workspace moved here from SQLite: all tables in one transaction, or none.

use super::bulk::BulkStatement;
use super::driver::Driver;
use super::migrate;
use super::session::Session;
use super::transaction_mode::TransactionMode;
use crate::sql::{CATALOGUE, Connection, Db, Row, Table};
use crate::statement::{Value, params};
use knock_ports::StoreError;
use std::ops::ControlFlow;

/// Rows sent at once.
const ROWS: usize = 2_000;

/// A table that was copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    pub table: String,
    pub rows: u64,
}

/// Copies all tables of `source` into the database at `url`, which must hold none of a workspace yet.
pub(crate) fn copy<C: Connection>(source: &Db<C>, url: &str) -> Result<Vec<Copied>, StoreError> {
    let tables = tables();
    let driver = Driver::start(url)?;
    let mut session = driver.first()?;
    migrate::up(&mut session)?;
    session.be_patient(true);
    let mut copied = Vec::new();
    session.transaction(TransactionMode::Write, || {
        let target = Db(&session);
        target.done("SET LOCAL statement_timeout = 0", &[])?;
        tables.iter().try_for_each(|table| be_empty(&target, table.name))?;
        for table in &tables {
            copied.push(Copied { table: table.name.to_owned(), rows: copy_table(source, &session, table.name)? });
        }
        copied.iter().try_for_each(|copied| compare(&target, copied))?;
        number_on(&target, &tables)
    })?;
    session.batch("ANALYZE")?;
    Ok(copied)
}

/// Those that both databases have, by name.
fn tables() -> Vec<&'static Table> {
    let mut tables: Vec<_> = CATALOGUE.iter().filter(|table| !table.is_only_in_postgres).collect();
    tables.sort_by_key(|table| table.name);
    tables
}

fn count<C: Connection>(db: &Db<C>, table: &str) -> Result<u64, StoreError> {
    let rows = db.one(&format!("SELECT COUNT(*) FROM {table}"), &[], |row| row.get::<i64>(0))?;
    Ok(rows.unwrap_or_default().unsigned_abs())
}

fn be_empty<C: Connection>(target: &Db<C>, table: &str) -> Result<(), StoreError> {
    match count(target, table)? {
        0 => Ok(()),
        rows => Err(StoreError::Broken(format!("the target is not empty: its table {table} has {rows} rows"))),
    }
}

fn compare<C: Connection>(target: &Db<C>, copied: &Copied) -> Result<(), StoreError> {
    let (table, rows, arrived) = (&copied.table, copied.rows, count(target, &copied.table)?);
    if rows == arrived {
        return Ok(());
    }
    Err(StoreError::Broken(format!("of the {rows} rows of {table} only {arrived} arrived")))
}

/// Sets the sequences of the database past the copied numbers.
fn number_on<C: Connection>(target: &Db<C>, tables: &[&Table]) -> Result<(), StoreError> {
    for (table, column) in tables.iter().filter_map(|table| Some((table.name, table.serial?))) {
        let next = format!("(SELECT COALESCE(MAX({column}), 0) + 1 FROM {table})");
        target.rows(
            &format!("SELECT setval(pg_get_serial_sequence('{table}', '{column}'), {next}, false)"),
            &[],
            |_| Ok(()),
        )?;
    }
    Ok(())
}

fn copy_table<C: Connection>(source: &Db<C>, target: &Session, table: &str) -> Result<u64, StoreError> {
    let sql = "SELECT column_name::text, data_type::text FROM information_schema.columns \
               WHERE table_schema = current_schema() AND table_name::text = ?1 ORDER BY ordinal_position";
    let columns = Db(target).rows(sql, params![table], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let columns: Vec<Column> = columns.into_iter().map(|(name, kind)| Column::new(name, kind)).collect();
    let mut batch = Batch { table, columns, rows: 0 };
    let mut all = 0;
    let select = format!("SELECT {} FROM {table}", batch.names());
    source.0.each(&select, &[], &mut |row| {
        batch.add(row)?;
        all += 1;
        if batch.rows == ROWS {
            batch.send(target)?;
        }
        Ok(ControlFlow::Continue(()))
    })?;
    batch.send(target)?;
    Ok(all)
}

/// Rows on their way, column by column.
struct Batch<'t> {
    table: &'t str,
    columns: Vec<Column>,
    rows: usize,
}

struct Column {
    name: String,
    /// The name of the type in PostgreSQL.
    kind: String,
    values: Values,
}

enum Values {
    Ints(Vec<Option<i64>>),
    Reals(Vec<Option<f64>>),
    Texts(Vec<Option<String>>),
    Bytes(Vec<Option<Vec<u8>>>),
}

impl Batch<'_> {
    fn names(&self) -> String {
        self.columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>().join(", ")
    }

    fn add(&mut self, row: &Row<'_>) -> Result<(), StoreError> {
        for (at, column) in self.columns.iter_mut().enumerate() {
            let value = row.value(at)?;
            column.add(value).ok_or_else(|| {
                StoreError::Broken(format!("a row of {} has no {} in {}", self.table, column.kind, column.name))
            })?;
        }
        self.rows += 1;
        Ok(())
    }

    fn send(&mut self, target: &Session) -> Result<(), StoreError> {
        if std::mem::take(&mut self.rows) == 0 {
            return Ok(());
        }
        let places = (1..).zip(&self.columns).map(|(place, column)| format!("?{place}::{}[]", column.kind));
        let (names, places) = (self.names(), places.collect::<Vec<_>>().join(", "));
        let sql = format!("INSERT INTO {} ({names}) SELECT * FROM UNNEST({places})", self.table);
        let asked = self.columns.iter_mut().fold(BulkStatement::new(sql), |asked, column| column.hand_over(asked));
        target.all(&[asked], None).map(drop)
    }
}

impl Column {
    fn new(name: String, kind: String) -> Column {
        let values = match kind.as_str() {
            "bigint" => Values::Ints(Vec::new()),
            "double precision" => Values::Reals(Vec::new()),
            "bytea" => Values::Bytes(Vec::new()),
            _ => Values::Texts(Vec::new()),
        };
        Column { name, kind, values }
    }

    /// None when the value is of another kind.
    fn add(&mut self, value: Value<'_>) -> Option<()> {
        match (&mut self.values, value) {
            (Values::Ints(values), Value::Int(number)) => values.push(Some(number)),
            (Values::Reals(values), Value::Real(number)) => values.push(Some(number)),
            (Values::Texts(values), Value::Text(text)) => values.push(Some(text.into_owned())),
            (Values::Bytes(values), Value::Bytes(bytes)) => values.push(Some(bytes.into_owned())),
            (Values::Ints(values), Value::Null) => values.push(None),
            (Values::Reals(values), Value::Null) => values.push(None),
            (Values::Texts(values), Value::Null) => values.push(None),
            (Values::Bytes(values), Value::Null) => values.push(None),
            _ => return None,
        }
        Some(())
    }

    fn hand_over(&mut self, asked: BulkStatement) -> BulkStatement {
        match &mut self.values {
            Values::Ints(values) => asked.with(values.drain(..)),
            Values::Reals(values) => asked.with(values.drain(..)),
            Values::Texts(values) => asked.with(values.drain(..)),
            Values::Bytes(values) => asked.with(values.drain(..)),
        }
    }
}
