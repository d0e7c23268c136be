//! Tags of the workspace, and those of leads: kept, counted, united by a merge.

use knock_intent::History;
use knock_model::{Label, LeadId, Millis, PersonName, RepId, TagColor, TagId};
use knock_ports::{FirstTouch, Lead, LeadTag, Ledger, Store, StoreError, Tag, View};
use knock_store::Scratch;
use std::sync::Arc;

const ANN: LeadId = LeadId::from_bytes([1; 16]);
const BOB: LeadId = LeadId::from_bytes([2; 16]);

fn tag(number: u8, name: &str) -> Tag {
    Tag { id: TagId::from_bytes([number; 16]), name: name.into(), color: TagColor::Blue }
}

fn set(lead: LeadId, number: u8, at: i64) -> LeadTag {
    let (tag, member) = (TagId::from_bytes([number; 16]), Some(RepId::from_bytes([9; 16])));
    LeadTag { lead, tag, member, at: Millis(at) }
}

fn write(store: &Arc<dyn Store>, work: impl Fn(&mut dyn Ledger) -> Result<(), StoreError>) {
    store.write(&mut |ledger| work(ledger)).expect("it is kept");
}

fn read<T>(store: &Arc<dyn Store>, work: impl Fn(&dyn View) -> Result<T, StoreError>) -> T {
    let mut found = None;
    let read = store.read(&mut |view| {
        found = Some(work(view)?);
        Ok(())
    });
    read.expect("it is read");
    found.expect("it was read")
}

fn known(id: LeadId) -> Lead {
    Lead {
        id,
        email: None,
        is_spam: false,
        name: PersonName::default(),
        phone: None,
        company: Label::default(),
        account: None,
        first_touch: FirstTouch::default(),
        history: History::default(),
        signals: 0,
        first_seen_at: Millis(1),
        last_seen_at: Millis(1),
    }
}

#[test]
fn tags_are_listed_by_name_and_counted_by_lead() {
    let scratch = Scratch::new();
    let store = scratch.store();
    write(&store, |ledger| {
        [ANN, BOB].into_iter().try_for_each(|lead| ledger.save_lead(&known(lead)))?;
        for tag in [tag(1, "zebra"), tag(2, "Apple"), tag(3, "mango")] {
            ledger.save_tag(&tag)?;
        }
        ledger.save_tag(&Tag { color: TagColor::Red, ..tag(3, "Mangold") })?;
        assert!(ledger.tag_lead(&set(ANN, 1, 5))?);
        assert!(!ledger.tag_lead(&set(ANN, 1, 6))?, "it is set already");
        assert!(ledger.tag_lead(&set(ANN, 3, 7))?);
        assert!(ledger.tag_lead(&set(BOB, 1, 8))?);
        Ok(())
    });
    let names: Vec<String> = read(&store, |view| view.tags()).into_iter().map(|tag| tag.name).collect();
    assert_eq!(names, ["Apple", "Mangold", "zebra"]);
    assert_eq!(read(&store, |view| view.tag_uses()), [(tag(1, "").id, 2), (tag(3, "").id, 1)]);
    assert_eq!(read(&store, |view| view.tags_of(ANN)), [set(ANN, 1, 5), set(ANN, 3, 7)]);
    write(&store, |ledger| {
        assert!(ledger.untag_lead(ANN, tag(3, "").id)?);
        assert!(!ledger.untag_lead(ANN, tag(3, "").id)?, "it is taken off already");
        ledger.drop_tag(tag(1, "").id)
    });
    assert_eq!(read(&store, |view| view.tags_of(ANN)), []);
    assert_eq!(read(&store, |view| view.tag_uses()), []);
    assert_eq!(read(&store, |view| view.tags()).len(), 2);
}

#[test]
fn a_merge_unites_the_tags_of_both_leads() {
    let scratch = Scratch::new();
    let store = scratch.store();
    write(&store, |ledger| {
        for set in [set(ANN, 1, 1), set(ANN, 2, 2), set(BOB, 2, 3), set(BOB, 3, 4)] {
            ledger.tag_lead(&set)?;
        }
        ledger.merge_leads(ANN, BOB)
    });
    assert_eq!(read(&store, |view| view.tags_of(ANN)), []);
    assert_eq!(read(&store, |view| view.tags_of(BOB)), [set(BOB, 1, 1), set(BOB, 2, 3), set(BOB, 3, 4)]);
}
