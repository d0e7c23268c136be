//! Calendars that members have connected.

use crate::Shape;
use crate::made::AT;
use knock_wire::{CalendarChoice, CalendarConnection, CalendarDraft, CalendarHealth};

pub(crate) fn shapes() -> Vec<Shape> {
    let health = CalendarHealth {
        is_connected: true,
        problem: "the calendar server does not accept user and password".into(),
        problem_since: Some(AT),
        waiting: 2,
        failed: 1,
    };
    let work = "https://cloud.example.com/remote.php/dav/calendars/ann/work/";
    let connection = CalendarConnection {
        health: CalendarHealth { problem: String::new(), problem_since: None, failed: 0, ..health.clone() },
        url: "https://cloud.example.com/remote.php/dav".into(),
        user: "ann".into(),
        calendars: vec![CalendarChoice { url: work.into(), name: "Work".into(), is_read: true }],
        events_in: work.into(),
    };
    let draft = CalendarDraft {
        url: connection.url.clone(),
        user: connection.user.clone(),
        password: Some("heron-granite-41".to_owned().into()),
        reads: Some(vec![work.into()]),
        events_in: Some(work.into()),
    };
    vec![
        Shape::of("calendar_connection", &connection),
        Shape::of("calendar_health", &health),
        Shape::of("calendar_draft", &draft),
        Shape::of("calendar_draft_first", &CalendarDraft { reads: None, events_in: None, ..draft }),
    ]
}
