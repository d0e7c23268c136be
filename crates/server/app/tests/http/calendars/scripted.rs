//! A scripted calendar server.

use knock_testing::{Answer, Receiver};
use std::sync::{Arc, Mutex};

/// A server with one calendar at a known address; queries for its events get a response that the test sets.
pub(super) struct Scripted {
    receiver: Receiver,
    answer: Arc<Mutex<Answer>>,
}

impl Scripted {
    /// Starts a server without events.
    pub(super) fn start() -> Scripted {
        let answer = Arc::new(Mutex::new(events("")));
        let shared = Arc::clone(&answer);
        let receiver = Receiver::start(move |heard, _| match heard.text.contains("calendar-query") {
            true => shared.lock().expect("not poisoned").clone(),
            false => itself(&heard.path),
        });
        Scripted { receiver, answer }
    }

    /// The address of the calendar.
    pub(super) fn url(&self) -> String {
        self.receiver.url("/calendar/")
    }

    /// Sets the response from now on.
    pub(super) fn answers(&self, answer: Answer) {
        *self.answer.lock().expect("not poisoned") = answer;
    }

    /// The number of queries for events.
    pub(super) fn asked(&self) -> usize {
        self.receiver.all().iter().filter(|heard| heard.text.contains("calendar-query")).count()
    }
}

/// The properties of the calendar, as a response.
fn itself(path: &str) -> Answer {
    multistatus(&format!(
        "<response><href>{path}</href><propstat><prop><displayname>Work</displayname><resourcetype><collection/>\
         <c:calendar/></resourcetype></prop><status>HTTP/1.1 200 OK</status></propstat></response>"
    ))
}

/// A response with events, each by its lines within `VEVENT`; a line of dashes between two.
pub(super) fn events(lines: &str) -> Answer {
    let each = lines.split("----\n").filter(|lines| !lines.is_empty()).enumerate().map(|(number, lines)| {
        format!(
            "<response><href>/calendar/{number}.ics</href><propstat><prop><getetag>\"{number}\"</getetag>\
             <c:calendar-data>BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:{number}\nDTSTAMP:20260101T000000Z\n{lines}\
             END:VEVENT\nEND:VCALENDAR\n</c:calendar-data></prop><status>HTTP/1.1 200 OK</status></propstat></response>"
        )
    });
    multistatus(&each.collect::<String>())
}

fn multistatus(responses: &str) -> Answer {
    let body =
        format!(r#"<multistatus xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">{responses}</multistatus>"#);
    Answer::Full(207, vec![("content-type", "application/xml".to_owned())], body.into_bytes())
}
