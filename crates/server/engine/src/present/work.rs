//! What members said about work on a chat: done, snoozed, reopened (7.5); and the forms that are work (7.4).

use super::Presenter;
use knock_model::{LeadId, Millis, RepId};
use knock_ports::{ChatFact, StoreError};
use knock_status::arrange;
use knock_status::chat::Event;
use knock_wire::{FormShown, WorkChange};

impl Presenter<'_> {
    /// Returns the changes that had arrived by now, oldest first.
    pub(super) fn work(&self, lead: LeadId, facts: &[ChatFact]) -> Result<Vec<WorkChange>, StoreError> {
        let mut changes = Vec::new();
        for fact in arrange(facts, self.now) {
            let (by, until) = match &fact.what {
                Event::Done { by } | Event::Reopened { by } => (by, None),
                Event::Snoozed { by, until } => (by, Some(*until)),
                _ => continue,
            };
            let member = by.as_deref().and_then(|by| RepId::parse(by).ok());
            let by = match member {
                Some(member) => self.rep_name(member)?,
                None if matches!(fact.what, Event::Done { by: None }) => self.ended_by(lead, fact.id)?,
                None => String::new(),
            };
            changes.push(WorkChange { at: fact.effective_at(), what: fact.what.kind().into(), by, until });
        }
        Ok(changes)
    }
}

/// The forms of a lead that had arrived by an instant, oldest first.
pub(super) fn forms(facts: &[ChatFact], now: Millis) -> Vec<FormShown> {
    let shown = |fact: &ChatFact| match &fact.what {
        Event::FormSent { form, page, fields } => {
            let (at, name, page, fields) = (fact.effective_at(), form.clone(), page.clone(), fields.clone());
            Some(FormShown { at, name, page, fields })
        }
        _ => None,
    };
    arrange(facts, now).into_iter().filter_map(shown).collect()
}
