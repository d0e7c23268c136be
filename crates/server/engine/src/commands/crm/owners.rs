//! Owners in a CRM who are members here: their id is kept, since an address may change.

use crate::changes::Changes;
use crate::writer::{After, Command};
use knock_model::RepId;
use knock_ports::{Ledger, StoreError, View};
use knock_routing::CrmSystem;
use std::collections::BTreeMap;

/// Records an owner whose address is that of a member.
#[derive(Clone, Debug)]
pub struct KnowCrmOwner {
    pub system: CrmSystem,
    /// The account of the owner: ids of another account are ignored.
    pub account: String,
    /// The id of the owner.
    pub owner: String,
    pub email: String,
}

impl Command for KnowCrmOwner {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(), StoreError> {
        if ledger.crm_sync(self.system)?.is_none_or(|sync| sync.account() != self.account) {
            return Ok(());
        }
        let is_theirs = |email: &str| email.trim().eq_ignore_ascii_case(self.email.trim());
        let Some(member) = ledger.members()?.into_iter().find(|member| is_theirs(&member.email)) else { return Ok(()) };
        let mut state = ledger.crm_state(self.system)?;
        if state.owners.insert(self.owner.clone(), member.id) == Some(member.id) {
            return Ok(());
        }
        ledger.save_crm_state(self.system, &state)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Returns the ids of the owners who are members, by the addresses of the members in lower case.
///
/// # Errors
/// When the store fails.
pub fn crm_owner_ids(view: &dyn View, system: CrmSystem) -> Result<BTreeMap<String, Vec<String>>, StoreError> {
    let members: BTreeMap<RepId, String> = view.members()?.into_iter().map(|one| (one.id, one.email)).collect();
    let mut ids: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (owner, member) in view.crm_state(system)?.owners {
        if let Some(address) = members.get(&member) {
            ids.entry(address.trim().to_lowercase()).or_default().push(owner);
        }
    }
    Ok(ids)
}

/// Returns the address of the member who is an owner, by the id of the owner.
///
/// # Errors
/// When the store fails.
pub fn crm_owner(view: &dyn View, system: CrmSystem, owner: &str) -> Result<Option<String>, StoreError> {
    let Some(member) = view.crm_state(system)?.owners.get(owner).copied() else { return Ok(None) };
    Ok(view.member(member)?.map(|member| member.email))
}
