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
    let from = from.map(|text| Cursor::parse(text).ok_or_else(|| no_place(name)));
    let limit = checked_limit(limit)?;
    Ok(Page { from: from.transpose()?, limit })
}

/// How many items a page has, by what is asked for.
pub(super) fn checked_limit(limit: Option<u32>) -> Result<u32, Problem> {
    let limit = limit.unwrap_or(USUAL);
    if (1..=MOST).contains(&limit) {
        return Ok(limit);
    }
    let reason = format!("is not between 1 and {MOST}");
    Err(Problem::malformed(FieldError { pointer: "query/limit".into(), reason }))
}

/// The parameter `name` is no cursor of this list.
pub(super) fn no_place(name: &str) -> Problem {
    let reason = "is not a place in this list".into();
    Problem::malformed(FieldError { pointer: format!("query/{name}"), reason })
}

/// Where the next page goes on: after the last item of a full page.
pub(super) fn next<T>(items: &[T], limit: u32, cursor: impl Fn(&T) -> Cursor) -> Option<String> {
    last_of_full(items, limit).map(|last| cursor(last).to_text())
}

/// The last item of a full page, after which another may come.
pub(super) fn last_of_full<T>(items: &[T], limit: u32) -> Option<&T> {
    let is_full = usize::try_from(limit).is_ok_and(|limit| items.len() >= limit);
    items.last().filter(|_| is_full)
}
