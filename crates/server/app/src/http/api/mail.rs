//! `/api/v1/mail`: mails that were sent, mails that would have been sent, and a test.

use crate::connectors::mail::Masked;
use crate::http::admission::ClientAddress;
use crate::http::api::page::checked_limit;
use crate::http::api::webhooks::{due_at, next};
use crate::http::auth::{Allowed, KeyOfMember, ManageConnections};
use crate::http::body::{JsonBody, Query};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::routes::{Routes, routes};
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_engine::commands::{SendAgain, SendTestMail};
use knock_mail::letter;
use knock_model::{DeliveryState, Destination, DestinationKind};
use knock_ports::{Member, OutboxEntry, Setup};
use knock_wire::{FieldError, Mail, MailPage, SendAgainAsk, SentAgain};
use serde::Deserialize;
use std::sync::Arc;

pub(super) fn routes() -> Routes {
    Routes::new().routes(routes!(get)).routes(routes!(send_again)).routes(routes!(test))
}

/// The filter for mails.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct MailQuery {
    /// The cursor: `next` of the page before.
    before: Option<i64>,
    /// The number of items, 1 to 200.
    limit: Option<u32>,
    /// Only mails that are `waiting`, `sent` or `failed`; all of them if absent.
    state: Option<String>,
}

impl MailQuery {
    /// The mail number below which the page begins, the page size, and the states.
    fn page(&self) -> Result<(i64, u32, &'static [DeliveryState]), Problem> {
        let states = match self.state.as_deref() {
            None | Some("") => DeliveryState::ALL,
            Some("waiting") => &[DeliveryState::Waiting, DeliveryState::UnderWay, DeliveryState::Behind],
            Some("sent") => &[DeliveryState::Delivered],
            Some("failed") => &[DeliveryState::Parked],
            Some(_) => {
                let reason = "is not waiting, sent or failed".into();
                return Err(Problem::malformed(FieldError { pointer: "query/state".into(), reason }));
            }
        };
        Ok((self.before.unwrap_or(i64::MAX), checked_limit(self.limit)?, states))
    }
}

/// Mails of the last 30 days, newest first. Without a mail server, those that would have been sent.
#[utoipa::path(get, path = "/api/v1/mail", tag = "team", params(MailQuery), responses(
    (status = 200, description = "A page of mails", body = MailPage),
    (status = 400, description = "Invalid parameter"),
))]
async fn get(
    _: Allowed<ManageConnections>,
    State(state): State<AppState>,
    Query(query): Query<MailQuery>,
) -> Result<Json<MailPage>, Problem> {
    let (before, limit, states) = query.page()?;
    let store = Arc::clone(&state.core.store);
    let found = read(store, move |view| view.deliveries_in(Destination::MAIL, states, before, limit)).await?;
    let masked = Masked(Arc::clone(&state.core.address));
    let (is_set_up, from, server) = match state.deliveries.connectors.setup(DestinationKind::Mail) {
        Setup::Ready { sender, server } => (true, sender, server),
        Setup::Missing => (false, String::new(), String::new()),
    };
    Ok(Json(MailPage {
        is_set_up,
        from,
        server,
        next: next(&found, limit),
        mails: found.into_iter().map(|entry| shown(entry, &masked)).collect(),
    }))
}

/// Retries parked mails.
#[utoipa::path(post, path = "/api/v1/mail/send-again", tag = "team", request_body = SendAgainAsk, responses(
    (status = 202, description = "Queued for delivery", body = SentAgain),
    (status = 404, description = "The mail is not parked"),
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

/// Mails a test to the caller. Its result is listed among the mails.
#[utoipa::path(post, path = "/api/v1/mail/test", tag = "team", responses(
    (status = 202, description = "Queued for delivery"),
    (status = 403, description = "An API key: it has no address"),
    (status = 409, description = "Mail is not set up"),
    (status = 429, description = "Too many requests; retry after `Retry-After`"),
))]
async fn test(
    Allowed { caller, .. }: Allowed<ManageConnections, KeyOfMember>,
    State(state): State<AppState>,
    ClientAddress(from): ClientAddress,
) -> Result<StatusCode, Problem> {
    let Member { id, email, .. } = caller.need_member()?;
    if !state.is_mail_set_up() {
        let problem = Problem::new(StatusCode::CONFLICT, "no-mail", "Mail is not set up");
        return Err(problem.detail("Set up the mail server in Settings > Mail, or `smtp.url` and `smtp.from`."));
    }
    state.limiter.sign_in_link(from)?;
    let test = SendTestMail { member: *id, email: email.clone(), now: state.core.clock.now() };
    state.core.make(caller.actor(), test).await?;
    Ok(StatusCode::ACCEPTED)
}

fn shown(entry: OutboxEntry, masked: &Masked) -> Mail {
    // A mail written by a newer version is listed nevertheless.
    let (to, subject, text) = match letter(&entry.effect, masked) {
        Ok(letter) => (letter.to, letter.subject.into_text(), letter.text),
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
