//! The tables that a warehouse reads.

use crate::Shape;
use knock_wire::{ExportColumn, ExportTable, ExportTables};

pub(crate) fn shapes() -> Vec<Shape> {
    vec![Shape::of("export_tables", &export_tables())]
}

fn export_tables() -> ExportTables {
    let column = |name: &str, kind: &str, about: &str| ExportColumn {
        name: name.to_owned(),
        kind: kind.to_owned(),
        about: about.to_owned(),
    };
    let messages = ExportTable {
        name: "messages".to_owned(),
        about: "A message of a chat.".to_owned(),
        is_append_only: true,
        columns: vec![column("id", "text", "The id of the message."), column("at", "instant", "When it was written.")],
    };
    ExportTables { tables: vec![messages] }
}
