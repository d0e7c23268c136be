//! The look of a site in mails to its leads.

use knock_model::{ConversationId, MeetingId, SiteId};

/// By what the site of a mail is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BrandOf {
    Site(SiteId),
    Conversation(ConversationId),
    /// An unconfirmed booking.
    Booking(MeetingId),
}

/// Logo, colours and name of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brand {
    /// The name of the site; empty in mails to members.
    pub name: String,
    /// The address of the logo; empty for none.
    pub logo: String,
    /// The ground of a button.
    pub colour: String,
    /// Texts on it.
    pub ink: String,
}

impl Default for Brand {
    /// The colours of Knock, without name and logo.
    fn default() -> Brand {
        Brand { name: String::new(), logo: String::new(), colour: "#3f4fc4".into(), ink: "#ffffff".into() }
    }
}
