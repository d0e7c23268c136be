//! `GET /api/v1/contacts.csv`: the Contacts table for spreadsheets.

use super::query::{ContactQuery, member};
use crate::http::api::csv::{PIECE, PIECE_BY_SCORE, Piece, answer, instant, note};
use crate::http::auth::{Allowed, SeeRecords};
use crate::http::body::Query;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use knock_context::read;
use knock_engine::Presenter;
use knock_model::{AI_AGENT, AuditAction, Millis};
use knock_ports::{LeadCursor, LeadQuery, LeadSort, Store, StoreError};
use knock_wire::{ContactProgress, ContactRow};
use std::sync::Arc;

const HEADER: [&str; 25] = [
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
    "owner",
    "owner_email",
    "chat_status",
    "meeting_status",
    "deal_opened_at",
    "reject_reason",
    "last_reply_at",
    "last_message_at",
];

/// All contacts of a filter as a CSV file for spreadsheets, in its order. Instants are in UTC. A text that a spreadsheet would take
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
    let mut asked = query.read(member(&caller), None, PIECE)?;
    if asked.sort == LeadSort::Score {
        asked.limit = PIECE_BY_SCORE;
    }
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
    let ContactProgress { owner, owner_name, chat_status, meeting_status, reject_reason, .. } = contact.progress;
    let maybe = |at: Option<Millis>| at.map(instant).unwrap_or_default();
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
        owner_name,
        Some(owner).filter(|owner| owner != AI_AGENT).unwrap_or_default(),
        chat_status.spelling().into_owned(),
        meeting_status.map(|status| status.spelling().into_owned()).unwrap_or_default(),
        maybe(contact.progress.deal_opened_at),
        reject_reason,
        maybe(contact.progress.last_reply_at),
        maybe(contact.progress.last_message_at),
    ]
}
