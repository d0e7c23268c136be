//! `GET /v1/meetings/slots`: when a meeting can be. It records nothing.

use super::busy::busy_times;
use super::instant::{Zone, utc};
use super::place::{Place, malformed};
use super::shown::{names, slot, verdict};
use crate::http::admission::ClientAddress;
use crate::http::body::Query;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use crate::http::v1::site::named;
use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use knock_engine::commands::{Offered, OfferedSlot, Wanted};
use knock_model::{Email, Millis, SessionId, VisitorId};
use knock_wire::{BookingVerdict, SlotList};
use serde::Deserialize;

/// The zone of who names none.
const UTC: &str = "UTC";

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct SlotsQuery {
    /// The slug of the Knock Link; one of `link` and `site`.
    link: Option<String>,
    /// The key of the site.
    site: Option<String>,
    /// The browser: what it holds blocks nothing for it.
    visitor: Option<String>,
    /// The session.
    session: Option<String>,
    /// The id of the message whose card is booked by, where it offers the calendar of its sender.
    card: Option<String>,
    /// The address; without it nothing is offered.
    email: Option<String>,
    /// From then on: an instant, or a day of `tz`; now without it.
    from: Option<String>,
    /// Before then: an instant, or a day of `tz`; the horizon without it.
    to: Option<String>,
    /// The visitor's time zone, such as `America/Vancouver`; UTC without it.
    tz: Option<String>,
}

/// The starts of meetings that are offered to an address, or why none are.
#[utoipa::path(get, path = "/v1/meetings/slots", tag = "visitor", params(SlotsQuery), responses(
    (status = 200, description = "The starts, or the verdict", body = SlotList),
    (status = 400, description = "Body does not match the schema"),
    (status = 403, description = "Unknown site key or foreign origin"),
    (status = 404, description = "Link or card not found"),
    (status = 422, description = "Invalid field; `errors` names it"),
    (status = 429, description = "Too many requests; retry after `Retry-After`"),
))]
pub(super) async fn get(
    State(state): State<AppState>,
    ClientAddress(from): ClientAddress,
    headers: HeaderMap,
    Query(query): Query<SlotsQuery>,
) -> Result<Json<SlotList>, Problem> {
    state.limiter.booking(from)?;
    let tz = query.tz.clone().unwrap_or_else(|| UTC.into());
    let zone = Zone::parse("query/tz", &tz)?;
    let email = query.email.as_deref().map(str::trim).filter(|email| !email.is_empty());
    let email = email.map(Email::parse).transpose().map_err(|error| malformed("query/email", error.to_string()))?;
    let visitor = query.visitor.as_deref().map(VisitorId::parse).transpose();
    let visitor = visitor.map_err(|error| malformed("query/visitor", error.to_string()))?;
    let session = query.session.as_deref().map(SessionId::parse).transpose();
    let session = session.map_err(|error| malformed("query/session", error.to_string()))?;
    let now = state.core.clock.now();
    let window = Window::parse(&zone, query.from.as_deref(), query.to.as_deref(), now)?;
    let place = Place::find(&state, &named(&state, headers), query.site, query.link, query.card.as_deref()).await?;
    let (site, link, calendar_of) = (place.site.id, place.link, place.calendar_of);
    let busy = busy_times(&state).await?;
    let found = read(state.core.store.clone(), move |view| {
        let lead = email.as_ref().map(|email| view.lead_by_email(email)).transpose()?.flatten().map(|lead| lead.id);
        let wanted = Wanted { link, site, visitor, session, lead, email, calendar_of, answers: Vec::new() };
        let offered = wanted.offered(view, &busy, now)?;
        let with = names(view, &offered.known_reps())?;
        Ok((offered, with))
    });
    let (offered, with) = found.await?;
    Ok(Json(list(&offered, with, &window, (&tz, &zone))))
}

/// From an instant up to another.
pub(in crate::http) struct Window {
    from: Millis,
    to: Millis,
}

impl Window {
    pub(in crate::http) fn parse(
        zone: &Zone,
        from: Option<&str>,
        to: Option<&str>,
        now: Millis,
    ) -> Result<Window, Problem> {
        let from = zone.parameter("from", from, now)?;
        let to = zone.parameter("to", to, Millis(i64::MAX))?;
        if to <= from {
            return Err(malformed("query/to", "is not after `from`"));
        }
        Ok(Window { from, to })
    }

    pub(in crate::http) fn is_before(&self, slot: &OfferedSlot) -> bool {
        slot.start >= self.to
    }

    pub(in crate::http) fn holds(&self, slot: &OfferedSlot) -> bool {
        self.from <= slot.start && slot.start < self.to
    }
}

/// The starts within a window.
fn list(offered: &Offered, with: Vec<String>, window: &Window, (tz, zone): (&str, &Zone)) -> SlotList {
    let BookingVerdict { verdict, reason, duration_min, with } = verdict(offered, with);
    let within = offered.slots.iter().filter(|slot| window.holds(slot));
    SlotList {
        verdict,
        reason,
        duration_min,
        with,
        tz: tz.to_owned(),
        slots: within.map(|found| slot(found, offered.duration, zone)).collect(),
        next: offered.slots.iter().find(|slot| window.is_before(slot)).map(|slot| utc(slot.start)),
        is_unreachable: offered.is_unreachable,
    }
}
