//! `/api/v1/session`: sign-in, the signed-in member, sign-out.

use crate::data::storage::Level;
use crate::http::admission::{ClientAddress, is_own};
use crate::http::auth::{Allowed, COOKIE, KeyWriter, UseSession, Who, foreign_origin};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use crate::outbox_health::Trouble;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use knock_context::PublicAddress;
use knock_context::{hash, new_secret};
use knock_engine::commands::{SESSION_LIFE, SignIn, SignOut, SignedIn};
use knock_model::{Millis, Permission};
use knock_ports::{Member, Secret};
use knock_wire::{DeliveryTrouble, RawSecret, SessionStart, SessionState, SignInMethods};
use std::sync::Arc;
use time::Duration;

/// The signed-in member.
#[utoipa::path(get, path = "/api/v1/session", tag = "team", responses(
    (status = 200, description = "The member or key", body = SessionState),
))]
pub(super) async fn get(allowed: Allowed<UseSession>, State(state): State<AppState>) -> Json<SessionState> {
    Json(state_of(allowed.caller.who, &state))
}

/// The sign-in methods of this server: a link by mail, a password, or neither. An existing link signs in regardless of
/// the response.
#[utoipa::path(get, path = "/api/v1/session/methods", tag = "team", responses(
    (status = 200, description = "Sign-in methods", body = SignInMethods),
))]
pub(super) async fn methods(State(state): State<AppState>) -> Json<SignInMethods> {
    Json(SignInMethods { mail: state.is_mail_set_up(), password: state.passwords.is_way_in() })
}

/// Signs in with the token of a one-time link.
#[utoipa::path(post, path = "/api/v1/session", tag = "team", request_body = SessionStart, responses(
    (status = 200, description = "Signed in; the cookie is set", body = SessionState),
    (status = 401, description = "The link is unknown, used or expired"),
    (status = 429, description = "Too many wrong secrets; retry after `Retry-After`"),
))]
pub(super) async fn post(
    State(state): State<AppState>,
    ClientAddress(from): ClientAddress,
    headers: HeaderMap,
    jar: CookieJar,
    JsonBody(start): JsonBody<SessionStart>,
) -> Result<(CookieJar, Json<SessionState>), Problem> {
    if !is_own(&headers, &state.core.address) {
        return Err(foreign_origin());
    }
    let core = &state.core;
    let link = hash(start.token.reveal());
    state.guesses.may_try(from, link)?;
    // A wrong secret costs a read only: guessing causes no write.
    let now = core.clock.now();
    let stored = read(Arc::clone(&core.store), move |view| view.secret(link)).await?;
    if !stored.is_some_and(|stored| is_link(&stored.secret, now)) {
        state.guesses.wrong(from);
        return Err(link_used());
    }
    let (token, session) = new_secret(&*core.chance, "");
    let signed_in = core.writer.commit(SignIn { link, session, now }).await?;
    let signed_in = signed_in.ok_or_else(link_used)?;
    let offers_password = signed_in.is_first && state.passwords.is_way_in();
    let (jar, begun) = begin(&state, signed_in, &token, jar).await?;
    Ok((jar, Json(SessionState { offers_password, ..begun })))
}

/// The cookie of a new session, and its member.
pub(super) async fn begin(
    state: &AppState,
    SignedIn { member: id, .. }: SignedIn,
    token: &RawSecret,
    jar: CookieJar,
) -> Result<(CookieJar, SessionState), Problem> {
    let core = &state.core;
    let member: Option<Member> = read(Arc::clone(&core.store), move |view| view.member(id)).await?;
    let member = member.ok_or_else(Problem::unauthorized)?;
    Ok((jar.add(cookie(token.reveal(), &core.address)), state_of(Who::Member(member), state)))
}

/// Signs out.
#[utoipa::path(delete, path = "/api/v1/session", tag = "team", responses((status = 204, description = "Signed out")))]
pub(super) async fn delete(
    Allowed { caller, .. }: Allowed<UseSession>,
    State(state): State<AppState>,
    jar: CookieJar,
) -> Result<(CookieJar, StatusCode), Problem> {
    if let Some(token) = jar.get(COOKIE) {
        state.core.make(caller.actor(), SignOut { session: hash(token.value()) }).await?;
    }
    Ok((jar.remove(cookie("", &state.core.address)), StatusCode::NO_CONTENT))
}

fn is_link(secret: &Secret, now: Millis) -> bool {
    matches!(secret, Secret::LoginLink { expires_at, .. } if now < *expires_at)
}

fn link_used() -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, "link-used", "This sign-in link was used or has expired")
        .detail("Ask for another one.")
}

fn state_of(who: Who, state: &AppState) -> SessionState {
    let may_repair = who.role().may(Permission::ManageConnections);
    let role = who.role().into();
    let (email, name) = match who {
        Who::Member(member) | Who::Key(_, Some(KeyWriter::Member(member))) => (member.email, member.profile.name),
        Who::Key(_, Some(KeyWriter::Integration(integration))) => ("an API key".into(), integration.display_name()),
        Who::Key(_, None) => ("an API key".into(), String::new()),
    };
    let storage = match state.storage.level() {
        Level::Ample => None,
        Level::Low => Some("low".to_owned()),
        Level::Full => Some("full".to_owned()),
    };
    let deliveries = if may_repair { state.outbox.troubles().into_iter().map(shown).collect() } else { Vec::new() };
    let (now, is_held) = (state.core.clock.now().0, state.core.hold.is_held());
    let has_demo = state.sites.demo().is_some();
    SessionState { email, name, role, now, storage, is_held, has_demo, deliveries, offers_password: false }
}

fn shown(Trouble { kind, late_since, has_panicked }: Trouble) -> DeliveryTrouble {
    DeliveryTrouble { destination: kind.as_str().to_owned(), late_since, has_panicked }
}

fn cookie(token: &str, address: &PublicAddress) -> Cookie<'static> {
    Cookie::build((COOKIE, token.to_owned()))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(address.url.starts_with("https:"))
        .max_age(Duration::milliseconds(SESSION_LIFE.0))
        .build()
}
