//! Events of a calendar: read as busy time, made, changed and removed.

use crate::answers::{BusyBlocks, BusyQuery};
use crate::client::CalDav;
use crate::discovery::joined;
use crate::failure::{Failure, checked};
use crate::multistatus::Found;
use futures_util::future::try_join_all;
use jiff::Timestamp;
use knock_model::Millis;
use knock_outbound::Reply;
use knock_scheduling::Span;
use url::Url;

const VERSION: &str = r#"<propfind xmlns="DAV:"><prop><getetag/></prop></propfind>"#;
const ICALENDAR: &str = "text/calendar; charset=utf-8";

/// An event of ours in a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    pub url: Url,
    /// Its version; empty where the server says none.
    pub etag: String,
}

impl CalDav {
    /// The busy time of calendars that touches a window, each with the UID of its event.
    ///
    /// # Errors
    /// When the server cannot be asked, or an event cannot be read: a calendar that cannot be read is never free.
    pub async fn busy(&self, calendars: &[Url], query: BusyQuery) -> Result<BusyBlocks, Failure> {
        let Span { start, end } = query.window;
        let range = format!(r#"<c:time-range start="{}" end="{}"/>"#, utc(start), utc(end));
        let body = calendar_query(&range);
        let answers = try_join_all(calendars.iter().map(|calendar| self.report(calendar, &body))).await?;
        if answers.is_empty() {
            return Ok(Vec::new());
        }
        self.answers.busy(answers, query).await
    }

    /// Makes an event. Made again, with the same UID, it stays one.
    ///
    /// # Errors
    /// When the server cannot be asked, or refuses.
    pub async fn create(&self, calendar: &Url, uid: &str, object: &str) -> Result<Stored, Failure> {
        let url = joined(calendar, &format!("{}.ics", file_name(uid)))?;
        let reply = self.put(&url, ("if-none-match", "*".to_owned()), object).await?;
        if !matches!(reply.code, 409 | 412) {
            return self.stored(url, checked(reply)?).await;
        }
        // An earlier attempt made it, though its answer was lost.
        let known = self.find(calendar, uid).await?.ok_or(Failure::Refused(reply.code))?;
        self.replace(&known, object).await
    }

    /// Changes an event, whatever became of it meanwhile: the meeting is at its new time. One that was deleted in the
    /// calendar is made anew.
    ///
    /// # Errors
    /// When the server cannot be asked, or refuses.
    pub async fn change(&self, calendar: &Url, uid: &str, object: &str, known: &Stored) -> Result<Stored, Failure> {
        match self.replace(known, object).await {
            Err(Failure::Gone) => self.create(calendar, uid, object).await,
            Err(Failure::Refused(412)) => match self.find(calendar, uid).await? {
                Some(newer) => self.replace(&newer, object).await,
                None => self.create(calendar, uid, object).await,
            },
            other => other,
        }
    }

    /// Brings an event into the calendar as it is now, whether or not it is there, under whatever address.
    ///
    /// # Errors
    /// When the server cannot be asked, or refuses.
    pub async fn bring(&self, calendar: &Url, uid: &str, object: &str) -> Result<Stored, Failure> {
        match self.create(calendar, uid, object).await {
            // Changed by somebody between finding and replacing it: what they made is found then.
            Err(Failure::Refused(412)) => self.create(calendar, uid, object).await,
            other => other,
        }
    }

    /// Takes the event with a UID out of the calendar, if it is there.
    ///
    /// # Errors
    /// When the server cannot be asked, or refuses.
    pub async fn take_out(&self, calendar: &Url, uid: &str) -> Result<(), Failure> {
        match self.find(calendar, uid).await? {
            Some(known) => self.remove(calendar, uid, &known).await,
            None => Ok(()),
        }
    }

    /// Removes an event; one that is gone is removed.
    ///
    /// # Errors
    /// When the server cannot be asked, or refuses.
    pub async fn remove(&self, calendar: &Url, uid: &str, known: &Stored) -> Result<(), Failure> {
        match self.delete(known).await {
            Err(Failure::Refused(412)) => match self.find(calendar, uid).await? {
                Some(newer) => self.delete(&newer).await,
                None => Ok(()),
            },
            other => other,
        }
    }

    async fn delete(&self, known: &Stored) -> Result<(), Failure> {
        let reply = self.send("DELETE", &known.url, vec![matching(known)], "").await?;
        match checked(reply) {
            Err(Failure::Gone) => Ok(()),
            other => other.map(drop),
        }
    }

    async fn replace(&self, known: &Stored, object: &str) -> Result<Stored, Failure> {
        let reply = checked(self.put(&known.url, matching(known), object).await?)?;
        self.stored(known.url.clone(), reply).await
    }

    async fn put(&self, url: &Url, condition: (&'static str, String), object: &str) -> Result<Reply, Failure> {
        self.send("PUT", url, vec![("content-type", ICALENDAR.to_owned()), condition], object).await
    }

    /// The stored object; its version is requested if the response lacks it.
    async fn stored(&self, url: Url, reply: Reply) -> Result<Stored, Failure> {
        let etag = match reply.etag {
            Some(etag) => etag,
            None => {
                let found = self.propfind(&url, "0", VERSION).await?;
                found.into_iter().next().map(|found| found.etag).unwrap_or_default()
            }
        };
        Ok(Stored { url, etag })
    }

    /// The event with a UID: its address may be another than we would give it.
    async fn find(&self, calendar: &Url, uid: &str) -> Result<Option<Stored>, Failure> {
        let matches = format!(
            r#"<c:prop-filter name="UID"><c:text-match collation="i;octet">{}</c:text-match></c:prop-filter>"#,
            escaped(uid)
        );
        let found = self.answers.found(self.report(calendar, &calendar_query(&matches)).await?).await?.into_iter();
        // Servers match parts of texts.
        let found = found.into_iter().find(|found: &Found| found.data.contains(uid));
        found.map(|found| Ok(Stored { url: joined(calendar, &found.href)?, etag: found.etag })).transpose()
    }
}

fn calendar_query(filter: &str) -> String {
    format!(
        r#"<c:calendar-query xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><prop><getetag/><c:calendar-data/></prop><c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT">{filter}</c:comp-filter></c:comp-filter></c:filter></c:calendar-query>"#
    )
}

/// The condition that what is there is what we know.
fn matching(known: &Stored) -> (&'static str, String) {
    ("if-match", if known.etag.is_empty() { "*".to_owned() } else { known.etag.clone() })
}

/// A UID as the last part of an address.
fn file_name(uid: &str) -> String {
    uid.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '-' }).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn utc(at: Millis) -> String {
    Timestamp::from_millisecond(at.0).map_or_else(|_| String::new(), |at| at.strftime("%Y%m%dT%H%M%SZ").to_string())
}
