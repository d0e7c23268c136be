//! `/api/v1/report-mail`: the mail with last week's figures that the caller has every Monday.

use crate::http::auth::{Allowed, Caller, KeyOfMember, SeeReports};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_engine::commands::SetReportMail;
use knock_wire::{ReportMail, ReportMailDraft};

/// Whether the caller has the mail with last week's figures, and when the next one comes: on Monday at 08:00 of the zone
/// of their working hours.
#[utoipa::path(get, path = "/api/v1/report-mail", tag = "team", responses(
    (status = 200, description = "The mail of the caller", body = ReportMail),
    (status = 403, description = "The API key is bound to no member"),
))]
pub(super) async fn get(
    Allowed { caller, .. }: Allowed<SeeReports, KeyOfMember>,
    State(state): State<AppState>,
) -> Result<Json<ReportMail>, Problem> {
    current(&state, &caller).await.map(Json)
}

/// Turns the mail on or off. One who turns it on gets the next one that falls due; without a mail server none is sent.
#[utoipa::path(put, path = "/api/v1/report-mail", tag = "team", request_body = ReportMailDraft, responses(
    (status = 200, description = "The mail as it is now", body = ReportMail),
    (status = 400, description = "Body does not match the schema"),
    (status = 403, description = "The API key is bound to no member"),
))]
pub(super) async fn put(
    Allowed { caller, .. }: Allowed<SeeReports, KeyOfMember>,
    State(state): State<AppState>,
    JsonBody(ReportMailDraft { is_on }): JsonBody<ReportMailDraft>,
) -> Result<Json<ReportMail>, Problem> {
    let (member, now) = (caller.need_member()?.id, state.core.clock.now());
    state.core.make(caller.actor(), SetReportMail { member, is_on, now }).await?;
    current(&state, &caller).await.map(Json)
}

async fn current(state: &AppState, caller: &Caller) -> Result<ReportMail, Problem> {
    let (member, now) = (caller.need_member()?.clone(), state.core.clock.now());
    let is_mail_set_up = state.is_mail_set_up();
    let found = read(state.core.store.clone(), move |view| {
        let is_on = view.report_mail(member.id)?.is_some_and(|row| row.is_on);
        let next = knock_engine::next_report_mail(view, &member, now)?;
        Ok(ReportMail { is_on, is_mail_set_up, next_at: next.filter(|_| is_mail_set_up) })
    });
    found.await
}
