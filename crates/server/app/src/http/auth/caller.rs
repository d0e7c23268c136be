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
use knock_model::{MemberState, Millis, RepId, Role};
use knock_ports::{Actor, ApiKey, Integration, Member, Secret, SecretHash, StoreError, StoredSecret, TeamAuthor, View};
use knock_wire::FieldError;
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
    /// A program with this API key, and who writes with it, if anyone does.
    Key(ApiKey, Option<KeyWriter>),
}

/// Who writes to leads and to the team with an API key.
pub(crate) enum KeyWriter {
    Member(Member),
    Integration(Integration),
}

impl KeyWriter {
    /// The name for the audit log; that of an integration is marked.
    fn name(&self) -> String {
        match self {
            KeyWriter::Member(member) => member.email.clone(),
            KeyWriter::Integration(integration) => integration.display_name(),
        }
    }

    const fn author(&self) -> TeamAuthor {
        match self {
            KeyWriter::Member(member) => TeamAuthor::Member(member.id),
            KeyWriter::Integration(integration) => TeamAuthor::Integration(integration.id),
        }
    }
}

impl Who {
    /// The current role: it is read with each request.
    pub(crate) const fn role(&self) -> Role {
        match self {
            Who::Member(member) => member.role,
            Who::Key(key, Some(KeyWriter::Member(member))) => key.role.within(member.role),
            Who::Key(key, _) => key.role,
        }
    }

    /// The member who acts: the signed-in one, or the one of the key.
    pub(crate) const fn member(&self) -> Option<&Member> {
        match self {
            Who::Member(member) | Who::Key(_, Some(KeyWriter::Member(member))) => Some(member),
            Who::Key(..) => None,
        }
    }

    /// The id of the member who acts.
    pub(crate) const fn member_id(&self) -> Option<RepId> {
        match self.member() {
            Some(member) => Some(member.id),
            None => None,
        }
    }

    /// The header that identifies the caller.
    pub(in crate::http) const fn pointer(&self) -> &'static str {
        match self {
            Who::Member(_) => "header/Cookie",
            Who::Key(..) => "header/Authorization",
        }
    }
}

impl Caller {
    /// Authenticates a request. With a cookie, only pages of this server may change something: a browser sends it from
    /// any page.
    pub(super) async fn of(parts: &mut Parts, state: &AppState) -> Result<Caller, Problem> {
        let ClientAddress(from) = ClientAddress::from_request_parts(parts, state).await?;
        if let Some(key) = bearer(&parts.headers) {
            return Caller::by(state, from, hash(key), |who| matches!(who, Who::Key(..))).await;
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
            Who::Key(key, writer) => {
                let name = writer
                    .as_ref()
                    .map_or_else(|| key.name.clone(), |writer| format!("{}, with the key {}", writer.name(), key.name));
                let author = writer.as_ref().map(KeyWriter::author);
                Actor::Key { id: public_id(self.secret), name, author }
            }
        }
    }

    /// The member who acts, signed in or by a key of theirs.
    pub(in crate::http) fn need_member(&self) -> Result<&Member, Problem> {
        self.who.member().ok_or_else(|| {
            let what = match &self.who {
                Who::Key(_, Some(_)) => "is an API key of an integration",
                _ => "is an API key that is bound to no member",
            };
            foreign(format!("{what}; this needs a member: sign in, or use a key that is bound to one"))
        })
    }

    /// The signed-in member.
    pub(in crate::http) fn need_sign_in(&self) -> Result<&Member, Problem> {
        match &self.who {
            Who::Member(member) => Ok(member),
            Who::Key(..) => Err(foreign("is an API key; this needs a signed-in member".to_owned())),
        }
    }

    /// Who writes: the member who acts, or the integration of the key.
    pub(in crate::http) fn need_author(&self) -> Result<TeamAuthor, Problem> {
        match &self.who {
            Who::Member(member) => Ok(TeamAuthor::Member(member.id)),
            Who::Key(_, Some(writer)) => Ok(writer.author()),
            Who::Key(_, None) => Err(foreign(
                "is an API key without an author; this needs a member, or a key that is bound to a member or to an \
                 integration"
                    .to_owned(),
            )),
        }
    }

    /// Whether the caller is still signed in with the same role; false when the store fails.
    pub(in crate::http) async fn is_unchanged(&self, core: &AppContext) -> bool {
        let (secret, now, role) = (self.secret, core.clock.now(), self.who.role());
        let found = read(core.store.clone(), move |view| who(view, secret, now)).await;
        matches!(found, Ok(Some((who, _))) if who.role() == role)
    }
}

/// The refusal of an API key.
fn foreign(reason: String) -> Problem {
    Problem::forbidden(FieldError { pointer: "header/Authorization".into(), reason })
}

/// The role of an API key; none if there is no such key.
pub(in crate::http) async fn key_role(state: &AppState, from: IpAddr, key: &str) -> Result<Option<Role>, Problem> {
    let found = look_up(state, from, hash(key), |who| matches!(who, Who::Key(..))).await?;
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
        Secret::ApiKey(key) => by_key(view, key)?,
        Secret::LoginLink { .. } | Secret::Chat { .. } => None,
    };
    Ok(who.map(|who| (who, stored)))
}

/// The caller with a key; none if its member has left the team.
fn by_key(view: &dyn View, key: &ApiKey) -> Result<Option<Who>, StoreError> {
    let writer = match key.author {
        None => return Ok(Some(Who::Key(key.clone(), None))),
        Some(TeamAuthor::Member(member)) => {
            let member = view.member(member)?.filter(|member| member.state == MemberState::Active);
            member.map(KeyWriter::Member)
        }
        Some(TeamAuthor::Integration(id)) => view.integration(id)?.map(KeyWriter::Integration),
    };
    Ok(writer.map(|writer| Who::Key(key.clone(), Some(writer))))
}
