//! Who asks: a signed-in member, or a program with a key.

use super::admission::is_own;
use super::problem::Problem;
use super::reading::read;
use super::state::AppState;
use crate::foundation::Core;
use crate::secret::hash;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum_extra::extract::CookieJar;
use knock_ports::{Member, Role, Secret};
use knock_wire::FieldError;

/// The cookie of a signed-in browser.
pub(super) const COOKIE: &str = "knock_session";

/// Somebody who may use the team API.
pub(crate) enum Admin {
    /// A signed-in member.
    Member(Member),
    /// A program with an API key of the role `admin`.
    Key,
}

impl FromRequestParts<AppState> for Admin {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Admin, Problem> {
        if let Some(key) = bearer(&parts.headers) {
            return match key_role(&state.core, key).await? {
                Some(Role::Admin) => Ok(Admin::Key),
                Some(Role::Ingest) => Err(Problem::forbidden(FieldError {
                    pointer: "header/Authorization".into(),
                    reason: "the key has the role `ingest`, which may only send signals".into(),
                })),
                None => Err(Problem::unauthorized()),
            };
        }
        if !parts.method.is_safe() && !is_own(&parts.headers, &state.core.address) {
            return Err(foreign_origin());
        }
        let token = CookieJar::from_headers(&parts.headers).get(COOKIE).map(|cookie| cookie.value().to_owned());
        let member = member(&state.core, token.ok_or_else(Problem::unauthorized)?).await?;
        member.map(Admin::Member).ok_or_else(Problem::unauthorized)
    }
}

/// A request of a page that is not ours.
pub(super) fn foreign_origin() -> Problem {
    Problem::forbidden(FieldError { pointer: "header/Origin".into(), reason: "is not this server's own".into() })
}

/// A key is nobody who could write to a lead.
pub(super) fn foreign_rep() -> Problem {
    Problem::forbidden(FieldError {
        pointer: "header/Authorization".into(),
        reason: "is an API key; only a signed-in member can write to a lead".into(),
    })
}

/// The secret after `Authorization: Bearer`.
pub(super) fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

/// What an API key may do; none when there is no such key.
pub(super) async fn key_role(core: &Core, key: &str) -> Result<Option<Role>, Problem> {
    let hash = hash(key);
    let secret = read(core.store.clone(), move |view| view.secret(hash)).await?;
    Ok(match secret {
        Some(Secret::ApiKey { role }) => Some(role),
        Some(Secret::LoginLink { .. } | Secret::Session { .. } | Secret::Chat { .. }) | None => None,
    })
}

async fn member(core: &Core, token: String) -> Result<Option<Member>, Problem> {
    let (hash, now) = (hash(&token), core.clock.now());
    read(core.store.clone(), move |view| match view.secret(hash)? {
        Some(Secret::Session { member, expires_at }) if now < expires_at => view.member(member),
        Some(Secret::Session { .. } | Secret::LoginLink { .. } | Secret::ApiKey { .. } | Secret::Chat { .. })
        | None => Ok(None),
    })
    .await
}
