//! `/api/v1/workflows`: workflows, their versions, their runs and their dry run. A version is never changed: saving creates
//! the next one.

mod checked;
mod dry_run;
mod list;
mod of_contact;
mod one;
mod runs;
mod settings;
mod state;
mod templates;
mod test_mail;
mod versions;
mod webhooks;

use crate::http::problem::Problem;
use crate::http::routes::{Routes, routes};
use axum::http::StatusCode;
use knock_model::WorkflowId;
use knock_ports::{StoreError, View};
use knock_wire::{FieldError, WorkflowState};

pub(super) fn routes() -> Routes {
    Routes::new()
        .routes(routes!(list::get, list::post))
        .routes(routes!(dry_run::post))
        .routes(routes!(settings::get, settings::put))
        .routes(routes!(templates::get))
        .routes(routes!(test_mail::post))
        .routes(routes!(webhooks::get))
        .routes(routes!(one::get, one::put, one::delete))
        .routes(routes!(versions::get))
        .routes(routes!(versions::restore))
        .routes(routes!(state::put))
        .routes(routes!(state::put_position))
        .routes(routes!(runs::get))
        .routes(routes!(runs::stop))
        .routes(routes!(of_contact::get))
}

/// The workflow of a path.
fn workflow(id: &str) -> Result<WorkflowId, Problem> {
    WorkflowId::parse(id).map_err(|_| Problem::not_found())
}

/// The largest number of workflows that are not archived.
const MOST_WORKFLOWS: usize = 200;

/// Refuses one more workflow than there can be.
fn refuse_beyond_most(view: &dyn View) -> Result<Result<(), Problem>, StoreError> {
    let in_use = view.workflows()?.into_iter().filter(|workflow| workflow.state != WorkflowState::Archived);
    let problem = Problem::new(StatusCode::CONFLICT, "too-many", "There are too many workflows");
    let is_full = in_use.count() >= MOST_WORKFLOWS;
    Ok(if is_full { Err(problem.detail(format!("Archive one of the {MOST_WORKFLOWS}"))) } else { Ok(()) })
}

/// Leads are inside, and the caller did not say what becomes of them.
fn leads_inside(number: u64) -> Problem {
    let leads = if number == 1 { "1 lead is".to_owned() } else { format!("{number} leads are") };
    let reason = format!("{leads} inside: expected `finish`, `move` or `stop`");
    let problem = Problem::new(StatusCode::CONFLICT, "leads-inside", "Leads are inside the workflow");
    problem.detail(reason.clone()).field(FieldError { pointer: "/inside".into(), reason })
}
