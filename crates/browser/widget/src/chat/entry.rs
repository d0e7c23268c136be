//! The view model of a chat.

use knock_model::{MessageId, Millis};
use knock_wire::{Author, ChatStarted, Message, MessageCard, MessageFile};

use super::Chat;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Connection {
    /// Not opened yet.
    Idle,
    /// Connecting for the first time.
    Connecting,
    /// Connected: messages arrive.
    Live,
    /// Reconnecting after a lost connection.
    Reconnecting,
    /// The browser has no network.
    Offline,
}

/// The delivery state of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Delivery {
    /// On the server.
    Done,
    /// On its way.
    Pending,
    /// The progress of a file's upload, in percent.
    Sending(u8),
    /// Sent once there is a network.
    Waiting,
    /// Delayed: on its way for longer than usual.
    Late,
    /// Refused, with the reason.
    Refused(String),
}

/// A message as shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) id: MessageId,
    pub(crate) author: Author,
    /// The rep's name.
    pub(crate) name: String,
    /// The rep's title.
    pub(crate) title: String,
    /// The address of the rep's picture.
    pub(crate) picture: String,
    pub(crate) text: String,
    pub(crate) files: Vec<MessageFile>,
    pub(crate) at: Millis,
    pub(crate) delivery: Delivery,
    /// The answers offered with it now.
    pub(crate) choices: Vec<String>,
    /// Its booking card.
    pub(crate) card: Option<MessageCard>,
}

impl Chat {
    /// All messages: those on the server by their numbers, then those on their way.
    pub(crate) fn entries(&self) -> Vec<Entry> {
        let offered = self.offered();
        let stored = self.thread.messages().iter().map(|message| Entry {
            choices: offered
                .filter(|offered| offered.id == message.id)
                .map_or_else(Vec::new, |_| message.choices.clone()),
            id: message.id,
            author: message.author,
            name: message.name.clone(),
            title: message.title.clone(),
            picture: message.picture.clone(),
            text: message.text.clone(),
            files: message.files.clone(),
            at: message.at,
            delivery: Delivery::Done,
            card: message.card.clone(),
        });
        let outgoing = self.outbox.drafts().map(|(draft, refusal)| Entry {
            id: draft.id,
            author: Author::Lead,
            name: String::new(),
            title: String::new(),
            picture: String::new(),
            text: draft.text.clone(),
            files: Vec::new(),
            at: draft.id.at(),
            delivery: match refusal {
                Some(reason) => Delivery::Refused(reason.to_owned()),
                None if !self.is_online => Delivery::Waiting,
                None if self.outbox.is_late() => Delivery::Late,
                None => self.outbox.progress_of(draft.id).map_or(Delivery::Pending, Delivery::Sending),
            },
            choices: Vec::new(),
            card: None,
        });
        stored.chain(outgoing).collect()
    }

    /// The answers that the agent offers with its last message, until the lead replies.
    pub(crate) fn choices(&self) -> Vec<String> {
        self.offered().map(|message| message.choices.clone()).unwrap_or_default()
    }

    /// The message with the offered answers.
    fn offered(&self) -> Option<&Message> {
        let is_writing = self.outbox.drafts().next().is_some();
        self.thread.messages().last().filter(|_| !is_writing)
    }

    pub(crate) fn connection(&self) -> Connection {
        // If sockets do not work, repeated requests do.
        let is_polling = self.socket.failures() > 1 && self.catch_up.is_answered;
        match () {
            () if !self.is_online => Connection::Offline,
            () if self.conversation.is_none() && self.opening.is_unwanted() => Connection::Idle,
            () if self.looks && self.opening.is_done() => Connection::Idle,
            () if self.socket.is_open() || is_polling => Connection::Live,
            () if self.socket.was_open() => Connection::Reconnecting,
            () => Connection::Connecting,
        }
    }

    /// The title of the chat; none before it was open.
    pub(crate) fn title(&self) -> Option<&str> {
        self.conversation.as_ref().map(|started| started.title.as_str())
    }

    /// The open conversation; none while its opening is under way, which replaces the token.
    pub(crate) fn open_conversation(&self) -> Option<&ChatStarted> {
        self.conversation.as_ref().filter(|_| self.may_ask())
    }

    /// The number of messages that the visitor wrote and the server has.
    pub(crate) fn own_messages(&self) -> usize {
        self.thread.messages().iter().filter(|message| message.author == Author::Lead).count()
    }

    /// The number up to which no message is missing.
    pub(crate) fn last(&self) -> u64 {
        self.thread.last()
    }

    /// The reason for which the chat is unavailable.
    pub(crate) fn refusal(&self) -> Option<&str> {
        self.opening.refusal()
    }

    /// The number of unread messages of others.
    pub(crate) fn unread(&self) -> usize {
        self.thread
            .messages()
            .iter()
            .filter(|message| message.seq > self.read && message.author != Author::Lead)
            .count()
    }

    /// The last unread message of another.
    pub(crate) fn news(&self) -> Option<&Message> {
        let is_news = |message: &&Message| message.seq > self.read && message.author != Author::Lead;
        self.thread.messages().iter().rev().find(is_news)
    }

    /// The last message of a rep; none if no rep wrote.
    pub(crate) fn rep(&self) -> Option<&Message> {
        self.thread.messages().iter().rev().find(|message| message.author == Author::Rep)
    }

    /// The instant for the id of a message written now.
    pub(crate) fn next_at(&self, now: Millis) -> Millis {
        self.outbox.next_at(now)
    }
}
