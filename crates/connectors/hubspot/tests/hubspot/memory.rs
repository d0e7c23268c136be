//! A resync of any size needs the memory of what is handed over at once.

use crate::account::Account;
use contract_crm::{Vendor, fields, record};
use knock_ports::{Crm, CrmWritten};
use serde_json::json;
use std::fs;

/// Leads that are handed over at once.
const AT_ONCE: usize = 1_000;
/// The memory that ten times as many leads may use in addition, in bytes: repeated allocations are not at the same
/// place.
const ROOM: usize = 6 << 20;

#[tokio::test]
async fn a_resync_needs_no_more_memory_the_longer_it_takes() {
    let account = Account::by_private_app();
    account.set(&json!({"forgets": true, "limit": 1_000_000, "daily_limit": 1_000_000}));
    fields(&account.hubspot).await;
    write(&account, 0..4).await;
    let before = resident();
    write(&account, 4..44).await;
    let grown = resident().saturating_sub(before);
    assert!(grown < ROOM, "{grown} bytes more");
    assert_eq!((account.requests(), account.contacts().len()), (0, 0), "the server keeps nothing");
}

async fn write(account: &Account, rounds: std::ops::Range<usize>) {
    for round in rounds {
        let first = round * AT_ONCE;
        let records: Vec<_> =
            (first..first + AT_ONCE).map(|number| record(&format!("lead{number}"), "knock_chat_owner", "Bo")).collect();
        let written = account.hubspot.write(&records).await;
        assert!(written.iter().all(|one| matches!(one, CrmWritten::Done { .. })), "{:?}", written[0]);
    }
}

/// The resident memory of this process, in bytes.
fn resident() -> usize {
    let status = fs::read_to_string("/proc/self/status").expect("a status");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("a line");
    let kilobytes: usize = line.trim().trim_end_matches(" kB").trim().parse().expect("a number");
    kilobytes << 10
}
