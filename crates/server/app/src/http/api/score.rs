//! `GET /api/v1/contacts/{id}/score`: the score of a person over time.

use super::backtest::checked_days;
use super::instant::Instant;
use crate::http::auth::{Allowed, SeeRecords};
use crate::http::body::{Path, Query};
use crate::http::problem::Problem;
use axum::Json;
use axum::extract::State;
use knock_model::LeadId;
use knock_ports::{Clock, Store};
use knock_wire::ScoreCourse;
use serde::Deserialize;
use std::sync::Arc;

/// The default number of days.
const USUAL_DAYS: u32 = 90;
/// The largest number of days.
const MOST_DAYS: u32 = 365;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ScoreQuery {
    /// The number of days before the instant shown, 1 to 365. Without it, 90.
    days: Option<u32>,
    /// An instant of the past, in milliseconds since 1970, as for the contact itself. Without it, now.
    #[param(value_type = Option<i64>)]
    at: Option<String>,
}

/// The score over time: samples, changes of `Knock: Intent Score`, and the signals that changed it.
#[utoipa::path(get, path = "/api/v1/contacts/{id}/score", tag = "team",
    params(("id" = String, Path, description = "Id of the contact"), ScoreQuery),
    responses(
        (status = 200, description = "The score over time", body = ScoreCourse),
        (status = 400, description = "A parameter is wrong, or `at` is no instant of the past or too long ago"),
        (status = 404, description = "Contact not found, or no data before `at`"),
    ))]
pub(super) async fn get(
    _: Allowed<SeeRecords>,
    State(store): State<Arc<dyn Store>>,
    State(clock): State<Arc<dyn Clock>>,
    Path(id): Path<String>,
    Query(asked): Query<ScoreQuery>,
) -> Result<Json<ScoreCourse>, Problem> {
    let id = LeadId::parse(&id).map_err(|_| Problem::not_found())?;
    let days = checked_days(asked.days, USUAL_DAYS, MOST_DAYS)?;
    let instant = Instant::parse(asked.at.as_deref(), clock.now())?;
    let shown = instant.show(store, move |presenter, view| {
        let lead = presenter.lead(view.merged_into(id)?)?;
        lead.map(|lead| presenter.score_course(&lead, days)).transpose()
    });
    shown.await.map(Json)
}
