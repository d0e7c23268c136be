//! Rebuild: drops derived data and computes it again from the facts, in pieces that delay other commands only briefly.
//!
//! Browsers first, then persons, then companies: each depends on the one before. Commands between two pieces
//! follow the same rules, so a piece finds their facts too.

pub(super) mod piece;

use crate::changes::Changes;
use crate::writer::{After, Command};
use knock_model::{AccountId, LeadId, Millis, SiteId, VisitorId};
use knock_ports::{Ledger, StoreError};

/// The number of subjects of a piece.
pub(crate) const PIECE: usize = 16;

/// The position of a rebuild: the last finished subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Cutting the activity of browsers into spans.
    Browsers(Option<(SiteId, VisitorId)>),
    /// Folding persons and their chats.
    Persons(Option<LeadId>),
    /// Summing up companies.
    Companies(Option<AccountId>),
    /// Dropping derived rows without a subject.
    Leftovers,
}

/// The number of recomputed subjects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// All computed subjects.
    pub recomputed: u64,
    /// The subjects with a difference.
    pub changed: u64,
}

/// The result of a rebuild.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rebuilt {
    pub browsers: Tally,
    pub persons: Tally,
    pub chats: Tally,
    pub companies: Tally,
    /// Rows dropped because they had no subject.
    pub leftovers: u64,
}

/// One piece of a rebuild.
#[derive(Clone, Copy, Debug)]
pub struct Rebuild {
    /// The position at which to continue.
    pub step: Step,
    pub now: Millis,
    /// Ids for new companies.
    pub fresh: [AccountId; PIECE],
    /// The result of the steps before.
    pub so_far: Rebuilt,
}

impl Command for Rebuild {
    /// The result so far, and the position at which to continue; none at the end.
    type Outcome = (Rebuilt, Option<Step>);

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(Rebuilt, Option<Step>), StoreError> {
        piece::catch_up(ledger, self.now, changes)?;
        let mut rebuilt = self.so_far;
        let next = match self.step {
            Step::Browsers(past) => {
                let visitors = ledger.visitors_past(past, PIECE)?;
                for (site, visitor) in &visitors {
                    piece::browser(ledger, *site, *visitor, &mut rebuilt.browsers)?;
                }
                visitors.last().map_or(Step::Persons(None), |last| Step::Browsers(Some(*last)))
            }
            Step::Persons(past) => {
                let leads = ledger.leads_past(past, PIECE)?;
                for (id, fresh) in leads.iter().zip(self.fresh) {
                    piece::person(ledger, *id, fresh, self.now, &mut rebuilt, changes)?;
                }
                leads.last().map_or(Step::Companies(None), |last| Step::Persons(Some(*last)))
            }
            Step::Companies(past) => {
                let accounts = ledger.accounts_past(past, PIECE)?;
                for id in &accounts {
                    piece::company(ledger, *id, self.now, &mut rebuilt.companies, changes)?;
                }
                accounts.last().map_or(Step::Leftovers, |last| Step::Companies(Some(*last)))
            }
            Step::Leftovers => {
                rebuilt.leftovers += ledger.drop_leftovers()?;
                return Ok((rebuilt, None));
            }
        };
        Ok((rebuilt, Some(next)))
    }

    fn after(&self) -> After {
        After::All
    }
}
