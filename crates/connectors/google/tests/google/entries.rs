//! What became of the event of a meeting that its owner changed, and what is not written again.

use crate::account::{Account, at, meeting};
use contract_calendar::Provider;
use knock_model::Millis;
use knock_ports::{CalendarFailure, EntryFound, EntryThere};
use serde_json::{Value as Json, json};

const UID: &str = "0198f2a4-meeting@knock";
const TEN: &str = "2026-11-10T09:00:00Z";
const NEXT_DAY: &str = "2026-11-11T13:00:00Z";

struct Booked {
    account: Account,
    calendar: String,
    /// The id of the meeting's event.
    id: String,
}

impl Booked {
    async fn new() -> Booked {
        let account = Account::connected();
        let calendar = account.add_calendar_as("Work", "owner");
        account.calendars.put(&calendar, &meeting(UID, TEN, 0)).await.expect("put");
        let id = account.live(&calendar)[0]["id"].as_str().expect("an id").to_owned();
        Booked { account, calendar, id }
    }

    async fn found(&self) -> EntryFound {
        self.account.calendars.entry(&self.calendar, UID).await.expect("an answer")
    }

    fn patch(&self, event: &Json) {
        self.account.patch(&self.calendar, &self.id, event);
    }

    fn delete(&self) {
        self.account.steer("DELETE", "events", &json!({"calendar": self.calendar, "id": self.id}));
    }

    /// As its owner does.
    fn move_to(&self, start: &str) {
        let end = jiff::Timestamp::from_millisecond((at(start) + Millis(30 * 60_000)).0).expect("an instant");
        self.patch(&json!({"start": {"dateTime": start}, "end": {"dateTime": end.to_string()}}));
    }
}

fn there(start: &str) -> EntryFound {
    EntryFound::There(EntryThere { start: at(start), end: at(start) + Millis(30 * 60_000), ..EntryThere::default() })
}

#[tokio::test]
async fn an_event_is_found_where_its_owner_moved_it() {
    let booked = Booked::new().await;
    assert_eq!(booked.found().await, there(TEN));
    booked.move_to(NEXT_DAY);
    assert_eq!(booked.found().await, there(NEXT_DAY));
}

#[tokio::test]
async fn a_guest_who_declined_is_named() {
    let booked = Booked::new().await;
    let guest = |email: &str| json!({"email": email});
    booked.patch(&json!({"attendees": [guest("zoe@hollis.example"), guest("bo@acme.example")]}));
    for (attendee, response) in [("zoe@hollis.example", "declined"), ("bo@acme.example", "accepted")] {
        let answer = json!({"calendar": booked.calendar, "id": booked.id, "attendee": attendee, "response": response});
        booked.account.steer("POST", "answers", &answer);
    }
    let EntryFound::There(found) = booked.found().await else { panic!("it is there") };
    assert_eq!((found.start, found.declined), (at(TEN), vec!["zoe@hollis.example".to_owned()]));
}

#[tokio::test]
async fn whole_days_and_series_are_no_time_of_a_meeting() {
    for change in [
        json!({"start": {"date": "2026-11-10"}, "end": {"date": "2026-11-11"}}),
        json!({"recurrence": ["RRULE:FREQ=WEEKLY;COUNT=3"]}),
    ] {
        let booked = Booked::new().await;
        booked.patch(&change);
        assert_eq!(booked.found().await, EntryFound::Unclear, "{change}");
    }
}

#[tokio::test]
async fn a_deleted_event_is_gone_and_so_is_one_that_never_was() {
    let booked = Booked::new().await;
    let other = booked.account.calendars.entry(&booked.calendar, "other@knock").await;
    assert_eq!(other.expect("an answer"), EntryFound::Gone);
    booked.delete();
    assert_eq!(booked.found().await, EntryFound::Gone);
}

#[tokio::test]
async fn a_calendar_that_is_gone_takes_no_event_with_it() {
    let booked = Booked::new().await;
    booked.account.remove_calendar(&booked.calendar);
    let failure = booked.account.calendars.entry(&booked.calendar, UID).await.expect_err("there is no calendar");
    assert!(matches!(failure, CalendarFailure::Gone(_)), "{failure:?}");
}

#[tokio::test]
async fn a_failure_is_no_deletion() {
    let booked = Booked::new().await;
    // The event is not found, and its calendar cannot be asked for then.
    booked.account.fail_on("events.get", json!({"do": "status", "status": 404}));
    booked.account.fail_on("events.list", json!({"do": "status", "status": 503}));
    let failure = booked.account.calendars.entry(&booked.calendar, UID).await.expect_err("it is unknown");
    assert!(matches!(failure, CalendarFailure::Later { .. }), "{failure:?}");
}

#[tokio::test]
async fn a_version_that_is_there_stays_where_its_owner_moved_it() {
    let booked = Booked::new().await;
    booked.move_to(NEXT_DAY);
    booked.account.forget_requests();
    booked.account.calendars.put(&booked.calendar, &meeting(UID, TEN, 0)).await.expect("nothing to do");
    assert_eq!(booked.found().await, there(NEXT_DAY));
    assert_eq!(booked.account.requests("events.patch").len(), 0);
    booked.account.calendars.put(&booked.calendar, &meeting(UID, TEN, 1)).await.expect("written");
    assert_eq!(booked.found().await, there(TEN));
}

#[tokio::test]
async fn a_deleted_event_is_revived_by_any_version() {
    for sequence in [0, 2] {
        let booked = Booked::new().await;
        booked.account.calendars.put(&booked.calendar, &meeting(UID, TEN, 2)).await.expect("written");
        booked.delete();
        booked.account.calendars.put(&booked.calendar, &meeting(UID, NEXT_DAY, sequence)).await.expect("revived");
        assert_eq!(booked.found().await, there(NEXT_DAY), "{sequence}");
    }
}
