//! `GET /api/v1/export`: the tables that there are.

use crate::http::auth::{Allowed, ManagePersons};
use axum::Json;
use knock_engine::{Column, ColumnKind, WarehouseTable};
use knock_wire::{ExportColumn, ExportTable, ExportTables};

/// All tables for a warehouse, each with its columns.
#[utoipa::path(get, path = "/api/v1/export", tag = "team", responses(
    (status = 200, description = "The tables", body = ExportTables),
))]
pub(super) async fn get(_: Allowed<ManagePersons>) -> Json<ExportTables> {
    Json(ExportTables { tables: WarehouseTable::ALL.iter().map(|table| shown(*table)).collect() })
}

fn shown(table: WarehouseTable) -> ExportTable {
    let column = |Column { name, kind, about }: &Column| ExportColumn {
        name: (*name).to_owned(),
        kind: word(*kind).to_owned(),
        about: (*about).to_owned(),
    };
    ExportTable {
        name: table.as_str().to_owned(),
        about: table.about().to_owned(),
        is_append_only: table.is_append_only(),
        columns: table.columns().iter().map(column).collect(),
    }
}

const fn word(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Text => "text",
        ColumnKind::Integer => "integer",
        ColumnKind::Double => "double",
        ColumnKind::Flag => "flag",
        ColumnKind::Instant => "instant",
    }
}
