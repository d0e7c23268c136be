//! Events of a calendar: read as busy time, stored and deleted.

use crate::client::CalDav;
use crate::discovery::joined;
use crate::failure::{Failure, checked, words};
use crate::stored::Stored;
use futures_util::future::try_join_all;
use jiff::Timestamp;
use knock_model::Millis;
use knock_outbound::Reply;
use knock_ports::{BusyQuery, BusyRead, CalendarEntry};
use knock_scheduling::Span;
use url::Url;

const ICALENDAR: &str = "text/calendar; charset=utf-8";

impl CalDav {
    /// The busy time of calendars that touches a window, each with the UID of its event.
    pub(crate) async fn read(&self, calendars: &[Url], query: BusyQuery) -> Result<BusyRead, Failure> {
        let Span { start, end } = query.window;
        let range = format!(r#"<c:time-range start="{}" end="{}"/>"#, utc(start), utc(end));
        let body = calendar_query(&range);
        let answers = try_join_all(calendars.iter().map(|calendar| self.events(calendar, &body))).await?;
        if answers.is_empty() {
            return Ok(BusyRead::default());
        }
        // Without the other addresses of the owner more is blocked: no reason to fail.
        let asks = answers.iter().any(|answer| has_declined(answer));
        let addresses = if asks { self.addresses().await.unwrap_or_default() } else { Vec::new() };
        self.answers.busy(answers, query, addresses).await
    }

    /// The events of one calendar. What is wrong with one names it: the others may be read.
    async fn events(&self, calendar: &Url, body: &str) -> Result<Vec<u8>, Failure> {
        self.report(calendar, body).await.map_err(|failure| match failure {
            Failure::Forbidden { reason, .. } => {
                Failure::Forbidden { what: format!("reading the calendar {calendar}"), reason }
            }
            other => other,
        })
    }

    /// Puts the object of an entry into the calendar, whether or not it is there, under whatever address. Where this
    /// version or a newer one is there, nothing is written.
    pub(crate) async fn store(&self, calendar: &Url, entry: &CalendarEntry, object: &str) -> Result<(), Failure> {
        match self.create_or_replace(calendar, entry, object).await {
            // Changed by another program between finding and replacing it: what that made is found then.
            Err(Failure::Refused { code: 412, .. }) => self.create_or_replace(calendar, entry, object).await,
            other => other,
        }
    }

    async fn create_or_replace(&self, calendar: &Url, entry: &CalendarEntry, object: &str) -> Result<(), Failure> {
        let url = joined(calendar, &object_name(&entry.uid))?;
        let reply = self.send_object(&url, ("if-none-match", "*".to_owned()), object).await?;
        if !matches!(reply.code, 409 | 412) {
            return checked(reply).map(drop);
        }
        // An earlier version, or an earlier attempt whose answer was lost.
        let refused = Failure::Refused { code: reply.code, reason: words(&reply.body) };
        let known = self.find(calendar, &entry.uid).await?.ok_or(refused)?;
        if known.has(entry.sequence) {
            return Ok(());
        }
        checked(self.send_object(&known.url, known.condition(), object).await?).map(drop)
    }

    /// Deletes the object with a UID, if it is there.
    pub(crate) async fn delete(&self, calendar: &Url, uid: &str) -> Result<(), Failure> {
        match self.delete_found(calendar, uid).await {
            // Changed by another program between finding and deleting it.
            Err(Failure::Refused { code: 412, .. }) => self.delete_found(calendar, uid).await,
            other => other,
        }
    }

    async fn delete_found(&self, calendar: &Url, uid: &str) -> Result<(), Failure> {
        let Some(known) = self.find(calendar, uid).await? else { return Ok(()) };
        match checked(self.send("DELETE", &known.url, vec![known.condition()], "").await?) {
            Err(Failure::Gone) => Ok(()),
            other => other.map(drop),
        }
    }

    async fn send_object(&self, url: &Url, condition: (&'static str, String), object: &str) -> Result<Reply, Failure> {
        self.send("PUT", url, vec![("content-type", ICALENDAR.to_owned()), condition], object).await
    }

    /// The event with a UID: its address may be another than we would give it.
    async fn find(&self, calendar: &Url, uid: &str) -> Result<Option<Stored>, Failure> {
        let found = self.answers.found(self.report(calendar, &by_uid(uid)).await?).await?;
        found.into_iter().find_map(|found| Stored::read(calendar, uid, found)).transpose()
    }
}

/// Asks for the events with a UID. Servers match parts of texts, and some match everything.
pub(crate) fn by_uid(uid: &str) -> String {
    calendar_query(&format!(
        r#"<c:prop-filter name="UID"><c:text-match collation="i;octet">{}</c:text-match></c:prop-filter>"#,
        escaped(uid)
    ))
}

/// Whether an answer has an event that an invited person declined.
fn has_declined(answer: &[u8]) -> bool {
    answer.windows(8).any(|word| word.eq_ignore_ascii_case(b"declined"))
}

fn calendar_query(filter: &str) -> String {
    format!(
        r#"<c:calendar-query xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><prop><getetag/><c:calendar-data/></prop><c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT">{filter}</c:comp-filter></c:comp-filter></c:filter></c:calendar-query>"#
    )
}

/// The last part of the address that an object of ours gets.
pub(crate) fn object_name(uid: &str) -> String {
    let name: String = uid.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    name + ".ics"
}

pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn utc(at: Millis) -> String {
    Timestamp::from_millisecond(at.0).map_or_else(|_| String::new(), |at| at.strftime("%Y%m%dT%H%M%SZ").to_string())
}
