//! The entry point of a chat or a booking: a site or a Knock Link.

use knock_model::{MessageId, Millis, SessionId, VisitorId};
use knock_wire::{ChatStart, ChatStarted, RawSecret};
use serde::{Deserialize, Serialize};

use crate::browser;
use crate::chat::{Draft, Remembered};
use crate::identity::{self, Identity};

/// The longest text in bytes that is kept while it is written: each key stroke stores it.
const MOST_UNFINISHED: usize = 20_000;

/// The entry point of a chat or a booking. Data that outlives the page is stored by entry point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum EntryPoint {
    /// The key of the site.
    Site(String),
    /// The slug of the link.
    Link(String),
}

/// Parameters of opening a chat, besides its origin and the visitor.
#[derive(Clone, Debug)]
pub(crate) struct Opening {
    /// The code of the panel's language.
    pub(crate) language: &'static str,
    /// The token of a mailed link, until it has opened its conversation: later the browser's own secret does.
    pub(crate) resume: Option<RawSecret>,
    /// The id of the last invitation that the visitor accepted on this page, whose conversation is the one to open, or of
    /// the nudge whose button opened the chat.
    pub(crate) invitation: Option<String>,
    /// The earlier conversation to open, or `new`, until it is open.
    pub(crate) conversation: Option<String>,
}

/// The stored data of a conversation.
#[derive(Serialize, Deserialize)]
struct Kept {
    started: ChatStarted,
    visitor: String,
    read: u64,
    /// The instant of storing: the launcher checks only recent conversations.
    at: Millis,
}

impl EntryPoint {
    /// The request that opens the chat.
    pub(crate) fn start(&self, now: Millis, opening: &Opening) -> ChatStart {
        let (site, link) = self.names();
        let identity = self.identity(now);
        let secret = identity::secret(&Storage, &identity.visitor, || hex(browser::random()) + &hex(browser::random()));
        ChatStart {
            site,
            link,
            visitor: identity.visitor,
            session: identity.session,
            secret: Some(secret.into()),
            language: Some(opening.language.to_owned()),
            time_zone: Some(browser::time_zone()).filter(|name| !name.is_empty()),
            resume: opening.resume.clone(),
            invitation: opening.invitation.clone(),
            conversation: opening.conversation.clone(),
        }
    }

    /// The key of the site, or the slug of the link.
    pub(crate) fn names(&self) -> (Option<String>, Option<String>) {
        match self {
            EntryPoint::Site(key) => (Some(key.clone()), None),
            EntryPoint::Link(slug) => (None, Some(slug.clone())),
        }
    }

    /// The current ids of the visitor.
    pub(crate) fn identity(&self, now: Millis) -> Identity {
        let new = || (VisitorId::new(now, &browser::random()), SessionId::new(now, &browser::random()));
        identity::claim(&Storage, now, new)
    }

    /// Whether the secret of this browser is stored: then its tabs send the same.
    pub(crate) fn has_secret(&self) -> bool {
        identity::has_secret(&Storage)
    }

    /// The stored conversation of this visitor; that of another visitor is not taken over.
    fn kept(&self) -> Option<Kept> {
        let kept: Option<Kept> = knock_json::parse(&browser::recall(&self.key("c")));
        kept.filter(|kept| kept.visitor == self.visitor())
    }

    /// The conversation with the newer token that another tab has stored, if any.
    pub(crate) fn renewed(&self, before: &ChatStarted) -> Option<ChatStarted> {
        let started = self.kept()?.started;
        (started.conversation == before.conversation && started.token != before.token).then_some(started)
    }

    /// The stored state of earlier pages.
    pub(crate) fn recall(&self) -> Remembered {
        let kept = self.kept();
        let unsent = browser::keys(&self.key("o")).iter().filter_map(|key| self.unsent(key)).collect();
        let (started, read) = kept.map_or((None, 0), |kept| (Some(kept.started), kept.read));
        Remembered { started, unsent, read }
    }

    pub(crate) fn remember(&self, started: ChatStarted, read: u64) {
        let kept = Kept { started, visitor: self.visitor(), read, at: browser::now() };
        if let Ok(text) = serde_json::to_string(&kept) {
            browser::keep(&self.key("c"), &text);
        }
    }

    pub(crate) fn forget(&self) {
        browser::forget(&self.key("c"));
    }

    /// Stores an unsent message under a key of its own, so that tabs do not overwrite each other.
    pub(crate) fn keep(&self, draft: &Draft) {
        browser::keep(&self.draft_key(draft.id), &draft.text);
    }

    pub(crate) fn drop(&self, id: MessageId) {
        browser::forget(&self.draft_key(id));
    }

    /// Whether the visitor has agreed to this line.
    pub(crate) fn has_consent(&self, line: &str) -> bool {
        browser::recall(&self.key("a")) == agreed(line)
    }

    /// Stores that the visitor has agreed to this line.
    pub(crate) fn keep_consent(&self, line: &str) {
        browser::keep(&self.key("a"), &agreed(line));
    }

    /// The text that this visitor has left in the composer of this tab.
    pub(crate) fn unfinished(&self) -> String {
        let kept = browser::recall_in_tab(&self.key("d"));
        let of_visitor = kept.split_once(' ').filter(|(of, _)| *of == self.visitor());
        of_visitor.map(|(_, text)| text.to_owned()).unwrap_or_default()
    }

    /// Keeps the text of the composer for the next page of this tab; nothing of an empty one, and of one that is far too
    /// long to be sent.
    pub(crate) fn keep_unfinished(&self, text: &str) {
        let is_kept = !text.trim().is_empty() && text.len() <= MOST_UNFINISHED;
        let kept = if is_kept { self.visitor() + " " + text } else { String::new() };
        browser::keep_in_tab(&self.key("d"), &kept);
    }

    fn unsent(&self, key: &str) -> Option<Draft> {
        let id = MessageId::parse(key.get(self.key("o").len()..)?).ok()?;
        let text = browser::recall(key);
        (!text.is_empty()).then_some(Draft { id, text, file: None })
    }

    fn draft_key(&self, id: MessageId) -> String {
        format!("{}{id}", self.key("o"))
    }

    /// The visitor of this browser; empty before there is one.
    pub(crate) fn visitor(&self) -> String {
        identity::visitor(&Storage).unwrap_or_default()
    }

    /// The key of stored data.
    pub(crate) fn key(&self, what: &str) -> String {
        match self {
            EntryPoint::Site(key) => format!("knock_{what}:site:{key}:"),
            EntryPoint::Link(slug) => format!("knock_{what}:link:{slug}:"),
        }
    }
}

/// The visitor with the line that they agreed to: another line is asked for anew.
fn agreed(line: &str) -> String {
    identity::visitor(&Storage).unwrap_or_default() + " " + line
}

fn hex(bytes: [u8; 10]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// The storage that the tracker uses too.
struct Storage;

impl identity::Storage for Storage {
    fn recall(&self, key: &str) -> String {
        browser::recall(key)
    }

    fn keep(&self, key: &str, text: &str) {
        browser::keep(key, text);
    }
}
