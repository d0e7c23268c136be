//! The shared state of the panel: chat, language, visibility, clock and focus.

use knock_model::{MessageId, Millis};
use knock_wire::RawSecret;
use leptos::html::Textarea;
use leptos::prelude::*;
use std::time::Duration;

use crate::browser;
use crate::chat::Fact;
use crate::consent::Consent;
use crate::controller::ChatController;
use crate::entry_point::EntryPoint;
use crate::look::Look;
use crate::words::{Text, Words};

/// The interval at which relative times are updated.
const REFRESH: Duration = Duration::from_secs(30);

/// The layout of the panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// A dialog in the corner of a page.
    Corner,
    /// The whole page.
    Page {
        /// The title until the server sends one.
        title: String,
    },
}

/// The panel.
#[derive(Clone, Copy)]
pub(crate) struct View {
    /// The chat.
    pub(crate) talk: ChatController,
    /// Its language.
    pub(crate) words: Words,
    /// Whether the panel is shown.
    pub(crate) is_open: RwSignal<bool>,
    /// The current instant for relative times.
    pub(crate) now: RwSignal<Millis>,
    /// The composer.
    pub(crate) composer: NodeRef<Textarea>,
    /// The consent before an address is sent.
    pub(crate) consent: Consent,
    /// Whether a booking is shown in place of the chat.
    pub(crate) is_booking: RwSignal<bool>,
    /// Whether the script of the booking could be loaded, as far as known.
    pub(crate) has_script: RwSignal<bool>,
    /// The title of the panel during a booking; empty before it is known.
    pub(crate) name: RwSignal<String>,
    /// Whether this browser has a meeting to come.
    pub(crate) has_meeting: RwSignal<bool>,
    /// The message whose card a booking is opened by, where it offers the calendar of its sender; and the token of the
    /// meeting that was booked by a card.
    card: StoredValue<(Option<MessageId>, Option<RawSecret>)>,
    look: &'static Look,
    home: StoredValue<Home, LocalStorage>,
}

/// The place of the panel, for the views in it.
#[derive(Clone)]
pub(crate) struct Home {
    /// The server's address.
    pub(crate) host: String,
    /// The entry point of the chat.
    pub(crate) entry_point: EntryPoint,
    /// Whether the panel is a page of its own, whose first heading is its title.
    pub(crate) is_hosted: bool,
    /// Whether a booking is the whole page, not opened from the chat.
    pub(crate) is_page: bool,
    /// The token of the meeting that the page shows.
    pub(crate) meeting: Option<RawSecret>,
    /// The parameter `c` of the page's address.
    pub(crate) contact: Option<RawSecret>,
    /// The look of the site.
    pub(crate) look: &'static Look,
}

impl Home {
    /// The home of a panel in a corner.
    pub(crate) fn of(host: &str, entry_point: EntryPoint) -> Home {
        let (host, is_hosted, is_page, meeting, contact) = (host.to_owned(), false, false, None, None);
        Home { host, entry_point, is_hosted, is_page, meeting, contact, look: Look::of(String::new()) }
    }
}

impl View {
    /// A closed panel.
    pub(crate) fn new(talk: ChatController, words: Words, home: Home) -> View {
        let now = RwSignal::new(browser::now());
        let tick = move || {
            now.try_set(browser::now());
        };
        if let Ok(ticking) = set_interval_with_handle(tick, REFRESH) {
            on_cleanup(move || ticking.clear());
        }
        View {
            talk,
            words,
            is_open: RwSignal::new(false),
            now,
            composer: NodeRef::new(),
            consent: Consent::new(),
            is_booking: RwSignal::new(false),
            has_script: RwSignal::new(true),
            name: RwSignal::new(String::new()),
            has_meeting: RwSignal::new(home.entry_point.has_meeting()),
            card: StoredValue::new((None, None)),
            look: home.look,
            home: StoredValue::new_local(home),
        }
    }

    /// A text in its language.
    pub(crate) fn say(self, text: Text) -> &'static str {
        self.words.say(text)
    }

    /// The look of the site.
    pub(crate) const fn look(self) -> &'static Look {
        self.look
    }

    /// Shows the panel and moves the focus into it.
    pub(crate) fn open(self) {
        if self.is_open.try_set(true).is_none() {
            self.talk.tell(Fact::PanelOpened);
            request_animation_frame(move || self.focus_composer());
        }
    }

    /// Shows the panel as it was left on another page; whether there is a conversation to show.
    pub(crate) fn resume(self) -> bool {
        let has_chat = self.talk.peek(|chat| chat.open_conversation().is_some());
        if has_chat && self.is_open.try_set(true).is_none() {
            self.talk.tell(Fact::PanelResumed);
        }
        has_chat
    }

    /// Shows the panel with the conversation of an invitation; an open panel stays at what it shows.
    pub(crate) fn invite(self, id: String) {
        self.talk.tell(Fact::Invited(id));
        if self.is_open.try_get_untracked() == Some(false) {
            self.is_booking.try_set(false);
            self.open();
        }
    }

    /// Shows the panel with a booking in place of the chat; this does not open the chat.
    pub(crate) fn book(self) {
        self.book_by(None, None);
    }

    /// The same, by the card of a message; or the meeting that was booked by it.
    pub(crate) fn book_by(self, card: Option<MessageId>, meeting: Option<RawSecret>) {
        self.card.try_set_value((card, meeting));
        if self.is_booking.try_set(true).is_none() {
            self.is_open.try_set(true);
        }
    }

    /// Shows the chat in place of the booking.
    pub(crate) fn leave_booking(self) {
        self.is_booking.try_set(false);
        self.has_meeting.try_set(self.home().entry_point.has_meeting());
        self.talk.tell(Fact::BookingLeft);
        self.open();
    }

    /// The message by whose card the booking is opened, and the token of the meeting that was booked by it.
    pub(crate) fn card(self) -> (Option<MessageId>, Option<RawSecret>) {
        self.card.try_get_value().unwrap_or_default()
    }

    /// The place of the panel.
    pub(crate) fn home(self) -> Home {
        self.home.get_value()
    }

    /// Whether the chat offers a booking: only that of a site does, as a link has its own purpose.
    pub(crate) fn can_book(self) -> bool {
        self.home.with_value(|home| matches!(home.entry_point, EntryPoint::Site(_)))
    }

    /// Hides the panel.
    pub(crate) fn close(self) {
        if self.is_open.try_set(false).is_none() {
            self.talk.tell(Fact::PanelClosed);
        }
    }

    /// Takes the text in the composer: one with an address may need consent.
    pub(crate) fn note_written(self, text: &str) {
        let line = &self.look.consent;
        if !line.is_empty() && !self.home.with_value(|home| home.entry_point.has_consent(line)) {
            self.consent.read(text);
        }
    }

    /// The text that was left in the composer.
    pub(crate) fn unfinished(self) -> String {
        self.home.with_value(|home| home.entry_point.unfinished())
    }

    /// Keeps the text of the composer for the next page.
    pub(crate) fn keep_unfinished(self, text: &str) {
        self.home.with_value(|home| home.entry_point.keep_unfinished(text));
    }

    /// Whether a message may be sent; a consent that was given for it is stored.
    pub(crate) fn permits(self) -> bool {
        if self.consent.take() {
            self.home.with_value(|home| home.entry_point.keep_consent(&self.look.consent));
        }
        self.consent.permits()
    }

    /// Moves the keyboard focus to the composer.
    pub(crate) fn focus_composer(self) {
        if let Some(composer) = self.composer.try_get_untracked().flatten() {
            browser::focus(&composer);
        }
    }
}
