//! The cells of a column that wait for their row group.

use crate::error::WriteError;
use knock_engine::{Cell, ColumnKind};
use knock_model::Millis;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::writer::SerializedColumnWriter;

/// The definition levels of a cell that has a value, and of one that has none.
const HAS_VALUE: i16 = 1;
const HAS_NONE: i16 = 0;

/// The values of a column, and for each row whether it has one.
pub(crate) struct Buffer {
    values: Values,
    levels: Vec<i16>,
}

enum Values {
    Text(Vec<ByteArray>),
    Whole(Vec<i64>),
    Double(Vec<f64>),
    Flag(Vec<bool>),
}

impl Buffer {
    pub(crate) fn new(kind: ColumnKind) -> Buffer {
        let values = match kind {
            ColumnKind::Text => Values::Text(Vec::new()),
            ColumnKind::Integer | ColumnKind::Instant => Values::Whole(Vec::new()),
            ColumnKind::Double => Values::Double(Vec::new()),
            ColumnKind::Flag => Values::Flag(Vec::new()),
        };
        Buffer { values, levels: Vec::new() }
    }

    /// Adds the cell of the next row; returns the number of bytes it takes.
    pub(crate) fn add(&mut self, cell: Cell) -> Result<usize, WriteError> {
        let mut size = size_of::<i64>();
        match (&mut self.values, cell) {
            (_, Cell::None) => {
                self.levels.push(HAS_NONE);
                return Ok(size_of::<i16>());
            }
            (Values::Text(values), Cell::Text(text)) => {
                size = size.saturating_add(text.len());
                values.push(ByteArray::from(text.into_bytes()));
            }
            (Values::Whole(values), Cell::Integer(number) | Cell::Instant(Millis(number))) => values.push(number),
            (Values::Double(values), Cell::Double(number)) => values.push(number),
            (Values::Flag(values), Cell::Flag(is_set)) => values.push(is_set),
            _ => return Err(WriteError::Format("a cell is of another kind than its column".to_owned())),
        }
        self.levels.push(HAS_VALUE);
        Ok(size)
    }

    /// Writes all cells to a column of a row group, and forgets them.
    pub(crate) fn write_to(&mut self, column: &mut SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        let levels = Some(self.levels.as_slice());
        match &mut self.values {
            Values::Text(values) => {
                column.typed::<ByteArrayType>().write_batch(values.as_slice(), levels, None)?;
                values.clear();
            }
            Values::Whole(values) => {
                column.typed::<Int64Type>().write_batch(values.as_slice(), levels, None)?;
                values.clear();
            }
            Values::Double(values) => {
                column.typed::<DoubleType>().write_batch(values.as_slice(), levels, None)?;
                values.clear();
            }
            Values::Flag(values) => {
                column.typed::<BoolType>().write_batch(values.as_slice(), levels, None)?;
                values.clear();
            }
        }
        self.levels.clear();
        Ok(())
    }
}
