//! The what-if report: decisions of a draft about past leads. Nothing is written.

use super::Presenter;
use crate::availability::{RepsThen, former_owner};
use crate::lead_fields::link;
use knock_model::Millis;
use knock_ports::{Decided, StoreError};
use knock_routing::{
    Ask, Decision, LeadFields, Link, Note, Reason, Rule, Rules, SegmentTried, SegmentTrouble, Team, Tried, Value,
    decide, decide_for_writer,
};
use knock_scheduling::Span;
use knock_wire::{SegmentWhy, WhatIf, WhatIfAsk, WhatIfChange};
use std::collections::BTreeMap;

/// The maximum of decisions read at once.
const MOST: u32 = 20_000;

/// The maximum of leads listed; a thousand are more than a megabyte.
const MOST_LISTED: u32 = 200;

impl Presenter<'_> {
    /// Runs a draft over the decisions of the last days: same leads, same order, starting with the turns before them.
    ///
    /// # Errors
    /// When the database fails.
    pub fn what_if(&self, ask: &WhatIfAsk) -> Result<WhatIf, StoreError> {
        let since = self.now - Millis::days(ask.days.into());
        let decided = self.view.decisions_since(ask.rule.funnel(), since, MOST)?;
        let mut team = self.team_before(since)?;
        let members = self.view.members()?;
        let holidays = self.view.meeting_settings()?.holidays;
        let span = Span { start: since, end: self.now + Millis(1) };
        let (reps, then) = RepsThen::new(&members, holidays.as_deref(), span);
        team.reps = reps;
        let rules = with_draft(self.view.rules()?, &ask.rule);
        let links = self.links(ask)?;
        let mut answer = WhatIf {
            since,
            decisions: count(decided.len()),
            is_cut: decided.len() >= MOST as usize,
            changed_count: 0,
            changed: Vec::new(),
            before: BTreeMap::new(),
            after: BTreeMap::new(),
        };
        for decided in &decided {
            team.reps.truncate(members.len());
            then.set(&mut team.reps, decided.at);
            team.reps.extend(former_owner(self.view, &decided.fields)?);
            let would = would(&rules, &links, &team, decided)?;
            team.turns.take(&would);
            *answer.before.entry(self.assignee(decided.decision.assignee.as_ref())?).or_default() += 1;
            *answer.after.entry(self.assignee(would.assignee.as_ref())?).or_default() += 1;
            if (&would.assignee, would.outcome) != (&decided.decision.assignee, decided.decision.outcome) {
                if answer.changed_count < MOST_LISTED {
                    answer.changed.push(self.change(&rules, decided, &would)?);
                }
                answer.changed_count += 1;
            }
        }
        Ok(answer)
    }

    /// Returns a team without members, with the turns at that instant.
    fn team_before(&self, at: Millis) -> Result<Team, StoreError> {
        let turns = self.view.turns_before(at)?;
        Ok(Team { reps: Vec::new(), turns, free_at_slot: None })
    }

    /// Returns the links as they are, those named in the request with the draft as their rule.
    fn links(&self, ask: &WhatIfAsk) -> Result<BTreeMap<String, Link>, StoreError> {
        let links = self.view.links()?.into_iter().map(|known| {
            let mut link = link(known);
            if ask.links.contains(&link.id) {
                link.rule = Some(ask.rule.id.clone());
            }
            (link.id.clone(), link)
        });
        Ok(links.collect())
    }

    fn change(&self, rules: &[Rule], decided: &Decided, would: &Decision) -> Result<WhatIfChange, StoreError> {
        let rule = rules.iter().find(|rule| rule.id == would.rule).filter(|_| would.segment.is_some());
        let was = self.decision(decided)?;
        Ok(WhatIfChange {
            lead: decided.lead,
            contact: self.contact_ref_of(decided.lead)?,
            would: knock_wire::DecisionShown { at: was.at, ..self.shown(would)? },
            was,
            why: rule.map(|rule| why(rule, &decided.fields, decided.at)).unwrap_or_default(),
        })
    }
}

/// Returns the rules with the draft in place of its previous version.
fn with_draft(mut rules: Vec<Rule>, draft: &Rule) -> Vec<Rule> {
    match rules.iter_mut().find(|rule| rule.id == draft.id) {
        Some(rule) => *rule = Rule { version: rule.version + 1, is_default: rule.is_default, ..draft.clone() },
        None => rules.push(Rule { version: 1, is_default: false, ..draft.clone() }),
    }
    rules
}

/// The decision that would have been made. A conversation that had its rep keeps it, and so do who wrote first
/// and an agent that answered.
fn would(
    rules: &[Rule],
    links: &BTreeMap<String, Link>,
    team: &Team,
    decided: &Decided,
) -> Result<Decision, StoreError> {
    let was = &decided.decision;
    if was.reason == Reason::AnsweredByAgent {
        // No member was needed, whatever the rules say.
        return Ok(was.clone());
    }
    let rep = was.assignee.as_ref().and_then(knock_routing::Assignee::rep);
    let mut link = links.get(&decided.link).cloned();
    if let (Reason::OwnCalendar, Some(link)) = (was.reason, &mut link) {
        // A card of a chat gave it away, which no rule changes.
        link.calendar = rep.map(str::to_owned);
    }
    let broken = |missing: knock_routing::NoDefaultRule| StoreError::Broken(missing.to_string());
    let ask = Ask {
        funnel: was.funnel,
        link: link.as_ref(),
        lead: &decided.fields,
        team,
        sticky: rep.filter(|_| was.reason == Reason::StickyExistingRep),
        needs_human: was.notes.iter().any(|note| matches!(note, Note::Segment(_, SegmentTrouble::PersonAskedFor))),
        now: Some(decided.at),
    };
    let writer = rep.filter(|_| was.reason == Reason::WroteFirst);
    let by_writer = writer.map(|rep| decide_for_writer(Rules(rules), &ask, rep)).transpose().map_err(broken)?;
    by_writer.flatten().map_or_else(|| decide(Rules(rules), &ask).map_err(broken), Ok)
}

fn why(rule: &Rule, fields: &LeadFields, at: Millis) -> Vec<SegmentWhy> {
    let shown = |tried: SegmentTried<'_>| SegmentWhy {
        segment: tried.name.to_owned(),
        holds: tried.holds,
        because: tried.deciding.iter().map(because).collect(),
    };
    rule.tried(fields, Some(at)).into_iter().map(shown).collect()
}

fn because(tried: &Tried<'_>) -> String {
    let text = |value: &Value| serde_json::to_string(value).unwrap_or_default();
    let (field, operator) = (tried.leaf.field().name(), tried.leaf.operator().as_str());
    let wanted = tried.leaf.value().map_or_else(String::new, |value| format!(" {}", text(value)));
    let had = tried.value.map_or_else(|| "missing".to_owned(), text);
    format!("{field} {operator}{wanted}: {had}")
}

fn count(items: usize) -> u32 {
    u32::try_from(items).unwrap_or(u32::MAX)
}
