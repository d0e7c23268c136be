//! Drafts in the browser's storage, so that a reload, the end of a session and signing in again do not lose them.

use knock_model::{ConversationId, Millis};
use std::collections::HashMap;

use super::unsent::Mode;
use crate::api::encode;
use crate::kit::browser;

/// The storage key: a line for each draft of all members who use this browser, last changed last.
const KEY: &str = "knock_drafts";
/// The largest number of drafts of a member: older ones are dropped.
const MOST: usize = 50;
/// The time after which a draft is dropped.
const LASTS: Millis = Millis(30 * 24 * 3_600_000);

/// A text that is not sent yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Begun {
    pub(crate) text: String,
    /// The number of the last message on the page when it was begun; none for unknown.
    pub(crate) since: Option<u64>,
}

/// The drafts of a member, by conversation and kind.
pub(super) type Drafts = HashMap<(ConversationId, Mode), Begun>;

/// The drafts of a member.
pub(super) fn kept(member: &str) -> Drafts {
    let (member, now) = (encode(member), browser::clock());
    let all = browser::kept(KEY);
    let lines = all.lines().filter_map(read).filter(|line| line.member == member && line.is_fresh(now));
    lines.map(|line| (line.place, line.begun)).collect()
}

/// Keeps the draft of a member at its place; an empty one is dropped.
pub(super) fn keep(member: &str, place: (ConversationId, Mode), begun: &Begun) {
    let (member, now) = (encode(member), browser::clock());
    let new = (!begun.text.trim().is_empty()).then(|| line(&member, place, now, begun));
    change(|lines| {
        lines.retain(|line| !(line.member == member && line.place == place));
        let ours = lines.iter().filter(|line| line.member == member).count() + usize::from(new.is_some());
        let mut surplus = ours.saturating_sub(MOST);
        lines.retain(|line| {
            let is_dropped = surplus > 0 && line.member == member;
            surplus -= usize::from(is_dropped);
            !is_dropped
        });
        new
    });
}

/// Drops the drafts of a member.
pub(super) fn drop_all(member: &str) {
    let member = encode(member);
    change(|lines| {
        lines.retain(|line| line.member != member);
        None
    });
}

/// Read and written at once: other tabs use the same storage key. Lines of any member that are too old go.
fn change(change: impl FnOnce(&mut Vec<Line<'_>>) -> Option<String>) {
    let (all, now) = (browser::kept(KEY), browser::clock());
    let mut lines: Vec<Line<'_>> = all.lines().filter_map(read).filter(|line| line.is_fresh(now)).collect();
    let new = change(&mut lines);
    let kept: Vec<&str> = lines.iter().map(|line| line.whole).chain(new.as_deref()).collect();
    if kept.is_empty() {
        browser::drop_kept(KEY);
    } else {
        browser::keep(KEY, &kept.join("\n"));
    }
}

/// A draft as a line of six words.
struct Line<'a> {
    whole: &'a str,
    member: &'a str,
    place: (ConversationId, Mode),
    at: Millis,
    begun: Begun,
}

impl Line<'_> {
    fn is_fresh(&self, now: Millis) -> bool {
        now - self.at < LASTS
    }
}

fn line(member: &str, (to, mode): (ConversationId, Mode), at: Millis, Begun { text, since }: &Begun) -> String {
    let mode = if mode == Mode::Note { "note" } else { "reply" };
    let since = since.map(|since| since.to_string()).unwrap_or_default();
    format!("{member} {to} {mode} {} {since} {}", at.0, encode(text))
}

fn read(whole: &str) -> Option<Line<'_>> {
    let mut words = whole.split(' ');
    let (member, to) = (words.next()?, ConversationId::parse(words.next()?).ok()?);
    let mode = match words.next()? {
        "note" => Mode::Note,
        "reply" => Mode::Reply,
        _ => return None,
    };
    let (at, since) = (Millis(words.next()?.parse().ok()?), words.next()?.parse().ok());
    let text = browser::decoded(words.next()?)?;
    Some(Line { whole, member, place: (to, mode), at, begun: Begun { text, since } })
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn reply(number: u8) -> (ConversationId, Mode) {
        (ConversationId::new([number; 16]), Mode::Reply)
    }

    fn note(number: u8) -> (ConversationId, Mode) {
        (ConversationId::new([number; 16]), Mode::Note)
    }

    fn begun(text: &str) -> Begun {
        Begun { text: text.to_owned(), since: Some(7) }
    }

    #[wasm_bindgen_test]
    fn drafts_are_kept_by_member_conversation_and_kind_until_they_are_empty() {
        let text = "two\nlines, 100 % \u{1f600}";
        keep("ann@drafts.test", reply(6), &begun(text));
        keep("ann@drafts.test", note(6), &begun("Between us"));
        keep("bo@drafts.test", reply(6), &begun("Of Bo"));
        assert_eq!(kept("ann@drafts.test"), HashMap::from([(reply(6), begun(text)), (note(6), begun("Between us"))]));
        keep("ann@drafts.test", reply(6), &begun(" \n"));
        assert_eq!(kept("ann@drafts.test"), HashMap::from([(note(6), begun("Between us"))]));
        drop_all("ann@drafts.test");
        assert_eq!(kept("ann@drafts.test"), HashMap::new());
        assert_eq!(kept("bo@drafts.test"), HashMap::from([(reply(6), begun("Of Bo"))]));
        drop_all("bo@drafts.test");
    }

    #[wasm_bindgen_test]
    fn the_oldest_drafts_of_a_member_make_room() {
        keep("bo@most.test", reply(6), &begun("Of Bo"));
        (0..60).for_each(|number| keep("ann@most.test", reply(number), &begun("Text")));
        let all = kept("ann@most.test");
        assert_eq!(all.len(), MOST);
        assert!(!all.contains_key(&reply(9)) && all.contains_key(&reply(10)) && all.contains_key(&reply(59)));
        assert_eq!(kept("bo@most.test").len(), 1);
        ["ann@most.test", "bo@most.test"].into_iter().for_each(drop_all);
    }

    #[wasm_bindgen_test]
    fn a_draft_ends_after_thirty_days_whatever_member_writes_then() {
        let old = line("ann%40old.test", reply(6), browser::clock() - LASTS, &begun("Old"));
        browser::keep(KEY, &format!("{}\nno draft\n{old}", browser::kept(KEY)));
        assert_eq!(kept("ann@old.test"), HashMap::new());
        keep("bo@old.test", reply(6), &begun("New"));
        assert!(!browser::kept(KEY).contains("Old"));
        drop_all("bo@old.test");
    }
}
