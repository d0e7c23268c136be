//! One subject of a rebuild: dropped, computed by the rules of the normal path, compared.

use super::{Rebuilt, Tally};
use crate::changes::Changes;
use crate::commands::fire_timers::{FireTimers, Fired};
use crate::commands::{chat, fold, identify, meeting_status};
use crate::notice::Notice;
use crate::reactions;
use crate::workflow_runs;
use crate::writer::Command;
use knock_model::{AccountId, LeadId, Millis, SiteId, VisitorId};
use knock_ports::{Derived, Ledger, StoreError};

/// Fires the timers due by now, so that a rebuild finds no difference that is merely late.
pub(in crate::commands) fn catch_up(
    ledger: &mut dyn Ledger,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    loop {
        let fired = (FireTimers { now }).run(ledger, changes);
        reactions::run(ledger, changes)?;
        match fired {
            Ok(Fired::Some) => {}
            // Data that cannot be read is the purpose of a rebuild.
            Ok(Fired::All) | Err(StoreError::Broken(_)) => return Ok(()),
            Err(error) => return Err(error),
        }
    }
}

/// Rebuilds the spans and sessions of a browser. Notices of changed persons come from the pieces of the persons.
pub(in crate::commands) fn browser(
    ledger: &mut dyn Ledger,
    site: SiteId,
    visitor: VisitorId,
    tally: &mut Tally,
) -> Result<(), StoreError> {
    let browser = Derived::Browser(site, visitor);
    let before = ledger.image(browser)?;
    ledger.drop_derived(browser)?;
    identify::cut(ledger, site, visitor)?;
    ledger.recount_sequences(site, visitor)?;
    tally.note(before != ledger.image(browser)?);
    Ok(())
}

/// Rebuilds a person with the chat and the meetings. The company is summed up in a piece of its own.
pub(in crate::commands) fn person(
    ledger: &mut dyn Ledger,
    id: LeadId,
    fresh: AccountId,
    now: Millis,
    rebuilt: &mut Rebuilt,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let (person, chat) = (Derived::Lead(id), Derived::Chat(id));
    let (person_before, chat_before) = (ledger.image(person)?, ledger.image(chat)?);
    ledger.drop_derived(person)?;
    ledger.drop_derived(chat)?;
    let mut pending = Changes::default();
    chat::rebuild(ledger, id, now, &mut pending)?;
    meeting_status::rebuild(ledger, id, now, &mut pending)?;
    workflow_runs::reset_timer(ledger, id)?;
    if let Some(mut lead) = ledger.lead(id)? {
        lead.is_spam = meeting_status::is_spam(ledger, id)?;
        identify::describe(ledger, &mut lead, fresh, now)?;
        fold::refold(ledger, &mut lead, now, &mut pending)?;
    }
    // Some of what is compared is set by reactions.
    reactions::run(ledger, &mut pending)?;
    let (person_after, chat_after) = (ledger.image(person)?, ledger.image(chat)?);
    rebuilt.persons.note(person_before != person_after);
    if !(chat_before.is_empty() && chat_after.is_empty()) {
        rebuilt.chats.note(chat_before != chat_after);
    }
    let is_changed = (person_before, chat_before) != (person_after, chat_after);
    changes.add(pending, is_changed);
    if is_changed {
        changes.push(Notice::Timer);
    }
    Ok(())
}

/// Rebuilds the sum of a company's persons.
pub(in crate::commands) fn company(
    ledger: &mut dyn Ledger,
    id: AccountId,
    now: Millis,
    tally: &mut Tally,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let company = Derived::Account(id);
    let before = ledger.image(company)?;
    ledger.drop_derived(company)?;
    let mut pending = Changes::default();
    fold::refold_account(ledger, id, now, &mut pending)?;
    let is_changed = before != ledger.image(company)?;
    changes.add(pending, is_changed);
    if is_changed {
        changes.push(Notice::Timer);
    }
    tally.note(is_changed);
    Ok(())
}

impl Tally {
    fn note(&mut self, is_changed: bool) {
        self.recomputed += 1;
        self.changed += u64::from(is_changed);
    }
}
