//! `POST /v1/meetings/open`: opening the booking; this is the click.

use super::place::{Place, browser};
use super::questions::shown;
use super::room::OPEN;
use crate::contact_token::ContactToken;
use crate::http::admission::ClientAddress;
use crate::http::body::BeaconBody;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use crate::http::texts::language_of;
use crate::http::v1::chat::let_in;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use knock_context::random10;
use knock_context::{BrowserSession, Who};
use knock_engine::commands::OpenBooking;
use knock_model::{ConversationId, Email, SignalId};
use knock_wire::{BookingStart, BookingStarted};

/// Opens the booking of a link, or of a site's launcher. Inside a chat its token says who it is, and a known address need
/// not be given again.
#[utoipa::path(post, path = "/v1/meetings/open", tag = "visitor", request_body = BookingStart, responses(
    (status = 201, description = "The booking is open", body = BookingStarted),
    (status = 400, description = "Body does not match the schema"),
    (status = 401, description = "Token of another chat"),
    (status = 403, description = "Unknown site key or foreign origin"),
    (status = 404, description = "Link not found"),
    (status = 429, description = "Too many requests; retry after `Retry-After`"),
))]
pub(super) async fn post(
    State(state): State<AppState>,
    ClientAddress(from): ClientAddress,
    headers: HeaderMap,
    BeaconBody(start): BeaconBody<BookingStart>,
) -> Result<(StatusCode, Json<BookingStarted>), Problem> {
    state.limiter.booking_of(from, OPEN.of(&start))?;
    let browser = browser(&state, &start.visitor, Some(&start.session))?;
    let place = Place::find(&state, &headers, start.site, start.link, None).await?;
    let conversation = conversation(&state, from, &headers, start.conversation.as_deref()).await?;
    let title = place.site.title().to_owned();
    let language = language_of(start.language.as_deref(), &headers);
    let arrival = place.arrival(&state, browser);
    let session = BrowserSession { site: arrival.site, visitor: arrival.visitor, session: arrival.session };
    let contact = start.contact.and_then(|token| ContactToken::open(token.reveal(), &state.core.key, arrival.now));
    let id = SignalId::new(arrival.now, &random10(&*state.core.chance));
    let is_proven = conversation.is_some() || contact.is_some();
    let open = OpenBooking { arrival, conversation, contact: contact.map(|email| (email, id)) };
    let lead = state.core.writer.commit(open).await?;
    state.lead_data.in_background(Who::Lead(lead, session));
    let found = read(state.core.store.clone(), move |view| {
        Ok((view.lead(lead)?.filter(|_| is_proven), view.meeting_settings()?.duration_min))
    });
    let (known, usual) = found.await?;
    let email = known.as_ref().and_then(|known| known.email.as_ref().map(Email::to_text));
    let name = known.map(|known| known.name.into_text()).unwrap_or_default();
    let started = BookingStarted {
        title,
        greeting: place.greeting(language).unwrap_or_default().to_owned(),
        duration_min: place.duration_min().unwrap_or(usual),
        is_mailed: state.is_mail_set_up(),
        email,
        name,
        questions: shown(place.questions()),
    };
    Ok((StatusCode::CREATED, Json(started)))
}

/// The chat whose token came along.
pub(super) async fn conversation(
    state: &AppState,
    from: std::net::IpAddr,
    headers: &HeaderMap,
    id: Option<&str>,
) -> Result<Option<ConversationId>, Problem> {
    match id {
        Some(id) => let_in(state, from, headers, id).await.map(Some),
        None => Ok(None),
    }
}
