//! The response to a request for a slot.

use super::instant::Zone;
use super::shown::{slot, verdict};
use crate::http::problem::Problem;
use crate::http::texts::texts;
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use knock_agent::Language;
use knock_engine::commands::{MOST_MEETINGS, Offered, OfferedSlot};
use knock_model::Millis;
use knock_wire::SlotTaken;

/// Slots that a refusal offers instead.
const INSTEAD: usize = 20;
/// A day before what was asked for, so that the rest of its day is offered too.
const DAY: Millis = Millis::days(1);

/// The start is not free: 409 with what is.
pub(in crate::http) fn taken(slots: &[OfferedSlot], duration: Millis, start: Millis, zone: &Zone) -> Response {
    let problem = Problem::new(StatusCode::CONFLICT, "slot-taken", "This time is not free any more")
        .detail("another time can be chosen: `slots` are free")
        .into_document();
    let near = slots.iter().filter(|slot| slot.start > start - DAY).take(INSTEAD);
    let body = SlotTaken { problem, slots: near.map(|found| slot(found, duration, zone)).collect() };
    let mut response = (StatusCode::CONFLICT, Json(body)).into_response();
    let kind = HeaderValue::from_static("application/problem+json");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

/// The rules offer nothing to this address.
pub(in crate::http) fn refused(offered: &Offered) -> Problem {
    let said = verdict(offered, Vec::new());
    Problem::new(StatusCode::FORBIDDEN, &format!("booking-{}", said.verdict), "No meeting is offered")
        .detail(said.reason.unwrap_or(said.verdict))
}

/// The address got as many mails about meetings as it may, in the visitor's language too.
pub(super) fn too_many_mails(language: Language) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "too-many-mails", "This address gets no more mails for now")
        .detail(texts(language).text("booking.mailed_enough"))
}

/// There are as many meetings to come as there may be. The booking shows the detail, so it is in the visitor's language.
pub(super) fn too_many(language: Language) -> Problem {
    let count = MOST_MEETINGS.to_string();
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "too-many-meetings", "There are enough meetings to come")
        .detail(texts(language).filled("booking.enough", &[("n", &count)]))
}
