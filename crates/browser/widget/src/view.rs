//! What the panel's parts share: the chat, its language, whether the panel is open, its clock, where the focus goes.

use knock_model::Millis;
use leptos::html::Textarea;
use leptos::prelude::*;
use std::time::Duration;

use crate::browser;
use crate::chat::Fact;
use crate::talk::Talk;
use crate::words::{Text, Words};

/// How often "ago" is reckoned anew.
const REFRESH: Duration = Duration::from_secs(30);

/// What the panel is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// A dialog in the corner of a page.
    Corner,
    /// The page.
    Page {
        /// What it is called before the server is heard.
        title: String,
    },
}

/// The panel.
#[derive(Clone, Copy)]
pub(crate) struct View {
    /// The chat.
    pub(crate) talk: Talk,
    /// Its language.
    pub(crate) words: Words,
    /// Whether the panel is shown.
    pub(crate) is_open: RwSignal<bool>,
    /// The instant by which "ago" is reckoned.
    pub(crate) now: RwSignal<Millis>,
    /// Where one writes.
    pub(crate) composer: NodeRef<Textarea>,
}

impl View {
    /// A closed panel.
    pub(crate) fn new(talk: Talk, words: Words) -> View {
        let now = RwSignal::new(browser::now());
        let tick = move || {
            now.try_set(browser::now());
        };
        if let Ok(ticking) = set_interval_with_handle(tick, REFRESH) {
            on_cleanup(move || ticking.clear());
        }
        View { talk, words, is_open: RwSignal::new(false), now, composer: NodeRef::new() }
    }

    /// A text in its language.
    pub(crate) fn say(self, text: Text) -> &'static str {
        self.words.say(text)
    }

    /// Shows it and moves the focus into it.
    pub(crate) fn open(self) {
        if self.is_open.try_set(true).is_none() {
            self.talk.tell(Fact::PanelOpened);
            request_animation_frame(move || self.focus_composer());
        }
    }

    /// Hides it.
    pub(crate) fn close(self) {
        if self.is_open.try_set(false).is_none() {
            self.talk.tell(Fact::PanelClosed);
        }
    }

    /// Moves the keyboard focus to where one writes.
    pub(crate) fn focus_composer(self) {
        if let Some(composer) = self.composer.try_get_untracked().flatten() {
            browser::focus(&composer);
        }
    }
}
