//! `POST /api/v1/session/password`: sign-in by address and password.

use super::{no_way_in, with_password};
use crate::http::admission::{ClientAddress, is_own};
use crate::http::api::session::begin;
use crate::http::auth::foreign_origin;
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum_extra::extract::CookieJar;
use knock_context::new_secret;
use knock_engine::commands::SignInByPassword;
use knock_model::MemberState;
use knock_wire::{PasswordSignIn, SessionState};
use std::sync::Arc;

/// Signs in by address and password, if passwords are a sign-in method (`sign_in.password`). The response and its
/// duration are the same whether the address is unknown, the member has set no password, or the password is wrong.
#[utoipa::path(post, path = "/api/v1/session/password", tag = "team", request_body = PasswordSignIn, responses(
    (status = 200, description = "Signed in; the cookie is set", body = SessionState),
    (status = 401, description = "Address or password is wrong"),
    (status = 403, description = "Foreign origin, or passwords do not sign in here"),
    (status = 429, description = "Too many attempts; retry after `Retry-After`"),
))]
pub(super) async fn post(
    State(state): State<AppState>,
    ClientAddress(from): ClientAddress,
    headers: HeaderMap,
    jar: CookieJar,
    JsonBody(PasswordSignIn { email, password }): JsonBody<PasswordSignIn>,
) -> Result<(CookieJar, Json<SessionState>), Problem> {
    let core = &state.core;
    if !is_own(&headers, &core.address) {
        return Err(foreign_origin());
    }
    no_way_in(&state)?;
    let email = email.trim().to_ascii_lowercase();
    state.guesses.may_guess(from)?;
    state.limiter.password(&email)?;
    let known = read(Arc::clone(&core.store), move |view| {
        let member = view.member_by_email(&email)?.filter(|member| member.state != MemberState::Removed);
        with_password(view, member)
    });
    let known = known.await?;
    if !state.passwords.is_right(password, known.clone().map(|(_, hash)| hash)).await? {
        state.guesses.wrong(from);
        return Err(wrong());
    }
    let (member, password) = known.ok_or_else(wrong)?;
    let (token, session) = new_secret(&*core.chance, "");
    let signing_in = SignInByPassword { member, password, session, now: core.clock.now() };
    let signed_in = core.writer.commit(signing_in).await?.ok_or_else(wrong)?;
    let (jar, begun) = begin(&state, signed_in, &token, jar).await?;
    Ok((jar, Json(begun)))
}

fn wrong() -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, "wrong-password", "The e-mail address or the password is wrong")
        .detail("Try again, or get a sign-in link from an admin.")
}
