//! The owners of an account, read once in five minutes.

use knock_model::Millis;
use knock_ports::{CRM_KEPT, Crm, CrmOwner, Refusal};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The largest number of pages of owners that are read.
const PAGES: usize = 20;

/// Owners by their ids, also those who left.
pub(crate) type Owners = BTreeMap<String, CrmOwner>;

/// The owners as they were last read.
#[derive(Default)]
pub(crate) struct OwnerBook(Mutex<Option<Page>>);

#[derive(Clone)]
struct Page {
    /// The id of the account.
    account: String,
    at: Millis,
    owners: Arc<Owners>,
}

impl OwnerBook {
    /// The owners of an account, as they were five minutes ago at most; read anew also if `wanted` is not among them.
    pub(crate) async fn read(
        &self,
        crm: &dyn Crm,
        account: &str,
        wanted: Option<&str>,
        now: Millis,
    ) -> Result<Arc<Owners>, Refusal> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let is_good = |page: &Page| {
            let is_fresh = page.at <= now && now < page.at + CRM_KEPT;
            page.account == account && is_fresh && wanted.is_none_or(|id| page.owners.contains_key(id))
        };
        if let Some(page) = known.filter(is_good) {
            return Ok(page.owners);
        }
        let owners = Arc::new(all(crm).await?);
        let page = Page { account: account.to_owned(), at: now, owners: Arc::clone(&owners) };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(page);
        Ok(owners)
    }
}

async fn all(crm: &dyn Crm) -> Result<Owners, Refusal> {
    let (mut owners, mut from) = (Owners::new(), None);
    for _ in 0..PAGES {
        let page = crm.owners(from.as_deref()).await?;
        page.entries.into_iter().for_each(|owner| keep(&mut owners, owner));
        from = page.next;
        if from.is_none() {
            break;
        }
    }
    Ok(owners)
}

/// Adds an owner. One who is listed twice, as present and as one who left, is present.
fn keep(owners: &mut Owners, owner: CrmOwner) {
    if owner.is_active || !owners.contains_key(&owner.id) {
        owners.insert(owner.id.clone(), owner);
    }
}

/// The id by which a member is an owner now: one of `ids`, by which they were one before, else that of the owner with
/// their address. None of somebody who is no owner, or no longer.
pub(crate) fn owner_of(owners: &Owners, address: &str, ids: &[String]) -> Option<String> {
    let is_active = |id: &&String| owners.get(*id).is_some_and(|owner| owner.is_active);
    let has_address = |owner: &&CrmOwner| owner.is_active && owner.email.trim().eq_ignore_ascii_case(address.trim());
    let by_address = || owners.values().find(has_address).map(|owner| owner.id.clone());
    ids.iter().find(is_active).cloned().or_else(by_address)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owners() -> Owners {
        let owner = |id: &str, email: &str, is_active| {
            let name = "".into();
            (id.to_owned(), CrmOwner { id: id.to_owned(), email: email.to_owned(), name, is_active })
        };
        [owner("7", "ann@us.example", false), owner("8", "Ann@us.example", true), owner("9", "bo@us.example", false)]
            .into()
    }

    #[test]
    fn an_owner_who_is_listed_twice_is_present() {
        let owner = |is_active| CrmOwner { id: "7".into(), email: "ann@us.example".into(), name: "".into(), is_active };
        for order in [[true, false], [false, true]] {
            let mut owners = Owners::new();
            order.into_iter().for_each(|is_active| keep(&mut owners, owner(is_active)));
            assert!(owners["7"].is_active, "{order:?}");
        }
    }

    #[test]
    fn an_owner_is_found_by_id_then_by_address_and_never_once_archived() {
        let of = |address: &str, ids: &[&str]| {
            owner_of(&owners(), address, &ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(of("ann@us.example", &[]).as_deref(), Some("8"));
        assert_eq!(of("ann@us.example", &["7"]).as_deref(), Some("8"), "the archived one is not meant");
        assert_eq!(of("anna@us.example", &["8"]).as_deref(), Some("8"), "an address may change");
        assert_eq!(of("bo@us.example", &["9"]), None);
        assert_eq!(of("cy@us.example", &[]), None);
    }
}
