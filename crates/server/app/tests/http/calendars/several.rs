//! A member with several accounts: each blocks, meetings are written into one, and one that cannot be read is enough.

use super::{ANN, MINUTE, OWN, connects, path_of, start};
use crate::meetings::{Office, TUESDAY_TEN};
use knock_testing::{CalendarServer, eventually};
use serde_json::{Value, json};

/// Whether Tuesday at ten, and the half hours after, are offered.
fn offered(office: &Office) -> [bool; 3] {
    office.knock.advance(2 * MINUTE);
    let slots = office.starts(ANN, "&from=2026-06-02&to=2026-06-03");
    [TUESDAY_TEN, "2026-06-02T08:30:00Z", "2026-06-02T09:00:00Z"].map(|start| slots.iter().any(|slot| slot == start))
}

fn change(office: &Office, account: &Value, change: &Value) -> Value {
    let reply = office.admin.ask(&office.knock, "PATCH", &path_of(account), change);
    assert_eq!(reply.code, 200, "{}", reply.body);
    reply.body
}

/// The calendar into which meetings are written, of each account.
fn written(office: &Office) -> Vec<Value> {
    let accounts = office.admin.get(&office.knock, OWN).body["accounts"].clone();
    accounts.as_array().expect("a list").iter().map(|account| account["events_in"].clone()).collect()
}

#[test]
fn events_of_every_account_block() {
    let office = Office::of(start(&[]));
    let (work, mut private) = (CalendarServer::start(), CalendarServer::start());
    work.has("one", "DTSTART:20260602T080000Z\nDTEND:20260602T083000Z");
    private.has("two", "DTSTART:20260602T083000Z\nDTEND:20260602T090000Z");
    connects(&office, &work, "");
    assert_eq!(offered(&office), [false, true, true]);
    let second = connects(&office, &private, "");
    assert_eq!(offered(&office), [false, false, true]);
    let unread = change(&office, &second, &json!({"reads": []}));
    assert_eq!(unread["calendars"][0]["is_read"], false);
    assert_eq!(offered(&office), [false, true, true], "its events block nothing");
    change(&office, &second, &json!({"reads": [private.calendar("work")]}));

    // One that cannot be read is enough; the other one is no help.
    private.stop();
    assert_eq!(offered(&office), [false; 3]);
    let accounts = office.admin.get(&office.knock, OWN).body["accounts"].clone();
    let problems = [0, 1].map(|at: usize| accounts[at]["health"]["problem"].as_str().is_some_and(str::is_empty));
    assert_eq!(problems, [true, false], "{accounts}");
    let id = office.admin.id_of(&office.knock, "admin@localhost");
    let together = office.admin.get(&office.knock, &format!("/api/v1/members/{id}/calendar")).body;
    assert_eq!(together["problem"], accounts[1]["health"]["problem"]);
    let gone = office.admin.ask(&office.knock, "DELETE", &path_of(&second), &Value::Null);
    assert_eq!(gone.code, 204);
    assert_eq!(offered(&office), [false, true, true], "the first one stays");
}

#[test]
fn meetings_are_written_into_one_calendar_of_all_accounts() {
    let office = Office::of(start(&[]));
    let (work, private) = (CalendarServer::start(), CalendarServer::start());
    let first = connects(&office, &work, &work.calendar("work"));
    office.books(1, ANN, TUESDAY_TEN);
    eventually("it is in the first", || work.events("work").len() == 1);

    // A further account takes nothing over by itself, and everything when its member says so.
    office.knock.advance(MINUTE);
    let mut quiet = super::draft(&private, "");
    quiet.as_object_mut().expect("an object").remove("events_in");
    let second = super::post(&office.knock, &office.admin, &quiet).body;
    assert_eq!(written(&office), [json!(work.calendar("work")), json!("")]);
    change(&office, &second, &json!({"events_in": private.calendar("work")}));
    assert_eq!(written(&office), [json!(""), json!(private.calendar("work"))]);
    eventually("it is in the second alone", || private.events("work").len() == 1 && work.events("work").is_empty());
    change(&office, &first, &json!({"events_in": work.calendar("work")}));
    eventually("it is back", || work.events("work").len() == 1 && private.events("work").is_empty());
    change(&office, &first, &json!({"events_in": ""}));
    eventually("it is in none", || work.events("work").is_empty() && private.events("work").is_empty());
    assert_eq!(written(&office), [json!(""), json!("")]);
}
