//! Saved replies in the composer: matching typed text, and inserting one with its placeholders filled.

use knock_model::{Placeholder, fill, first_name};
use knock_wire::{ReplyPlaces, SavedReply};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::kit::letters;
use crate::state::session::{Session, use_session};

/// The largest number of replies in the picker.
const MOST: usize = 8;

/// The picker of saved replies.
#[derive(Clone, Copy)]
pub(crate) struct Replies {
    session: Session,
    all: RwSignal<Vec<SavedReply>>,
    is_loaded: RwSignal<bool>,
    /// Whether it was opened by its button.
    is_asked: RwSignal<bool>,
    /// Whether it was closed for the current text.
    is_closed: RwSignal<bool>,
    /// The line that Enter selects.
    pub(crate) place: RwSignal<usize>,
}

impl Replies {
    /// The list; nothing is loaded yet.
    pub(crate) fn new() -> Replies {
        let flag = || RwSignal::new(false);
        Replies {
            session: use_session(),
            all: RwSignal::new(Vec::new()),
            is_loaded: flag(),
            is_asked: flag(),
            is_closed: flag(),
            place: RwSignal::new(0),
        }
    }

    /// The matching replies, while the picker is open for this text.
    pub(crate) fn shown(self, text: &str) -> Vec<SavedReply> {
        if !self.is_open(text) {
            return Vec::new();
        }
        self.all.with(|all| matching(all, searched(text).unwrap_or_default()))
    }

    pub(crate) fn is_open(self, text: &str) -> bool {
        self.is_asked.get() || (searched(text).is_some() && !self.is_closed.get())
    }

    /// Whether there is no saved reply.
    pub(crate) fn is_empty(self) -> bool {
        self.is_loaded.get() && self.all.with(Vec::is_empty)
    }

    /// Takes a text changed by typing.
    pub(crate) fn typed(self, text: &str) {
        self.place.set(0);
        self.is_closed.set(false);
        if searched(text).is_some() {
            self.load();
        }
    }

    /// Opens the picker, or closes it.
    pub(crate) fn toggle(self) {
        self.place.set(0);
        self.is_asked.update(|is_asked| *is_asked = !*is_asked);
        self.load();
    }

    /// Closes the picker.
    pub(crate) fn close(self) {
        self.is_asked.set(false);
        self.is_closed.set(true);
    }

    /// Moves to another one of `count` lines.
    pub(crate) fn step(self, by: isize, count: usize) {
        self.place.update(|place| *place = place.saturating_add_signed(by).min(count.saturating_sub(1)));
    }

    fn load(self) {
        if self.is_loaded.get_untracked() {
            return;
        }
        let client = self.session.client();
        spawn_local(async move {
            if let Ok(list) = client.replies().await
                && self.all.try_set(list.replies).is_none()
            {
                self.is_loaded.set(true);
            }
        });
    }
}

/// The search of a text: a slash and letters.
fn searched(text: &str) -> Option<&str> {
    text.strip_prefix('/').filter(|rest| !rest.contains(char::is_whitespace) && !rest.contains('/'))
}

/// The replies whose name or text contains the search; names that begin with it come first.
fn matching(all: &[SavedReply], search: &str) -> Vec<SavedReply> {
    let search = letters::lower(search);
    let rank = |reply: &SavedReply| {
        let name = letters::lower(&reply.name);
        match () {
            () if name.starts_with(&search) => Some(0),
            () if name.contains(&search) => Some(1),
            () if letters::lower(&reply.text).contains(&search) => Some(2),
            () => None,
        }
    };
    let mut found: Vec<(i32, &SavedReply)> = all.iter().filter_map(|reply| Some((rank(reply)?, reply))).collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().take(MOST).map(|(_, reply)| reply.clone()).collect()
}

/// A text with a saved reply in it: in place of the search, else after the text. Placeholders with a known value
/// are filled.
pub(crate) fn with_reply(text: &str, reply: &str, places: &ReplyPlaces, rep: &str) -> String {
    let filled = fill(reply, |place| match place {
        Placeholder::Name => places.name.clone(),
        Placeholder::FirstName => first_name(&places.name).to_owned(),
        Placeholder::Company => places.company.clone(),
        Placeholder::Rep => rep.to_owned(),
        Placeholder::Site => places.site.clone(),
    });
    match text.trim_end() {
        "" => filled,
        before if searched(before).is_some() => filled,
        before => format!("{before}\n{filled}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::SavedReplyId;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn reply(name: &str, text: &str) -> SavedReply {
        let id = SavedReplyId::new([5; 16]);
        SavedReply { id, name: name.to_owned(), text: text.to_owned(), language: None, is_personal: false }
    }

    #[wasm_bindgen_test]
    fn names_that_begin_with_what_is_typed_come_first() {
        let all = [reply("List prices", "x"), reply("Hours", "See our prices"), reply("Prices", "x")];
        let names = |search: &str| matching(&all, search).into_iter().map(|reply| reply.name).collect::<Vec<_>>();
        assert_eq!(names("PRI"), ["Prices", "List prices", "Hours"]);
        assert_eq!(names("zzz"), [""; 0]);
        assert_eq!(names("").len(), 3);
    }

    #[wasm_bindgen_test]
    fn a_slash_with_letters_is_a_search_and_an_address_or_a_sentence_is_none() {
        for (text, expected) in
            [("/", Some("")), ("/pri", Some("pri")), ("/a b", None), ("a/b", None), ("/a/b", None), ("", None)]
        {
            assert_eq!(searched(text), expected, "{text}");
        }
    }

    #[wasm_bindgen_test]
    fn a_reply_takes_the_place_of_the_search_and_follows_what_is_written() {
        let places = ReplyPlaces { name: "Ann Lee".to_owned(), ..ReplyPlaces::default() };
        let text = "Hi {{first_name}}, {{rep}} of {{company|us}} here, {{site}}";
        let expected = "Hi Ann, Bo of us here, {{site}}";
        assert_eq!(with_reply("/pri", text, &places, "Bo"), expected);
        assert_eq!(with_reply("", text, &places, "Bo"), expected);
        assert_eq!(with_reply("Thanks! ", "Bye", &places, "Bo"), "Thanks!\nBye");
    }
}
