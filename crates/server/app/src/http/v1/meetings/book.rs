//! `POST /v1/meetings/holds` and `POST /v1/meetings`: a slot is held, and booked.

use super::asked::{refused, taken, too_many, too_many_mails};
use super::busy::busy_times;
use super::instant::{Zone, instant, utc};
use super::open::conversation;
use super::place::{Place, enriched, invalid, step};
use super::questions::check;
use super::room::{BOOKING, EMAIL};
use super::shown::shown;
use crate::http::admission::ClientAddress;
use crate::http::body::BeaconBody;
use crate::http::language::language;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use knock_agent::Language;
use knock_context::{hash, random10};
use knock_engine::commands::{BookMeeting, BookedMeeting, Booking, HOLD, HoldSlot, SlotChoice, SlotOutcome, cutoff};
use knock_model::{Answer, MeetingId, SignalId};
use knock_ports::{SecretHash, UnconfirmedBooking};
use knock_wire::{BookingEmail, BookingRequest, BookingToConfirm, HoldMade, MeetingShown, SlotTaken};

/// The longest key of a request, in bytes.
const LONGEST_KEY: usize = 255;
const KEY: &str = "idempotency-key";

/// Holds a slot for five minutes, in place of what this visitor held before.
#[utoipa::path(post, path = "/v1/meetings/holds", tag = "visitor", request_body = BookingRequest, responses(
    (status = 201, description = "Held", body = HoldMade),
    (status = 400, description = "Body does not match the schema"),
    (status = 403, description = "Unknown site key or foreign origin, or the rules offer nothing to this address"),
    (status = 404, description = "Link or card not found"),
    (status = 409, description = "The slot is taken; `slots` are free", body = SlotTaken),
    (status = 422, description = "A field is wrong, the address looks mistyped, or there are five meetings to come already"),
    (status = 429, description = "Too many requests; retry after `Retry-After`"),
))]
pub(super) async fn hold(
    State(state): State<AppState>,
    ClientAddress(from): ClientAddress,
    headers: HeaderMap,
    BeaconBody(given): BeaconBody<BookingRequest>,
) -> Result<Response, Problem> {
    state.limiter.booking_of(from, EMAIL.of(&given))?;
    let place = Place::find(&state, &headers, given.site.clone(), given.link.clone(), given.card.as_deref()).await?;
    let answers = check(place.questions(), &given.answers, false)?;
    let (slot, zone) = (choice(&state, &place, &given, answers.fields).await?, Zone::parse("/tz", &given.tz)?);
    let (start, now) = (slot.start, slot.step.arrival.now);
    let hold = MeetingId::new(state.core.chance.bytes16());
    Ok(match state.core.writer.commit(HoldSlot { slot, hold }).await? {
        SlotOutcome::Done(held) => {
            let (start, end, expires_at) = (utc(held.start), utc(held.end), utc(now + HOLD));
            (StatusCode::CREATED, Json(HoldMade { hold: held.id, start, end, expires_at })).into_response()
        }
        SlotOutcome::Taken(offered) => taken(&offered.slots, offered.duration, start, &zone),
        SlotOutcome::Refused(offered) => refused(&offered).into_response(),
        SlotOutcome::TooMany => too_many(spoken(&given, &headers)).into_response(),
        SlotOutcome::TooManyMails => too_many_mails(spoken(&given, &headers)).into_response(),
        SlotOutcome::KeyReused => key_reused().into_response(),
    })
}

/// Books a meeting. With `Idempotency-Key` the same request can be sent again: it has the answer of the first one. Where
/// the settings require it, a first booking by an address waits for the link in a mail to it (202).
#[utoipa::path(post, path = "/v1/meetings", tag = "visitor", request_body = BookingRequest,
    params(("idempotency-key" = Option<String>, Header, description = "Idempotency key, at most 255 bytes")),
    responses(
        (status = 201, description = "Booked", body = MeetingShown),
        (status = 202, description = "Held until it is confirmed by the link in a mail; nothing is booked yet",
            body = BookingToConfirm),
        (status = 400, description = "Body does not match the schema"),
        (status = 401, description = "Token of another chat"),
        (status = 403, description = "Unknown site key or foreign origin, or the rules offer nothing to this address"),
        (status = 404, description = "Link or card not found"),
        (status = 409, description = "The slot is taken; `slots` are free", body = SlotTaken),
        (status = 422, description = "A field is wrong, the address looks mistyped, the key was used for another request, \
            there are five meetings to come already, or the address gets no more mails for now and a first booking is confirmed by mail"),
        (status = 429, description = "Too many requests; retry after `Retry-After`"),
    ))]
pub(super) async fn post(
    State(state): State<AppState>,
    ClientAddress(from): ClientAddress,
    headers: HeaderMap,
    BeaconBody(given): BeaconBody<BookingRequest>,
) -> Result<Response, Problem> {
    state.limiter.booking_of(from, BOOKING.of(&given))?;
    let place = Place::find(&state, &headers, given.site.clone(), given.link.clone(), given.card.as_deref()).await?;
    let answers = check(place.questions(), &given.answers, true)?;
    let (slot, zone) = (choice(&state, &place, &given, answers.fields).await?, Zone::parse("/tz", &given.tz)?);
    let (start, now) = (slot.start, slot.step.arrival.now);
    let (chance, language) = (&state.core.chance, spoken(&given, &headers));
    let key = key(&headers, &given)?;
    let counted = match state.bookings.take(from) {
        Err(limited) if !is_repeated(&state, key).await? => return Err(limited.into()),
        // A repeated request books nothing.
        taken => taken.ok(),
    };
    let book = BookMeeting {
        meeting: MeetingId::new(chance.bytes16()),
        is_confirmed: false,
        key,
        zone: given.tz.clone(),
        language,
        answers: answers.read,
        conversation: conversation(&state, from, &headers, given.conversation.as_deref()).await?,
        workspace: place.site.title().to_owned(),
        ids: std::array::from_fn(|_| SignalId::new(now, &random10(&**chance))),
        slot,
    };
    let asked = state.core.writer.commit(book).await?;
    let is_new = matches!(&asked, SlotOutcome::Done(booking) if booking.is_new());
    if let Some(counted) = counted.filter(|_| is_new) {
        counted.keep();
    }
    Ok(match asked {
        SlotOutcome::Done(Booking::ToConfirm { booking, .. }) => {
            (StatusCode::ACCEPTED, Json(to_confirm(*booking))).into_response()
        }
        SlotOutcome::Done(Booking::Booked(booked)) => {
            let (of, BookedMeeting { meeting, .. }) = (state.clone(), *booked);
            let body = read(state.core.store.clone(), move |view| shown(&of, view, &meeting, cutoff(view)?, now));
            (StatusCode::CREATED, Json(body.await?)).into_response()
        }
        SlotOutcome::Taken(offered) => taken(&offered.slots, offered.duration, start, &zone),
        SlotOutcome::Refused(offered) => refused(&offered).into_response(),
        SlotOutcome::TooMany => too_many(language).into_response(),
        SlotOutcome::TooManyMails => too_many_mails(language).into_response(),
        SlotOutcome::KeyReused => key_reused().into_response(),
    })
}

/// Whether a request with this key has booked already, or waits for its confirmation.
async fn is_repeated(state: &AppState, key: Option<(SecretHash, SecretHash)>) -> Result<bool, Problem> {
    let Some((key, _)) = key else { return Ok(false) };
    let now = state.core.clock.now();
    let is_known = read(state.core.store.clone(), move |view| {
        let waits = view.unconfirmed_by_key(key)?.is_some_and(|booking| booking.expires_at > now);
        Ok(waits || view.booking_by_key(key)?.is_some())
    });
    is_known.await
}

fn to_confirm(booking: UnconfirmedBooking) -> BookingToConfirm {
    let (start, end, expires_at) = (utc(booking.start), utc(booking.end), utc(booking.expires_at));
    BookingToConfirm { email: booking.details.email, start, end, expires_at }
}

/// The language of the booking: as the page says, else as the browser does.
fn spoken(given: &BookingRequest, headers: &HeaderMap) -> Language {
    given.language.as_deref().and_then(Language::of_tag).unwrap_or_else(|| language(headers))
}

/// The slot that is asked for, if every field can be used.
async fn choice(
    state: &AppState,
    place: &Place,
    given: &BookingRequest,
    answers: Vec<(String, Answer)>,
) -> Result<SlotChoice, Problem> {
    let email = BookingEmail {
        visitor: given.visitor.clone(),
        session: given.session.clone(),
        email: given.email.clone(),
        email_is_right: given.email_is_right,
        name: given.name.clone(),
        ..BookingEmail::default()
    };
    let (step, start) = (step(state, place, &email, answers)?, instant("/start", &given.start)?);
    Ok(SlotChoice { step: enriched(state, step).await, busy: busy_times(state).await?, start })
}

/// The key of the request together with the browser's, and what it asks for.
fn key(headers: &HeaderMap, given: &BookingRequest) -> Result<Option<(SecretHash, SecretHash)>, Problem> {
    let Some(key) = headers.get(KEY) else { return Ok(None) };
    let key = key.to_str().ok().filter(|key| (1..=LONGEST_KEY).contains(&key.len()));
    let key = key.ok_or_else(|| invalid("header/idempotency-key", "is not 1 to 255 visible characters"))?;
    let asked = serde_json::to_string(given).unwrap_or_default();
    Ok(Some((hash(&format!("{}\n{key}", given.visitor)), hash(&asked))))
}

fn key_reused() -> Problem {
    invalid("header/idempotency-key", "was used for another request")
}
