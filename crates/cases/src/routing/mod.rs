//! `knock explain routing`: rules, team and lead to a decision.

mod answer;
mod case;
mod fixtures;
mod state;

use crate::refused::Refused;
use answer::Answer;
pub(crate) use case::Case;
use knock_routing::{Ask, Rules, decide};

/// The parts that cases share and each can override.
pub(crate) const FIXTURES: [&str; 3] = ["reps", "rules", "links"];

pub(crate) fn answer(case: &Case) -> Result<Answer, Refused> {
    let rules = case.rules();
    let team = case.team()?;
    let link = case.link()?;
    let ask = Ask {
        funnel: case.funnel,
        link: link.as_ref(),
        lead: &case.lead,
        team: &team,
        sticky: case.sticky()?,
        needs_human: false,
        now: case.now,
    };
    let decision = decide(Rules(&rules), &ask)
        .map_err(|missing| Refused { field: "rules".into(), reason: missing.to_string() })?;
    let rule = rules.iter().find(|rule| rule.id == decision.rule);
    let lead = ask.fields();
    let tried = rule.filter(|_| decision.segment.is_some()).map(|rule| rule.tried(&lead, case.now));
    Ok(Answer::new(&decision, tried.unwrap_or_default(), case.last_assigned()))
}
