//! One event of ours, asked for by itself.

use crate::client::CalDav;
use crate::discovery::joined;
use crate::failure::Failure;
use crate::objects::{by_uid, escaped, object_name};
use knock_ports::EntryFound;
use url::Url;

impl CalDav {
    /// The event with a UID as it is now, under whatever address.
    pub(crate) async fn look_up(&self, calendar: &Url, uid: &str) -> Result<EntryFound, Failure> {
        let answer = self.report(calendar, &by_uid(uid)).await?;
        let found = self.answers.entry(answer, uid.to_owned()).await?;
        if found != EntryFound::Gone {
            return Ok(found);
        }
        // A search without result may be one that the server cannot do: the address where we put it has to be empty too.
        let own = joined(calendar, &object_name(uid))?;
        let answer = self.report(calendar, &multiget(own.path())).await?;
        self.answers.entry(answer, uid.to_owned()).await
    }
}

/// Asks for one object by its path (RFC 4791, 7.9).
fn multiget(path: &str) -> String {
    format!(
        r#"<c:calendar-multiget xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><prop><getetag/><c:calendar-data/></prop><href>{}</href></c:calendar-multiget>"#,
        escaped(path)
    )
}
