//! `GET /api/v1/contacts.csv`: the Contacts table for spreadsheets.

use super::query::ContactQuery;
use crate::http::api::csv::{Piece, answer, instant, note};
use crate::http::auth::{Allowed, SeeRecords};
use crate::http::body::Query;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use knock_context::read;
use knock_engine::Presenter;
use knock_model::{AuditAction, Millis};
use knock_ports::{LeadCursor, LeadQuery, Store, StoreError};
use knock_wire::ContactRow;
use std::sync::Arc;

/// The number of contacts read at once.
const PIECE: u32 = 500;

const HEADER: [&str; 17] = [
    "id",
    "contact",
    "email",
    "name",
    "account",
    "intent_score",
    "intent_type",
    "score",
    "channel",
    "source",
    "campaign",
    "landing_page",
    "signals",
    "first_seen_at",
    "last_seen_at",
    "phone",
    "company",
];

/// All contacts of a filter as a CSV file, in its order. Instants are in UTC. A text that a spreadsheet would take
/// for a formula has an apostrophe before it. The audit log has an entry of each download.
#[utoipa::path(get, path = "/api/v1/contacts.csv", tag = "team", params(ContactQuery), responses(
    (status = 200, description = "All contacts that are asked for", body = String, content_type = "text/csv"),
    (status = 400, description = "Invalid parameter"),
))]
pub(super) async fn get(
    Allowed { caller, .. }: Allowed<SeeRecords>,
    State(state): State<AppState>,
    RawQuery(given): RawQuery,
    Query(query): Query<ContactQuery>,
) -> Result<Response, Problem> {
    let asked = query.read(None, PIECE)?;
    // One instant applies to the whole file.
    let (store, now) = (Arc::clone(&state.core.store), state.core.clock.now());
    let first = after(Arc::clone(&store), asked.clone(), now).await?;
    let next = move |place| after(Arc::clone(&store), LeadQuery { after: Some(place), ..asked.clone() }, now);
    note(&state, (caller.actor(), AuditAction::ContactsExported), given.as_deref(), &first, &next).await?;
    Ok(answer("contacts.csv", &HEADER, first, next))
}

async fn after(store: Arc<dyn Store>, asked: LeadQuery, now: Millis) -> Result<Piece<LeadCursor>, StoreError> {
    let (contacts, next) = read(store, move |view| Presenter::new(view, now)?.contacts(&asked)).await?;
    Ok(Piece { lines: contacts.into_iter().map(line).collect(), next })
}

fn line(contact: ContactRow) -> Vec<String> {
    let ContactRow { id, email, display_name, name, phone, company, account, intent, attribution, signals, .. } =
        contact;
    vec![
        id.to_string(),
        display_name,
        email,
        name,
        account.map(|account| account.domain).unwrap_or_default(),
        intent.bucket.as_str().to_owned(),
        intent.kind.as_str().to_owned(),
        intent.score.to_string(),
        attribution.channel,
        attribution.source,
        attribution.campaign,
        attribution.landing_page,
        signals.to_string(),
        instant(contact.first_seen_at),
        instant(contact.last_seen_at),
        phone,
        company,
    ]
}
