//! A table as a Parquet file, written row group by row group.

use crate::buffer::Buffer;
use crate::error::WriteError;
use crate::stamp;
use knock_engine::{Cell, Column, ColumnKind, WarehouseTable};
use parquet::basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;
use std::io::Write;
use std::sync::Arc;

/// The most rows of a row group.
const MOST_ROWS: usize = 50_000;
/// A row group ends when its cells take as many bytes: the memory that a file needs while it is written.
const MOST_BYTES: usize = 16 << 20;

/// A Parquet file that is being written. All columns are optional; instants are timestamps in milliseconds, in UTC.
pub struct FileWriter<W: Write + Send> {
    file: SerializedFileWriter<W>,
    columns: Vec<Buffer>,
    rows: usize,
    bytes: usize,
}

impl<W: Write + Send> FileWriter<W> {
    /// Begins a file with the columns of a table.
    ///
    /// # Errors
    /// When nothing can be written to `out`.
    pub fn new(out: W, table: WarehouseTable) -> Result<FileWriter<W>, WriteError> {
        let columns = table.columns();
        let properties =
            WriterProperties::builder().set_compression(Compression::SNAPPY).set_created_by("knock".to_owned()).build();
        let schema = Arc::new(schema(table.as_str(), columns)?);
        let file = SerializedFileWriter::new(out, schema, Arc::new(properties))?;
        let columns = columns.iter().map(|column| Buffer::new(column.kind)).collect();
        Ok(FileWriter { file, columns, rows: 0, bytes: 0 })
    }

    /// Adds rows, whose cells are in the order of the columns.
    ///
    /// # Errors
    /// When a row does not fit the columns, or a row group cannot be written.
    pub fn add(&mut self, rows: Vec<Vec<Cell>>) -> Result<(), WriteError> {
        for row in rows {
            if row.len() != self.columns.len() {
                return Err(WriteError::Format(format!("{} cells in {} columns", row.len(), self.columns.len())));
            }
            for (column, cell) in self.columns.iter_mut().zip(row) {
                self.bytes = self.bytes.saturating_add(column.add(cell)?);
            }
            self.rows += 1;
            if self.rows >= MOST_ROWS || self.bytes >= MOST_BYTES {
                self.end_row_group()?;
            }
        }
        Ok(())
    }

    fn end_row_group(&mut self) -> Result<(), WriteError> {
        if self.rows == 0 {
            return Ok(());
        }
        let mut group = self.file.next_row_group()?;
        for column in &mut self.columns {
            let missing = || WriteError::Format("a row group has too few columns".to_owned());
            let mut out = group.next_column()?.ok_or_else(missing)?;
            column.write_to(&mut out)?;
            out.close()?;
        }
        group.close()?;
        (self.rows, self.bytes) = (0, 0);
        Ok(())
    }

    /// Notes in the file that its day is over and all its rows are there: [`crate::is_complete`] finds it.
    pub fn note_complete(&mut self) {
        self.file.append_key_value_metadata(stamp::complete());
    }

    /// Writes the rest and the end of the file; returns where it was written to.
    ///
    /// # Errors
    /// When the rest cannot be written.
    pub fn finish(mut self) -> Result<W, WriteError> {
        self.end_row_group()?;
        // What fails here is an error of `out`; the next line would make a text of it.
        self.file.flush()?;
        Ok(self.file.into_inner()?)
    }
}

impl FileWriter<Vec<u8>> {
    /// Takes the bytes that are ready: those of whole row groups.
    ///
    /// # Errors
    /// Never in memory; the writer below has errors in its signature.
    pub fn take(&mut self) -> Result<Vec<u8>, WriteError> {
        self.file.flush()?;
        Ok(std::mem::take(self.file.inner_mut()))
    }
}

fn schema(name: &str, columns: &[Column]) -> Result<Type, ParquetError> {
    let fields: Result<Vec<_>, _> = columns.iter().map(|column| field(column).map(Arc::new)).collect();
    Type::group_type_builder(name).with_fields(fields?).build()
}

fn field(column: &Column) -> Result<Type, ParquetError> {
    let (physical, logical) = match column.kind {
        ColumnKind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        ColumnKind::Integer => (Physical::INT64, None),
        ColumnKind::Double => (Physical::DOUBLE, None),
        ColumnKind::Flag => (Physical::BOOLEAN, None),
        ColumnKind::Instant => (Physical::INT64, Some(LogicalType::timestamp(true, TimeUnit::MILLIS))),
    };
    Type::primitive_type_builder(column.name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical)
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::Millis;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Row;
    use std::io;

    const TABLE: WarehouseTable = WarehouseTable::Statuses;

    /// The row with a number; every third cell is empty.
    fn row(number: i64) -> Vec<Cell> {
        let cell = |(place, column): (i64, &Column)| match column.kind {
            _ if (number + place) % 3 == 0 => Cell::None,
            ColumnKind::Text => Cell::Text(format!("row {number}")),
            ColumnKind::Integer => Cell::Integer(number),
            ColumnKind::Double => Cell::Double(0.5),
            ColumnKind::Flag => Cell::Flag(true),
            ColumnKind::Instant => Cell::Instant(Millis(number)),
        };
        (0..).zip(TABLE.columns()).map(cell).collect()
    }

    fn read(bytes: Vec<u8>, folder: &std::path::Path) -> (usize, Vec<Row>) {
        let file = folder.join("a.parquet");
        std::fs::write(&file, bytes).expect("written");
        let reader = SerializedFileReader::new(std::fs::File::open(&file).expect("opened")).expect("a whole file");
        let rows = reader.get_row_iter(None).expect("rows").map(|row| row.expect("a row")).collect();
        (reader.num_row_groups(), rows)
    }

    #[test]
    fn rows_come_back_from_groups_of_bounded_size() {
        let folder = tempfile::tempdir().expect("a folder");
        let count = i64::try_from(MOST_ROWS).expect("few") + 1;
        let mut writer = FileWriter::new(Vec::new(), TABLE).expect("begun");
        let mut bytes = Vec::new();
        for number in 0..count {
            writer.add(vec![row(number)]).expect("added");
            bytes.extend(writer.take().expect("taken"));
        }
        bytes.extend(writer.finish().expect("ended"));
        let (groups, rows) = read(bytes, folder.path());
        assert_eq!((groups, i64::try_from(rows.len())), (2, Ok(count)));
        let names: Vec<&String> = rows[0].get_column_iter().map(|(name, _)| name).collect();
        assert_eq!(names, TABLE.columns().iter().map(|column| column.name).collect::<Vec<_>>());
    }

    #[test]
    fn a_row_that_does_not_fit_is_refused() {
        let mut writer = FileWriter::new(Vec::new(), TABLE).expect("begun");
        assert!(matches!(writer.add(vec![vec![Cell::None]]), Err(WriteError::Format(_))));
        let other = |column: &Column| match column.kind {
            ColumnKind::Text => Cell::Flag(true),
            ColumnKind::Integer | ColumnKind::Double | ColumnKind::Flag | ColumnKind::Instant => {
                Cell::Text("text".to_owned())
            }
        };
        let wrong = TABLE.columns().iter().map(other).collect();
        assert!(matches!(writer.add(vec![wrong]), Err(WriteError::Format(_))));
    }

    #[test]
    fn where_it_writes_to_may_fail() {
        struct Full;
        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::StorageFull.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let mut writer = FileWriter::new(Full, TABLE).expect("nothing is written yet");
        writer.add(vec![row(1)]).expect("kept in memory");
        let ended = writer.finish().map(|_| ());
        assert!(
            matches!(&ended, Err(WriteError::Io(error)) if error.kind() == io::ErrorKind::StorageFull),
            "{ended:?}"
        );
    }
}
