//! The entry of a booking: what the panel knows before it is opened.

use knock_model::MessageId;
use knock_wire::{ChatStarted, RawSecret};

use crate::entry_point::EntryPoint;
use crate::view::{Home, View};

/// The entry of a booking.
#[derive(Clone)]
pub(crate) struct Entry {
    /// The server's address.
    pub(crate) host: String,
    /// The entry point.
    pub(crate) entry_point: EntryPoint,
    /// The code of the language.
    pub(crate) code: &'static str,
    /// The token of the meeting to show, in place of a new booking.
    pub(crate) token: Option<RawSecret>,
    /// Whether its page is that meeting's own.
    pub(crate) is_meetings: bool,
    /// The chat in which it is opened.
    pub(crate) chat: Option<ChatStarted>,
    /// The message by whose card it is opened, where that offers the calendar of its sender.
    pub(crate) card: Option<MessageId>,
    /// The parameter `c` of the page's address.
    pub(crate) contact: Option<RawSecret>,
    /// Whether its panel is a page of its own.
    pub(crate) is_hosted: bool,
    /// Whether it is a page of its own, not opened from the chat.
    pub(crate) is_page: bool,
    /// The panel that shows it.
    pub(crate) view: View,
}

impl Entry {
    /// The entry from this panel.
    pub(crate) fn of(view: View) -> Entry {
        let Home { host, entry_point, is_hosted, is_page, meeting, contact, .. } = view.home();
        let chat = entry_point.recall().started;
        let (code, (card, of_card)) = (view.words.code(), view.card());
        let is_meetings = meeting.is_some();
        let token = meeting.or(of_card);
        Entry { host, code, token, is_meetings, chat, card, contact, is_hosted, is_page, view, entry_point }
    }
}
