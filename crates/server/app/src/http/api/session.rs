//! `/api/v1/session`: signing in, asking who is in, signing out.

use crate::foundation::PublicAddress;
use crate::http::admission::is_own;
use crate::http::auth::{Allowed, COOKIE, UseSession, Who, foreign_origin};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use crate::secret::{hash, new_secret};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use knock_engine::Writer;
use knock_engine::commands::{SignIn, SignOut};
use knock_ports::{Clock, Member};
use knock_wire::{SessionStart, SessionState};
use std::sync::Arc;

/// Who is signed in.
#[utoipa::path(get, path = "/api/v1/session", tag = "team", responses(
    (status = 200, description = "Who it is", body = SessionState),
))]
pub(super) async fn get(allowed: Allowed<UseSession>, State(clock): State<Arc<dyn Clock>>) -> Json<SessionState> {
    Json(state_of(allowed.caller.who, &*clock))
}

/// Signs in with the token of a one-time link.
#[utoipa::path(post, path = "/api/v1/session", tag = "team", request_body = SessionStart, responses(
    (status = 200, description = "Signed in; the cookie is set", body = SessionState),
    (status = 401, description = "The link is unknown, used or expired"),
))]
pub(super) async fn post(
    State(state): State<AppState>,
    headers: HeaderMap,
    jar: CookieJar,
    JsonBody(start): JsonBody<SessionStart>,
) -> Result<(CookieJar, Json<SessionState>), Problem> {
    if !is_own(&headers, &state.core.address) {
        return Err(foreign_origin());
    }
    let core = &state.core;
    let (token, session) = new_secret(&*core.chance, "");
    let signed_in =
        core.writer.commit(SignIn { link: hash(start.token.reveal()), session, now: core.clock.now() }).await?;
    let id = signed_in.ok_or_else(|| {
        Problem::new(StatusCode::UNAUTHORIZED, "link-used", "This sign-in link was used or has expired")
            .detail("Ask for another one.")
    })?;
    let member: Option<Member> = read(Arc::clone(&core.store), move |view| view.member(id)).await?;
    let member = member.ok_or_else(Problem::unauthorized)?;
    Ok((jar.add(cookie(token.reveal(), &core.address)), Json(state_of(Who::Member(member), &*core.clock))))
}

/// Signs out.
#[utoipa::path(delete, path = "/api/v1/session", tag = "team", responses((status = 204, description = "Signed out")))]
pub(super) async fn delete(
    _: Allowed<UseSession>,
    State(writer): State<Writer>,
    State(address): State<Arc<PublicAddress>>,
    jar: CookieJar,
) -> Result<(CookieJar, StatusCode), Problem> {
    if let Some(token) = jar.get(COOKIE) {
        writer.commit(SignOut { session: hash(token.value()) }).await?;
    }
    Ok((jar.remove(cookie("", &address)), StatusCode::NO_CONTENT))
}

fn state_of(who: Who, clock: &dyn Clock) -> SessionState {
    let role = who.role().into();
    let email = match who {
        Who::Member(member) => member.email,
        Who::Key(_) => "an API key".into(),
    };
    SessionState { email, role, now: clock.now().0 }
}

fn cookie(token: &str, address: &PublicAddress) -> Cookie<'static> {
    Cookie::build((COOKIE, token.to_owned()))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(address.url.starts_with("https:"))
        .permanent()
        .build()
}
