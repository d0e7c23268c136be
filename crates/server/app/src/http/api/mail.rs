//! `/api/v1/mail`: what was mailed, and what would have been.

use crate::connectors::mail::Masked;
use crate::http::api::webhooks::{DeliveryQuery, due_at, next};
use crate::http::auth::{Allowed, ManageConnections};
use crate::http::body::{JsonBody, Query};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_engine::commands::SendAgain;
use knock_mail::letter;
use knock_model::{Destination, DestinationKind};
use knock_ports::{OutboxEntry, Setup};
use knock_wire::{Mail, MailPage, SendAgainAsk, SentAgain};
use std::sync::Arc;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(get)).routes(routes!(send_again))
}

/// Mails of the last 30 days, newest first. Without `smtp.url` it is what would have been sent.
#[utoipa::path(get, path = "/api/v1/mail", tag = "team", params(DeliveryQuery), responses(
    (status = 200, description = "A page of mails", body = MailPage),
    (status = 400, description = "A parameter is wrong"),
))]
async fn get(
    _: Allowed<ManageConnections>,
    State(state): State<AppState>,
    Query(query): Query<DeliveryQuery>,
) -> Result<Json<MailPage>, Problem> {
    let (before, limit) = query.page()?;
    let store = Arc::clone(&state.core.store);
    let found = read(store, move |view| view.deliveries(Destination::MAIL, before, limit)).await?;
    let masked = Masked(Arc::clone(&state.core.address));
    let (is_set_up, from) = match state.deliveries.connectors.setup(DestinationKind::Mail) {
        Setup::Ready(from) => (true, from),
        Setup::Missing => (false, String::new()),
    };
    Ok(Json(MailPage {
        is_set_up,
        from,
        next: next(&found, limit),
        mails: found.into_iter().map(|entry| shown(entry, &masked)).collect(),
    }))
}

/// Sends once more what was given up.
#[utoipa::path(post, path = "/api/v1/mail/send-again", tag = "team", request_body = SendAgainAsk, responses(
    (status = 202, description = "On its way", body = SentAgain),
    (status = 404, description = "That mail was not given up"),
))]
async fn send_again(
    Allowed { caller, .. }: Allowed<ManageConnections>,
    State(state): State<AppState>,
    JsonBody(SendAgainAsk { number }): JsonBody<SendAgainAsk>,
) -> Result<(StatusCode, Json<SentAgain>), Problem> {
    let (to, now) = (Destination::MAIL, state.core.clock.now());
    let sent = state.core.make(caller.actor(), SendAgain { to, number, now }).await?;
    if sent == 0 && number.is_some() {
        return Err(Problem::not_found());
    }
    Ok((StatusCode::ACCEPTED, Json(SentAgain { sent })))
}

fn shown(entry: OutboxEntry, masked: &Masked) -> Mail {
    // What a newer version wrote is listed all the same.
    let (to, subject, text) = match letter(&entry.effect, masked) {
        Ok(letter) => (letter.to, letter.subject, letter.text),
        Err(error) => (String::new(), error.to_string(), String::new()),
    };
    Mail {
        number: entry.number,
        kind: entry.effect.kind.as_str().to_owned(),
        to,
        subject,
        text,
        at: entry.effect.at,
        due_at: due_at(&entry),
        state: entry.state.into(),
        attempts: entry.attempts,
        answer: entry.answer,
    }
}
