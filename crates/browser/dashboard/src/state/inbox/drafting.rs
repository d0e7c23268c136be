//! Drafts of the signed-in member. They outlive the view in which they were written, and the page.

use knock_model::ConversationId;
use leptos::prelude::*;

use super::drafts::{self, Begun, Drafts};
use super::unsent::Mode;
use super::writing::Writing;
use crate::kit::browser;

impl Writing {
    /// The draft in a conversation.
    pub(crate) fn begun(self, to: ConversationId, mode: Mode) -> Begun {
        self.begun.with_value(|begun| begun.get(&(to, mode)).cloned().unwrap_or_default())
    }

    /// The kind of the draft in a conversation: a note where there is only one of a note.
    pub(crate) fn mode_begun(self, to: ConversationId) -> Mode {
        let has = |mode| self.begun.with_value(|begun| begun.contains_key(&(to, mode)));
        if has(Mode::Note) && !has(Mode::Reply) { Mode::Note } else { Mode::Reply }
    }

    /// Keeps a draft, also beyond this page; an empty one is dropped.
    pub(crate) fn keep(self, to: ConversationId, mode: Mode, draft: Begun) {
        let place = (to, mode);
        if draft == self.begun(to, mode) {
            return;
        }
        self.member.with_value(|member| drafts::keep(member, place, &draft));
        self.begun.update_value(|begun| {
            if draft.text.trim().is_empty() {
                begun.remove(&place)
            } else {
                begun.insert(place, draft)
            };
        });
        self.mark_drafts();
    }

    /// Whether there is a draft in a conversation.
    pub(crate) fn has_draft(self, to: ConversationId) -> bool {
        self.drafted.with(|drafted| drafted.contains(&to))
    }

    /// The number of conversations with a draft.
    pub(crate) fn draft_count(self) -> usize {
        self.drafted.with(Vec::len)
    }

    /// Follows what other tabs of this browser write.
    pub(super) fn follow_tabs(self) {
        // Removed with the app.
        StoredValue::new_local(browser::before_others("storage", move |_| {
            if self.member.try_with_value(|member| !member.is_empty()) == Some(true) {
                self.set_drafts(self.member.with_value(|member| drafts::kept(member)));
            }
        }));
    }

    /// Replaces the drafts on this page.
    pub(super) fn set_drafts(self, drafts: Drafts) {
        self.begun.set_value(drafts);
        self.mark_drafts();
    }

    fn mark_drafts(self) {
        let mut drafted: Vec<ConversationId> = self.begun.with_value(|begun| begun.keys().map(|(to, _)| *to).collect());
        drafted.sort();
        drafted.dedup();
        self.drafted.maybe_update(|known| {
            let is_new = *known != drafted;
            *known = drafted;
            is_new
        });
    }
}
