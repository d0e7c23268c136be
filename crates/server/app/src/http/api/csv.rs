//! Lists as CSV files, read piece by piece while they are sent.

use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::sheet::{MARK, text};
use axum::body::{Body, Bytes};
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use knock_engine::commands::NoteDone;
use knock_model::AuditAction;
use knock_ports::{Actor, StoreError};
use serde_json::json;
use std::future::Future;

/// The number of lines read at once.
pub(super) const PIECE: u32 = 500;

/// The same for a list by score: the scores of all lines are computed for each piece.
pub(super) const PIECE_BY_SCORE: u32 = 10_000;

/// A piece of a list, and the place of the next one.
pub(super) struct Piece<P> {
    pub(super) lines: Vec<Vec<String>>,
    /// The place after which the next piece begins; none at the end.
    pub(super) next: Option<P>,
}

/// Notes an export in the audit log before any of it is sent: who exports, by which filter, and how many lines.
///
/// All of them are read to be counted: a caller who ends the download early has most of them nevertheless.
pub(super) async fn note<P: Clone, F, R>(
    state: &AppState,
    (actor, action): (Actor, AuditAction),
    query: Option<&str>,
    first: &Piece<P>,
    read: F,
) -> Result<(), Problem>
where
    F: Fn(P) -> R,
    R: Future<Output = Result<Piece<P>, StoreError>>,
{
    let (mut count, mut next) = (first.lines.len(), first.next.clone());
    while let Some(place) = next {
        let piece = read(place).await?;
        count += piece.lines.len();
        next = piece.next;
    }
    let result = json!({"filter": shown(query.unwrap_or_default()), "count": count});
    let result = result.as_object().cloned().unwrap_or_default();
    state.core.make(actor, NoteDone { action, result }).await?;
    Ok(())
}

/// A filter without what may name a person: an erased one must not stay in the log.
fn shown(query: &str) -> String {
    let parameter = |given: &str| match given.split_once('=') {
        Some((name @ ("q" | "ids" | "where" | "reject_reason"), _)) => format!("{name}=***"),
        _ => given.to_owned(),
    };
    query.split('&').map(parameter).collect::<Vec<_>>().join("&")
}

/// A CSV file named `file`: the header, the first piece, and the pieces that `read` returns after each. An error of the
/// store on the way truncates the file.
pub(super) fn answer<P, F, R>(file: &str, header: &[&str], first: Piece<P>, read: F) -> Response
where
    P: Send + 'static,
    F: Fn(P) -> R + Send + Sync + 'static,
    R: Future<Output = Result<Piece<P>, StoreError>> + Send + 'static,
{
    let head: Vec<String> = header.iter().map(|name| (*name).to_owned()).collect();
    let begin = Some((Some(head), first));
    let pieces = stream::try_unfold((begin, read), |(rest, read)| async move {
        let Some((head, Piece { lines, next })) = rest else { return Ok(None) };
        let begin = if head.is_some() { MARK } else { &[] };
        let text = text(begin, head.into_iter().chain(lines)).map_err(|error| StoreError::Broken(error.to_string()))?;
        let rest = match next {
            Some(place) => Some((None, read(place).await?)),
            None => None,
        };
        Ok::<_, StoreError>(Some((Bytes::from(text), (rest, read))))
    });
    (headers(file), Body::from_stream(pieces)).into_response()
}

/// A CSV file named `file` with these lines.
pub(super) fn whole(file: &str, lines: Vec<Vec<String>>) -> Result<Response, Problem> {
    let text = text(MARK, lines.into_iter()).map_err(|error| StoreError::Broken(error.to_string()))?;
    Ok((headers(file), text).into_response())
}

fn headers(file: &str) -> [(HeaderName, String); 2] {
    [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{file}\"")),
    ]
}

/// An instant in UTC by ISO 8601, always with milliseconds.
pub(super) fn instant(at: knock_model::Millis) -> String {
    jiff::Timestamp::from_millisecond(at.0).map(|at| format!("{at:.3}")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_noted_filter_names_nobody() {
        assert_eq!(
            shown("q=ann%40acme.example&owner=me&ids=1,2&reject_reason=Ann"),
            "q=***&owner=me&ids=***&reject_reason=***"
        );
        assert_eq!(shown(""), "");
    }

    #[test]
    fn instants_have_three_decimals() {
        assert_eq!(instant(knock_model::Millis(1_780_315_200_000)), "2026-06-01T12:00:00.000Z");
        assert_eq!(instant(knock_model::Millis(1_780_315_200_070)), "2026-06-01T12:00:00.070Z");
    }
}
