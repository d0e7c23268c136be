//! `/api/v1/meeting-leads`: leads by their Meeting Status, including those with a fake address.

use crate::http::api::page::{next, page};
use crate::http::auth::{Allowed, UseInbox};
use crate::http::body::{Path, Query};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_context::random10;
use knock_engine::Presenter;
use knock_engine::commands::{FreshIds, ReverseMeetingSpam};
use knock_model::{AccountId, LeadId, SessionId, SignalId};
use knock_ports::Cursor;
use knock_status::meeting::MeetingStatus;
use knock_wire::{FieldError, MeetingLeadPage};
use serde::Deserialize;

/// The filter for leads.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Which {
    /// A Meeting Status, such as `Spam` or `Qualified but Not Booked`.
    status: String,
    /// The cursor: `next` of the page before.
    after: Option<String>,
    /// The number of items, 1 to 200.
    limit: Option<u32>,
}

/// The leads in a Meeting Status, last active first. Those in `Spam` are in no other list (MS-08).
#[utoipa::path(get, path = "/api/v1/meeting-leads", tag = "team", params(Which), responses(
    (status = 200, description = "A page of leads", body = MeetingLeadPage),
    (status = 400, description = "Invalid parameter"),
))]
pub(super) async fn get(
    _: Allowed<UseInbox>,
    State(state): State<AppState>,
    Query(which): Query<Which>,
) -> Result<Json<MeetingLeadPage>, Problem> {
    let page = page("after", which.after.as_deref(), which.limit)?;
    let status = MeetingStatus::parse(&which.status).ok_or_else(|| {
        let known: Vec<&str> = MeetingStatus::ALL.iter().map(|status| status.as_str()).collect();
        let reason = format!("is not one of {}", known.join(", "));
        Problem::malformed(FieldError { pointer: "query/status".into(), reason })
    })?;
    let now = state.core.clock.now();
    let found = read(state.core.store.clone(), move |view| {
        let presenter = Presenter::new(view, now)?;
        let leads = view.meeting_leads(status.as_str(), page.from, page.limit)?;
        let next = next(&leads, page.limit, |lead| Cursor { at: lead.active_at, id: *lead.lead.as_bytes() });
        let leads = leads.into_iter().map(|lead| presenter.meeting_lead_row(lead)).collect::<Result<_, _>>()?;
        Ok(MeetingLeadPage { leads, next })
    });
    found.await.map(Json)
}

/// Marks the address of a lead as not spam: the lead is qualified from then on.
#[utoipa::path(post, path = "/api/v1/meeting-leads/{id}/not-spam", tag = "team",
    params(("id" = String, Path, description = "Id of the lead")),
    responses(
        (status = 204, description = "Done"),
        (status = 404, description = "Lead not found, or not in `Spam`"),
    ))]
pub(super) async fn not_spam(
    Allowed { caller, .. }: Allowed<UseInbox>,
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let lead = LeadId::parse(&id).map_err(|_| Problem::not_found())?;
    let (chance, now) = (&*state.core.chance, state.core.clock.now());
    let change = ReverseMeetingSpam {
        lead,
        ids: std::array::from_fn(|_| SignalId::new(now, &random10(chance))),
        session: SessionId::new(now, &random10(chance)),
        fresh: FreshIds { lead: LeadId::new(chance.bytes16()), account: AccountId::new(chance.bytes16()) },
        now,
    };
    let was_spam = state.core.make(caller.actor(), change).await?;
    if was_spam { Ok(StatusCode::NO_CONTENT) } else { Err(Problem::not_found()) }
}
