//! The origin of a booking: its visitor and the entry point.

use crate::browser::{self, encoded};
use crate::entry_point::EntryPoint;
use crate::identity::Identity;

/// The visitor and the origin of a booking.
pub(crate) struct Origin {
    pub(crate) site: Option<String>,
    pub(crate) link: Option<String>,
    pub(crate) visitor: String,
    pub(crate) session: String,
}

impl Origin {
    /// The origin of this browser, now.
    pub(crate) fn of(entry_point: &EntryPoint) -> Origin {
        let Identity { visitor, session } = entry_point.identity(browser::now());
        let (site, link) = entry_point.names();
        Origin { site, link, visitor, session }
    }

    /// The query of a request for slots, for an address and by a card, if it has an id.
    pub(crate) fn query(&self, email: &str, card: &str) -> String {
        let entry_point = match (&self.site, &self.link) {
            (Some(site), _) => "site=".to_owned() + &encoded(site),
            (None, link) => "link=".to_owned() + &encoded(link.as_deref().unwrap_or_default()),
        };
        let card = if card.is_empty() { String::new() } else { "&card=".to_owned() + card };
        let visitor = "&visitor=".to_owned() + &self.visitor + "&session=" + &self.session;
        entry_point + &visitor + &card + "&email=" + &encoded(email) + "&"
    }
}
