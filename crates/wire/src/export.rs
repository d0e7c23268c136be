//! The tables that a warehouse reads.

use serde::{Deserialize, Serialize};

/// `GET /api/v1/export`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportTables {
    /// All tables.
    pub tables: Vec<ExportTable>,
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportTable {
    /// The name in its path, such as `signals`.
    pub name: String,
    /// What a row is, in a sentence.
    pub about: String,
    /// Whether the rows of a day that is over stay as they are, except by an erasure or a merge.
    pub is_append_only: bool,
    /// Its columns, in the order of a row.
    pub columns: Vec<ExportColumn>,
}

/// A column; it may be null in any row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportColumn {
    /// The name.
    pub name: String,
    /// `text`, `integer`, `double`, `flag`, or `instant`: in JSON milliseconds since 1970, in Parquet a timestamp in UTC.
    pub kind: String,
    /// What it holds, in a sentence.
    pub about: String,
}
