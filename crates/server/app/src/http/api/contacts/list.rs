//! `GET /api/v1/contacts`: the Contacts table.

use super::query::{ContactQuery, member};
use crate::http::api::instant::{Instant, InstantQuery};
use crate::http::api::page::{Window, checked_limit};
use crate::http::auth::{Allowed, SeeRecords};
use crate::http::body::Query;
use crate::http::problem::Problem;
use axum::Json;
use axum::extract::State;
use knock_ports::{Clock, LeadCursor, LeadSort, Store};
use knock_wire::{ContactPage, FieldError};
use std::sync::Arc;

/// The contacts, last seen first by default: every lead, also those without an address. With `where` or `at` a page can
/// have fewer than requested: `next` continues. With `at` they are sorted by their first signal, the latest first, and
/// `where`, `sort`, and what is asked of the chat, its owner and meetings cannot be given.
#[utoipa::path(get, path = "/api/v1/contacts", tag = "team", params(ContactQuery, Window, InstantQuery), responses(
    (status = 200, description = "A page of contacts", body = ContactPage),
    (status = 400, description = "Invalid parameter"),
))]
pub(super) async fn get(
    allowed: Allowed<SeeRecords>,
    State(store): State<Arc<dyn Store>>,
    State(clock): State<Arc<dyn Clock>>,
    Query(query): Query<ContactQuery>,
    Query(page): Query<Window>,
    Query(at): Query<InstantQuery>,
) -> Result<Json<ContactPage>, Problem> {
    let limit = checked_limit(page.limit)?;
    let instant = Instant::parse(at.at.as_deref(), clock.now())?;
    let of_now = query.is_of_now();
    if let (Instant::Past(_), Some(name)) = (instant, of_now) {
        let reason = "cannot be asked of the past".into();
        return Err(Problem::malformed(FieldError { pointer: format!("query/{name}"), reason }));
    }
    let mut asked = query.read(
        member(&allowed.caller),
        page.after.as_deref().filter(|_| matches!(instant, Instant::Now(_))),
        limit,
    )?;
    if let Instant::Past(_) = instant {
        asked.after = page.after.as_deref().map(past_place).transpose()?;
    }
    let shown = instant.show(store, move |presenter, _| {
        let (contacts, next) = match instant {
            Instant::Now(_) => presenter.contacts(&asked)?,
            Instant::Past(_) => presenter.contacts_then(&asked.filter, asked.after.clone(), limit)?,
        };
        Ok(Some(ContactPage { contacts, next: next.map(|next| next.to_text()) }))
    });
    shown.await.map(Json)
}

/// A cursor in the list of the past.
fn past_place(text: &str) -> Result<LeadCursor, Problem> {
    LeadCursor::parse(text, LeadSort::FirstSeen.kind()).ok_or_else(|| crate::http::api::page::no_place("after"))
}
