//! A full resync: all leads in as few requests as possible, within the rate limit, and continued after a kill.

use super::{Office, SETTINGS};
use crate::support::identify;
use knock_testing::{batch, found};
use serde_json::{Value, json};

/// The number of leads: three full batches, each written like the next.
const LEADS: usize = 300;
/// The most requests, in percent of the fewest possible.
const MOST_PERCENT: usize = 110;
/// Longer than a killed server's claim of a resync, in ms.
const CLAIM: i64 = 61_000;

impl Office {
    /// A workspace with this number of leads, whose contacts in HubSpot Knock does not know yet.
    fn with_leads(leads: usize) -> Office {
        let office = Office::open();
        office.connect();
        let now = office.knock.now();
        for n in 0..leads {
            let (visitor, email) = (n as u64 + 1, address(n));
            let reply =
                office.knock.post_signals(&batch(&office.site.key, visitor, now, &[identify(now, visitor, &email)]));
            assert_eq!(reply.code, 202, "{}", reply.body);
            office.hubspot.control("POST", "records", &json!({"object": "contacts", "properties": {"email": email}}));
        }
        office.knock.has_caught_up();
        office.turn_on(&json!({"other_sources": true}));
        office.hubspot.control("DELETE", "calls", &Value::Null);
        office
    }

    fn starts_resync(&self) {
        let reply = self.ask("POST", &format!("{SETTINGS}/resync"), &Value::Null);
        assert_eq!(reply.code, 202, "{}", reply.body);
    }

    fn resync_has_ended(&self) -> Value {
        let ended = || Some(self.health()["resync"].clone()).filter(|resync| resync["ended_at"].is_i64());
        found("the resync has ended", ended)
    }

    /// The number of requests, without the searches for changes.
    fn requests(&self) -> usize {
        let calls = self.hubspot.control("GET", "calls", &Value::Null);
        let is_search = |call: &&Value| call["path"].as_str().is_some_and(|path| path.ends_with("/search"));
        calls.as_array().into_iter().flatten().filter(|call| !is_search(call)).count()
    }

    /// The number of contacts with data of the tracker.
    fn written_contacts(&self) -> usize {
        let records = self.hubspot.control("GET", "records/contacts", &Value::Null);
        let records = records.as_array().into_iter().flatten();
        records.filter(|record| record["properties"]["knock_intent_type"] == "Unknown").count()
    }

    /// Checks that a resync of all leads needs about the fewest requests.
    fn resyncs_in(&self, fewest: usize, leads: usize) {
        self.hubspot.control("DELETE", "calls", &Value::Null);
        self.starts_resync();
        let ended = self.resync_has_ended();
        assert_eq!((&ended["done"], &ended["total"]), (&json!(leads), &json!(leads)), "{ended}");
        let used = self.requests();
        assert!(used * 100 <= fewest * MOST_PERCENT, "{used} requests where {fewest} are possible");
        assert_eq!(self.written_contacts(), leads);
        assert_eq!(self.hubspot.control("GET", "counts", &Value::Null)["refused_by_limits"], 0);
        let health = self.health();
        assert_eq!((&health["backlog"], &health["parked"]), (&json!(0), &json!(0)), "{health}");
    }
}

/// The address of a lead: ten leads of each company, as in a workspace of many customers.
fn address(n: usize) -> String {
    format!("lead{n}@company{}.example", n / 10)
}

fn resyncs(leads: usize) {
    let office = Office::with_leads(leads);
    let batches = leads.div_ceil(100);
    // Contacts that are not created are read by their addresses before they are written.
    office.resyncs_in(2 * batches, leads);
    let memory = office.knock.memory().now;
    // By now their ids are known.
    office.resyncs_in(batches, leads);
    let grown = office.knock.memory().now.saturating_sub(memory);
    assert!(grown < 12 << 10, "{grown} KiB more");
}

#[test]
fn all_leads_are_written_in_the_fewest_requests() {
    resyncs(leads());
}

/// The number of leads; the environment can set it: thousands take minutes.
#[expect(clippy::disallowed_methods, reason = "a larger workspace is asked for by the environment")]
fn leads() -> usize {
    std::env::var("KNOCK_RESYNC_LEADS").ok().and_then(|leads| leads.parse().ok()).unwrap_or(LEADS)
}

#[test]
fn a_resync_goes_on_after_a_kill_where_it_was() {
    let mut office = Office::with_leads(300);
    office.starts_resync();
    office.resync_has_ended();
    office.hubspot.control("DELETE", "calls", &Value::Null);
    office.hubspot.control("POST", "faults", &json!({"on": "/batch/update", "do": "timeout", "after": 1}));
    office.starts_resync();
    found("the second batch is sent", || (office.written().len() == 2).then_some(()));
    office = office.restarted();
    office.knock.advance(CLAIM);
    let ended = office.resync_has_ended();
    assert_eq!((&ended["done"], &ended["total"]), (&json!(300), &json!(300)));
    // The batch that was written before is not written again.
    assert_eq!(office.written().len(), 2 + 2, "{ended}");
    assert_eq!(office.written_contacts(), 300);
}

#[test]
fn what_fails_in_a_batch_is_shown_and_the_others_are_written() {
    let office = Office::with_leads(50);
    let contacts = office.hubspot.control("GET", "records/contacts", &Value::Null);
    let id = |n: usize| contacts[n]["id"].as_str().expect("an id").to_owned();
    let fault = json!({"on": "/batch/update", "do": "partial", "ids": [id(7)], "category": "VALIDATION_ERROR",
        "message": "No such thing", "times": 2});
    office.hubspot.control("POST", "faults", &fault);
    office.hubspot.ask("DELETE", &format!("/crm/v3/objects/contacts/{}", id(9)), &Value::Null);
    office.starts_resync();
    office.resync_has_ended();
    let failure = found("the failure is shown", || {
        office.knock.advance(super::SECOND);
        office.health()["failures"].get(0).filter(|failure| failure["is_parked"] == true).cloned()
    });
    assert_eq!(failure["words"], "No such thing");
    assert_eq!(office.written_contacts(), 48);
    let sent = office.ask("POST", &format!("{SETTINGS}/retry"), &json!({}));
    assert_eq!((sent.code, &sent.body["sent"]), (200, &json!(1)), "{}", sent.body);
    office.settle();
    assert_eq!((office.written_contacts(), &office.health()["parked"]), (49, &json!(0)));
}

#[test]
fn an_outage_stops_a_resync_until_it_is_over() {
    let office = Office::with_leads(250);
    office.hubspot.control(
        "POST",
        "faults",
        &json!({"on": "/batch/update", "do": "status", "status": 503, "after": 1}),
    );
    office.starts_resync();
    found("the second batch failed", || (office.written().len() == 2).then_some(()));
    let resync = office.health()["resync"].clone();
    assert!(resync["ended_at"].is_null() && resync["done"].as_u64().is_some_and(|done| done < 250), "{resync}");
    // The others are written, the first batch is not written again.
    office.knock.advance(1_000);
    office.resync_has_ended();
    assert_eq!((office.written().len(), office.written_contacts()), (4, 250));
}

#[test]
fn a_lead_who_changes_during_a_resync_is_right_in_the_end() {
    let office = Office::synced();
    let chats: Vec<_> = (1..=3).map(|n| office.writes(n, &address(n as usize), "We need a quote")).collect();
    office.settle();
    office.hubspot.control("POST", "faults", &json!({"on": "/batch/update", "do": "slow", "millis": 2_000}));
    office.starts_resync();
    found("the batch is sent", || (office.written().len() > 3).then_some(()));
    for chat in &chats {
        assert_eq!(chat.act(&office.knock, &office.key, &json!({"reject": "Too small"})), 204);
    }
    office.resync_has_ended();
    office.in_time();
    for n in 1..=3 {
        assert_eq!(office.contact(&address(n)).expect("a contact")["knock_chat_status"], "Rejected");
    }
}

#[test]
fn a_resync_writes_every_lead_again_and_says_how_far_it_is() {
    let office = Office::open();
    let resync = || office.ask("POST", &format!("{SETTINGS}/resync"), &Value::Null);
    assert_eq!(resync().code, 422);
    office.connect();
    for n in 1..=3 {
        office.writes(n, &format!("lead{n}@acme.example"), "We need a quote");
    }
    office.turn_on(&json!({}));
    office.settle();
    assert_eq!(office.contact("lead1@acme.example"), None);
    let begun = resync();
    assert_eq!((begun.code, &begun.body["resync"]["total"]), (202, &json!(3)), "{}", begun.body);
    let ended =
        found("it has ended", || Some(office.health()["resync"].clone()).filter(|resync| resync["ended_at"].is_i64()));
    assert_eq!(ended["done"], 3, "{ended}");
    office.settle();
    for n in 1..=3 {
        let contact = office.contact(&format!("lead{n}@acme.example")).expect("a contact");
        assert_eq!(contact["knock_chat_status"], "AI Discovery");
    }
    // Another resync restores a property that was edited in HubSpot.
    let id = office.hubspot.control("GET", "records/contacts", &Value::Null)[0]["id"].clone();
    let path = format!("records/contacts/{}", id.as_str().expect("an id"));
    office.hubspot.control("POST", &path, &json!({"knock_chat_status": "Spam"}));
    assert_eq!(resync().code, 202);
    found("it is written again", || {
        office.settle();
        let records = office.hubspot.control("GET", "records/contacts", &Value::Null);
        (records[0]["properties"]["knock_chat_status"] == "AI Discovery").then_some(())
    });
}
