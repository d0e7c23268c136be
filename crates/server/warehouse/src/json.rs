//! Rows as lines of JSON.

use knock_engine::{Cell, Column};
use knock_model::Millis;
use serde::ser::{Serialize, SerializeMap, Serializer};

/// Appends a line for each row: an object with all columns, in their order. Instants are milliseconds since 1970.
///
/// # Errors
/// When a value cannot be written as JSON.
pub fn append_lines(text: &mut Vec<u8>, columns: &[Column], rows: &[Vec<Cell>]) -> Result<(), serde_json::Error> {
    for cells in rows {
        serde_json::to_writer(&mut *text, &Row { columns, cells })?;
        text.push(b'\n');
    }
    Ok(())
}

struct Row<'r> {
    columns: &'r [Column],
    cells: &'r [Cell],
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut row = serializer.serialize_map(Some(self.columns.len()))?;
        for (Column { name, .. }, cell) in self.columns.iter().zip(self.cells) {
            match cell {
                Cell::None => row.serialize_entry(name, &()),
                Cell::Text(text) => row.serialize_entry(name, text),
                Cell::Integer(number) | Cell::Instant(Millis(number)) => row.serialize_entry(name, number),
                Cell::Double(number) => row.serialize_entry(name, number),
                Cell::Flag(is_set) => row.serialize_entry(name, is_set),
            }?;
        }
        row.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_engine::ColumnKind;

    #[test]
    fn a_row_has_all_columns_in_their_order() {
        let column = |name, kind| Column { name, kind, about: "" };
        let columns = [
            column("text", ColumnKind::Text),
            column("at", ColumnKind::Instant),
            column("count", ColumnKind::Integer),
            column("share", ColumnKind::Double),
            column("is_spam", ColumnKind::Flag),
        ];
        let full = vec![
            Cell::Text("a \"b\"\nc".to_owned()),
            Cell::Instant(Millis(1_780_315_200_070)),
            Cell::Integer(-3),
            Cell::Double(0.5),
            Cell::Flag(true),
        ];
        let empty = columns.iter().map(|_| Cell::None).collect();
        let mut text = Vec::new();
        append_lines(&mut text, &columns, &[full, empty]).expect("JSON");
        let expected = concat!(
            r#"{"text":"a \"b\"\nc","at":1780315200070,"count":-3,"share":0.5,"is_spam":true}"#,
            "\n",
            r#"{"text":null,"at":null,"count":null,"share":null,"is_spam":null}"#,
            "\n",
        );
        assert_eq!(String::from_utf8(text).expect("text"), expected);
    }
}
