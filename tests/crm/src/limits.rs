//! The vendor's limits.

use crate::vendor::{Mishap, Vendor, fields, record};
use knock_ports::{CrmRecord, CrmWritten, Refusal};
use std::time::Duration;

const OWNER: &str = "knock_chat_owner";
/// Leads of a full resync, and how many of them are handed over at once.
const LEADS: usize = 10_000;
const AT_ONCE: usize = 1_000;
/// Of the fewest possible requests, how many are used.
const MOST_PERCENT: usize = 110;

/// A resync of ten thousand leads is never refused by a limit, and needs few requests.
pub async fn many_records_keep_the_limit_and_need_few_requests(vendor: &impl Vendor) {
    fields(vendor.crm()).await;
    let before = vendor.requests();
    for first in (0..LEADS).step_by(AT_ONCE) {
        let mut open: Vec<CrmRecord> =
            (first..first + AT_ONCE).map(|number| record(&format!("lead{number}"), OWNER, "Bo")).collect();
        while !open.is_empty() {
            let written = vendor.crm().write(&open).await;
            let wait = written.iter().filter_map(wait_of).max();
            let again = open.into_iter().zip(&written).filter(|(_, one)| wait_of(one).is_some());
            open = again.map(|(record, _)| record).collect();
            if let Some(wait) = wait {
                tokio::time::sleep(wait).await;
            }
        }
    }
    let used = vendor.requests() - before;
    let fewest = LEADS.div_ceil(vendor.batch());
    assert_eq!(vendor.contacts().len(), LEADS);
    assert_eq!(vendor.refused_by_limits(), 0);
    assert!(used * 100 <= fewest * MOST_PERCENT, "{used} requests where {fewest} are possible");
}

/// The delay before a record is retried; none if it is done.
fn wait_of(written: &CrmWritten) -> Option<Duration> {
    match written {
        CrmWritten::Done { .. } => None,
        CrmWritten::Refused(Refusal::Retry { after, .. }) => {
            let after = after.and_then(|after| u64::try_from(after.0).ok()).unwrap_or(100);
            Some(Duration::from_millis(after))
        }
        other => panic!("{other:?} is neither done nor tried again"),
    }
}

/// The vendor's own wait is handed on, and after it the write works.
pub async fn a_limit_that_was_reached_is_said_and_ends(vendor: &impl Vendor) {
    fields(vendor.crm()).await;
    vendor.fail(&Mishap::Limited(1));
    let written = vendor.crm().write(&[record("ann", OWNER, "Bo")]).await;
    assert_eq!(wait_of(&written[0]), Some(Duration::from_secs(1)));
    // It waits for its turn by itself.
    let written = vendor.crm().write(&[record("ann", OWNER, "Bo")]).await;
    assert!(matches!(written[..], [CrmWritten::Done { .. }]), "{written:?}");
}

/// Until the next day nothing is asked any more, and everything says until when.
pub async fn the_limit_of_the_day_pauses_everything(vendor: &impl Vendor) {
    fields(vendor.crm()).await;
    let account = vendor.crm().account().await.expect("an account");
    vendor.fail(&Mishap::Daily);
    let paused = |written: &[CrmWritten]| match written {
        [CrmWritten::Refused(Refusal::Paused { until, .. })] => *until,
        other => panic!("{other:?} of {}", account.id),
    };
    let until = paused(&vendor.crm().write(&[record("ann", OWNER, "Bo")]).await);
    assert!(until.0 > 0);
    let before = vendor.requests();
    assert_eq!(paused(&vendor.crm().write(&[record("bea", OWNER, "Bo")]).await), until);
    assert!(matches!(vendor.crm().owners(None).await, Err(Refusal::Paused { .. })));
    assert_eq!(vendor.requests(), before);
}
