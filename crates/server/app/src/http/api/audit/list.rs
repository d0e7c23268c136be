//! `GET /api/v1/audit`: pages of the audit log.

use super::query::AuditQuery;
use crate::http::api::page::{checked_limit, last_of_full, no_place};
use crate::http::auth::{Allowed, SeeAudit};
use crate::http::body::Query;
use crate::http::problem::Problem;
use crate::http::reading::read;
use axum::Json;
use axum::extract::State;
use knock_ports::{Store, StoredAudit};
use knock_wire::{ActorKindWord, AuditActionWord, AuditActor, AuditEntry, AuditPage, AuditSubject};
use serde::Deserialize;
use std::sync::Arc;

/// The page of the list.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct PageQuery {
    /// The cursor: `next` of the page before.
    after: Option<String>,
    /// The number of items, 1 to 200.
    limit: Option<u32>,
}

impl PageQuery {
    /// The entry number below which the page begins, and the page size.
    fn page(&self) -> Result<(i64, u32), Problem> {
        let below = self.after.as_deref().map_or(Ok(i64::MAX), str::parse);
        Ok((below.map_err(|_| no_place("after"))?, checked_limit(self.limit)?))
    }
}

/// Changes to the workspace, newest first: who made them, when, and the changed fields before and after. Entries are
/// kept as long as the workspace.
#[utoipa::path(get, path = "/api/v1/audit", tag = "team", params(AuditQuery, PageQuery), responses(
    (status = 200, description = "A page of entries", body = AuditPage),
    (status = 400, description = "Invalid parameter"),
))]
pub(super) async fn get(
    _: Allowed<SeeAudit>,
    State(store): State<Arc<dyn Store>>,
    Query(query): Query<AuditQuery>,
    Query(page): Query<PageQuery>,
) -> Result<Json<AuditPage>, Problem> {
    let ((below, limit), filter) = (page.page()?, query.filter());
    let found = read(store, move |view| view.audit(&filter, below, limit)).await?;
    let next = last_of_full(&found, limit).map(|last| last.number.to_string());
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
