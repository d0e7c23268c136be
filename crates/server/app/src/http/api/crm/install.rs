//! `POST /api/v1/crm/hubspot/install`: starts the installation of an app to the account of HubSpot.

use super::access::CONFIGURED;
use super::wrong;
use crate::crm::App;
use crate::http::auth::{Allowed, ManageConnections, Who, foreign_installer};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::oauth::{Vendor, begin};
use axum::Json;
use axum::extract::State;
use knock_wire::{CrmInstall, InstallStarted};

/// The longest id or secret of an app, in bytes.
const LONGEST: usize = 200;

/// Starts the installation of an app: the response is the next address for the browser. HubSpot redirects it to
/// `/hooks/hubspot/oauth` within ten minutes, in the same session. Empty fields stand for the known app.
#[utoipa::path(post, path = "/api/v1/crm/hubspot/install", tag = "team", request_body = CrmInstall, responses(
    (status = 200, description = "The URL of HubSpot's consent page", body = InstallStarted),
    (status = 422, description = "A field is wrong, or the configuration has a token"),
))]
pub(super) async fn post(
    Allowed { caller, .. }: Allowed<ManageConnections>,
    State(state): State<AppState>,
    JsonBody(asked): JsonBody<CrmInstall>,
) -> Result<Json<InstallStarted>, Problem> {
    if state.hubspot.is_configured() {
        return Err(wrong("/client_id", CONFIGURED));
    }
    let Who::Member(_) = caller.who else { return Err(foreign_installer()) };
    let is_empty = asked.client_id.is_empty() && asked.client_secret.reveal().is_empty();
    let app = match state.hubspot.known_app(&state.hubspot.sync().await?) {
        Some(known) if is_empty => known,
        Some(_) | None => checked(&asked)?,
    };
    let token = begin(&state.core, Vendor::HubSpot, caller.secret, &app).await?;
    Ok(Json(InstallStarted { url: state.hubspot.authorize_url(&app, &token).to_string().into() }))
}

fn checked(asked: &CrmInstall) -> Result<App, Problem> {
    let is_good =
        |text: &str| !text.is_empty() && text.len() <= LONGEST && text.bytes().all(|byte| byte.is_ascii_graphic());
    let (client_id, secret) = (asked.client_id.trim().to_owned(), asked.client_secret.reveal().trim().to_owned());
    if !is_good(&client_id) {
        return Err(wrong("/client_id", "is no client ID: it stands under Auth of the app in HubSpot"));
    }
    if !is_good(&secret) {
        return Err(wrong("/client_secret", "is no client secret: it stands under Auth of the app in HubSpot"));
    }
    Ok(App { client_id, client_secret: secret.into() })
}
