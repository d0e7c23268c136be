//! A thread under a direct message to a member: its owner, the author of a message, and the posts in it.

use super::keys::{member_of, message_of, note_key, thread_of};
use super::member_match::slack_member;
use super::message_place::{SlackPlace, SlackTaken};
use crate::changes::Changes;
use crate::commands::{NoteSaved, WriteNote};
use crate::writer::Command;
use knock_model::{ConversationId, MessageId, Millis, NoteId, RepId};
use knock_ports::{Ledger, SlackAbout, SlackPost, SlackTell, StoreError, TeamAuthor};

/// The longest time for which the place of a tried post may be recorded later.
const UNRECORDED: Millis = Millis(2 * 3_600_000);
/// Formatting marks that may come before a note mark: a note in bold is a note.
const FORMATTING: [char; 7] = ['*', '_', '~', '`', '>', '\u{200b}', '\u{feff}'];

/// The owner of a thread, and the author of the message in it.
pub(super) struct Thread {
    pub(super) conversation: ConversationId,
    /// The key of the first message.
    pub(super) key: String,
    pub(super) author: Option<RepId>,
    pub(super) owner: Option<RepId>,
}

impl Thread {
    /// Loads a thread; none if it is not with a lead: only those under direct messages to a rep are.
    pub(super) fn load(
        ledger: &dyn Ledger,
        (channel, thread): (&str, &str),
        user: &str,
    ) -> Result<Option<Thread>, StoreError> {
        let Some(post) = ledger.slack_post_at(channel, thread)? else { return Ok(None) };
        let SlackPost { key, about, .. } = post;
        let SlackAbout::Chat(conversation) = about else { return Ok(None) };
        if thread_of(&key).is_none() {
            return Ok(None);
        }
        let owner = member_of(&key);
        let members = ledger.members()?;
        let person = ledger.slack_person(user)?;
        let author = person.and_then(|person| slack_member(&person, &members).map(|member| member.id));
        Ok(Some(Thread { conversation, key, author, owner }))
    }

    /// The outcome of a message in no known thread. The response to the first message of its thread may be under way
    /// or lost; attempts at deliveries are an hour apart at most.
    pub(super) fn unknown(ledger: &dyn Ledger, channel: &str, now: Millis) -> Result<SlackTaken, StoreError> {
        let is_open = |post: &SlackPost| thread_of(&post.key).is_some() && now - post.tried_at < UNRECORDED;
        let is_early = ledger.slack_posts_tried(channel)?.iter().any(is_open);
        Ok(if is_early { SlackTaken::Early } else { SlackTaken::Nothing })
    }

    /// Records that a message is in the thread already, so that it is not posted there again.
    pub(super) fn stands(
        &self,
        ledger: &mut dyn Ledger,
        place: &SlackPlace,
        key: String,
        now: Millis,
    ) -> Result<(), StoreError> {
        let about = SlackAbout::Chat(self.conversation);
        let (channel, ts, said) = (place.channel.clone(), place.ts.clone(), String::new());
        ledger.save_slack_post(&SlackPost { key, about, channel, ts, said, tried_at: now })
    }

    /// Stores an internal note of a message or a change in the thread.
    pub(super) fn note(
        &self,
        ledger: &mut dyn Ledger,
        changes: &mut Changes,
        place: &SlackPlace,
        (member, (id, text)): (RepId, (NoteId, String)),
        now: Millis,
    ) -> Result<SlackTaken, StoreError> {
        self.stands(ledger, place, note_key(&self.key, id), now)?;
        let (conversation, mentions) = (self.conversation, Vec::new());
        let written = WriteNote { conversation, id, author: TeamAuthor::Member(member), text, mentions, now }
            .run(ledger, changes)?;
        Ok(if matches!(written, NoteSaved::New(_)) { SlackTaken::Noted } else { SlackTaken::Nothing })
    }

    /// Returns the messages to the lead, sent or to be sent, for the message at this place: several if it has files.
    pub(super) fn messages_at(&self, ledger: &dyn Ledger, place: &SlackPlace) -> Result<Vec<MessageId>, StoreError> {
        let posts = ledger.slack_posts(self.conversation)?.into_iter();
        let here = posts.filter(|post| post.channel == place.channel && post.ts == place.ts);
        Ok(here.filter_map(|post| message_of(&post.key)).collect())
    }
}

/// Whether a text is an internal note. Formatting marks may come before the note mark.
pub(super) fn is_note(text: &str, mark: &str) -> bool {
    let plain = text.trim_start();
    let bare = plain.trim_start_matches(|character: char| FORMATTING.contains(&character) || character.is_whitespace());
    plain.starts_with(mark) || bare.starts_with(mark)
}

/// Returns a message to the author only, in the same thread.
pub(super) fn to(place: &SlackPlace, text: &str) -> SlackTell {
    let (channel, thread, user) = (place.channel.clone(), place.thread.clone(), place.user.clone());
    SlackTell { channel, thread, user, text: text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::is_note;

    #[test]
    fn a_note_is_one_however_it_is_formatted() {
        for text in ["// a", "//", "  //a", "\n// a", "*// a*", "_*//a*_", "> // a", "`// a`", "\u{200b}// a"] {
            assert!(is_note(text, "//"), "{text:?}");
        }
        for text in ["a // b", "/ a", "see https://x.example", "", "a\n// b"] {
            assert!(!is_note(text, "//"), "{text:?}");
        }
        assert!(is_note("*** a", "***") && is_note("> a", ">"));
    }
}
