//! Lists as CSV files, read piece by piece while they are sent: UTF-8 with a byte order mark, by which spreadsheets
//! know it, and lines that end with CR LF (RFC 4180).

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

/// The number of lines read at once.
pub(super) const PIECE: u32 = 500;

/// The same for a list by score: the scores of all lines are computed for each piece.
pub(super) const PIECE_BY_SCORE: u32 = 10_000;

/// The byte order mark.
const MARK: &[u8] = b"\xef\xbb\xbf";

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
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{file}\"")),
    ];
    (headers, Body::from_stream(pieces)).into_response()
}

/// An instant in UTC by ISO 8601, always with milliseconds.
pub(super) fn instant(at: knock_model::Millis) -> String {
    jiff::Timestamp::from_millisecond(at.0).map(|at| format!("{at:.3}")).unwrap_or_default()
}

/// The lines in CSV, after `begin`.
fn text(begin: &[u8], lines: impl Iterator<Item = Vec<String>>) -> Result<Vec<u8>, csv::Error> {
    let mut writer =
        csv::WriterBuilder::new().flexible(true).terminator(csv::Terminator::CRLF).from_writer(begin.to_vec());
    for line in lines {
        writer.write_record(line.iter().map(|field| plain(field)).map(|field| field.as_bytes().to_vec()))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// The beginnings of a formula, the fullwidth and the small ones too, which some spreadsheets read as their ASCII forms.
const FORMULA: [char; 13] = [
    '=', '+', '-', '@', '\t', '\r', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}', '\u{fe66}', '\u{fe62}', '\u{fe63}',
];

/// A text that no spreadsheet takes for a formula, wherever it splits lines: in many countries that is at semicolons, by
/// some settings at tabs or bars, and quotes within a line then quote nothing. What stands before a formula unseen is no
/// text: some spreadsheets leave it out.
fn plain(text: &str) -> Cow<'_, str> {
    let mut is_start = true;
    let mut written = String::new();
    for (at, c) in text.char_indices() {
        if is_start && FORMULA.contains(&c) {
            if written.is_empty() {
                written.push_str(&text[..at]);
            }
            written.push('\'');
        }
        let is_unseen = c.is_whitespace() || c.is_control() || matches!(c, '"' | '\u{200b}'..='\u{200f}' | '\u{feff}');
        is_start = matches!(c, ';' | '|' | '\t' | '\r' | '\n') || is_start && is_unseen;
        if !written.is_empty() {
            written.push(c);
        }
    }
    if written.is_empty() { text.into() } else { written.into() }
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
    fn a_file_begins_with_its_mark_and_is_read_back_as_it_was() {
        let lines =
            [["id", "name"], ["1", "Müller, \"Söhne\""], ["2", "two\nlines"]].map(|line| line.map(str::to_owned));
        let written = text(MARK, lines.iter().map(|line| line.to_vec())).expect("written");
        assert!(written.starts_with("\u{feff}id,name\r\n".as_bytes()));
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&written[MARK.len()..]);
        let read: Vec<Vec<String>> = reader.deserialize().collect::<Result<_, _>>().expect("CSV");
        assert_eq!(read, lines.map(|line| line.to_vec()));
    }

    #[test]
    fn instants_have_three_decimals() {
        assert_eq!(instant(knock_model::Millis(1_780_315_200_000)), "2026-06-01T12:00:00.000Z");
        assert_eq!(instant(knock_model::Millis(1_780_315_200_070)), "2026-06-01T12:00:00.070Z");
    }

    #[test]
    fn a_field_is_quoted_and_never_a_formula() {
        let line = ["x=1", "@ann", "'=1+1, \"a\"\nb"].map(str::to_owned).to_vec();
        let text = String::from_utf8(text(&[], [line].into_iter()).expect("written")).expect("text");
        assert_eq!(text, "x=1,'@ann,\"'=1+1, \"\"a\"\"\nb\"\r\n");
        for start in ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"] {
            assert_eq!(plain(&format!("{start}x")), format!("'{start}x"));
        }
        for (text, expected) in [
            ("a;@SUM(A1)", "a;'@SUM(A1)"),
            ("x;=1+1;-2", "x;'=1+1;'-2"),
            ("x; \"=1", "x; \"'=1"),
            ("two\n=1", "two\n'=1"),
            ("a\t=1", "a\t'=1"),
            (";=1", ";'=1"),
            ("a - b; c = d @ e", "a - b; c = d @ e"),
            ("two\r\nlines", "two\r\nlines"),
            ("a|=1", "a|'=1"),
            ("a; \u{a0}=1", "a; \u{a0}'=1"),
            ("\u{3000}＝1", "\u{3000}'＝1"),
            ("\u{feff}=1", "\u{feff}'=1"),
            ("\u{b}=1", "\u{b}'=1"),
            ("﹦1;﹢1", "'﹦1;'﹢1"),
            ("\"=1\";\"@x\"", "\"'=1\";\"'@x\""),
            ("a;;=1", "a;;'=1"),
            ("a;\"\";=1", "a;\"\";'=1"),
            ("utm=a;b=c", "utm=a;b=c"),
            ("https://a.example/?a=1&b=-2", "https://a.example/?a=1&b=-2"),
            ("Müller & Söhne (50+)", "Müller & Söhne (50+)"),
            ("12:30-13:00 | Raum 5", "12:30-13:00 | Raum 5"),
            ("ann@acme.example; bo@acme.example", "ann@acme.example; bo@acme.example"),
        ] {
            assert_eq!(plain(text), expected);
        }
    }
}
