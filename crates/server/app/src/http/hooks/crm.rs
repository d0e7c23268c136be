//! `GET /hooks/{system}/oauth`: the vendor of a CRM redirects the browser of an admin here with a code for tokens.

use super::oauth::{Back, Begun, Ended, begun, failed, to_page};
use crate::http::api::NamedCrm;
use crate::http::auth::{Allowed, ManageConnections};
use crate::http::body::Query;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use knock_crm_sync::{NotInstalled, SyncedCrm};
use knock_engine::commands::{ChangeCrm, CrmEdit};
use knock_ports::{Credentials, Refusal};

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/hooks/{system}/oauth", get(back))
}

async fn back(
    NamedCrm(crm): NamedCrm,
    State(state): State<AppState>,
    allowed: Result<Allowed<ManageConnections>, Problem>,
    query: Result<Query<Back>, Problem>,
) -> Response {
    let query = query.map(|Query(query)| query).unwrap_or_default();
    let ended = install(&state, &crm.account, allowed, query).await.err().unwrap_or(Ended::Done);
    to_page(crm.account.installer(), &ended)
}

/// Exchanges the code, and stores the tokens.
async fn install(
    state: &AppState,
    crm: &SyncedCrm,
    allowed: Result<Allowed<ManageConnections>, Problem>,
    back: Back,
) -> Result<(), Ended> {
    let Begun { caller, app, code } = begun(state, crm.installer(), allowed, back).await?;
    if crm.is_configured() {
        return Err(Ended::Refused("configured".to_owned()));
    }
    let connection = crm.exchange(&Credentials(app), &code).await.map_err(|why| not_installed(crm, &why))?;
    let (edit, now) = (CrmEdit::Connect(connection), state.core.clock.now());
    let change = ChangeCrm { system: crm.system(), edit, now };
    state.core.make(caller.actor(), change).await.map_err(|error| failed(crm.installer(), &error))
}

/// The word of an account that could not be read, though the app was accepted.
const ACCOUNT_UNREAD: &str = "account_unread";

fn not_installed(crm: &SyncedCrm, why: &NotInstalled) -> Ended {
    // The vendor describes errors in sentences, without a code.
    let (refusal, word) = match why {
        NotInstalled::App(refusal) => (refusal, ""),
        NotInstalled::Account(refusal) => (refusal, ACCOUNT_UNREAD),
    };
    tracing::warn!(crm = crm.label(), "the app was not installed: {refusal}");
    match refusal {
        Refusal::Retry { .. } | Refusal::Paused { .. } => Ended::Unreachable,
        Refusal::Rejected { .. } | Refusal::Unauthorized { .. } => Ended::Refused(word.to_owned()),
    }
}
