//! Meetings as events, where other programs change them too.

use crate::account::{Account, meeting};
use contract_calendar::Provider;
use knock_ports::CalendarFailure;
use serde_json::{Value as Json, json};

const UID: &str = "0198f2a4-meeting@knock";
const TEN: &str = "2026-11-10T09:00:00Z";
const NEXT_DAY: &str = "2026-11-11T13:00:00Z";

/// An account with a calendar that has the meeting.
async fn booked() -> (Account, String) {
    let account = Account::connected();
    let work = account.add_calendar_as("Work", "owner");
    account.calendars.put(&work, &meeting(UID, TEN, 0)).await.expect("put");
    (account, work)
}

fn only(account: &Account, calendar: &str) -> Json {
    let events = account.live(calendar);
    assert_eq!(events.len(), 1, "{events:?}");
    events[0].clone()
}

#[tokio::test]
async fn an_event_has_what_the_meeting_has_and_names_no_guests() {
    let (account, work) = booked().await;
    let event = only(&account, &work);
    assert_eq!((&event["summary"], &event["location"]), (&json!("Demo"), &json!("Room 4")));
    assert_eq!(event["description"], "Zoe &lt;zoe@hollis.example&gt;");
    assert_eq!((&event["attendees"], &event["transparency"]), (&Json::Null, &json!("opaque")));
    assert_eq!(event["extendedProperties"]["private"], json!({"knock_uid": UID, "knock_sequence": "0"}));
    assert_eq!(account.requests("events.insert").len(), 1);
}

#[tokio::test]
async fn what_the_owner_added_stays_and_guests_get_no_mail() {
    let (account, work) = booked().await;
    let id = only(&account, &work)["id"].as_str().expect("an id").to_owned();
    let entry = json!([{"entryPointType": "video", "uri": "https://meet.google.com/abc-defg-hij"}]);
    let conference =
        json!({"conferenceSolution": {"name": "Google Meet"}, "entryPoints": entry, "conferenceId": "abc-defg-hij"});
    let own = json!({
        "attendees": [{"email": "bo@acme.example"}], "colorId": "5", "conferenceData": conference,
        "reminders": {"useDefault": false}, "transparency": "transparent",
    });
    account.patch(&work, &id, &own);
    account.calendars.put(&work, &meeting(UID, NEXT_DAY, 1)).await.expect("moved");
    let event = only(&account, &work);
    assert_eq!(account.events(&work), [(UID.to_owned(), crate::account::at(NEXT_DAY), "Demo".to_owned())]);
    assert_eq!(event["attendees"][0]["email"], "bo@acme.example");
    assert_eq!((&event["colorId"], &event["reminders"]["useDefault"]), (&json!("5"), &json!(false)));
    assert_eq!((&event["conferenceData"]["entryPoints"], &event["transparency"]), (&entry, &json!("transparent")));
    account.calendars.remove(&work, UID).await.expect("removed");
    assert_eq!(account.steer("GET", "mails", &Json::Null), json!([]));
}

#[tokio::test]
async fn an_older_version_does_not_replace_a_newer_one() {
    let (account, work) = booked().await;
    account.calendars.put(&work, &meeting(UID, NEXT_DAY, 2)).await.expect("moved");
    for sequence in [0, 1] {
        account.calendars.put(&work, &meeting(UID, TEN, sequence)).await.expect("nothing to do");
    }
    let stored = account.events(&work);
    assert_eq!(stored, [(UID.to_owned(), crate::account::at(NEXT_DAY), "Demo".to_owned())]);
}

#[tokio::test]
async fn a_change_of_another_program_in_between_is_read_again() {
    let (account, work) = booked().await;
    let changed = |times: usize| json!({"do": "status", "status": 412, "times": times});
    account.fail_on("events.patch", changed(1));
    account.calendars.put(&work, &meeting(UID, NEXT_DAY, 1)).await.expect("the second time");
    assert_eq!(account.events(&work)[0].1, crate::account::at(NEXT_DAY));
    let asked = account.requests("events.patch");
    assert!(asked.iter().all(|request| request["if_match"].is_string()), "{asked:?}");
    account.fail_on("events.patch", changed(9));
    let failure = account.calendars.put(&work, &meeting(UID, TEN, 2)).await.expect_err("it changes all the time");
    assert!(matches!(failure, CalendarFailure::Later { .. }), "{failure:?}");
}

#[tokio::test]
async fn an_event_that_became_whole_days_is_an_instant_again() {
    let (account, work) = booked().await;
    let id = only(&account, &work)["id"].as_str().expect("an id").to_owned();
    let day = |day: &str| json!({"date": day, "dateTime": null});
    account.patch(&work, &id, &json!({"start": day("2026-11-10"), "end": day("2026-11-12")}));
    account.calendars.put(&work, &meeting(UID, NEXT_DAY, 1)).await.expect("moved");
    assert_eq!(account.events(&work)[0].1, crate::account::at(NEXT_DAY));
}

#[tokio::test]
async fn a_removed_meeting_that_is_booked_again_has_the_same_event() {
    let (account, work) = booked().await;
    let id = only(&account, &work)["id"].clone();
    account.calendars.remove(&work, UID).await.expect("removed");
    assert_eq!(account.live(&work).len(), 0);
    account.calendars.put(&work, &meeting(UID, NEXT_DAY, 3)).await.expect("put again");
    assert_eq!(only(&account, &work)["id"], id);
}

#[tokio::test]
async fn a_calendar_that_takes_no_events_refuses_with_words() {
    let account = Account::connected();
    let team = account.add_calendar_as("Team", "reader");
    let failure = account.calendars.put(&team, &meeting(UID, TEN, 0)).await.expect_err("it is read only");
    assert!(matches!(&failure, CalendarFailure::Refused(words) if words.contains("writer access")), "{failure:?}");
}
