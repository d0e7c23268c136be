//! Conferences that a provider makes for meetings: the mails wait for their address.

use super::vendors::{Desk, Vendor, row, starts};
use super::{ANN, MINUTE, OWN, path_of};
use crate::meetings::TUESDAY_TEN;
use knock_testing::found;
use serde_json::json;

/// Tuesday at eleven in Berlin.
const ELEVEN: i64 = 1_780_387_200_000 + 60 * MINUTE;

/// The rep wants a conference for each meeting without a location.
fn confers(desk: &Desk) {
    let office = &desk.office;
    let account = office.admin.get(&office.knock, OWN).body["accounts"][0].clone();
    assert_eq!(account["has_conferences"], false, "{account}");
    assert_ne!(account["conferences"], "", "{account}");
    let changed = office.admin.ask(&office.knock, "PATCH", &path_of(&account), &json!({"has_conferences": true}));
    assert_eq!((changed.code, &changed.body["has_conferences"]), (200, &json!(true)), "{}", changed.body);
}

/// The number of mails to the lead.
fn mails(desk: &Desk) -> usize {
    desk.mail.all().into_iter().filter(|mail| mail.0["rcpt"] == json!([ANN])).count()
}

#[test]
fn the_first_mail_has_the_conference_and_a_move_keeps_it() {
    for vendor in Vendor::all() {
        let desk = Desk::open(vendor);
        if let Vendor::Google(_) = desk.vendor {
            // It is asked for again until it is made.
            desk.vendor.control("PATCH", "settings", &json!({"conference_pending": 2}));
        }
        confers(&desk);
        let booked = desk.office.books(1, ANN, TUESDAY_TEN);
        assert_eq!(booked.code, 201, "{}", booked.body);
        let meeting = booked.text("meeting");
        let mail = desk.mailed("REQUEST", 1);
        let link = row(&desk.office, &meeting)["location"].as_str().expect("a location").to_owned();
        assert!(link.starts_with("https://"), "{link}");
        assert!(mail.part("text/plain").contains(&link), "{}", mail.part("text/plain"));
        assert_eq!(mails(&desk), 1, "none went without it");

        desk.is_written(&meeting, 1);
        desk.moves(&meeting, ELEVEN);
        starts(&desk.office, &meeting, ELEVEN);
        let mail = desk.mailed("REQUEST", 2);
        assert!(mail.part("text/plain").contains(&link), "{}", mail.part("text/plain"));
        assert_eq!(row(&desk.office, &meeting)["location"], link.as_str());
    }
}

#[test]
fn a_mail_does_not_wait_for_a_conference_that_does_not_come() {
    let [google, _] = Vendor::all();
    let desk = Desk::open(google);
    desk.vendor.control("PATCH", "settings", &json!({"conference_fails": true}));
    confers(&desk);
    let meeting = desk.books();
    assert_eq!(mails(&desk), 0, "it may still come");
    desk.office.knock.advance(31_000);
    desk.mailed("REQUEST", 0);
    found("it has none", || row(&desk.office, &meeting)["location"].is_null().then_some(()));
}
