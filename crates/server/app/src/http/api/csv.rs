//! Lists as CSV files, read piece by piece while they are sent.

use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::body::{Body, Bytes};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use knock_engine::commands::NoteDone;
use knock_model::AuditAction;
use knock_ports::{Actor, StoreError};
use serde_json::json;
use std::borrow::Cow;
use std::future::Future;

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
        Some((name @ ("q" | "ids" | "where"), _)) => format!("{name}=***"),
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
        let text = text(head.into_iter().chain(lines)).map_err(|error| StoreError::Broken(error.to_string()))?;
        let rest = match next {
            Some(place) => Some((None, read(place).await?)),
            None => None,
        };
        Ok::<_, StoreError>(Some((Bytes::from(text), (rest, read))))
    });
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{file}\"")),
    ];
    (headers, Body::from_stream(pieces)).into_response()
}

/// An instant in UTC.
pub(super) fn instant(at: knock_model::Millis) -> String {
    jiff::Timestamp::from_millisecond(at.0).map(|at| at.to_string()).unwrap_or_default()
}

fn text(lines: impl Iterator<Item = Vec<String>>) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for line in lines {
        writer.write_record(line.iter().map(|field| plain(field)).map(|field| field.as_bytes().to_vec()))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// The beginnings of a formula, the fullwidth ones too, which some spreadsheets read as their ASCII forms.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// A text that no spreadsheet takes for a formula.
fn plain(text: &str) -> Cow<'_, str> {
    if text.starts_with(FORMULA) { format!("'{text}").into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_noted_filter_names_nobody() {
        assert_eq!(shown("q=ann%40acme.example&score=High&ids=1,2"), "q=***&score=High&ids=***");
        assert_eq!(shown(""), "");
    }

    #[test]
    fn a_field_is_quoted_and_never_a_formula() {
        let line = ["x=1", "@ann", "'=1+1, \"a\"\nb"].map(str::to_owned).to_vec();
        let text = String::from_utf8(text([line].into_iter()).expect("written")).expect("text");
        assert_eq!(text, "x=1,'@ann,\"'=1+1, \"\"a\"\"\nb\"\n");
        for start in ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"] {
            assert_eq!(plain(&format!("{start}x")), format!("'{start}x"));
        }
    }
}
