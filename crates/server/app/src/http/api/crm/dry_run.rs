//! `POST /api/v1/crm/{system}/dry-run`: the writes without executing them.

use super::{NamedCrm, SystemPath, shown::properties_of};
use crate::http::auth::{Allowed, ManageConnections};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_engine::commands::{CrmPlannedCompany, CrmPlannedWrite, crm_dry_run};
use knock_wire::{CrmCompanyWriteShown, CrmDryRun, CrmHeld, CrmWriteShown};
use std::sync::Arc;

/// The number of leads in a dry run.
const LOOKED_AT: u32 = 200;

/// Lists the writes for the 200 most recently active leads, as if the sync were on. Nothing is written, and the CRM is
/// not asked.
#[utoipa::path(post, path = "/api/v1/crm/{system}/dry-run", tag = "team",
    params(SystemPath),
    responses(
    (status = 200, description = "The writes that would be made", body = CrmDryRun),
))]
pub(super) async fn dry_run(
    _: Allowed<ManageConnections>,
    NamedCrm(crm): NamedCrm,
    State(state): State<AppState>,
) -> Result<Json<CrmDryRun>, Problem> {
    let (system, now) = (crm.account.system(), state.core.clock.now());
    let found = read(Arc::clone(&state.core.store), move |view| crm_dry_run(view, system, LOOKED_AT, now));
    let run = found.await?;
    let held = run.held.into_iter().map(|(reason, leads)| CrmHeld { reason: reason.to_owned(), leads });
    let writes = run.leads.into_iter().map(write).collect();
    let companies = run.companies.into_iter().map(company).collect();
    Ok(Json(CrmDryRun { writes, companies, held: held.collect(), is_cut: run.is_cut }))
}

fn write(trial: CrmPlannedWrite) -> CrmWriteShown {
    let CrmPlannedWrite { lead, email, may_create, write } = trial;
    CrmWriteShown { lead, email, may_create, properties: properties_of(&write) }
}

fn company(trial: CrmPlannedCompany) -> CrmCompanyWriteShown {
    let CrmPlannedCompany { account, domain, write } = trial;
    CrmCompanyWriteShown { account, domain, properties: properties_of(&write) }
}
