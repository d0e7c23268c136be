//! Decisions as shown.

use super::{Presenter, rounded};
use knock_model::AI_AGENT;
use knock_ports::{Cursor, Decided, StoreError, TypeDecided};
use knock_routing::{AgentKind, Assignee, Decision, Note, Notified, Rule, Skipped};
use knock_wire::{DecisionRow, DecisionShown, SkippedRep, TypeChange, Word};
use std::collections::BTreeMap;

impl Presenter<'_> {
    /// Returns a page of decisions, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn decisions(&self, before: Option<Cursor>, limit: u32) -> Result<Vec<(Cursor, DecisionRow)>, StoreError> {
        let decided = self.view.decisions(before, limit)?;
        decided
            .iter()
            .map(|decided| Ok((Cursor { at: decided.at, id: *decided.id.as_bytes() }, self.decision_row(decided)?)))
            .collect()
    }

    fn decision_row(&self, decided: &Decided) -> Result<DecisionRow, StoreError> {
        Ok(DecisionRow {
            lead: decided.lead,
            contact: self.contact_ref_of(decided.lead)?,
            link: decided.link.clone(),
            decision: self.decision(decided)?,
        })
    }

    /// Converts a stored decision.
    pub(super) fn decision(&self, decided: &Decided) -> Result<DecisionShown, StoreError> {
        Ok(DecisionShown { at: decided.at, ..self.shown(&decided.decision)? })
    }

    /// Converts a decision, without its instant.
    pub(super) fn shown(&self, decision: &Decision) -> Result<DecisionShown, StoreError> {
        let recipient = |notified: &Notified| match notified {
            Notified::Channel(channel) => Ok(Notified::Channel(channel.clone())),
            Notified::Rep(rep) => self.rep_email(rep).map(Notified::Rep),
        };
        Ok(DecisionShown {
            at: self.now,
            rule: decision.rule_name.clone(),
            rule_id: decision.rule.clone(),
            version: decision.version,
            segment: decision.segment_name.clone(),
            outcome: decision.outcome.into(),
            assignee: self.assignee(decision.assignee.as_ref())?,
            reason: decision.reason.into(),
            notes: decision.notes.iter().cloned().map(Word::from).collect(),
            segment_names: self.segment_names(decision)?,
            notify: decision.notify.iter().map(recipient).collect::<Result<_, _>>()?,
            skipped: decision.skipped.iter().map(|skipped| self.skipped(skipped)).collect::<Result<_, _>>()?,
        })
    }

    /// The names of the segments that the notes are about, as the rule has them now; others keep their ids.
    fn segment_names(&self, decision: &Decision) -> Result<BTreeMap<String, String>, StoreError> {
        let of_segments = decision.notes.iter().filter_map(|note| match note {
            Note::Segment(segment, _) => Some(segment),
            _ => None,
        });
        let ids: Vec<&String> = of_segments.collect();
        if ids.is_empty() {
            return Ok(BTreeMap::new());
        }
        let rules = self.view.rules()?;
        let names = rules.iter().find(|rule| rule.id == decision.rule).map(Rule::segment_names).unwrap_or_default();
        let named = names.into_iter().filter(|(id, _)| ids.iter().any(|known| *known == id));
        Ok(named.map(|(id, name)| (id.to_owned(), name.to_owned())).collect())
    }

    fn skipped(&self, skipped: &Skipped) -> Result<SkippedRep, StoreError> {
        Ok(SkippedRep { rep: self.rep_email(&skipped.rep)?, reason: skipped.reason.into() })
    }

    /// The assignee of a lead, as a text.
    pub(super) fn assignee(&self, assignee: Option<&Assignee>) -> Result<String, StoreError> {
        Ok(match assignee {
            Some(Assignee::Rep { id }) => self.rep_email(id)?,
            Some(Assignee::AiAgent { id: AgentKind::General }) => AI_AGENT.to_owned(),
            Some(Assignee::AiAgent { id }) => format!("{AI_AGENT} ({})", id.as_str()),
            Some(Assignee::CalendarSet { mode, reps, .. }) => {
                let reps: Result<Vec<String>, _> = reps.iter().map(|rep| self.rep_email(rep)).collect();
                format!("{} of {}", mode.as_str(), reps?.join(", "))
            }
            None => String::new(),
        })
    }
}

/// The decision about the intent type.
pub(super) fn type_change(decided: TypeDecided) -> TypeChange {
    TypeChange { at: decided.at, kind: decided.kind, margin: rounded(decided.margin, 100.0), why: decided.why.into() }
}
