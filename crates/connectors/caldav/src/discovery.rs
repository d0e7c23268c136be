//! Finding the calendars of an account (RFC 6764, RFC 4791 6.2.1).

use crate::client::CalDav;
use crate::failure::Failure;
use crate::multistatus::Found;
use knock_ports::FoundCalendar;
use url::Url;

const WELL_KNOWN: &str = "/.well-known/caldav";
/// The most redirects that are followed.
const HOPS: usize = 5;
const WHO: &str = r#"<propfind xmlns="DAV:"><prop><current-user-principal/><resourcetype/></prop></propfind>"#;
const HOME: &str =
    r#"<propfind xmlns="DAV:"><prop><c:calendar-home-set xmlns:c="urn:ietf:params:xml:ns:caldav"/></prop></propfind>"#;
const ADDRESSES: &str = r#"<propfind xmlns="DAV:"><prop><c:calendar-user-address-set xmlns:c="urn:ietf:params:xml:ns:caldav"/></prop></propfind>"#;
const CALENDARS: &str = r#"<propfind xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns:n="http://nextcloud.com/ns"><prop><displayname/><resourcetype/><c:supported-calendar-component-set/><c:schedule-calendar-transp/><n:deleted-at/></prop></propfind>"#;

impl CalDav {
    /// The calendars of the account that take events.
    pub(crate) async fn discover(&self) -> Result<Vec<FoundCalendar>, Failure> {
        let (at, who) = self.signed_in().await?;
        if who.takes_events && who.principal.is_empty() {
            return self.listed(&at, "0").await;
        }
        let principal = joined(&at, &who.principal)?;
        let home = self.propfind(&principal, "0", HOME).await?.into_iter().find(|found| !found.home.is_empty());
        let home = home.ok_or_else(|| Failure::Unreadable("the account has no calendars".to_owned()))?;
        self.listed(&joined(&principal, &home.home)?, "1").await
    }

    /// The addresses under which the owner of the account is invited (RFC 6638, 2.4.1).
    pub(crate) async fn addresses(&self) -> Result<Vec<String>, Failure> {
        let (at, who) = self.signed_in().await?;
        let found = self.propfind(&joined(&at, &who.principal)?, "0", ADDRESSES).await?;
        Ok(found.into_iter().flat_map(|found| found.addresses).collect())
    }

    /// The principal of the credentials, and the address that returned it, from the address of the account.
    async fn signed_in(&self) -> Result<(Url, Found), Failure> {
        let start = self.account().url.clone();
        match self.who(start.clone()).await {
            Err(Failure::Gone | Failure::Refused { .. } | Failure::Forbidden { .. }) => {
                self.who(joined(&start, WELL_KNOWN)?).await
            }
            other => other,
        }
    }

    /// The principal of the credentials, and the address that returned it.
    async fn who(&self, mut url: Url) -> Result<(Url, Found), Failure> {
        for _ in 0..HOPS {
            let headers = vec![("content-type", "application/xml".to_owned()), ("depth", "0".to_owned())];
            let reply = self.send("PROPFIND", &url, headers, WHO).await?;
            let Some(location) = reply.location.filter(|_| (300..400).contains(&reply.code)) else {
                let found = self.propfind(&url, "0", WHO).await?.into_iter().next();
                let who = found.filter(|found| !found.principal.is_empty() || found.takes_events);
                return who.map(|who| (url, who)).ok_or(Failure::Gone);
            };
            url = joined(&url, &location)?;
        }
        Err(Failure::Unreadable("the calendar server leads in circles".to_owned()))
    }

    async fn listed(&self, url: &Url, depth: &str) -> Result<Vec<FoundCalendar>, Failure> {
        let found = self.propfind(url, depth, CALENDARS).await?.into_iter().filter(|found| found.takes_events);
        let calendar = |found: Found| {
            let url = joined(url, &found.href)?;
            let last = url.path_segments().and_then(|mut parts| parts.rfind(|part| !part.is_empty()));
            let name = if found.name.is_empty() { last.unwrap_or("Calendar").to_owned() } else { found.name.clone() };
            Ok(FoundCalendar { id: url.into(), name, is_foreign: found.is_transparent, ..FoundCalendar::default() })
        };
        found.map(calendar).collect()
    }
}

/// An address as the server writes it, from where it was written.
pub(crate) fn joined(from: &Url, href: &str) -> Result<Url, Failure> {
    from.join(href).map_err(|_| Failure::Unreadable(format!("`{href}` is no address")))
}
