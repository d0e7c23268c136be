//! `/api/v1/profile/booking-link`: the booking link of the signed-in member.

use crate::http::api::links::{given_slug, slug_of, url};
use crate::http::auth::{Allowed, KeyOfMember, UseInbox};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_engine::commands::{LinkMade, MOST_LINKS, SetBookingLink, booking_link_of, free_slug};
use knock_model::RepId;
use knock_ports::{Link, Member};
use knock_wire::{BookingLink, BookingLinkDraft, FieldError};
use std::collections::BTreeMap;

/// The slug that is proposed to a member without a name.
const NAMELESS: &str = "meet";

/// The booking link of the member; before it is made, the address that is proposed.
#[utoipa::path(get, path = "/api/v1/profile/booking-link", tag = "team", responses(
    (status = 200, description = "One's own booking link", body = BookingLink),
    (status = 403, description = "API keys have no booking link"),
))]
pub(super) async fn get(
    Allowed { caller, .. }: Allowed<UseInbox, KeyOfMember>,
    State(state): State<AppState>,
) -> Result<Json<BookingLink>, Problem> {
    of(&state, caller.need_member()?.id).await.map(Json)
}

/// Turns one's own booking link on or off. The first time on, it is made, and keeps its address from then on.
#[utoipa::path(put, path = "/api/v1/profile/booking-link", tag = "team", request_body = BookingLinkDraft, responses(
    (status = 200, description = "The booking link after the change", body = BookingLink),
    (status = 403, description = "API keys have no booking link"),
    (status = 409, description = "Limit of 1,000 links reached"),
    (status = 422, description = "Invalid field; `errors` names it"),
))]
pub(super) async fn put(
    Allowed { caller, .. }: Allowed<UseInbox, KeyOfMember>,
    State(state): State<AppState>,
    JsonBody(draft): JsonBody<BookingLinkDraft>,
) -> Result<Json<BookingLink>, Problem> {
    let member = caller.need_member()?.id;
    let given = draft.slug.as_deref().filter(|slug| !slug.is_empty()).map(given_slug).transpose()?;
    let is = of(&state, member).await?;
    if is.is_made && given.as_ref().is_some_and(|slug| *slug != is.slug) {
        return Err(wrong("cannot be changed after the link is made"));
    }
    let (is_slug_free, slug) = (given.is_none(), given.unwrap_or(is.slug));
    let (is_on, now) = (draft.is_on, state.core.clock.now());
    let change = SetBookingLink { member, slug, is_slug_free, is_on, now };
    match state.core.make(caller.actor(), change).await? {
        None | Some(LinkMade::Created(_)) => of(&state, member).await.map(Json),
        Some(LinkMade::Taken) => Err(wrong("is that of another link")),
        Some(LinkMade::TooMany) => {
            Err(Problem::new(StatusCode::CONFLICT, "too-many", "There are too many Knock Links")
                .detail(format!("There are {MOST_LINKS} already")))
        }
    }
}

fn wrong(reason: &str) -> Problem {
    Problem::invalid(FieldError { pointer: "/slug".into(), reason: reason.into() })
}

/// The booking link of a member, with its counts.
async fn of(state: &AppState, id: RepId) -> Result<BookingLink, Problem> {
    let found = read(state.core.store.clone(), move |view| {
        let (member, links) = (view.member(id)?, view.links()?);
        Ok((member, booking_link_of(view, id)?, links, view.link_clicks()?, view.link_conversions()?))
    });
    let (member, link, links, clicks, conversions) = found.await?;
    let member = member.ok_or_else(Problem::not_found)?;
    let slug = link.as_ref().map_or_else(|| free_slug(&links, &proposed(&member)), |link| link.slug.clone());
    let count = |counts: &BTreeMap<String, u64>| link.as_ref().and_then(|link| counts.get(&link.slug).copied());
    Ok(BookingLink {
        url: url(state, &slug),
        slug,
        is_on: link.as_ref().is_some_and(|link: &Link| link.archived_at.is_none()),
        is_made: link.is_some(),
        has_hours: member.availability.hours.is_some(),
        clicks: count(&clicks).unwrap_or_default(),
        conversions: count(&conversions).unwrap_or_default(),
    })
}

/// The slug by the name of a member; of the address no part is shown to visitors.
fn proposed(member: &Member) -> String {
    let name = member.public_name();
    slug_of(if name.is_empty() { NAMELESS } else { name })
}
