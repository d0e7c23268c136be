//! The errors of a vendor.

use crate::vendor::{Mishap, Vendor, email, fields, record, set};
use knock_crm::Value;
use knock_ports::{CrmKey, CrmWritten, Refusal};

const OWNER: &str = "knock_chat_owner";
const STATUS: &str = "knock_chat_status";

/// All of these are to be tried again.
fn is_later(written: &[CrmWritten]) -> bool {
    written.iter().all(|one| matches!(one, CrmWritten::Refused(Refusal::Retry { .. })))
}

fn is_done(written: &[CrmWritten]) -> bool {
    written.iter().all(|one| matches!(one, CrmWritten::Done { .. }))
}

/// The result is unknown; a retry creates no second record.
pub async fn a_lost_answer_makes_no_second_record(vendor: &impl Vendor) {
    fields(vendor.crm()).await;
    let records = [record("ann", OWNER, "Bo"), record("bea", OWNER, "Bo")];
    vendor.fail(&Mishap::Lost);
    let written = vendor.crm().write(&records).await;
    assert!(is_later(&written), "{written:?}");
    assert_eq!(vendor.contacts().len(), 2, "it was done all the same");
    let written = vendor.crm().write(&records).await;
    assert!(is_done(&written), "{written:?}");
    assert_eq!(vendor.contacts().len(), 2);
}

/// Nothing else is sent in this write, and the next one succeeds.
pub async fn a_vendor_that_is_down_is_tried_later(vendor: &impl Vendor) {
    fields(vendor.crm()).await;
    let many: Vec<_> = (0..vendor.batch() + 1).map(|number| record(&format!("lead{number}"), OWNER, "Bo")).collect();
    vendor.crm().write(&many[..1]).await;
    let before = vendor.requests();
    vendor.fail(&Mishap::Down);
    let written = vendor.crm().write(&many).await;
    assert!(is_later(&written), "{written:?}");
    assert_eq!(vendor.requests(), before + 1);
    assert!(is_done(&vendor.crm().write(&many).await));
}

/// An answer that does not come is waited for no longer than an attempt may take.
pub async fn a_vendor_that_is_silent_is_tried_later(vendor: &impl Vendor) {
    fields(vendor.crm()).await;
    vendor.fail(&Mishap::Silent);
    let written = vendor.crm().write(&[record("ann", OWNER, "Bo")]).await;
    assert!(is_later(&written), "{written:?}");
    assert!(is_done(&vendor.crm().write(&[record("ann", OWNER, "Bo")]).await));
}

/// Writes that find the token ended at the same time renew it once, and are done.
pub async fn a_token_that_ends_is_renewed_once(vendor: &impl Vendor) {
    fields(vendor.crm()).await;
    let before = vendor.renewed();
    vendor.expire_token();
    let write = |name: &'static str| async move { vendor.crm().write(&[record(name, OWNER, "Bo")]).await };
    let (one, two, three, four) = tokio::join!(write("ann"), write("bea"), write("cleo"), write("dora"));
    for written in [one, two, three, four] {
        assert!(is_done(&written), "{written:?}");
    }
    assert_eq!(vendor.renewed(), before + 1);
    assert_eq!(vendor.contacts().len(), 4);
}

/// Every record says that a person has to look.
pub async fn an_access_that_was_taken_away_is_said(vendor: &impl Vendor) {
    fields(vendor.crm()).await;
    vendor.revoke();
    let written = vendor.crm().write(&[record("ann", OWNER, "Bo"), record("bea", OWNER, "Bo")]).await;
    for one in &written {
        let CrmWritten::Refused(Refusal::Unauthorized { words }) = one else { panic!("{one:?}") };
        assert!(!words.is_empty());
    }
    assert!(matches!(vendor.crm().account().await, Err(Refusal::Unauthorized { .. })));
}

/// The records with it are refused; the others are written. Once it is back, all are.
pub async fn a_property_that_is_gone_is_said_in_the_vendors_words(vendor: &impl Vendor) {
    fields(vendor.crm()).await;
    vendor.crm().write(&[record("ann", OWNER, "Bo")]).await;
    vendor.remove_property(OWNER);
    let many: Vec<_> = (0..20).map(|number| record(&format!("lead{number}"), STATUS, "New")).collect();
    let mut records = many.clone();
    records.insert(7, record("ann", OWNER, "Cy"));
    for attempt in ["as the vendor says it", "as it is known by now"] {
        let written = vendor.crm().write(&records).await;
        let CrmWritten::Refused(Refusal::Rejected { words }) = &written[7] else {
            panic!("{attempt}: {:?}", written[7])
        };
        assert!(words.contains(OWNER) && words.contains("does not exist"), "{attempt}: {words}");
        assert!(is_done(&written[..7]) && is_done(&written[8..]), "{attempt}: {written:?}");
    }
    fields(vendor.crm()).await;
    assert!(is_done(&vendor.crm().write(&records).await));
}

/// A value that its property cannot have is refused without a request, whatever else is in the same write.
pub async fn an_impossible_value_is_not_sent(vendor: &impl Vendor) {
    fields(vendor.crm()).await;
    vendor.crm().write(&[record("ann", OWNER, "Bo")]).await;
    let before = vendor.requests();
    let wrong = [record("ann", STATUS, "Nonsense"), record("ann", "no_such_property", "x")];
    let number = set(CrmKey::Email(email("bea")), true, &[(STATUS, Some(Value::Number(1.0)))]);
    for record in wrong.into_iter().chain([number]) {
        let written = vendor.crm().write(&[record]).await;
        assert!(matches!(written[..], [CrmWritten::Refused(Refusal::Rejected { .. })]), "{written:?}");
    }
    assert_eq!(vendor.requests(), before);
}
