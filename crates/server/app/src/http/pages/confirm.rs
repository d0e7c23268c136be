//! `/m/confirm/{token}`: where the owner of an address confirms a booking. Opening the address changes nothing: mail
//! scanners open links too.

use super::face::Face;
use crate::connectors::mail::span;
use crate::http::admission::ClientAddress;
use crate::http::body::{Path, Query};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use crate::http::texts::{escaped, language_of};
use crate::http::v1::confirm_booking;
use crate::manage_token::{ConfirmToken, ManageToken};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use knock_agent::Language;
use knock_context::hash;
use knock_engine::commands::Confirmed;
use knock_model::MeetingId;
use knock_ports::{Link, StoreError, UnconfirmedBooking, View};
use knock_routing::Funnel;
use serde::Deserialize;
use std::net::IpAddr;

/// Nothing from other origins, nothing inline.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
/// The booking page of every workspace, for bookings in a launcher.
const USUAL_LINK: &str = "meeting";

/// The parameters of the page.
#[derive(Deserialize)]
pub(super) struct Shown {
    /// In which language, such as `de`; without it that of the browser.
    lang: Option<String>,
    /// The link of the booking, where another time can be chosen.
    #[serde(default)]
    link: String,
}

/// The reason why nothing is booked.
#[derive(Clone, Copy)]
enum Why {
    /// No such link was made; a mail program may have cut it.
    Unknown,
    Expired,
    Unavailable,
}

/// Asks, or leads to the meeting that was confirmed before.
pub(super) async fn get(
    State(state): State<AppState>,
    ClientAddress(from): ClientAddress,
    Path(token): Path<String>,
    Query(shown): Query<Shown>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let language = language_of(shown.lang.as_deref(), &headers);
    let Some(id) = find(&state, from, &token)? else {
        return over(&state, Why::Unknown, &shown.link, language).await;
    };
    let (booking, is_booked) = known(&state, id).await?;
    match booking.filter(|booking| booking.expires_at > state.core.clock.now()) {
        _ if is_booked => Ok(to_meeting(&state, id)),
        Some(booking) => question(&state, &booking, language),
        None => over(&state, Why::Expired, &shown.link, language).await,
    }
}

/// Books the meeting, once.
pub(super) async fn post(
    State(state): State<AppState>,
    ClientAddress(from): ClientAddress,
    Path(token): Path<String>,
    Query(shown): Query<Shown>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let language = language_of(shown.lang.as_deref(), &headers);
    let Some(id) = find(&state, from, &token)? else {
        return over(&state, Why::Unknown, &shown.link, language).await;
    };
    let confirmed = match known(&state, id).await? {
        (_, true) => return Ok(to_meeting(&state, id)),
        (Some(booking), _) => confirm_booking(&state, booking).await?,
        (None, _) => Confirmed::Expired,
    };
    match confirmed {
        Confirmed::Booked(_) => Ok(to_meeting(&state, id)),
        Confirmed::Expired => over(&state, Why::Expired, &shown.link, language).await,
        Confirmed::Unavailable => over(&state, Why::Unavailable, &shown.link, language).await,
    }
}

/// The unconfirmed booking, and whether it was confirmed before.
async fn known(state: &AppState, id: MeetingId) -> Result<(Option<UnconfirmedBooking>, bool), Problem> {
    read(state.core.store.clone(), move |view| Ok((view.unconfirmed_booking(id)?, view.meeting(id)?.is_some()))).await
}

/// The booking that a token names, if it was signed here. Who sends wrong ones waits.
fn find(state: &AppState, from: IpAddr, token: &str) -> Result<Option<MeetingId>, Problem> {
    state.limiter.booking(from)?;
    let secret = hash(token);
    state.guesses.may_try(from, secret)?;
    let id = ConfirmToken::open(token, &state.core.key);
    match id {
        Some(_) => state.guesses.right(secret),
        None => state.guesses.wrong(from),
    }
    Ok(id)
}

fn to_meeting(state: &AppState, id: MeetingId) -> Response {
    let token = ManageToken::sign(id, &state.core.key);
    let headers = [(header::CACHE_CONTROL, "no-store"), (header::REFERRER_POLICY, "no-referrer")];
    (headers, Redirect::to(&format!("/m/{}", token.reveal()))).into_response()
}

/// The page with the button.
fn question(state: &AppState, booking: &UnconfirmedBooking, language: Language) -> Result<Response, Problem> {
    let details = &booking.details;
    let face = Face::of(state, state.sites.by_id(details.site), language);
    let question = face.filled("confirm.question", &[("site", face.name()), ("email", &*details.email)]);
    let when = span(face.language, &details.zone, booking.start, booking.end);
    let page = face.page(state, "meeting-confirm.html")?.replace("__WHEN__", &escaped(&when));
    // What the visitor wrote comes last: nothing is replaced in it.
    Ok(response(StatusCode::OK, page.replace("__QUESTION__", &escaped(&question))))
}

/// The page that says why nothing is booked, and leads to other times.
async fn over(state: &AppState, why: Why, slug: &str, language: Language) -> Result<Response, Problem> {
    let slug = slug.to_owned();
    let again = read(state.core.store.clone(), move |view| booking_page(view, &slug)).await?;
    let site = again.as_ref().map_or_else(|| state.sites.first(), |link| state.sites.of_link(link));
    let face = Face::of(state, site, language);
    let (code, why) = match why {
        Why::Unknown => (StatusCode::NOT_FOUND, "confirm.expired"),
        Why::Expired => (StatusCode::GONE, "confirm.expired"),
        Why::Unavailable => (StatusCode::CONFLICT, "confirm.unavailable"),
    };
    let address = again.map(|link| format!("/l/{}", link.slug));
    let page = face
        .page(state, "meeting-unconfirmed.html")?
        .replace("__WHY__", &escaped(face.text(why)))
        .replace("__HIDDEN__", if address.is_none() { " hidden" } else { "" })
        .replace("__AGAIN__", &escaped(&address.unwrap_or_default()));
    Ok(response(code, page))
}

fn response(code: StatusCode, page: String) -> Response {
    let headers = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        // The address is a secret of its visitor.
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::VARY, "accept-language"),
    ];
    (code, headers, Html(page)).into_response()
}

/// The link of a booking, else that of every workspace; none where both are archived.
fn booking_page(view: &dyn View, slug: &str) -> Result<Option<Link>, StoreError> {
    for slug in [slug, USUAL_LINK] {
        let link = view.link(slug)?.filter(|link| link.archived_at.is_none() && link.funnel == Funnel::Meeting);
        if let Some(link) = link.filter(|link| !link.is_launcher()) {
            return Ok(Some(link));
        }
    }
    Ok(None)
}
