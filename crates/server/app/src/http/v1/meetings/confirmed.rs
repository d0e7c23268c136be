//! The booking of an unconfirmed booking, after its confirmation.

use super::busy::busy_times;
use super::place::enriched;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::http::v1::chat::arrival;
use knock_context::random10;
use knock_engine::commands::{BookMeeting, ConfirmBooking, Confirmed, EmailStep, SlotChoice};
use knock_model::{Email, SignalId};
use knock_ports::{BookingDetails, UnconfirmedBooking};

/// Books what was requested, as if it were requested now.
pub(in crate::http) async fn confirm_booking(
    state: &AppState,
    booking: UnconfirmedBooking,
) -> Result<Confirmed, Problem> {
    let UnconfirmedBooking { id, start, key, details, .. } = booking;
    let BookingDetails { email, name, zone, language, answers, fields, link, site, visitor, session, .. } = details;
    let (conversation, calendar_of) = (details.conversation, details.calendar_of);
    // A removed site books nothing, nor does an address of an earlier version that this one refuses.
    let (Some(site), Ok(email)) = (state.sites.by_id(site), Email::parse(&email)) else {
        return Ok(Confirmed::Unavailable);
    };
    let arrival = arrival(state, &site, link, (visitor, session));
    let chance = &state.core.chance;
    let ids = std::array::from_fn(|_| SignalId::new(arrival.now, &random10(&**chance)));
    let step = EmailStep { arrival, email, name, answers: fields, calendar_of, enriched: None, ids };
    let step = enriched(state, step).await;
    let now = step.arrival.now;
    let book = BookMeeting {
        slot: SlotChoice { step, busy: busy_times(state).await?, start },
        meeting: id,
        is_confirmed: true,
        key,
        zone,
        language,
        answers,
        conversation,
        workspace: site.title().to_owned(),
        ids: std::array::from_fn(|_| SignalId::new(now, &random10(&**chance))),
    };
    let proof = SignalId::new(now, &random10(&**chance));
    Ok(state.core.writer.commit(ConfirmBooking { book, proof }).await?)
}
