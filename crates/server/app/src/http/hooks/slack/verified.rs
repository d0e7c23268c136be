//! A request that Slack has signed: the raw body is verified before anything of it is read.

use crate::http::body::WholeBody;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode};
use knock_engine::slack_member;
use knock_ports::{Member, SlackIdentity};
use knock_slack::incoming::Unreadable;
use knock_slack::signature::{SIGNATURE_HEADER, TIMESTAMP_HEADER, verify};
use knock_wire::FieldError;
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// The body of a request of Slack's.
pub(super) struct Verified(pub(super) Bytes);

impl FromRequest<AppState> for Verified {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &AppState) -> Result<Verified, Problem> {
        let headers = request.headers().clone();
        let WholeBody(body, _held) = WholeBody::from_request(request, state).await?;
        let Some(credentials) = state.slack.credentials().await? else {
            return Err(not_slack("no Slack workspace is connected"));
        };
        let (secret, now) = (credentials.signing_secret.reveal(), state.core.clock.now());
        let [timestamp, signature] = [TIMESTAMP_HEADER, SIGNATURE_HEADER].map(|name| header(&headers, name));
        match verify(secret, timestamp, signature, &body, now) {
            Ok(()) => Ok(Verified(body)),
            Err(error) => {
                tracing::warn!("a request to /hooks/slack was refused: {error}");
                Err(not_slack(&error.to_string()))
            }
        }
    }
}

fn header<'h>(headers: &'h HeaderMap, name: &str) -> &'h str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn not_slack(why: &str) -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, "signature", "The request is not signed by the connected Slack workspace")
        .detail(why)
}

/// The problem of a signed request that cannot be parsed.
pub(super) fn unreadable(error: &Unreadable) -> Problem {
    tracing::warn!("a request of Slack's could not be read: {error}");
    Problem::malformed(FieldError { pointer: String::new(), reason: error.to_string() })
}

/// Whether a request is of the workspace that is connected, as far as that is known.
pub(super) async fn is_ours(state: &AppState, team: &str) -> Result<bool, Problem> {
    Ok(own_identity(state, team).await?.is_some())
}

/// The identity of the connected workspace, if a request belongs to it.
pub(super) async fn own_identity(state: &AppState, team: &str) -> Result<Option<SlackIdentity>, Problem> {
    let identity = read(Arc::clone(&state.core.store), |view| view.slack_identity()).await?;
    Ok(match identity {
        Some(identity) => Some(identity).filter(|identity| team.is_empty() || identity.team_id == team),
        None => Some(SlackIdentity::default()),
    })
}

/// The member who a user of Slack is.
pub(super) async fn member(state: &AppState, user: &str) -> Result<Option<Member>, Problem> {
    let user = user.to_owned();
    read(Arc::clone(&state.core.store), move |view| {
        let (person, members) = (view.slack_person(&user)?, view.members()?);
        Ok(person.and_then(|person| slack_member(&person, &members).cloned()))
    })
    .await
}

/// The random bits of an id, derived from the event: a repeated delivery gets the same id.
pub(super) fn repeatable(parts: &[&str]) -> [u8; 10] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    let mut bits = [0; 10];
    bits.copy_from_slice(&hash.finalize()[..10]);
    bits
}
