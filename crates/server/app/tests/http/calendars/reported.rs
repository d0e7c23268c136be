//! A calendar that cannot be read for ten minutes: the mail to its member.

use super::scripted::{Scripted, events};
use super::{ANN, MINUTE, post, start};
use crate::mail::{FROM, until_ended};
use crate::meetings::Office;
use knock_testing::{Answer, Mail, MailServer};
use serde_json::json;

const DAY: &str = "&from=2026-06-02&to=2026-06-03";
const SUBJECT: &str = "Your calendar cannot be read";

#[test]
fn a_failure_that_lasts_is_mailed_once_with_the_page_where_it_is_mended() {
    let (mail, server) = (MailServer::start(), Scripted::start());
    server.answers(events(""));
    let office = Office::of(start(&[("KNOCK_SMTP_URL", &mail.url()), ("KNOCK_SMTP_FROM", FROM)]));
    let draft =
        json!({"provider": "caldav", "url": server.url(), "user": "ann", "password": "secret", "events_in": ""});
    assert_eq!(post(&office.knock, &office.admin, &draft).code, 201);
    let sent = || {
        until_ended(&office.knock, &office.key);
        mail.all().into_iter().filter(|mail: &Mail| mail.header("Subject") == SUBJECT).collect::<Vec<_>>()
    };
    server.answers(Answer::Code(503));
    // Noted at the first reading, it has lasted for twelve minutes at the third.
    for expected in [0, 0, 1, 1] {
        office.knock.advance(6 * MINUTE);
        assert_eq!(office.starts(ANN, DAY), [""; 0]);
        assert_eq!(sent().len(), expected);
    }
    let mails = sent();
    let text = mails[0].part("text/plain");
    let said = "cannot be read: the calendar server asks to be asked later (503). Meetings with you are not offered";
    assert!(text.contains(said), "{text}");
    assert!(text.contains(&format!("{}/app/settings/calendars", office.knock.url)), "{text}");
}
