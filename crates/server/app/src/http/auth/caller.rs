//! Who a request is of, by the secret that it carries.

use super::{COOKIE, bearer, foreign_origin};
use crate::foundation::Core;
use crate::http::admission::is_own;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::secret::hash;
use axum::http::request::Parts;
use axum_extra::extract::CookieJar;
use knock_model::{MemberState, Millis, Role};
use knock_ports::{Member, Secret, SecretHash, StoreError, View};

/// Somebody who let themselves in.
pub(crate) struct Caller {
    /// Who it is.
    pub(crate) who: Who,
    /// By which session or key.
    pub(crate) secret: SecretHash,
}

/// Who somebody is.
pub(crate) enum Who {
    /// A signed-in member.
    Member(Member),
    /// A program with an API key of this role.
    Key(Role),
}

impl Who {
    /// The role by now: it is read with each request.
    pub(crate) const fn role(&self) -> Role {
        match self {
            Who::Member(member) => member.role,
            Who::Key(role) => *role,
        }
    }

    /// The header that says who it is.
    pub(super) const fn pointer(&self) -> &'static str {
        match self {
            Who::Member(_) => "header/Cookie",
            Who::Key(_) => "header/Authorization",
        }
    }
}

impl Caller {
    /// Who a request is of. With a cookie, only pages of ours may change something: a browser sends it from any page.
    pub(super) async fn of(parts: &Parts, core: &Core) -> Result<Caller, Problem> {
        if let Some(key) = bearer(&parts.headers) {
            return Caller::by(core, hash(key), |who| matches!(who, Who::Key(_))).await;
        }
        if !parts.method.is_safe() && !is_own(&parts.headers, &core.address) {
            return Err(foreign_origin());
        }
        let jar = CookieJar::from_headers(&parts.headers);
        let token = jar.get(COOKIE).ok_or_else(Problem::unauthorized)?;
        Caller::by(core, hash(token.value()), |who| matches!(who, Who::Member(_))).await
    }

    async fn by(core: &Core, secret: SecretHash, fits: fn(&Who) -> bool) -> Result<Caller, Problem> {
        let now = core.clock.now();
        let who = read(core.store.clone(), move |view| who(view, secret, now)).await?;
        let who = who.filter(fits).ok_or_else(Problem::unauthorized)?;
        Ok(Caller { who, secret })
    }

    /// Whether the caller is still let in, with the role they had; not when nobody can tell.
    pub(in crate::http) async fn is_unchanged(&self, core: &Core) -> bool {
        let (secret, now, role) = (self.secret, core.clock.now(), self.who.role());
        let found = read(core.store.clone(), move |view| who(view, secret, now)).await;
        matches!(found, Ok(Some(who)) if who.role() == role)
    }
}

/// What an API key may do; none when there is no such key.
pub(in crate::http) async fn key_role(core: &Core, key: &str) -> Result<Option<Role>, Problem> {
    let (hash, now) = (hash(key), core.clock.now());
    Ok(match read(core.store.clone(), move |view| who(view, hash, now)).await? {
        Some(Who::Key(role)) => Some(role),
        Some(Who::Member(_)) | None => None,
    })
}

/// Whom a secret lets in.
fn who(view: &dyn View, secret: SecretHash, now: Millis) -> Result<Option<Who>, StoreError> {
    Ok(match view.secret(secret)? {
        Some(Secret::Session { member, expires_at }) if now < expires_at => {
            let member = view.member(member)?.filter(|member| member.state != MemberState::Removed);
            member.map(Who::Member)
        }
        Some(Secret::ApiKey { role }) => Some(Who::Key(role)),
        Some(Secret::Session { .. } | Secret::LoginLink { .. } | Secret::Chat { .. }) | None => None,
    })
}
