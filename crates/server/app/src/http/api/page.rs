//! Pages of long lists: where to go on, and how many.

use crate::http::problem::Problem;
use knock_ports::Cursor;
use knock_wire::FieldError;
use serde::Deserialize;

/// What a table is asked for.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ListQuery {
    /// Part of a name: the address or name of a contact, the domain of an account.
    #[serde(default)]
    pub(super) q: String,
    /// Where to go on: `next` of the page before.
    pub(super) after: Option<String>,
    /// How many, 1 to 200.
    pub(super) limit: Option<u32>,
}

/// Items of a page when none is asked for.
const USUAL: u32 = 50;
/// Items of a page at most.
const MOST: u32 = 200;

/// The page asked for.
pub(super) struct Page {
    /// Where to go on.
    pub(super) from: Option<Cursor>,
    /// How many.
    pub(super) limit: u32,
}

/// Reads the two parameters; `name` is that of the cursor.
pub(super) fn page(name: &str, from: Option<&str>, limit: Option<u32>) -> Result<Page, Problem> {
    let wrong =
        |name: &str, reason: String| Problem::malformed(FieldError { pointer: format!("query/{name}"), reason });
    let from = from.map(|text| Cursor::parse(text).ok_or_else(|| wrong(name, "is not a place in this list".into())));
    let limit = limit.unwrap_or(USUAL);
    if !(1..=MOST).contains(&limit) {
        return Err(wrong("limit", format!("is not between 1 and {MOST}")));
    }
    Ok(Page { from: from.transpose()?, limit })
}

/// Where the next page goes on: after the last item of a full page.
pub(super) fn next<T>(items: &[T], limit: u32, cursor: impl Fn(&T) -> Cursor) -> Option<String> {
    let is_full = usize::try_from(limit).is_ok_and(|limit| items.len() >= limit);
    items.last().filter(|_| is_full).map(|last| cursor(last).to_text())
}
