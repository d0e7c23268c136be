//! The list of members in the composer of notes: those whom the text after an `@` finds.

use knock_wire::Assignee;
use leptos::prelude::*;

use super::team::{Team, use_team};
use crate::state::session::{Session, use_session};
use crate::words::mention::{found, handle, searched, with_mention};

/// The picker of members.
#[derive(Clone, Copy)]
pub(crate) struct Mentions {
    team: Team,
    session: Session,
    /// The place of the caret in the text, in bytes.
    caret: RwSignal<usize>,
    /// Whether it was closed for the current text.
    is_closed: RwSignal<bool>,
    /// The line that Enter selects.
    pub(crate) place: RwSignal<usize>,
}

impl Mentions {
    pub(crate) fn new() -> Mentions {
        Mentions {
            team: use_team(),
            session: use_session(),
            caret: RwSignal::new(0),
            is_closed: RwSignal::new(false),
            place: RwSignal::new(0),
        }
    }

    /// The members whom the text before the caret finds, while the picker is open.
    pub(crate) fn shown(self, text: &str) -> Vec<Assignee> {
        let before = text.get(..self.caret.get()).unwrap_or(text);
        let Some(search) = searched(before).filter(|_| !self.is_closed.get()) else { return Vec::new() };
        let me = self.session.email();
        self.team.assignees.with(|team| found(team, search, &me))
    }

    /// Takes a text changed by typing; the caret is counted as browsers do.
    pub(crate) fn typed(self, text: &str, caret: Option<u32>) {
        self.place.set(0);
        self.is_closed.set(false);
        self.caret.set(caret.map_or(text.len(), |caret| bytes_before(text, caret)));
    }

    /// Closes the picker.
    pub(crate) fn close(self) {
        self.is_closed.set(true);
    }

    /// Moves to another one of `count` lines.
    pub(crate) fn step(self, by: isize, count: usize) {
        self.place.update(|place| *place = place.saturating_add_signed(by).min(count.saturating_sub(1)));
    }

    /// The text with a member in place of the search, and where the caret is then, as browsers count.
    pub(crate) fn insert(self, text: &str, member: &Assignee) -> (String, u32) {
        let word = self.team.assignees.with_untracked(|team| handle(member, team));
        let (text, caret) = with_mention(text, self.caret.get_untracked(), &word);
        self.caret.set(caret);
        self.close();
        let before = text.get(..caret).unwrap_or_default().encode_utf16().count();
        (text, u32::try_from(before).unwrap_or(u32::MAX))
    }
}

/// The bytes before a caret that is counted in units of UTF-16.
fn bytes_before(text: &str, caret: u32) -> usize {
    let (mut units, mut bytes) = (0, 0);
    for character in text.chars() {
        if units >= caret as usize {
            break;
        }
        units += character.len_utf16();
        bytes += character.len_utf8();
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_caret_is_found_after_any_characters() {
        for (text, caret, expected) in [("abc", 2, 2), ("\u{fc}b", 1, 2), ("\u{1f600}b", 2, 4), ("a", 9, 1)] {
            assert_eq!(bytes_before(text, caret), expected, "{text} {caret}");
        }
    }
}
