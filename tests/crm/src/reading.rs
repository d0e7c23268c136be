//! Reads: contacts for routing, owners, properties, changes.

use crate::vendor::{Vendor, email, fields, record};
use knock_crm::{Field, Prefix, Property};
use knock_ports::{Crm, CrmChange, CrmCreated, CrmObject, CrmOwnerOf, CrmQuestion, CrmWritten, DealState};

const OWNER: &str = "knock_chat_owner";

/// The contact's own owner comes before the company's; addresses that are unknown have an answer too.
pub async fn contacts_are_found_with_what_routing_wants(vendor: &impl Vendor) {
    fields(vendor.crm()).await;
    let (bo, cy) = (vendor.add_owner("bo@us.example", true), vendor.add_owner("cy@us.example", true));
    let ann = vendor.add_contact(&email("ann"), &[(OWNER, "Bo")]);
    vendor.set_owner(&ann, &bo);
    let deal = vendor.add_deal(&ann);
    let bea = vendor.add_contact(&email("bea"), &[]);
    let company = vendor.add_company(&[&ann, &bea], &cy);
    vendor.add_address(&bea, &email("bea.private"));
    let question = CrmQuestion {
        emails: ["ann", "eve", "bea.private"].map(email).to_vec(),
        fields: vec![OWNER.to_owned()],
        with_deals: true,
    };
    let found = vendor.crm().find(&question).await.expect("an answer");
    let [Some(first), None, Some(third)] = &found[..] else { panic!("{found:?}") };
    assert_eq!((&first.id, &first.owner), (&ann, &Some((bo, CrmOwnerOf::Contact))));
    assert_eq!(first.fields, [(OWNER.to_owned(), "Bo".to_owned())]);
    assert_eq!(
        first.deals.iter().map(|one| (one.id.clone(), one.state)).collect::<Vec<_>>(),
        [(deal, DealState::Open)]
    );
    assert_eq!((&third.id, &third.owner), (&bea, &Some((cy, CrmOwnerOf::Company))));
    assert_eq!((&first.company, &third.company), (&Some(company.clone()), &Some(company)));
    assert!(third.deals.is_empty() && third.fields.is_empty());
}

/// A read by key is never behind a write, as a search may be.
pub async fn what_was_just_written_is_found(vendor: &impl Vendor) {
    fields(vendor.crm()).await;
    let written = vendor.crm().write(&[record("ann", OWNER, "Bo")]).await;
    let question = CrmQuestion { emails: vec![email("ann")], ..CrmQuestion::default() };
    let found = vendor.crm().find(&question).await.expect("an answer");
    let id = found[0].as_ref().map(|contact| contact.id.clone()).expect("the contact");
    assert_eq!(written, [CrmWritten::Done { id }]);
}

/// All of them, page by page, also those who left.
pub async fn owners_are_listed_to_the_end(vendor: &impl Vendor) {
    for number in 0..105 {
        vendor.add_owner(&format!("rep{number}@us.example"), true);
    }
    vendor.add_owner("gone@us.example", false);
    let (mut owners, mut from) = (Vec::new(), None);
    loop {
        let page = vendor.crm().owners(from.as_deref()).await.expect("a page");
        owners.extend(page.entries);
        match page.next {
            Some(next) => from = Some(next),
            None => break,
        }
    }
    assert_eq!(owners.len(), 106);
    let inactive: Vec<_> = owners.iter().filter(|owner| !owner.is_active).map(|owner| owner.email.as_str()).collect();
    assert_eq!(inactive, ["gone@us.example"]);
}

/// Creating them again changes nothing; each is listed as it was wanted.
pub async fn standard_properties_are_created_once(vendor: &impl Vendor) {
    let wanted: Vec<Property> = Field::ALL.iter().map(|field| field.property(&Prefix::default())).collect();
    for _ in 0..2 {
        let created = vendor.crm().create_properties(CrmObject::Contact, &wanted).await.expect("they are created");
        let expected: Vec<CrmCreated> = wanted.iter().cloned().map(CrmCreated::There).collect();
        assert_eq!(created, expected);
    }
    let listed = vendor.crm().properties(CrmObject::Contact).await.expect("a list");
    let ours: Vec<&Property> = wanted.iter().filter_map(|one| listed.iter().find(|known| *known == one)).collect();
    assert_eq!(ours.len(), wanted.len());
}

/// A first question says where to begin; then what has happened since comes.
pub async fn changes_are_read_from_a_cursor(vendor: &impl Vendor) {
    let (ann, bea) = (vendor.add_contact(&email("ann"), &[]), vendor.add_contact(&email("bea"), &[]));
    let begun = vendor.crm().changes(None).await.expect("a cursor");
    assert_eq!((begun.changes.len(), begun.is_more), (0, false));
    let bo = vendor.add_owner("bo@us.example", true);
    let deal = vendor.add_deal(&ann);
    vendor.merge(&bea, &ann);
    vendor.set_owner(&ann, &bo);
    let (changes, cursor) = all_since(vendor.crm(), &begun.cursor).await;
    let opened = |change: &CrmChange| matches!(change, CrmChange::DealOpened { deal: one, contacts } if one.id == deal && *contacts == [ann.clone()]);
    assert!(changes.iter().any(opened), "{changes:?}");
    assert!(changes.contains(&CrmChange::Merged { from: bea, into: ann.clone() }), "{changes:?}");
    assert!(changes.contains(&CrmChange::Owner { contact: ann, owner: Some(bo) }), "{changes:?}");
    let (again, _) = all_since(vendor.crm(), &cursor).await;
    assert!(again.iter().all(|change| changes.contains(change)), "{again:?}");
}

/// Reads until there is nothing more right now.
async fn all_since(crm: &dyn Crm, cursor: &str) -> (Vec<CrmChange>, String) {
    let (mut changes, mut cursor) = (Vec::new(), cursor.to_owned());
    loop {
        let page = crm.changes(Some(&cursor)).await.expect("changes");
        changes.extend(page.changes);
        cursor = page.cursor;
        if !page.is_more {
            return (changes, cursor);
        }
    }
}

/// The account of the access, and its scopes.
pub async fn the_access_says_whose_it_is(vendor: &impl Vendor) {
    let account = vendor.crm().account().await.expect("an account");
    assert!(!account.id.is_empty() && !account.name.is_empty() && !account.scopes.is_empty(), "{account:?}");
    assert!(account.missing_scopes.is_empty(), "{account:?}");
}
