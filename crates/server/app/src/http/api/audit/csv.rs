//! `GET /api/v1/audit.csv`: the audit log for spreadsheets.

use super::query::AuditQuery;
use crate::http::api::csv::{PIECE, Piece, answer, instant, note};
use crate::http::auth::{Allowed, SeeAudit};
use crate::http::body::Query;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use knock_context::read;
use knock_model::AuditAction;
use knock_ports::{AuditFilter, Fields, Store, StoreError, StoredAudit};
use std::sync::Arc;

const HEADER: [&str; 10] =
    ["at", "actor_kind", "actor", "action", "subject_kind", "subject_id", "subject", "before", "after", "receipt"];

/// All entries as a CSV file, newest first. Instants are in UTC. A text that a spreadsheet would take for a formula
/// has an apostrophe before it. The log has an entry of each download, which the file itself does not have.
#[utoipa::path(get, path = "/api/v1/audit.csv", tag = "team", params(AuditQuery), responses(
    (status = 200, description = "All entries that are asked for", body = String, content_type = "text/csv"),
    (status = 400, description = "Invalid parameter"),
))]
pub(super) async fn get(
    Allowed { caller, .. }: Allowed<SeeAudit>,
    State(state): State<AppState>,
    RawQuery(given): RawQuery,
    Query(query): Query<AuditQuery>,
) -> Result<Response, Problem> {
    let (filter, store) = (query.filter(), Arc::clone(&state.core.store));
    // An error of the store is answered with a problem, unless it occurs after the start of the response.
    let first = below(Arc::clone(&store), filter.clone(), i64::MAX).await?;
    let next = move |number| below(Arc::clone(&store), filter.clone(), number);
    note(&state, (caller.actor(), AuditAction::AuditExported), given.as_deref(), &first, &next).await?;
    Ok(answer("audit-log.csv", &HEADER, first, next))
}

async fn below(store: Arc<dyn Store>, filter: AuditFilter, number: i64) -> Result<Piece<i64>, StoreError> {
    let entries = read(store, move |view| view.audit(&filter, number, PIECE)).await?;
    let is_full = usize::try_from(PIECE).is_ok_and(|full| entries.len() >= full);
    let next = entries.last().filter(|_| is_full).map(|last| last.number);
    Ok(Piece { lines: entries.into_iter().map(line).collect(), next })
}

fn line(entry: StoredAudit) -> Vec<String> {
    let subject = entry.subject;
    let (before, after) = (json(&entry.before), json(&entry.after));
    let (at, actor, action) = (instant(entry.at), entry.actor_name, entry.action);
    let (kind, id, name) = (subject.kind, subject.id, subject.name);
    vec![at, entry.actor_kind, actor, action, kind, id, name, before, after, entry.receipt]
}

/// The fields as JSON; empty if there are none.
fn json(fields: &Fields) -> String {
    if fields.is_empty() { String::new() } else { serde_json::to_string(fields).unwrap_or_default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::Millis;
    use knock_ports::AuditSubject;
    use serde_json::json;

    #[test]
    fn a_line_has_a_field_for_each_name() {
        let subject = AuditSubject { kind: "site".into(), id: String::new(), name: "Shop".into() };
        let before = json!({"name": "Shop"}).as_object().cloned().unwrap_or_default();
        let entry = StoredAudit {
            number: 1,
            at: Millis(1_780_315_200_000),
            actor_kind: "member".into(),
            actor_id: "m".into(),
            actor_name: "ann".into(),
            action: "site.changed".into(),
            subject,
            before,
            after: Fields::new(),
            receipt: "r".into(),
        };
        let expected = [
            "2026-06-01T12:00:00.000Z",
            "member",
            "ann",
            "site.changed",
            "site",
            "",
            "Shop",
            "{\"name\":\"Shop\"}",
            "",
            "r",
        ];
        assert_eq!(line(entry), expected);
    }
}
