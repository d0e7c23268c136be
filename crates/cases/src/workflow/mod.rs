//! `knock explain workflow`: workflows and the events of a lead to runs and refusals.

mod answer;
mod case;
mod event;
mod long_view;

use crate::refused::Refused;
use answer::Answer;
pub(crate) use case::Case;
use knock_workflow::{History, replay};
pub(crate) use long_view::read_long_views;

pub(crate) fn answer(case: &Case) -> Result<Answer, Refused> {
    let (evaluate_at, outages) = (case.evaluate_at, case.outages()?);
    case.check()?;
    let events = case.events(&outages)?;
    let history = History { workflows: &case.workflows, lead: case.lead.clone(), events, outages };
    Ok(Answer::from(replay(&history, evaluate_at)))
}
