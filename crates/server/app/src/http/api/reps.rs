//! `/api/v1/reps` and availability: the reps with their current state, and the settings of each.

use super::working_hours::check_hours;
use crate::http::auth::{Allowed, KeyOfMember, ManageTeam, UseInbox};
use crate::http::body::{JsonBody, Path};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::routes::{Routes, routes};
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_engine::absence;
use knock_engine::availability::{Workloads, is_full, state as state_of};
use knock_engine::commands::{MemberChange, SetAvailability, SetAvailabilityState};
use knock_model::{AvailabilityState, Millis, RepId};
use knock_ports::{Member, StoreError, View};
use knock_wire::{
    Availability, AvailabilityChange, AvailabilityNow, FieldError, RepList, RepRow, TeamNotifications, picture_path,
};

/// The highest capacity.
const MAX_CAPACITY: u32 = 1_000;

pub(super) fn routes() -> Routes {
    Routes::new()
        .routes(routes!(list))
        .routes(routes!(get_own, put_own))
        .routes(routes!(put_state))
        .routes(routes!(put))
}

/// All members as routing sees them now: their availability, and the number of open chats of each.
#[utoipa::path(get, path = "/api/v1/reps", tag = "team", responses(
    (status = 200, description = "The members, in the order they were invited", body = RepList),
))]
async fn list(_: Allowed<UseInbox>, State(state): State<AppState>) -> Result<Json<RepList>, Problem> {
    let now = state.core.clock.now();
    let reps = read(state.core.store.clone(), move |view| {
        let seen = Seen::load(view, now)?;
        view.members()?.into_iter().map(|member| seen.row(view, member)).collect()
    });
    reps.await.map(|reps| Json(RepList { reps }))
}

/// The availability of the member: the current state and the settings.
#[utoipa::path(get, path = "/api/v1/availability", tag = "team", responses(
    (status = 200, description = "Value as routing reads it now", body = RepRow),
    (status = 403, description = "API keys take no leads"),
))]
async fn get_own(
    Allowed { caller, .. }: Allowed<UseInbox, KeyOfMember>,
    State(state): State<AppState>,
) -> Result<Json<RepRow>, Problem> {
    let member = caller.need_member()?.id;
    let found = read(state.core.store.clone(), move |view| view.member(member)).await?;
    changed(&state, found.map_or(MemberChange::Unknown, MemberChange::Done)).await
}

/// Sets the caller's own availability: active or away, working hours, capacity. It applies from the next chat on.
#[utoipa::path(put, path = "/api/v1/availability", tag = "team", request_body = Availability, responses(
    (status = 200, description = "Value as routing reads it now", body = RepRow),
    (status = 403, description = "API keys take no leads"),
    (status = 422, description = "Invalid field; `errors` names it"),
))]
async fn put_own(
    Allowed { caller, .. }: Allowed<UseInbox, KeyOfMember>,
    State(state): State<AppState>,
    JsonBody(availability): JsonBody<Availability>,
) -> Result<Json<RepRow>, Problem> {
    let change = checked(caller.need_member()?.id, availability, state.core.clock.now())?;
    changed(&state, state.core.make(caller.actor(), change).await?).await
}

/// Sets the caller active, or away without an end. Working hours and capacity do not change.
#[utoipa::path(put, path = "/api/v1/availability/state", tag = "team", request_body = AvailabilityChange, responses(
    (status = 200, description = "Value as routing reads it now", body = AvailabilityNow),
    (status = 403, description = "API keys take no leads"),
))]
async fn put_state(
    Allowed { caller, .. }: Allowed<UseInbox, KeyOfMember>,
    State(state): State<AppState>,
    JsonBody(AvailabilityChange { state: wanted }): JsonBody<AvailabilityChange>,
) -> Result<Json<AvailabilityNow>, Problem> {
    let change = SetAvailabilityState { member: caller.need_member()?.id, state: wanted, now: state.core.clock.now() };
    let Json(row) = changed(&state, state.core.make(caller.actor(), change).await?).await?;
    Ok(Json(AvailabilityNow { state: row.state, absence: row.absence }))
}

/// Sets the availability of another member.
#[utoipa::path(put, path = "/api/v1/members/{id}/availability", tag = "team", request_body = Availability,
    params(("id" = String, Path, description = "Id of the member")),
    responses(
        (status = 200, description = "The reps with their state at this instant", body = RepRow),
        (status = 404, description = "Member not found"),
        (status = 422, description = "Invalid field; `errors` names it"),
    ))]
async fn put(
    Allowed { caller, .. }: Allowed<ManageTeam>,
    State(state): State<AppState>,
    Path(id): Path<String>,
    JsonBody(availability): JsonBody<Availability>,
) -> Result<Json<RepRow>, Problem> {
    let member = RepId::parse(&id).map_err(|_| Problem::not_found())?;
    let change = checked(member, availability, state.core.clock.now())?;
    changed(&state, state.core.make(caller.actor(), change).await?).await
}

async fn changed(state: &AppState, change: MemberChange) -> Result<Json<RepRow>, Problem> {
    let MemberChange::Done(member) = change else { return Err(Problem::not_found()) };
    let now = state.core.clock.now();
    read(state.core.store.clone(), move |view| Seen::load(view, now)?.row(view, member)).await.map(Json)
}

/// The data from which members are shown.
struct Seen {
    loads: Workloads,
    /// The public holidays of the workspace.
    holidays: Option<String>,
    /// Says which absences are long.
    team: TeamNotifications,
    now: Millis,
}

impl Seen {
    fn load(view: &dyn View, now: Millis) -> Result<Seen, StoreError> {
        let (loads, holidays) = (view.workloads(now)?, view.meeting_settings()?.holidays);
        Ok(Seen { loads, holidays, team: view.team_notifications()?, now })
    }

    fn row(&self, view: &dyn View, member: Member) -> Result<RepRow, StoreError> {
        Ok(RepRow {
            absence: absence(view, &member, &self.team, self.holidays.as_deref(), self.now)?,
            name: member.display_name(),
            picture: picture_path(member.profile.picture),
            state: state_of(&member.availability, self.holidays.as_deref(), self.now).into(),
            is_full: is_full(&member, &self.loads, self.now),
            open_chats: self.loads.get(&member.id).map_or(0, |load| load.count(self.now)),
            id: member.id,
            email: member.email,
            availability: *member.availability,
        })
    }
}

/// The change, if every field is valid.
fn checked(member: RepId, availability: Availability, now: Millis) -> Result<SetAvailability, Problem> {
    let wrong = |pointer: &str, reason: String| Problem::invalid(FieldError { pointer: pointer.to_owned(), reason });
    if availability.capacity.is_some_and(|capacity| !(1..=MAX_CAPACITY).contains(&capacity)) {
        return Err(wrong("/capacity", format!("expected 1 to {MAX_CAPACITY}")));
    }
    if let Some(until) = availability.away_until {
        if availability.state == AvailabilityState::Active {
            return Err(wrong("/away_until", "only who is away comes back".to_owned()));
        }
        if until <= now {
            return Err(wrong("/away_until", "expected an instant to come".to_owned()));
        }
    }
    check_hours(&availability).map_err(Problem::invalid)?;
    Ok(SetAvailability { member, availability, now })
}
