//! `POST /api/v1/session/link`: a sign-in link by mail.

use crate::connectors::mail::sign_in_token;
use crate::http::admission::{ClientAddress, is_own};
use crate::http::auth::foreign_origin;
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use knock_context::hash;
use knock_engine::commands::MailSignInLink;
use knock_wire::{FieldError, LinkAnswer, LinkAsk};

/// The longest address (RFC 5321).
const LONGEST: usize = 254;

/// Mails a member a link that signs in once, within an hour. The response is the same if the address is not a member's,
/// and if five links were already sent to it within the hour: then none is sent.
#[utoipa::path(post, path = "/api/v1/session/link", tag = "team", request_body = LinkAsk, responses(
    (status = 202, description = "On its way, if it is a member's address", body = LinkAnswer),
    (status = 403, description = "Foreign origin"),
    (status = 422, description = "The e-mail address is not valid"),
    (status = 429, description = "Too many requests; retry after `Retry-After`"),
))]
pub(super) async fn post(
    State(state): State<AppState>,
    ClientAddress(from): ClientAddress,
    headers: HeaderMap,
    JsonBody(LinkAsk { email }): JsonBody<LinkAsk>,
) -> Result<(StatusCode, Json<LinkAnswer>), Problem> {
    if !is_own(&headers, &state.core.address) {
        return Err(foreign_origin());
    }
    state.limiter.sign_in_link(from)?;
    let email = email.trim().to_ascii_lowercase();
    if email.len() > LONGEST || !email.contains('@') {
        let reason = "is not an e-mail address".into();
        return Err(Problem::invalid(FieldError { pointer: "/email".into(), reason }));
    }
    let core = &state.core;
    let link = hex::encode(core.chance.bytes16());
    let hash = hash(sign_in_token(&core.key, &link).reveal());
    core.writer.commit(MailSignInLink { email, link, hash, now: core.clock.now() }).await?;
    Ok((StatusCode::ACCEPTED, Json(LinkAnswer { is_mail_set_up: state.is_mail_set_up() })))
}
