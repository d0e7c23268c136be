//! `GET /api/v1/audit.csv`: the audit log for spreadsheets, read piece by piece while it is sent.

use super::query::AuditQuery;
use crate::http::auth::{Allowed, SeeAudit};
use crate::http::body::Query;
use crate::http::problem::Problem;
use crate::reading::read;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use knock_ports::{AuditFilter, Fields, Store, StoreError, StoredAudit};
use std::borrow::Cow;
use std::sync::Arc;

/// Entries read at once.
const PIECE: u32 = 500;

const HEADER: [&str; 10] =
    ["at", "actor_kind", "actor", "action", "subject_kind", "subject_id", "subject", "before", "after", "receipt"];

/// What is to be sent still.
struct Rest {
    store: Arc<dyn Store>,
    filter: AuditFilter,
    /// Read already, not written yet.
    piece: Vec<StoredAudit>,
    is_first: bool,
}

/// The same entries as a CSV file, newest first, all of them. Instants are in UTC. A text that a spreadsheet would take
/// for a formula stands behind an apostrophe.
#[utoipa::path(get, path = "/api/v1/audit.csv", tag = "team", params(AuditQuery), responses(
    (status = 200, description = "All entries that are asked for", body = String, content_type = "text/csv"),
    (status = 400, description = "A parameter is wrong"),
))]
pub(super) async fn get(
    _: Allowed<SeeAudit>,
    State(store): State<Arc<dyn Store>>,
    Query(query): Query<AuditQuery>,
) -> Result<Response, Problem> {
    let filter = query.filter();
    // A store that fails answers with a problem, unless it fails on the way.
    let piece = below(&store, &filter, i64::MAX).await?;
    let rest = Rest { store, filter, piece, is_first: true };
    let pieces = stream::try_unfold(Some(rest), |rest| async move {
        match rest {
            Some(rest) => rest.next().await.map(Some),
            None => Ok(None),
        }
    });
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"audit-log.csv\""),
    ];
    Ok((headers, Body::from_stream(pieces)).into_response())
}

impl Rest {
    /// The text of the piece that was read, and what comes after it.
    async fn next(self) -> Result<(Bytes, Option<Rest>), StoreError> {
        let Rest { store, filter, piece, is_first } = self;
        let text = text(&piece, is_first).map_err(|error| StoreError::Broken(error.to_string()))?;
        let is_full = usize::try_from(PIECE).is_ok_and(|full| piece.len() >= full);
        let Some(last) = piece.last().filter(|_| is_full) else { return Ok((text.into(), None)) };
        let piece = below(&store, &filter, last.number).await?;
        Ok((text.into(), Some(Rest { store, filter, piece, is_first: false })))
    }
}

async fn below(store: &Arc<dyn Store>, filter: &AuditFilter, number: i64) -> Result<Vec<StoredAudit>, StoreError> {
    let filter = filter.clone();
    read(Arc::clone(store), move |view| view.audit(&filter, number, PIECE)).await
}

fn text(piece: &[StoredAudit], is_first: bool) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    if is_first {
        writer.write_record(HEADER)?;
    }
    for entry in piece {
        let at = jiff::Timestamp::from_millisecond(entry.at.0).map(|at| at.to_string()).unwrap_or_default();
        let (before, after) = (json(&entry.before), json(&entry.after));
        let subject = &entry.subject;
        let fields: [&str; 10] = [
            &at,
            &entry.actor_kind,
            &entry.actor_name,
            &entry.action,
            &subject.kind,
            &subject.id,
            &subject.name,
            &before,
            &after,
            &entry.receipt,
        ];
        writer.write_record(fields.map(plain).iter().map(|field| field.as_bytes()))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// The fields as JSON; nothing where there are none.
fn json(fields: &Fields) -> String {
    if fields.is_empty() { String::new() } else { serde_json::to_string(fields).unwrap_or_default() }
}

/// A text that no spreadsheet takes for a formula.
fn plain(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}").into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::Millis;
    use knock_ports::AuditSubject;
    use serde_json::json;

    #[test]
    fn a_field_is_quoted_and_never_a_formula() {
        let subject = AuditSubject { kind: "site".into(), id: String::new(), name: "=1+1, \"a\"\nb".into() };
        let before = json!({"name": "Shop"}).as_object().cloned().unwrap_or_default();
        let entry = StoredAudit {
            number: 1,
            at: Millis(1_780_315_200_000),
            actor_kind: "member".into(),
            actor_id: "m".into(),
            actor_name: "@ann".into(),
            action: "site.changed".into(),
            subject,
            before,
            after: Fields::new(),
            receipt: String::new(),
        };
        let text = String::from_utf8(text(&[entry], true).expect("written")).expect("text");
        let (header, line) = text.split_once('\n').expect("two lines");
        assert_eq!(header, HEADER.join(","));
        let expected = "2026-06-01T12:00:00Z,member,'@ann,site.changed,site,,\"'=1+1, \"\"a\"\"\nb\",\"{\"\"name\"\":\"\"Shop\"\"}\",,\n";
        assert_eq!(line, expected);
        for start in ["=", "+", "-", "@", "\t", "\r"] {
            assert_eq!(plain(&format!("{start}x")), format!("'{start}x"));
        }
        assert_eq!(plain("x=1"), "x=1");
    }
}
