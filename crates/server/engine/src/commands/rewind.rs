//! Rewind: after the clock was set back, values derived as of a later instant are derived as of now, in pieces that
//! block other writes only briefly. Subscribers get the present state in a newer event than the one sent too early.

use super::fire_timers::fire_account;
use super::{chat, fold, meeting_status};
use crate::changes::Changes;
use crate::happened::Happened;
use crate::notice::Notice;
use crate::reactions;
use crate::writer::{After, Command};
use knock_model::{AccountId, LeadId, Millis};
use knock_ports::{Derived, Ledger, StoreError};

/// The number of subjects of a piece.
const PIECE: usize = 16;

/// The position of a rewind: the last finished subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RewindStep {
    /// Persons and their chats.
    Persons(Option<LeadId>),
    Companies(Option<AccountId>),
}

/// The number of subjects that were not as of now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rewound {
    /// Persons: their score, their chat or their timers.
    pub persons: u64,
    pub companies: u64,
}

/// One piece of a rewind.
#[derive(Clone, Copy, Debug)]
pub struct Rewind {
    /// The position at which to continue.
    pub step: RewindStep,
    pub now: Millis,
    /// The result of the steps before.
    pub so_far: Rewound,
}

impl Command for Rewind {
    /// The result so far, and the position at which to continue; none at the end.
    type Outcome = (Rewound, Option<RewindStep>);

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<Self::Outcome, StoreError> {
        let mut rewound = self.so_far;
        let next = match self.step {
            RewindStep::Persons(past) => {
                let leads = ledger.leads_past(past, PIECE)?;
                for id in &leads {
                    rewound.persons += u64::from(readable(person(ledger, *id, self.now, changes))?);
                }
                leads.last().map_or(RewindStep::Companies(None), |last| RewindStep::Persons(Some(*last)))
            }
            RewindStep::Companies(past) => {
                let accounts = ledger.accounts_past(past, PIECE)?;
                for id in &accounts {
                    rewound.companies += u64::from(readable(company(ledger, *id, self.now, changes))?);
                }
                let Some(last) = accounts.last() else {
                    ledger.set_derived_until(self.now)?;
                    return Ok((rewound, None));
                };
                RewindStep::Companies(Some(*last))
            }
        };
        Ok((rewound, Some(next)))
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Notes that values may be derived as of an instant.
#[derive(Clone, Copy, Debug)]
pub struct NoteClock {
    pub at: Millis,
}

impl Command for NoteClock {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(), StoreError> {
        ledger.raise_derived_until(self.at)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Leaves a subject that cannot be read to a rebuild, which does not read it.
fn readable(changed: Result<bool, StoreError>) -> Result<bool, StoreError> {
    match changed {
        Err(StoreError::Broken(_)) => Ok(false),
        changed => changed,
    }
}

/// Rewinds the score, the chat and the mail of a person; whether anything changed.
fn person(ledger: &mut dyn Ledger, id: LeadId, now: Millis, changes: &mut Changes) -> Result<bool, StoreError> {
    let has_chat = ledger.chat_summary(id)?.is_some();
    // Every change of a bucket moves `until`: a score without a step later than now is right.
    let has_meetings = ledger.meeting_lead(id)?.is_some();
    let is_ahead = |ledger: &mut dyn Ledger| Ok(ledger.lead(id)?.filter(|lead| lead.history.until > now));
    if !has_chat && !has_meetings && is_ahead(ledger)?.is_none() {
        return Ok(false);
    }
    let before = images(ledger, id)?;
    let mut pending = Changes::default();
    if has_chat {
        chat::settle(ledger, id, now, &mut pending)?;
        pending.happened(now, Happened::Rederived { lead: id });
    }
    if has_meetings {
        meeting_status::settle(ledger, id, now, &mut pending)?;
    }
    if let Some(mut lead) = is_ahead(ledger)? {
        let bucket = lead.history.bucket;
        fold::refold(ledger, &mut lead, now, &mut pending)?;
        if lead.history.bucket != bucket {
            let (previous, is_hidden) = (bucket, lead.is_spam);
            let scored =
                Happened::Scored { lead: id, previous, former: previous, bucket: lead.history.bucket, is_hidden };
            pending.happened(now, scored);
        }
    }
    // Some of what is compared is set by reactions.
    reactions::run(ledger, &mut pending)?;
    let is_changed = before != images(ledger, id)?;
    changes.add(pending, is_changed);
    if is_changed {
        changes.push(Notice::Timer);
    }
    Ok(is_changed)
}

/// Rewinds the bucket of a company; whether it changed.
fn company(ledger: &mut dyn Ledger, id: AccountId, now: Millis, changes: &mut Changes) -> Result<bool, StoreError> {
    let before = ledger.image(Derived::Account(id))?;
    let mut pending = Changes::default();
    fire_account(ledger, id, now, &mut pending)?;
    let is_changed = before != ledger.image(Derived::Account(id))?;
    changes.add(pending, is_changed);
    if is_changed {
        changes.push(Notice::Timer);
    }
    Ok(is_changed)
}

fn images(ledger: &dyn Ledger, id: LeadId) -> Result<[String; 2], StoreError> {
    Ok([ledger.image(Derived::Lead(id))?, ledger.image(Derived::Chat(id))?])
}
