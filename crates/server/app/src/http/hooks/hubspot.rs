//! `GET /hooks/hubspot/oauth`: HubSpot redirects the browser of an admin here with a code for tokens.

use super::oauth::{Back, Begun, Ended, begun, failed, to_page};
use crate::crm::App;
use crate::http::auth::{Allowed, ManageConnections};
use crate::http::body::Query;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::oauth::Vendor;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use knock_engine::commands::{ChangeCrm, CrmEdit};
use knock_ports::Refusal;
use knock_routing::CrmSystem;

const VENDOR: Vendor = Vendor::HubSpot;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/hooks/hubspot/oauth", get(back))
}

async fn back(
    State(state): State<AppState>,
    allowed: Result<Allowed<ManageConnections>, Problem>,
    query: Result<Query<Back>, Problem>,
) -> Response {
    let query = query.map(|Query(query)| query).unwrap_or_default();
    let ended = install(&state, allowed, query).await.err().unwrap_or(Ended::Done);
    to_page(VENDOR, &ended)
}

/// Exchanges the code, and stores the tokens.
async fn install(
    state: &AppState,
    allowed: Result<Allowed<ManageConnections>, Problem>,
    back: Back,
) -> Result<(), Ended> {
    let Begun { caller, app, code } = begun::<App>(state, VENDOR, allowed, back).await?;
    if state.hubspot.is_configured() {
        return Err(Ended::Refused("configured".to_owned()));
    }
    let connection = state.hubspot.exchange(&app, &code).await.map_err(|refusal| refused(&refusal))?;
    let (edit, now) = (CrmEdit::Connect(connection), state.core.clock.now());
    let change = ChangeCrm { system: CrmSystem::Hubspot, edit, now };
    state.core.make(caller.actor(), change).await.map_err(|error| failed(VENDOR, &error))
}

fn refused(refusal: &Refusal) -> Ended {
    tracing::warn!("HubSpot did not install the app: {refusal}");
    match refusal {
        Refusal::Retry { .. } | Refusal::Paused { .. } => Ended::Unreachable,
        // HubSpot describes the error in sentences, without a code.
        Refusal::Rejected { .. } | Refusal::Unauthorized { .. } => Ended::Refused(String::new()),
    }
}
