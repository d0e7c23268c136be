//! The kinds of signal (IC-07..IC-09) and of links.

use crate::{Millis, spelled, vocabulary};

/// The age of a signal when it arrives, at most: an older one is moved to that instant.
pub const OLDEST_SIGNAL: Millis = Millis::days(30);

vocabulary! {
    /// The type of a signal. Stores keep the position in this list: new ones are added at the end.
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
        /// A begun form was left without being submitted.
        FormAbandon = "form_abandon",
    }
}

spelled!(SignalType);

vocabulary! {
    /// The kind of a clicked link that leads to another site or is no page.
    LinkKind {
        /// To another site.
        Outbound = "outbound",
        /// To a file.
        Download = "download",
        /// To an e-mail address.
        Mail = "mail",
        /// To a telephone number.
        Phone = "phone",
    }
}

spelled!(LinkKind);

impl SignalType {
    /// Whether a browser may send it; the rest only the server itself records.
    pub const fn is_from_browser(self) -> bool {
        match self {
            SignalType::PageView
            | SignalType::Click
            | SignalType::Cta
            | SignalType::FormStart
            | SignalType::FormSubmit
            | SignalType::FormAbandon
            | SignalType::LinkOpen
            | SignalType::Track
            | SignalType::Identify
            | SignalType::Engagement => true,
            SignalType::LinkClick | SignalType::ChatMessage | SignalType::MeetingBooked => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_keeps_its_number() {
        let numbers = [
            (SignalType::PageView, 0),
            (SignalType::Engagement, 8),
            (SignalType::MeetingBooked, 11),
            (SignalType::FormAbandon, 12),
        ];
        for (kind, number) in numbers {
            assert_eq!(kind.index(), number, "{kind:?}");
        }
    }

    #[test]
    fn a_browser_may_send_what_happens_on_a_page() {
        for (word, expected) in [("form_abandon", true), ("engagement", true), ("link_click", false)] {
            assert_eq!(SignalType::parse(word).map(SignalType::is_from_browser), Some(expected), "{word}");
        }
    }
}
