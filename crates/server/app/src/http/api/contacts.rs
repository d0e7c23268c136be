//! `GET /api/v1/contacts`: the Contacts table.

use super::page::{ListQuery, next, page};
use crate::http::auth::{Allowed, SeeRecords};
use crate::http::body::Query;
use crate::http::problem::Problem;
use crate::http::reading::read;
use axum::Json;
use axum::extract::State;
use knock_engine::Presenter;
use knock_ports::{Clock, Cursor, Store};
use knock_wire::ContactPage;
use std::sync::Arc;

/// The contacts, last seen first.
#[utoipa::path(get, path = "/api/v1/contacts", tag = "team", params(ListQuery), responses(
    (status = 200, description = "A page of contacts", body = ContactPage),
))]
pub(super) async fn get(
    _: Allowed<SeeRecords>,
    State(store): State<Arc<dyn Store>>,
    State(clock): State<Arc<dyn Clock>>,
    Query(query): Query<ListQuery>,
) -> Result<Json<ContactPage>, Problem> {
    let page = page("after", query.after.as_deref(), query.limit)?;
    let now = clock.now();
    let found = read(store, move |view| {
        let presenter = Presenter::new(view, now)?;
        let leads = view.leads(&query.q, page.from, page.limit)?;
        let next = next(&leads, page.limit, |lead| Cursor { at: lead.last_seen_at, id: *lead.id.as_bytes() });
        let contacts = leads.iter().map(|lead| presenter.contact_row(lead)).collect::<Result<_, _>>()?;
        Ok(ContactPage { contacts, next })
    });
    found.await.map(Json)
}
