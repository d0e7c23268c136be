//! A full resync: every lead is written with its current values, in batches; it continues after a restart.
//!
//! The resync invalidates the record of earlier writes, then iterates over all leads. A lead that was written since it
//! began is skipped, so that a restart or a failure writes no lead twice.

use super::write::plan;
use crate::audited::{Change, Note, subject};
use crate::changes::Changes;
use crate::writer::{After, Command};
use knock_model::{AuditAction, LeadId, Millis};
use knock_ports::{CrmKey, CrmResyncClaim, CrmResyncState, CrmState, Ledger, StoreError, View};
use knock_routing::CrmSystem;
use serde_json::json;
use std::collections::BTreeMap;

/// The maximum number of leads per batch: that of one request to a CRM.
const BATCH: usize = 100;
/// The maximum number of leads read before they are put into batches of one kind.
const PAGE: u32 = 2_000;
/// The lifetime of a claim without an extension: after that, another server continues.
const CLAIM: Millis = Millis::MINUTE;

/// Starts a resync. A running one starts again.
#[derive(Clone, Copy, Debug)]
pub struct StartCrmResync {
    pub system: CrmSystem,
    pub now: Millis,
}

impl Change for StartCrmResync {
    /// False while the sync is off or not connected.
    type Outcome = bool;

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(bool, Option<Note>), StoreError> {
        let sync = ledger.crm_sync(self.system)?.filter(|sync| sync.is_on && sync.connection.is_some());
        let Some(mut sync) = sync else { return Ok((false, None)) };
        sync.epoch += 1;
        ledger.save_crm_sync(self.system, &sync)?;
        let total = ledger.count_named()?;
        let mut state = ledger.crm_state(self.system)?;
        let (started_at, past, ended_at, claim) = (self.now, None, None, None);
        state.resync = Some(CrmResyncState { started_at, past, done: 0, ahead: 0, claim, total, ended_at });
        ledger.save_crm_state(self.system, &state)?;
        let note = Note::new(AuditAction::CrmResyncStarted, subject("crm", self.system.as_str(), self.system.as_str()));
        Ok((true, Some(note.with(json!({"leads": total})))))
    }
}

/// The resync that a server carries out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CrmResyncTurn {
    pub system: CrmSystem,
    /// The server, by an id that it made at its start.
    pub by: [u8; 16],
    /// The instant of the request for the resync.
    pub started_at: Millis,
    /// The last finished lead.
    pub past: Option<LeadId>,
}

impl CrmResyncTurn {
    /// The state of CRM Sync during this resync, unless another server carries it out.
    pub(super) fn state(&self, view: &dyn View, now: Millis) -> Result<Option<CrmState>, StoreError> {
        let state = under_way(view, self.system, self.by, now)?;
        let is_this = |state: &CrmState| state.resync.as_ref().is_some_and(|one| one.started_at == self.started_at);
        Ok(state.filter(is_this))
    }

    /// Returns the claim from now on.
    pub(super) fn claim(&self, now: Millis) -> Option<CrmResyncClaim> {
        Some(CrmResyncClaim { by: self.by, until: now + CLAIM })
    }
}

/// The state of CRM Sync during a resync that this server may carry out.
fn under_way(view: &dyn View, system: CrmSystem, by: [u8; 16], now: Millis) -> Result<Option<CrmState>, StoreError> {
    let sync = view.crm_sync(system)?;
    if !sync.is_some_and(|sync| sync.is_on && !sync.is_paused && sync.connection.is_some()) {
        return Ok(None);
    }
    let is_others = |claim: CrmResyncClaim| claim.by != by && now < claim.until && claim.until <= now + CLAIM;
    let is_mine = |one: &CrmResyncState| one.ended_at.is_none() && !one.claim.is_some_and(is_others);
    Ok(Some(view.crm_state(system)?).filter(|state| state.resync.as_ref().is_some_and(is_mine)))
}

/// Claims the running resync.
#[derive(Clone, Copy, Debug)]
pub struct ClaimCrmResync {
    pub system: CrmSystem,
    /// The server.
    pub by: [u8; 16],
    pub now: Millis,
}

impl Command for ClaimCrmResync {
    /// None if there is no resync to carry out.
    type Outcome = Option<CrmResyncTurn>;

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<Self::Outcome, StoreError> {
        let ClaimCrmResync { system, by, now } = *self;
        let Some(mut state) = under_way(ledger, system, by, now)? else { return Ok(None) };
        let Some(resync) = &mut state.resync else { return Ok(None) };
        let turn = CrmResyncTurn { system, by, started_at: resync.started_at, past: resync.past };
        (resync.claim, resync.ahead) = (turn.claim(now), 0);
        ledger.save_crm_state(system, &state)?;
        Ok(Some(turn))
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// The next leads of a resync.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrmResyncPage {
    /// The leads to write, in batches of one kind: a batch is one request.
    pub batches: Vec<Vec<LeadId>>,
    /// The last lead of the page.
    pub past: Option<LeadId>,
    pub leads: u64,
    pub is_last: bool,
}

/// Returns the next leads of a resync.
///
/// # Errors
/// When the store fails.
pub fn crm_resync_page(view: &dyn View, turn: &CrmResyncTurn, now: Millis) -> Result<CrmResyncPage, StoreError> {
    let sync = view.crm_sync(turn.system)?.unwrap_or_default();
    let leads = view.named_past(turn.past, PAGE)?;
    let mut kinds: BTreeMap<(bool, bool), Vec<LeadId>> = BTreeMap::new();
    for lead in &leads {
        if let Ok((_, planned)) = plan(view, turn.system, &sync, *lead, now)? {
            let has_id = matches!(planned.record.key, CrmKey::Id(_));
            kinds.entry((has_id, has_id || planned.record.may_create)).or_default().push(*lead);
        }
    }
    let batches = kinds.values().flat_map(|leads| leads.chunks(BATCH).map(<[LeadId]>::to_vec)).collect();
    let (past, is_last) = (leads.last().copied().or(turn.past), leads.len() < PAGE as usize);
    Ok(CrmResyncPage { batches, past, leads: u64::try_from(leads.len()).unwrap_or_default(), is_last })
}

/// Records that all leads of a page are done.
#[derive(Clone, Copy, Debug)]
pub struct PassCrmResync {
    pub turn: CrmResyncTurn,
    /// The last lead of the page.
    pub past: Option<LeadId>,
    pub leads: u64,
    pub is_last: bool,
    pub now: Millis,
}

impl Command for PassCrmResync {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(), StoreError> {
        let Some(mut state) = self.turn.state(ledger, self.now)? else { return Ok(()) };
        if let Some(resync) = &mut state.resync {
            (resync.past, resync.ahead) = (self.past, 0);
            resync.done += self.leads;
            resync.ended_at = self.is_last.then_some(self.now);
        }
        ledger.save_crm_state(self.turn.system, &state)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}
