//! `GET /api/v1/timeline`: signals and events of a person, signals of a company, or of all persons.

use super::instant::Instant;
use super::page::{next, page};
use crate::http::auth::{Allowed, SeeRecords};
use crate::http::body::Query;
use crate::http::problem::Problem;
use axum::Json;
use axum::extract::State;
use knock_model::{AccountId, LeadId, TimelinePart};
use knock_ports::{Clock, Cursor, Store, TimelineScope};
use knock_wire::{FieldError, TimelinePage};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// Id of a contact.
    contact: Option<String>,
    /// Id of an account.
    account: Option<String>,
    /// A part of the timeline of a contact: `website`, `conversation` or `team`. Without it, all.
    #[param(value_type = Option<String>)]
    part: Option<String>,
    /// An instant of the past, in milliseconds since 1970: the signals that had reached the server by then, with
    /// their points then. Without it, now.
    #[param(value_type = Option<i64>)]
    at: Option<String>,
    /// The cursor: `next` of the page before.
    before: Option<String>,
    /// The number of items, 1 to 200.
    limit: Option<u32>,
}

/// Signals, newest first: by their instant for a contact or an account, by arrival for all persons. Those of a contact who
/// is marked as spam are on their own timeline alone. The timeline of a contact has events, too: what the team, the AI
/// agent and timers did; `limit` counts both.
#[utoipa::path(get, path = "/api/v1/timeline", tag = "team", params(Filter), responses(
    (status = 200, description = "A page of signals", body = TimelinePage),
    (status = 400, description = "Invalid parameter"),
    (status = 404, description = "Contact or account not found, or no data before `at`"),
))]
pub(super) async fn get(
    _: Allowed<SeeRecords>,
    State(store): State<Arc<dyn Store>>,
    State(clock): State<Arc<dyn Clock>>,
    Query(filter): Query<Filter>,
) -> Result<Json<TimelinePage>, Problem> {
    let page = page("before", filter.before.as_deref(), filter.limit)?;
    let scope = scope(&filter)?;
    let part = part(&filter)?;
    let instant = Instant::parse(filter.at.as_deref(), clock.now())?;
    let shown = instant.show(store, move |presenter, view| {
        let scope = match scope {
            TimelineScope::Lead(id) => TimelineScope::Lead(view.merged_into(id)?),
            TimelineScope::All | TimelineScope::Account(_) => scope,
        };
        let scored = match scope {
            TimelineScope::All => None,
            TimelineScope::Lead(id) => {
                let lead = presenter.lead(id)?;
                return lead.map(|lead| presenter.contact_timeline(&lead, part, page.from, page.limit)).transpose();
            }
            TimelineScope::Account(id) => match presenter.account(id)? {
                Some(account) => Some(presenter.score_of_account(&account)),
                None => return Ok(None),
            },
        };
        let signals = view.timeline(scope, page.from, instant.arrived_by(), page.limit)?;
        let next = next(&signals, page.limit, |stored| Cursor {
            at: if scope == TimelineScope::All { stored.signal.received_at } else { stored.signal.at },
            id: *stored.signal.id.as_bytes(),
        });
        let entries = presenter.entries(&signals, scored.as_ref())?;
        Ok(Some(TimelinePage { entries, events: Vec::new(), next }))
    });
    shown.await.map(Json)
}

fn scope(filter: &Filter) -> Result<TimelineScope, Problem> {
    match (&filter.contact, &filter.account) {
        (None, None) => Ok(TimelineScope::All),
        (Some(id), None) => LeadId::parse(id).map(TimelineScope::Lead).map_err(|_| Problem::not_found()),
        (None, Some(id)) => AccountId::parse(id).map(TimelineScope::Account).map_err(|_| Problem::not_found()),
        (Some(_), Some(_)) => Err(Problem::malformed(FieldError {
            pointer: "query/account".into(),
            reason: "give either `contact` or `account`".into(),
        })),
    }
}

fn part(filter: &Filter) -> Result<Option<TimelinePart>, Problem> {
    let Some(word) = filter.part.as_deref() else { return Ok(None) };
    let part = TimelinePart::parse(word).filter(|_| filter.contact.is_some());
    let refused = || {
        let reason = "is `website`, `conversation` or `team`, for a contact".into();
        Problem::malformed(FieldError { pointer: "query/part".into(), reason })
    };
    part.map(Some).ok_or_else(refused)
}
