//! Unsent messages in the browser's storage, so that a reload does not lose them.

use knock_model::{ConversationId, MessageId};

use crate::api::encode;
use crate::kit::browser;

/// A message as written; its id contains the instant of writing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Draft {
    pub(crate) to: ConversationId,
    /// Its id, the same on every attempt.
    pub(crate) id: MessageId,
    pub(crate) text: String,
    /// Whether it is a reply or a note.
    pub(crate) mode: Mode,
    /// The last number on the page; without it, newer messages are not checked.
    pub(crate) seen: Option<u64>,
}

/// The kind of a text; drafts of one kind never become the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Mode {
    /// To the lead.
    Reply,
    /// To the team.
    Note,
}

/// The messages of a member, oldest first; notes after replies.
pub(crate) fn kept(member: &str) -> Vec<Draft> {
    let of = |mode| {
        let kept = browser::kept(&name(member, mode));
        kept.lines().filter_map(|line| read(line, mode)).collect::<Vec<_>>()
    };
    [Mode::Reply, Mode::Note].into_iter().flat_map(of).collect()
}

pub(crate) fn keep(member: &str, draft: &Draft) {
    change(member, draft.mode, |lines| lines.push(line(draft)));
}

/// Drops a message: it is stored, or was discarded.
pub(crate) fn drop(member: &str, id: MessageId) {
    for mode in [Mode::Reply, Mode::Note] {
        change(member, mode, |lines| lines.retain(|line| read(line, mode).is_some_and(|draft| draft.id != id)));
    }
}

pub(crate) fn drop_all(member: &str) {
    browser::drop_kept(&name(member, Mode::Reply));
    browser::drop_kept(&name(member, Mode::Note));
}

/// Read and written at once: another tab of the same member uses the same storage key.
fn change(member: &str, mode: Mode, change: impl FnOnce(&mut Vec<String>)) {
    let name = name(member, mode);
    let mut lines: Vec<String> = browser::kept(&name).lines().map(str::to_owned).collect();
    change(&mut lines);
    if lines.is_empty() {
        browser::drop_kept(&name);
    } else {
        browser::keep(&name, &lines.join("\n"));
    }
}

/// Notes have their own storage key: a tab with an earlier version of this app must not send them to leads.
fn name(member: &str, mode: Mode) -> String {
    match mode {
        Mode::Reply => format!("knock_unsent {member}"),
        Mode::Note => format!("knock_unsent_notes {member}"),
    }
}

/// A line of three or four words: a JSON reader for this one type would be more to download than this whole file.
fn line(Draft { to, id, text, mode: _, seen }: &Draft) -> String {
    let seen = seen.map(|seen| format!(" {seen}")).unwrap_or_default();
    format!("{to} {id} {}{seen}", encode(text))
}

fn read(line: &str, mode: Mode) -> Option<Draft> {
    let mut words = line.split(' ');
    let to = ConversationId::parse(words.next()?).ok()?;
    let id = MessageId::parse(words.next()?).ok()?;
    let text = browser::decoded(words.next()?)?;
    Some(Draft { to, id, text, mode, seen: words.next().and_then(|seen| seen.parse().ok()) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::Millis;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn notes_are_kept_apart_from_replies_and_dropped_with_them() {
        let draft = |mode, number| {
            let id = MessageId::new(Millis(number), &[9; 10]);
            Draft { to: ConversationId::new([6; 16]), id, text: "Between us".to_owned(), mode, seen: None }
        };
        let (note, reply) = (draft(Mode::Note, 1), draft(Mode::Reply, 2));
        keep("cy@us.test", &note);
        keep("cy@us.test", &reply);
        assert_eq!(kept("cy@us.test"), [reply.clone(), note.clone()]);
        assert!(!browser::kept("knock_unsent cy@us.test").contains(&note.id.to_string()));
        drop("cy@us.test", note.id);
        assert_eq!(kept("cy@us.test"), [reply]);
        drop_all("cy@us.test");
        assert_eq!(kept("cy@us.test"), []);
    }

    #[wasm_bindgen_test]
    fn any_text_is_read_as_it_was_written() {
        for text in ["Hello", "two\nlines, 100 %", "\u{1e}\u{202e} \u{1f600} <b>%41</b>"] {
            let id = MessageId::new(Millis(7), &[9; 10]);
            for (mode, seen) in [(Mode::Note, None), (Mode::Reply, Some(7))] {
                let draft = Draft { to: ConversationId::new([6; 16]), id, text: text.to_owned(), mode, seen };
                assert_eq!(read(&line(&draft), mode), Some(draft));
            }
        }
        for broken in ["", "x y z", "06060606-0606-4606-8606-060606060606"] {
            assert_eq!(read(broken, Mode::Reply), None, "{broken}");
        }
    }
}
