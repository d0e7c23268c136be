//! `/api/v1/home`: the first steps of a member, what is up today, and how today goes for the team.

mod broken;
mod team;
mod today;

pub(super) use today::own_zone;

use super::parameter::wrong;
use crate::http::auth::{Allowed, KeyOfMember, UseInbox, not_permitted};
use crate::http::body::{JsonBody, Path, Query};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::routes::{Routes, routes};
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::tz::TimeZone;
use knock_engine::commands::PutStepAside;
use knock_engine::{Connections, first_steps};
use knock_model::{CrmSystem, Destination, FirstStep, Permission};
use knock_ports::{CrmSync, Setup, StoreError, View};
use knock_wire::{FieldError, Home, HomeStepDraft};
use serde::Deserialize;
use today::Asked;

pub(super) fn routes() -> Routes {
    Routes::new().routes(routes!(get)).routes(routes!(put_aside))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct Where {
    /// The time zone of today and tomorrow, such as `Europe/Berlin`; without it, that of the member's working hours.
    zone: Option<String>,
}

/// The first steps that the caller may take, each done once its fact is there, and what is up today; for callers that may
/// see reports also how today goes for the team.
#[utoipa::path(get, path = "/api/v1/home", tag = "team", params(Where), responses(
    (status = 200, description = "Steps, today, and the team", body = Home),
    (status = 400, description = "Invalid parameter"),
    (status = 403, description = "The API key is bound to no member"),
))]
async fn get(
    Allowed { caller, .. }: Allowed<UseInbox, KeyOfMember>,
    State(state): State<AppState>,
    Query(Where { zone }): Query<Where>,
) -> Result<Json<Home>, Problem> {
    let named =
        |name: String| TimeZone::get(&name).map_err(|_| wrong("zone", "is no time zone such as Europe/Berlin".into()));
    let zone = zone.map(named).transpose()?;
    let (member, role, now) = (caller.need_member()?.clone(), caller.who.role(), state.core.clock.now());
    let zone = match zone {
        Some(zone) => zone,
        None => {
            let member = member.clone();
            read(state.core.store.clone(), move |view| own_zone(view, &member)).await?
        }
    };
    let day = if role.may(Permission::SeeReports) { state.todays_figures.get(&state.core, &zone).await? } else { None };
    let has_slack = state.slack.credentials().await?.is_some();
    let found = read(state.core.store.clone(), move |view| {
        let steps = first_steps(view, &member, role, connections(view, &state, has_slack)?)?;
        let asked = Asked { state: &state, member: &member, role, has_slack, now };
        let team = day.map(|day| asked.team(view, day)).transpose()?;
        Ok(Home { steps, today: asked.today(view, &zone)?, team })
    });
    found.await.map(Json)
}

/// Puts a first step aside, or takes it up again: a personal one for the caller, another one for the workspace.
#[utoipa::path(put, path = "/api/v1/home/steps/{step}", tag = "team", request_body = HomeStepDraft,
    params(("step" = String, Path, description = "The step, by its word in `GET /api/v1/home`")),
    responses(
        (status = 204, description = "Stored"),
        (status = 403, description = "The step needs another permission, or the API key is bound to no member"),
        (status = 404, description = "Step not found"),
        (status = 422, description = "The step cannot be put aside"),
    ))]
async fn put_aside(
    Allowed { caller, .. }: Allowed<UseInbox, KeyOfMember>,
    State(state): State<AppState>,
    Path(step): Path<String>,
    JsonBody(HomeStepDraft { is_put_aside }): JsonBody<HomeStepDraft>,
) -> Result<StatusCode, Problem> {
    let step = FirstStep::parse(&step).ok_or_else(Problem::not_found)?;
    let role = caller.who.role();
    if !role.may(step.permission()) {
        return Err(not_permitted(role, step.permission(), caller.who.pointer()));
    }
    if !step.can_wait() {
        let reason = "is not possible for this step".into();
        return Err(Problem::invalid(FieldError { pointer: "/is_put_aside".into(), reason }));
    }
    let (member, now) = (caller.need_member()?.id, state.core.clock.now());
    state.core.make(caller.actor(), PutStepAside { step, member, is_put_aside, now }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What the server is connected to, by names.
fn connections(view: &dyn View, state: &AppState, has_slack: bool) -> Result<Connections, StoreError> {
    let mail = match state.deliveries.connectors.setup(Destination::MAIL.kind) {
        Setup::Ready { sender, .. } => Some(sender),
        Setup::Missing => None,
    };
    let team = view.slack_identity()?.map(|identity| identity.team).unwrap_or_default();
    let crm = connected_crms(view, state)?.first().map(|system| system.label().to_owned());
    Ok(Connections { mail, slack: has_slack.then_some(team), crm })
}

/// The CRMs that the server is connected to.
fn connected_crms(view: &dyn View, state: &AppState) -> Result<Vec<CrmSystem>, StoreError> {
    let syncs = view.crm_syncs()?;
    let is_connected = |system: &CrmSystem| {
        let none = CrmSync::default();
        let sync = syncs.iter().find(|(known, _)| known == system).map_or(&none, |(_, sync)| sync);
        state.crms.get(*system).is_some_and(|parts| parts.account.is_connected(sync))
    };
    Ok(CrmSystem::ALL.iter().copied().filter(is_connected).collect())
}
