//! The outcomes of records.

use crate::vendor::{Mishap, Vendor, email, fields, record, set};
use knock_crm::{Property, PropertyType, Value};
use knock_model::Millis;
use knock_ports::{CrmKey, CrmWritten, Refusal};

const OWNER: &str = "knock_chat_owner";
const STATUS: &str = "knock_chat_status";
const TIME: &str = "knock_meeting_time";

fn id_of(written: &CrmWritten) -> String {
    match written {
        CrmWritten::Done { id } => id.clone(),
        other => panic!("{other:?} is not done"),
    }
}

/// The same write makes one record, whose id it says.
pub async fn writing_twice_is_writing_once(vendor: &impl Vendor) {
    fields(vendor.crm()).await;
    let records = [record("ann", OWNER, "Bo"), record("bea", OWNER, "Cy")];
    let first = vendor.crm().write(&records).await;
    let second = vendor.crm().write(&records).await;
    assert_eq!(first, second);
    let mut found = vendor.contacts();
    found.sort_by(|a, b| a.1.cmp(&b.1));
    let expected = [("ann", 0), ("bea", 1)].map(|(name, place)| (id_of(&first[place]), email(name).to_text()));
    assert_eq!(found, expected);
    assert_eq!(vendor.value(&found[0].0, OWNER).as_deref(), Some("Bo"));
}

/// Several records of one key are written as one, the last value of each property winning; each has its result.
pub async fn of_one_record_the_last_values_count(vendor: &impl Vendor) {
    fields(vendor.crm()).await;
    let records = [record("ann", OWNER, "Bo"), record("ann", STATUS, "New"), record("ann", OWNER, "Cy")];
    let written = vendor.crm().write(&records).await;
    let id = id_of(&written[0]);
    assert!(written.iter().all(|one| id_of(one) == id), "{written:?}");
    assert_eq!(vendor.value(&id, OWNER).as_deref(), Some("Cy"));
    assert_eq!(vendor.value(&id, STATUS).as_deref(), Some("New"));
}

/// A value that is none empties the property.
pub async fn a_value_can_be_cleared(vendor: &impl Vendor) {
    fields(vendor.crm()).await;
    let time = Value::Instant { at: Millis(1_795_000_000_000), day: 20_775 };
    let all = [(OWNER, Some(Value::text("Bo"))), (STATUS, Some(Value::text("New"))), (TIME, Some(time))];
    let key = CrmKey::Email(email("ann"));
    let id = id_of(&vendor.crm().write(&[set(key, true, &all)]).await[0]);
    assert_eq!(vendor.value(&id, TIME).as_deref(), Some("1795000000000"));
    let cleared = all.map(|(name, _)| (name, None));
    vendor.crm().write(&[set(CrmKey::Id(id.clone()), false, &cleared)]).await;
    assert_eq!([OWNER, STATUS, TIME].map(|name| vendor.value(&id, name)), [None, None, None]);
}

/// A date is the day of the member at midnight UTC; a choice is written by its own value.
pub async fn dates_and_choices_are_spelled_as_their_properties_want(vendor: &impl Vendor) {
    let date = Property {
        name: "met_on".to_owned(),
        label: "Met on".to_owned(),
        value_type: PropertyType::Date,
        options: Vec::new(),
        is_read_only: false,
        is_identifier: false,
    };
    vendor.add_property(&date);
    let option = knock_crm::Choice { value: "hot_lead".to_owned(), label: "High".to_owned() };
    let choice =
        Property { name: "heat".to_owned(), value_type: PropertyType::Choice, options: vec![option], ..date.clone() };
    vendor.add_property(&choice);
    let at = Value::Instant { at: Millis(1_795_000_000_123), day: 20_776 };
    let values = [("met_on", Some(at)), ("heat", Some(Value::text("High")))];
    let id = id_of(&vendor.crm().write(&[set(CrmKey::Email(email("ann")), true, &values)]).await[0]);
    assert_eq!(vendor.value(&id, "met_on").as_deref(), Some("1795046400000"));
    assert_eq!(vendor.value(&id, "heat").as_deref(), Some("hot_lead"));
}

/// Without leave to create, a record that is there is written and another one is not made.
pub async fn nothing_is_created_that_may_not_be(vendor: &impl Vendor) {
    fields(vendor.crm()).await;
    let id = vendor.add_contact(&email("ann"), &[]);
    let values = [(STATUS, Some(Value::text("Spam")))];
    let of = |name: &str| set(CrmKey::Email(email(name)), false, &values);
    let written = vendor.crm().write(&[of("eve"), of("ann")]).await;
    assert_eq!(written, [CrmWritten::Absent, CrmWritten::Done { id: id.clone() }]);
    assert_eq!(vendor.contacts().len(), 1);
    assert_eq!(vendor.value(&id, STATUS).as_deref(), Some("Spam"));
}

/// An address that is not the first one of a contact means that contact, whose first address stays.
pub async fn a_further_address_finds_the_contact_and_stays(vendor: &impl Vendor) {
    fields(vendor.crm()).await;
    let id = vendor.add_contact(&email("ann"), &[]);
    vendor.add_address(&id, &email("ann.private"));
    let written = vendor.crm().write(&[record("ann.private", OWNER, "Bo")]).await;
    assert_eq!(written, [CrmWritten::Done { id: id.clone() }]);
    assert_eq!(vendor.contacts(), [(id.clone(), email("ann").to_text())]);
    assert_eq!(vendor.value(&id, OWNER).as_deref(), Some("Bo"));
}

/// A record that was merged is written into the one that it is part of, also after it was merged twice.
pub async fn a_merged_record_is_followed(vendor: &impl Vendor) {
    fields(vendor.crm()).await;
    let ids = ["ann", "bea", "cleo"].map(|name| vendor.add_contact(&email(name), &[]));
    vendor.merge(&ids[0], &ids[1]);
    vendor.merge(&ids[1], &ids[2]);
    let values = [(OWNER, Some(Value::text("Bo")))];
    let written = vendor.crm().write(&[set(CrmKey::Id(ids[0].clone()), false, &values)]).await;
    assert_eq!(written, [CrmWritten::Merged { into: ids[2].clone() }]);
    assert_eq!(vendor.value(&ids[2], OWNER).as_deref(), Some("Bo"));
    let gone = vendor.crm().write(&[set(CrmKey::Id("99999999".to_owned()), false, &values)]).await;
    assert_eq!(gone, [CrmWritten::Absent], "it was deleted");
}

/// A record that the vendor refuses is refused with its words, and the others are written.
pub async fn one_wrong_record_harms_no_other(vendor: &impl Vendor) {
    fields(vendor.crm()).await;
    let records: Vec<_> = (0..7).map(|number| record(&format!("lead{number}"), OWNER, "Bo")).collect();
    vendor.fail(&Mishap::OneFails(email("lead3"), "The contact is locked".to_owned()));
    let written = vendor.crm().write(&records).await;
    for (place, one) in written.iter().enumerate() {
        match one {
            CrmWritten::Refused(Refusal::Rejected { words }) if place == 3 => {
                assert!(words.contains("The contact is locked"), "{words}");
            }
            other => assert!(place != 3 && !id_of(other).is_empty(), "{place}: {other:?}"),
        }
    }
    assert_eq!(vendor.contacts().len(), 6);
}
