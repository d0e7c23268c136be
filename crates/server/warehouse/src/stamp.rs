//! What a file says of itself: whether it will ever have more rows.

use knock_engine::WarehouseTable;
use parquet::file::metadata::KeyValue;
use parquet::file::reader::{FileReader, SerializedFileReader};
use std::fs::File;
use std::path::Path;

const KEY: &str = "knock.day";
const COMPLETE: &str = "complete";

/// The note in a file whose day was over when it was written.
pub(crate) fn complete() -> KeyValue {
    KeyValue::new(KEY.to_owned(), COMPLETE.to_owned())
}

/// Whether a file is whole, has the columns that the table has today, and was written when its day was over.
pub fn is_complete(file: &Path, table: WarehouseTable) -> bool {
    let Some(reader) = File::open(file).ok().and_then(|file| SerializedFileReader::new(file).ok()) else {
        return false;
    };
    let about = reader.metadata().file_metadata();
    let is_noted = |pair: &KeyValue| pair.key == KEY && pair.value.as_deref() == Some(COMPLETE);
    let columns = about.schema_descr().columns().iter().map(|column| column.name());
    about.key_value_metadata().is_some_and(|pairs| pairs.iter().any(is_noted))
        && columns.eq(table.columns().iter().map(|column| column.name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FileWriter;

    #[test]
    fn only_a_whole_file_of_the_table_with_the_note_is_complete() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("part-0.parquet");
        let write = |is_noted: bool| {
            let mut writer =
                FileWriter::new(File::create(&path).expect("made"), WarehouseTable::Signals).expect("begun");
            if is_noted {
                writer.note_complete();
            }
            writer.finish().expect("ended");
        };
        assert!(!is_complete(&path, WarehouseTable::Signals));
        write(false);
        assert!(!is_complete(&path, WarehouseTable::Signals));
        write(true);
        assert!(is_complete(&path, WarehouseTable::Signals));
        assert!(!is_complete(&path, WarehouseTable::Meetings));
        let bytes = std::fs::read(&path).expect("read");
        std::fs::write(&path, &bytes[..bytes.len() - 1]).expect("cut off");
        assert!(!is_complete(&path, WarehouseTable::Signals));
    }
}
