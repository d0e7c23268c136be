//! Meetings and entries of timelines, which have no key of the vendor's.

use crate::vendor::{Mishap, Vendor, email};
use knock_model::Millis;
use knock_ports::{CrmMeeting, CrmMeetingState, CrmNote, CrmObject, CrmWritten, Refusal};

/// Written again, moved, and after a lost answer it stays one.
pub async fn a_meeting_is_one_however_often_it_is_written(vendor: &impl Vendor) {
    let contact = vendor.add_contact(&email("ann"), &[]);
    let meeting = |start: i64, state| CrmMeeting {
        key: "m-1".to_owned(),
        contacts: vec![contact.clone()],
        owner: None,
        title: "Demo".into(),
        start: Millis(start),
        end: Millis(start + 1_800_000),
        state,
    };
    let first = meeting(1_795_000_000_000, CrmMeetingState::Scheduled);
    vendor.fail(&Mishap::Lost);
    let lost = vendor.crm().meeting(&first).await;
    assert!(matches!(lost, Err(Refusal::Retry { .. })), "{lost:?}");
    let id = vendor.crm().meeting(&first).await.expect("an id");
    let moved = meeting(1_795_100_000_000, CrmMeetingState::Cancelled);
    assert_eq!(vendor.crm().meeting(&moved).await, Ok(id));
    assert_eq!(vendor.meetings(), [("m-1".to_owned(), 1_795_100_000_000)]);
}

/// Notes are put in batches; what is not there is said of its own note alone.
pub async fn a_note_is_one_however_often_it_is_written(vendor: &impl Vendor) {
    let contact = vendor.add_contact(&email("ann"), &[]);
    let company = vendor.add_company(&[&contact], "");
    let note = |key: &str, contact: &str, text: &str| CrmNote {
        key: key.to_owned(),
        about: vec![(CrmObject::Contact, contact.to_owned()), (CrmObject::Company, company.clone())],
        at: Millis(1_795_000_000_000),
        text: text.to_owned(),
    };
    let notes = [note("n-1", &contact, "Viewed Pricing"), note("n-2", &contact, "Viewed Docs & <b>")];
    vendor.fail(&Mishap::Lost);
    let lost = vendor.crm().note(&notes).await;
    assert!(lost.iter().all(|one| matches!(one, CrmWritten::Refused(Refusal::Retry { .. }))), "{lost:?}");
    for _ in 0..2 {
        let written = vendor.crm().note(&notes).await;
        assert!(written.iter().all(|one| matches!(one, CrmWritten::Done { .. })), "{written:?}");
    }
    let mut found = vendor.notes();
    found.sort();
    let texts: Vec<&str> = found.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(found.len(), 2, "{texts:?}");
    assert_eq!((vendor.timeline(CrmObject::Contact, &contact), vendor.timeline(CrmObject::Company, &company)), (2, 2));
    assert!(texts[0] == "Viewed Pricing" && !texts[1].contains("<b>"), "{texts:?}");
    let wrong = [note("n-3", "99999999", "Nothing"), note("n-4", &contact, "Viewed Jobs")];
    let written = vendor.crm().note(&wrong).await;
    let is_right = matches!(written[..], [CrmWritten::Refused(Refusal::Rejected { .. }), CrmWritten::Done { .. }]);
    assert!(is_right, "{written:?}");
}
