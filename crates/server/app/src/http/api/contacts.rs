//! `GET /api/v1/contacts`: the Contacts table.

use super::page::{next, page};
use crate::http::auth::Admin;
use crate::http::body::Query;
use crate::http::problem::Problem;
use crate::http::reading::read;
use axum::Json;
use axum::extract::State;
use knock_engine::Presenter;
use knock_ports::{Clock, Cursor, Store};
use knock_wire::ContactPage;
use serde::Deserialize;
use std::sync::Arc;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// Part of the address or the name.
    #[serde(default)]
    q: String,
    /// Where to go on: `next` of the page before.
    after: Option<String>,
    /// How many, 1 to 200.
    limit: Option<u32>,
}

/// The contacts, last seen first.
#[utoipa::path(get, path = "/api/v1/contacts", tag = "team", params(Filter), responses(
    (status = 200, description = "A page of contacts", body = ContactPage),
    (status = 401, description = "Signed out", body = knock_wire::Problem, content_type = "application/problem+json"),
))]
pub(super) async fn get(
    _: Admin,
    State(store): State<Arc<dyn Store>>,
    State(clock): State<Arc<dyn Clock>>,
    Query(filter): Query<Filter>,
) -> Result<Json<ContactPage>, Problem> {
    let page = page("after", filter.after.as_deref(), filter.limit)?;
    let now = clock.now();
    let found = read(store, move |view| {
        let presenter = Presenter::new(view, now)?;
        let leads = view.leads(&filter.q, page.from, page.limit)?;
        let next = next(&leads, page.limit, |lead| Cursor { at: lead.last_seen_at, id: *lead.id.as_bytes() });
        let contacts = leads.iter().map(|lead| presenter.contact_row(lead)).collect::<Result<_, _>>()?;
        Ok(ContactPage { contacts, next })
    });
    found.await.map(Json)
}
