//! The parameters of an export.

use crate::http::api::csv::instant;
use crate::http::api::parameter::wrong;
use crate::http::problem::Problem;
use crate::warehouse::{Asked, PIECE, span};
use knock_engine::WarehouseTable;
use knock_model::Millis;
use serde::Deserialize;
use url::form_urlencoded::Serializer;

/// The largest page.
const MOST: u32 = 10_000;

/// What of a table is asked for.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ExportQuery {
    /// A day by UTC, such as `2026-11-01`, in place of `from` and `to`.
    day: Option<String>,
    /// The first day by UTC, or the first instant by RFC 3339. Without it, from the beginning.
    from: Option<String>,
    /// The last day by UTC, which counts too, or the instant by RFC 3339 before which rows end. Without it, today.
    to: Option<String>,
    /// The place after which rows are asked for, from the `Link` of the page before.
    pub(super) cursor: Option<String>,
    /// The number of rows of a page, 1 to 10,000. Without it, all rows come in one response.
    pub(super) limit: Option<u32>,
    /// `ndjson`, as without it, or `parquet`: all rows as one file.
    format: Option<String>,
}

/// The format of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Lines,
    Parquet,
}

impl Format {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Format::Lines => "ndjson",
            Format::Parquet => "parquet",
        }
    }
}

impl ExportQuery {
    /// What they ask of a table, and in which format.
    pub(super) fn read(&self, table: WarehouseTable, now: Millis) -> Result<(Asked, Format), Problem> {
        let words = [&self.day, &self.from, &self.to].map(|word| word.as_deref());
        let [day, from, to] = words;
        let (from, to) = span(day, from, to, now).map_err(|error| wrong(error.name, error.reason))?;
        let format = match self.format.as_deref().unwrap_or_default() {
            "" | "ndjson" => Format::Lines,
            "parquet" => Format::Parquet,
            _ => return Err(wrong("format", "is none of ndjson, parquet".to_owned())),
        };
        if self.limit.is_some_and(|limit| !(1..=MOST).contains(&limit)) {
            return Err(wrong("limit", format!("is not between 1 and {MOST}")));
        }
        if format == Format::Parquet {
            let pages = [("limit", self.limit.is_some()), ("cursor", self.cursor.is_some())];
            if let Some((name, _)) = pages.iter().find(|(_, is_given)| *is_given) {
                return Err(wrong(name, "has no meaning in a Parquet file, which holds all rows".to_owned()));
            }
        }
        Ok((Asked { table, from, to, limit: self.limit.unwrap_or(PIECE), now }, format))
    }
}

/// The address of the page after a cursor.
pub(super) fn next_page(asked: &Asked, cursor: &str) -> String {
    let query = Serializer::new(String::new())
        .append_pair("from", &instant(asked.from))
        .append_pair("to", &instant(asked.to))
        .append_pair("limit", &asked.limit.to_string())
        .append_pair("cursor", cursor)
        .finish();
    format!("/api/v1/export/{}?{query}", asked.table.as_str())
}
