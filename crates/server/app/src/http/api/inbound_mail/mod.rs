//! `/api/v1/mail/inbound`: how answers to mails reach their conversations.

mod checked;

use super::credentials::form_shown;
use crate::http::auth::{Allowed, ManageConnections};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::routes::{Routes, routes};
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use checked::Checked;
use knock_engine::commands::{DropInboundMail, SaveInboundMail};
use knock_inbound_mail::Inbound;
use knock_ports::{InboundMail, InboundState, InboundWay};
use knock_wire::{InboundMailDraft, InboundMailSettings, RawSecret};
use std::sync::Arc;
use url::Url;

pub(super) fn routes() -> Routes {
    Routes::new().routes(routes!(get, put, delete)).routes(routes!(check))
}

/// How answers to mails reach their conversations, and the state of it.
#[utoipa::path(get, path = "/api/v1/mail/inbound", tag = "team", responses(
    (status = 200, description = "The way of answers as it is set up", body = InboundMailSettings),
))]
async fn get(
    _: Allowed<ManageConnections>,
    State(state): State<AppState>,
) -> Result<Json<InboundMailSettings>, Problem> {
    settings(&state, None).await.map(Json)
}

/// Sets up how answers to mails reach their conversations. An IMAP account is signed in to before anything is stored;
/// only mails that arrive later are read. The address for a mail provider is shown once, in the answer that makes it.
#[utoipa::path(put, path = "/api/v1/mail/inbound", tag = "team", request_body = InboundMailDraft, responses(
    (status = 200, description = "The way of answers as it is set up now", body = InboundMailSettings),
    (status = 422, description = "A field is wrong, or the IMAP server does not let in or answer"),
))]
async fn put(
    Allowed { caller, .. }: Allowed<ManageConnections>,
    State(state): State<AppState>,
    JsonBody(draft): JsonBody<InboundMailDraft>,
) -> Result<Json<InboundMailSettings>, Problem> {
    let Checked { mail, cursor, hook } = checked::checked(&state, &draft).await?;
    let change = SaveInboundMail { mail, cursor, now: state.core.clock.now() };
    state.core.make(caller.actor(), change).await?;
    let url = hook.map(|secret| format!("{}/hooks/mail/{}", state.core.address.url, secret.reveal()).into());
    settings(&state, url).await.map(Json)
}

/// Answers to mails reach their conversations no more: from the next mail on they go to the rep. The mailbox stays as it
/// is.
#[utoipa::path(delete, path = "/api/v1/mail/inbound", tag = "team", responses(
    (status = 204, description = "Removed"),
    (status = 404, description = "Not set up"),
))]
async fn delete(
    Allowed { caller, .. }: Allowed<ManageConnections>,
    State(state): State<AppState>,
) -> Result<StatusCode, Problem> {
    let was_there = state.core.make(caller.actor(), DropInboundMail).await?;
    was_there.then_some(StatusCode::NO_CONTENT).ok_or_else(Problem::not_found)
}

/// Looks into the mailbox now, and takes what is there; on a held copy not. A failure is the state of the mailbox, not of
/// this request.
#[utoipa::path(post, path = "/api/v1/mail/inbound/check", tag = "team", responses(
    (status = 200, description = "The state; `problem` tells why the mailbox cannot be read", body = InboundMailSettings),
    (status = 404, description = "No mailbox is read"),
))]
async fn check(
    _: Allowed<ManageConnections>,
    State(state): State<AppState>,
) -> Result<Json<InboundMailSettings>, Problem> {
    let known = read(Arc::clone(&state.core.store), |view| view.inbound_mail()).await?;
    if !matches!(known, Some(InboundMail { way: InboundWay::Imap { .. }, .. })) {
        return Err(Problem::not_found());
    }
    // What is taken is marked as read, which the original would miss.
    if !state.core.hold.is_held() {
        state.inbound.look_now().await?;
    }
    settings(&state, None).await.map(Json)
}

/// The current settings; `hook_url` is the address for the provider that was made just now.
async fn settings(state: &AppState, hook_url: Option<RawSecret>) -> Result<InboundMailSettings, Problem> {
    let found = read(Arc::clone(&state.core.store), |view| Ok((view.inbound_mail()?, view.inbound_state()?)));
    let (mail, InboundState { problem, problem_since, taken, last_at, .. }) = found.await?;
    let form = form_shown(&Inbound::FORM);
    let Some(InboundMail { address, has_tags, way }) = mail else {
        return Ok(InboundMailSettings { form, ..InboundMailSettings::default() });
    };
    let shown = InboundMailSettings {
        address,
        has_tags,
        form,
        problem,
        problem_since,
        taken,
        last_at,
        ..InboundMailSettings::default()
    };
    Ok(match way {
        InboundWay::Hook { .. } => InboundMailSettings { way: knock_wire::InboundWay::Hook, hook_url, ..shown },
        InboundWay::Imap { account, folder, .. } => InboundMailSettings {
            way: knock_wire::InboundWay::Imap,
            server: account.get("url").map(|url| host(url)).unwrap_or_default(),
            folder,
            credentials: account,
            checked_at: state.inbound.checked_at(),
            ..shown
        },
    })
}

/// The host of an IMAP address, as it is shown.
fn host(url: &str) -> String {
    Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
}
