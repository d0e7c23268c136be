//! Messages that are not known to be stored, kept in this browser: a reload must not lose them.

use knock_model::{ConversationId, MessageId};

use crate::api::encode;
use crate::browser;

/// A message as it was written; its id also says when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Draft {
    /// Where it goes.
    pub(crate) to: ConversationId,
    /// Its id, the same on every attempt.
    pub(crate) id: MessageId,
    /// What it says.
    pub(crate) text: String,
}

/// The messages of a member, oldest first.
pub(crate) fn kept(member: &str) -> Vec<Draft> {
    browser::kept(&name(member)).lines().filter_map(read).collect()
}

/// Keeps one more message.
pub(crate) fn keep(member: &str, draft: &Draft) {
    change(member, |lines| lines.push(line(draft)));
}

/// Drops a message: it is stored, or was discarded.
pub(crate) fn drop(member: &str, id: MessageId) {
    change(member, |lines| lines.retain(|line| read(line).is_some_and(|draft| draft.id != id)));
}

/// Drops all messages of a member.
pub(crate) fn drop_all(member: &str) {
    browser::drop_kept(&name(member));
}

/// Read and written at once: another tab of the same member keeps its messages under the same name.
fn change(member: &str, change: impl FnOnce(&mut Vec<String>)) {
    let mut lines: Vec<String> = browser::kept(&name(member)).lines().map(str::to_owned).collect();
    change(&mut lines);
    if lines.is_empty() {
        drop_all(member);
    } else {
        browser::keep(&name(member), &lines.join("\n"));
    }
}

fn name(member: &str) -> String {
    format!("knock_unsent {member}")
}

/// A line of three words: a reader of JSON for this one type would be more to download than all of this file.
fn line(Draft { to, id, text }: &Draft) -> String {
    format!("{to} {id} {}", encode(text))
}

fn read(line: &str) -> Option<Draft> {
    let mut words = line.split(' ');
    let to = ConversationId::parse(words.next()?).ok()?;
    let id = MessageId::parse(words.next()?).ok()?;
    Some(Draft { to, id, text: browser::decoded(words.next()?)? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::Millis;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn any_text_is_read_as_it_was_written() {
        for text in ["Hello", "two\nlines, 100 %", "\u{1e}\u{202e} \u{1f600} <b>%41</b>"] {
            let id = MessageId::new(Millis(7), &[9; 10]);
            let draft = Draft { to: ConversationId::new([6; 16]), id, text: text.to_owned() };
            assert_eq!(read(&line(&draft)), Some(draft));
        }
        for broken in ["", "x y z", "06060606-0606-4606-8606-060606060606"] {
            assert_eq!(read(broken), None, "{broken}");
        }
    }
}
