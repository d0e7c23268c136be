//! `GET /api/v1/contacts`: the Contacts table.

use super::page::{ListQuery, next, page};
use crate::http::auth::{Allowed, SeeRecords};
use crate::http::body::Query;
use crate::http::problem::Problem;
use crate::http::reading::read;
use axum::Json;
use axum::extract::State;
use knock_engine::Presenter;
use knock_model::{Bucket, IntentType};
use knock_ports::{Clock, Cursor, LeadFilter, Store};
use knock_wire::{ContactPage, FieldError};
use serde::Deserialize;
use std::sync::Arc;

/// Which contacts are wanted.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// `true`: only those who have given an address; `false`: only those who have not.
    named: Option<bool>,
    /// Only those with this `Knock: Intent Score`: `High`, `Medium` or `Low`.
    score: Option<String>,
    /// Only those with this `Knock: Intent Type`.
    r#type: Option<String>,
}

impl Filter {
    fn read(self, search: String) -> Result<LeadFilter, Problem> {
        let bucket = self.score.as_deref().map(|word| known("score", word, Bucket::ALL, Bucket::as_str)).transpose()?;
        let kinds = IntentType::ALL;
        let intent_type =
            self.r#type.as_deref().map(|word| known("type", word, kinds, IntentType::as_str)).transpose()?;
        Ok(LeadFilter { search, is_named: self.named, bucket, intent_type })
    }
}

/// The one of a vocabulary that a parameter names.
fn known<T: Copy>(name: &str, word: &str, all: &[T], spelling: fn(T) -> &'static str) -> Result<T, Problem> {
    all.iter().copied().find(|one| spelling(*one) == word).ok_or_else(|| {
        let words: Vec<_> = all.iter().map(|one| spelling(*one)).collect();
        let reason = format!("is none of {}", words.join(", "));
        Problem::malformed(FieldError { pointer: format!("query/{name}"), reason })
    })
}

/// The contacts, last seen first: every lead, also those who have given no address.
#[utoipa::path(get, path = "/api/v1/contacts", tag = "team", params(ListQuery, Filter), responses(
    (status = 200, description = "A page of contacts", body = ContactPage),
    (status = 400, description = "A parameter is wrong"),
))]
pub(super) async fn get(
    _: Allowed<SeeRecords>,
    State(store): State<Arc<dyn Store>>,
    State(clock): State<Arc<dyn Clock>>,
    Query(query): Query<ListQuery>,
    Query(filter): Query<Filter>,
) -> Result<Json<ContactPage>, Problem> {
    let page = page("after", query.after.as_deref(), query.limit)?;
    let filter = filter.read(query.q)?;
    let now = clock.now();
    let found = read(store, move |view| {
        let presenter = Presenter::new(view, now)?;
        let leads = view.leads(&filter, page.from, page.limit)?;
        let next = next(&leads, page.limit, |lead| Cursor { at: lead.last_seen_at, id: *lead.id.as_bytes() });
        let contacts = leads.iter().map(|lead| presenter.contact_row(lead)).collect::<Result<_, _>>()?;
        Ok(ContactPage { contacts, next })
    });
    found.await.map(Json)
}
