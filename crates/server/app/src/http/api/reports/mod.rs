//! `/api/v1/reports`: the list of reports, each of them, and what stands behind its numbers; goals, and the mail of the
//! week.

mod goals;
mod items;
mod list;
mod mail;
mod one;

use super::home::own_zone;
use super::parameter::wrong;
use crate::http::auth::Caller;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::routes::{Routes, routes};
use crate::http::state::AppState;
use crate::reports::{ReportWords, known_reports, with_site};
use knock_model::Millis;
use knock_report::{Ask, Report};

pub(super) fn routes() -> Routes {
    Routes::new()
        .routes(routes!(list::get))
        .routes(routes!(one::get))
        .routes(routes!(items::get))
        .routes(routes!(goals::get, goals::put))
        .routes(routes!(mail::get, mail::put))
}

/// The report with a name.
fn named(name: &str) -> Result<&'static Report, Problem> {
    let unknown = || Problem::not_found().detail(format!("there is no report `{name}`: there are {}", known_reports()));
    knock_report::report(name).ok_or_else(unknown)
}

/// What a query asks of a report, days by the caller's zone where it names none.
async fn asked(
    state: &AppState,
    caller: &Caller,
    words: ReportWords,
    of: &Report,
    now: Millis,
) -> Result<Ask, Problem> {
    let zone = usual_zone(state, caller).await?;
    let words = with_site(state.core.store.clone(), words).await?;
    words.ask(of, &zone, now).map_err(|error| wrong(error.name, error.reason))
}

/// The name of the caller's zone; UTC for a program.
async fn usual_zone(state: &AppState, caller: &Caller) -> Result<String, Problem> {
    let Some(member) = caller.who.member().cloned() else { return Ok("UTC".to_owned()) };
    let zone = read(state.core.store.clone(), move |view| own_zone(view, &member)).await?;
    Ok(zone.iana_name().unwrap_or("UTC").to_owned())
}
