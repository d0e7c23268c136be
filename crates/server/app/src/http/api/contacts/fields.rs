//! `GET /api/v1/contacts/fields`: the fields beside the catalogue that conditions about contacts can compare.

use crate::http::auth::{Allowed, SeeRecords};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_engine::Presenter;
use knock_wire::ContactFields;

/// The fields of connected CRMs for `where` of the list of contacts, with their labels, operators and options.
#[utoipa::path(get, path = "/api/v1/contacts/fields", tag = "team", responses(
    (status = 200, description = "The fields; none without a connected CRM", body = ContactFields),
))]
pub(super) async fn get(_: Allowed<SeeRecords>, State(state): State<AppState>) -> Result<Json<ContactFields>, Problem> {
    let now = state.core.clock.now();
    let fields = move |view: &dyn knock_ports::View| Presenter::new(view, now)?.contact_fields();
    read(state.core.store.clone(), fields).await.map(Json)
}
