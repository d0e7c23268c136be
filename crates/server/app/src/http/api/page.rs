//! Pages of long lists: cursor and size.

use crate::http::problem::Problem;
use knock_ports::Cursor;
use knock_wire::FieldError;
use serde::Deserialize;

/// The page of a table with filters of its own.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Window {
    /// The cursor: `next` of the page before.
    pub(super) after: Option<String>,
    /// The number of items, 1 to 200.
    pub(super) limit: Option<u32>,
}

/// The default page size.
const USUAL: u32 = 50;
/// The largest page size.
const MOST: u32 = 200;

/// The requested page.
pub(super) struct Page {
    /// The cursor.
    pub(super) from: Option<Cursor>,
    /// The number of items.
    pub(super) limit: u32,
}

/// Parses the two parameters; `name` is that of the cursor.
pub(super) fn page(name: &str, from: Option<&str>, limit: Option<u32>) -> Result<Page, Problem> {
    let from = from.map(|text| Cursor::parse(text).ok_or_else(|| no_place(name)));
    let limit = checked_limit(limit)?;
    Ok(Page { from: from.transpose()?, limit })
}

/// The checked number of items of a page.
pub(super) fn checked_limit(limit: Option<u32>) -> Result<u32, Problem> {
    let limit = limit.unwrap_or(USUAL);
    if (1..=MOST).contains(&limit) {
        return Ok(limit);
    }
    let reason = format!("is not between 1 and {MOST}");
    Err(Problem::malformed(FieldError { pointer: "query/limit".into(), reason }))
}

/// The problem of a parameter `name` that is no cursor of this list.
pub(super) fn no_place(name: &str) -> Problem {
    let reason = "is not a place in this list".into();
    Problem::malformed(FieldError { pointer: format!("query/{name}"), reason })
}

/// The cursor of the next page: after the last item of a full page.
pub(super) fn next<T>(items: &[T], limit: u32, cursor: impl Fn(&T) -> Cursor) -> Option<String> {
    last_of_full(items, limit).map(|last| cursor(last).to_text())
}

/// The last item of a full page, after which there may be another.
pub(super) fn last_of_full<T>(items: &[T], limit: u32) -> Option<&T> {
    let is_full = usize::try_from(limit).is_ok_and(|limit| items.len() >= limit);
    items.last().filter(|_| is_full)
}
