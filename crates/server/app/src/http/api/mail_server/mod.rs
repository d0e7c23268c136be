//! `/api/v1/mail/server`: the mail server that mail is sent by.

mod entered;

use crate::http::admission::ClientAddress;
use crate::http::auth::{Allowed, KeyOfMember, ManageConnections};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::routes::{Routes, routes};
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use entered::{Entered, entered, refused, wrong};
use knock_engine::commands::{DropMailServer, SaveMailServer, TestMailServer};
use knock_mail::TeamServer;
use knock_model::{DestinationKind, Email};
use knock_ports::Setup;
use knock_wire::{MailServerDraft, MailServerSettings, MailServerSource, MailServerTest, MailServerTested};
use std::sync::Arc;

pub(super) fn routes() -> Routes {
    Routes::new().routes(routes!(get, put, delete)).routes(routes!(test))
}

/// The mail server, and where it is set: in the configuration, which counts first, or in the dashboard.
#[utoipa::path(get, path = "/api/v1/mail/server", tag = "team", responses(
    (status = 200, description = "The mail server as it is set up", body = MailServerSettings),
))]
async fn get(
    _: Allowed<ManageConnections>,
    State(state): State<AppState>,
) -> Result<Json<MailServerSettings>, Problem> {
    settings(&state).await.map(Json)
}

/// Sets up the mail server: from the next mail on it is used by all servers of the workspace. It is logged in to before
/// anything is stored, and the sender is named there; no mail is sent.
#[utoipa::path(put, path = "/api/v1/mail/server", tag = "team", request_body = MailServerDraft, responses(
    (status = 200, description = "The mail server as it is set up now", body = MailServerSettings),
    (status = 409, description = "The configuration of the server names a mail server, which counts first"),
    (status = 422, description = "A field is wrong, or the mail server does not let in or answer"),
))]
async fn put(
    Allowed { caller, .. }: Allowed<ManageConnections>,
    State(state): State<AppState>,
    JsonBody(draft): JsonBody<MailServerDraft>,
) -> Result<Json<MailServerSettings>, Problem> {
    not_configured(&state)?;
    let Entered { server, stored } = entered(&state, &draft).await?;
    server.check().await.map_err(|refusal| refused(&refusal))?;
    state.core.make(caller.actor(), SaveMailServer { server: stored }).await?;
    Arc::clone(&state.mail).reload_soon().await?;
    settings(&state).await.map(Json)
}

/// Removes the mail server: nothing is sent from the next mail on.
#[utoipa::path(delete, path = "/api/v1/mail/server", tag = "team", responses(
    (status = 204, description = "Removed"),
    (status = 404, description = "Not set up in the dashboard"),
    (status = 409, description = "The configuration of the server names a mail server"),
))]
async fn delete(
    Allowed { caller, .. }: Allowed<ManageConnections>,
    State(state): State<AppState>,
) -> Result<StatusCode, Problem> {
    not_configured(&state)?;
    let was_there = state.core.make(caller.actor(), DropMailServer).await?;
    Arc::clone(&state.mail).reload_soon().await?;
    was_there.then_some(StatusCode::NO_CONTENT).ok_or_else(Problem::not_found)
}

/// Sends a test mail by a server that need not be saved, and says where it ended; 15 s at most. What the mail server
/// refuses is the answer, not a failure of this request.
#[utoipa::path(post, path = "/api/v1/mail/server/test", tag = "team", request_body = MailServerTest, responses(
    (status = 200, description = "What the mail server did", body = MailServerTested),
    (status = 403, description = "An API key without a member"),
    (status = 409, description = "No server is given or stored, the configuration names one, or this copy is held"),
    (status = 422, description = "A field is wrong"),
    (status = 429, description = "Too many requests; retry after `Retry-After`"),
))]
async fn test(
    Allowed { caller, .. }: Allowed<ManageConnections, KeyOfMember>,
    State(state): State<AppState>,
    ClientAddress(from): ClientAddress,
    JsonBody(MailServerTest { to, server }): JsonBody<MailServerTest>,
) -> Result<Json<MailServerTested>, Problem> {
    not_configured(&state)?;
    if state.core.hold.is_held() {
        let problem = Problem::new(StatusCode::CONFLICT, "held", "This copy of the workspace sends nothing");
        return Err(problem.detail("An admin releases it in the dashboard first."));
    }
    let own = &caller.need_member()?.email;
    let to = match to.as_deref().map(str::trim) {
        None => own.clone(),
        Some(to) if to.eq_ignore_ascii_case(own) => own.clone(),
        Some(to) => Email::parse(to).map_err(|error| wrong("to", &error.to_string()))?.to_text(),
    };
    let server = to_test(&state, server).await?;
    state.limiter.sign_in_link(from)?;
    let sent = server.send_test(&to, state.core.clock.now()).await;
    let (step, tested) = match sent {
        Ok(detail) => ("accepted", accepted(&server, &to, detail)),
        Err(refusal) => (
            refusal.step.as_str(),
            MailServerTested {
                is_sent: false,
                step: refusal.step.as_str().to_owned(),
                text: refusal.text,
                detail: refusal.detail,
            },
        ),
    };
    state.core.make(caller.actor(), TestMailServer { to, host: server.host().to_owned(), step }).await?;
    Ok(Json(tested))
}

fn accepted(server: &TeamServer, to: &str, detail: String) -> MailServerTested {
    let host = server.host();
    let text = format!("The server {host} accepted the test mail for {to}. Look into that mailbox, also among spam.");
    MailServerTested { is_sent: true, step: "accepted".to_owned(), text, detail }
}

/// The server of a draft, else the stored one.
async fn to_test(state: &AppState, draft: Option<MailServerDraft>) -> Result<TeamServer, Problem> {
    if let Some(draft) = draft {
        return Ok(entered(state, &draft).await?.server);
    }
    let stored = read(Arc::clone(&state.core.store), |view| view.mail_server()).await?;
    let Some(stored) = stored else {
        return Err(Problem::new(StatusCode::CONFLICT, "no-mail", "Mail is not set up"));
    };
    tokio::task::block_in_place(|| state.mail.opened(&stored)).map_err(|problem| wrong("server", &problem))
}

/// Refuses a change where the configuration names the server.
fn not_configured(state: &AppState) -> Result<(), Problem> {
    if !state.mail.is_configured() {
        return Ok(());
    }
    let problem =
        Problem::new(StatusCode::CONFLICT, "configured", "The configuration of the server names a mail server");
    Err(problem.detail(
        "It counts before the dashboard. Remove `smtp.url` and `smtp.from` (or `KNOCK_SMTP_URL` and `KNOCK_SMTP_FROM`) \
         and restart the server to set it up here.",
    ))
}

/// The current settings.
async fn settings(state: &AppState) -> Result<MailServerSettings, Problem> {
    if state.mail.is_configured() {
        let Setup::Ready { sender, server } = state.deliveries.connectors.setup(DestinationKind::Mail) else {
            return Ok(MailServerSettings::default());
        };
        let source = MailServerSource::File;
        return Ok(MailServerSettings { source, server, from: sender, ..MailServerSettings::default() });
    }
    let stored = read(Arc::clone(&state.core.store), |view| view.mail_server()).await?;
    let Some(stored) = stored else { return Ok(MailServerSettings::default()) };
    let problem = match state.mail.password(&stored) {
        Some(_) => String::new(),
        None => "Its password cannot be read with the secret.key of this server: give it again.".to_owned(),
    };
    Ok(MailServerSettings {
        source: MailServerSource::Dashboard,
        has_password: !stored.secret.is_empty(),
        host: stored.host,
        port: stored.port,
        security: stored.security,
        username: stored.username,
        from_address: stored.from_address,
        from_name: stored.from_name,
        problem,
        ..MailServerSettings::default()
    })
}
