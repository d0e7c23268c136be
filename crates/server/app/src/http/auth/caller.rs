//! The caller of a request, identified by its secret.

use super::{COOKIE, bearer, foreign_origin};
use crate::context::AppContext;
use crate::http::admission::{ClientAddress, is_own};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum_extra::extract::CookieJar;
use knock_context::{hash, public_id};
use knock_model::{MemberState, Millis, Role};
use knock_ports::{Actor, ApiKey, Member, Secret, SecretHash, StoreError, StoredSecret, View};
use std::net::IpAddr;

/// An authenticated caller.
pub(crate) struct Caller {
    /// The identity.
    pub(crate) who: Who,
    /// The secret of the session or the key.
    pub(crate) secret: SecretHash,
    pub(crate) expires_at: Option<Millis>,
}

/// The identity of a caller.
pub(crate) enum Who {
    /// A signed-in member.
    Member(Member),
    /// A program with this API key.
    Key(ApiKey),
}

impl Who {
    /// The current role: it is read with each request.
    pub(crate) const fn role(&self) -> Role {
        match self {
            Who::Member(member) => member.role,
            Who::Key(key) => key.role,
        }
    }

    /// The header that identifies the caller.
    pub(in crate::http) const fn pointer(&self) -> &'static str {
        match self {
            Who::Member(_) => "header/Cookie",
            Who::Key(_) => "header/Authorization",
        }
    }
}

impl Caller {
    /// Authenticates a request. With a cookie, only pages of this server may change something: a browser sends it from
    /// any page.
    pub(super) async fn of(parts: &mut Parts, state: &AppState) -> Result<Caller, Problem> {
        let ClientAddress(from) = ClientAddress::from_request_parts(parts, state).await?;
        if let Some(key) = bearer(&parts.headers) {
            return Caller::by(state, from, hash(key), |who| matches!(who, Who::Key(_))).await;
        }
        if !parts.method.is_safe() && !is_own(&parts.headers, &state.core.address) {
            return Err(foreign_origin());
        }
        let jar = CookieJar::from_headers(&parts.headers);
        let token = jar.get(COOKIE).ok_or_else(Problem::unauthorized)?;
        Caller::by(state, from, hash(token.value()), |who| matches!(who, Who::Member(_))).await
    }

    async fn by(state: &AppState, from: IpAddr, secret: SecretHash, fits: fn(&Who) -> bool) -> Result<Caller, Problem> {
        let (who, expires_at) = look_up(state, from, secret, fits).await?.ok_or_else(Problem::unauthorized)?;
        Ok(Caller { who, secret, expires_at })
    }

    /// The actor for the audit log.
    pub(in crate::http) fn actor(&self) -> Actor {
        match &self.who {
            Who::Member(member) => Actor::Member { id: member.id, email: member.email.clone() },
            Who::Key(key) => Actor::Key { id: public_id(self.secret), name: key.name.clone() },
        }
    }

    /// Whether the caller is still signed in with the same role; false when the store fails.
    pub(in crate::http) async fn is_unchanged(&self, core: &AppContext) -> bool {
        let (secret, now, role) = (self.secret, core.clock.now(), self.who.role());
        let found = read(core.store.clone(), move |view| who(view, secret, now)).await;
        matches!(found, Ok(Some((who, _))) if who.role() == role)
    }
}

/// The role of an API key; none if there is no such key.
pub(in crate::http) async fn key_role(state: &AppState, from: IpAddr, key: &str) -> Result<Option<Role>, Problem> {
    let found = look_up(state, from, hash(key), |who| matches!(who, Who::Key(_))).await?;
    Ok(found.map(|(who, _)| who.role()))
}

/// The identity and expiry of a secret. Addresses that send wrong ones wait.
async fn look_up(
    state: &AppState,
    from: IpAddr,
    secret: SecretHash,
    fits: fn(&Who) -> bool,
) -> Result<Option<(Who, Option<Millis>)>, Problem> {
    state.guesses.may_try(from, secret)?;
    let now = state.core.clock.now();
    let found = read(state.core.store.clone(), move |view| who(view, secret, now)).await?;
    let Some((who, stored)) = found.filter(|(who, _)| fits(who)) else {
        state.guesses.wrong(from);
        return Ok(None);
    };
    state.guesses.right(secret);
    state.uses.note(secret, &stored, now);
    Ok(Some((who, stored.secret.expires_at())))
}

/// The identity of a secret that has not expired.
fn who(view: &dyn View, secret: SecretHash, now: Millis) -> Result<Option<(Who, StoredSecret)>, StoreError> {
    let stored = view.secret(secret)?.filter(|stored| stored.secret.expires_at().is_none_or(|end| now < end));
    let Some(stored) = stored else { return Ok(None) };
    let who = match &stored.secret {
        Secret::Session { member, .. } => {
            let member = view.member(*member)?.filter(|member| member.state != MemberState::Removed);
            member.map(Who::Member)
        }
        Secret::ApiKey(key) => Some(Who::Key(key.clone())),
        Secret::LoginLink { .. } | Secret::Chat { .. } => None,
    };
    Ok(who.map(|who| (who, stored)))
}
