//! `POST /hooks/mail/{secret}`: a mail provider posts a mail that it received, whole, as it arrived.

mod carrier;

use crate::http::admission::ClientAddress;
use crate::http::body::{MailBody, Path};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::extract::{FromRequest, Request, State};
use axum::routing::post;
use axum::{Json, Router};
use knock_context::hash;
use knock_inbound_mail::{NotTaken, Took};
use knock_ports::InboundWay;
use serde_json::{Value, json};
use std::net::IpAddr;
use std::sync::Arc;

/// The time after which a provider tries again what cannot be taken now, in seconds.
const LATER: u64 = 30;

pub(super) fn routes() -> Router<AppState> {
    let routes = Router::new().route("/hooks/mail/{secret}", post(taken));
    // Mailgun posts a mail as it arrived only to an address that ends so.
    routes.route("/hooks/mail/{secret}/mime", post(taken))
}

/// Answers once the mail is stored: a provider that gets no answer posts it again, which changes nothing.
async fn taken(
    State(state): State<AppState>,
    ClientAddress(from): ClientAddress,
    Path(secret): Path<String>,
    request: Request,
) -> Result<Json<Value>, Problem> {
    // Before any of the body is read.
    let_in(&state, from, &secret).await?;
    let headers = request.headers().clone();
    let MailBody(body, _held) = MailBody::from_request(request, &state).await?;
    let raw = carrier::mail(&headers, body).await?;
    let outcome = match state.inbound.take(raw, None).await {
        Ok(Took::Message(_)) => "message",
        Ok(Took::Noted(_)) => "noted",
        Ok(Took::Known) => "known",
        Ok(Took::NotOurs) => "not_ours",
        Err(NotTaken::Busy) => return Err(Problem::unavailable("Too many mails are being read", LATER)),
        Err(NotTaken::NoRoom) => return Err(Problem::no_room_for_files()),
        Err(NotTaken::Store(error)) => return Err(error.into()),
    };
    Ok(Json(json!({"outcome": outcome})))
}

/// Whether the secret of the address is the one that was given out. Who sends wrong ones waits.
async fn let_in(state: &AppState, from: IpAddr, secret: &str) -> Result<(), Problem> {
    let sent = hash(secret);
    state.guesses.may_try(from, sent)?;
    let known = read(Arc::clone(&state.core.store), |view| view.inbound_mail()).await?;
    let is_right = known.is_some_and(|known| match known.way {
        // Hashes: the time of the comparison does not depend on the secret.
        InboundWay::Hook { secret } => secret == hex::encode(sent.0),
        InboundWay::Imap { .. } => false,
    });
    if !is_right {
        state.guesses.wrong(from);
        return Err(Problem::not_found());
    }
    state.guesses.right(sent);
    Ok(())
}
