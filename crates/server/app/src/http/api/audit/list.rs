//! `GET /api/v1/audit`: pages of the audit log.

use super::query::AuditQuery;
use crate::http::auth::{Allowed, SeeAudit};
use crate::http::body::Query;
use crate::http::problem::Problem;
use crate::http::reading::read;
use axum::Json;
use axum::extract::State;
use knock_ports::{Store, StoredAudit};
use knock_wire::{ActorKindWord, AuditActionWord, AuditActor, AuditEntry, AuditPage, AuditSubject, FieldError};
use serde::Deserialize;
use std::sync::Arc;

/// Entries of a page when none is asked for, and at most.
const USUAL: u32 = 50;
const MOST: u32 = 200;

/// Which part of the list.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct PageQuery {
    /// Where to go on: `next` of the page before.
    after: Option<String>,
    /// How many, 1 to 200.
    limit: Option<u32>,
}

impl PageQuery {
    /// Below which number, and how many.
    fn page(&self) -> Result<(i64, u32), Problem> {
        let wrong =
            |name: &str, reason: String| Problem::malformed(FieldError { pointer: format!("query/{name}"), reason });
        let limit = self.limit.unwrap_or(USUAL);
        if !(1..=MOST).contains(&limit) {
            return Err(wrong("limit", format!("is not between 1 and {MOST}")));
        }
        let below = self.after.as_deref().map_or(Ok(i64::MAX), str::parse);
        Ok((below.map_err(|_| wrong("after", "is not a place in this list".into()))?, limit))
    }
}

/// Changes to the workspace, newest first: who made them, when, and the changed fields before and after. Entries are
/// kept as long as the workspace.
#[utoipa::path(get, path = "/api/v1/audit", tag = "team", params(AuditQuery, PageQuery), responses(
    (status = 200, description = "A page of entries", body = AuditPage),
    (status = 400, description = "A parameter is wrong"),
))]
pub(super) async fn get(
    _: Allowed<SeeAudit>,
    State(store): State<Arc<dyn Store>>,
    Query(query): Query<AuditQuery>,
    Query(page): Query<PageQuery>,
) -> Result<Json<AuditPage>, Problem> {
    let ((below, limit), filter) = (page.page()?, query.filter());
    let found = read(store, move |view| view.audit(&filter, below, limit)).await?;
    let is_full = usize::try_from(limit).is_ok_and(|limit| found.len() >= limit);
    let next = found.last().filter(|_| is_full).map(|last| last.number.to_string());
    Ok(Json(AuditPage { entries: found.into_iter().map(shown).collect(), next }))
}

fn shown(entry: StoredAudit) -> AuditEntry {
    let StoredAudit { number, at, actor_kind, actor_id, actor_name, action, subject, before, after, receipt } = entry;
    AuditEntry {
        id: number,
        at,
        actor: AuditActor { kind: ActorKindWord::parse(&actor_kind), id: actor_id, name: actor_name },
        action: AuditActionWord::parse(&action),
        subject: AuditSubject { kind: subject.kind, id: subject.id, name: subject.name },
        before: before.into_iter().collect(),
        after: after.into_iter().collect(),
        receipt: Some(receipt).filter(|receipt| !receipt.is_empty()),
    }
}
