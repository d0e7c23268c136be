//! The kinds of signal (IC-07..IC-09).

use crate::{spelled, vocabulary};

vocabulary! {
    /// What was done. The first nine may be sent by a browser, the rest the server records.
    SignalType {
        /// A page was shown.
        PageView = "page_view",
        /// A link or button was clicked.
        Click = "click",
        /// A call to action was clicked.
        Cta = "cta",
        /// The first input into a form.
        FormStart = "form_start",
        /// A form was submitted.
        FormSubmit = "form_submit",
        /// A Knock Link in an asset was shown (pixel).
        LinkOpen = "link_open",
        /// A custom event of the site.
        Track = "track",
        /// The visitor said who they are.
        Identify = "identify",
        /// Visible time of a page view.
        Engagement = "engagement",
        /// A Knock Link was clicked.
        LinkClick = "link_click",
        /// A message in the chat.
        ChatMessage = "chat_message",
        /// A meeting was booked.
        MeetingBooked = "meeting_booked",
    }
}

spelled!(SignalType);

impl SignalType {
    /// Whether a browser may send it; the rest only the server itself records.
    pub const fn is_from_browser(self) -> bool {
        (self as usize) <= SignalType::Engagement as usize
    }
}
