//! Facts: the inputs of a chat.

use knock_model::{ConversationId, MessageId, Millis};
use knock_wire::{ChatStarted, Message};

use super::Draft;

/// The instant of a fact, with a random number from 0 to 1 that spreads retries.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment {
    /// The instant by the browser's clock.
    pub(crate) now: Millis,
    /// The number.
    pub(crate) chance: f64,
}

/// The stored state of an earlier page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Remembered {
    /// The conversation it had.
    pub(crate) started: Option<ChatStarted>,
    /// Messages that were not sent.
    pub(crate) unsent: Vec<Draft>,
    /// The last number that was read.
    pub(crate) read: u64,
}

/// The reason for which a request failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// No response, or a temporary failure, with the pause that it asks for.
    Later(Millis),
    /// The token is not valid for this.
    SignedOut,
    /// The token was replaced: another tab has opened the chat again, with this one.
    Replaced(ChatStarted),
    /// Refused, with the reason.
    Refused(String),
}

/// A fact for the state machine.
#[derive(Clone, Debug)]
pub(crate) enum Fact {
    /// The visitor opened the panel.
    PanelOpened,
    /// The visitor closed it.
    PanelClosed,
    /// The visitor was in a booking: what became of a card is not known.
    BookingLeft,
    /// The visitor wrote a message.
    Written(Draft),
    /// The visitor types one.
    Typed,
    /// A rep with this name writes; an empty one does not any more.
    RepTypes(String),
    /// The progress of the current upload, in percent.
    Advanced(u8),
    /// The visitor wants a message to be sent again.
    RetryAsked(MessageId),
    /// The visitor wants the chat to be opened again.
    ReopenAsked,
    /// The answer to `Effect::Start`.
    Started(Result<ChatStarted, Failure>),
    /// The answer to `Effect::Send`: its number.
    Stored(MessageId, Result<u64, Failure>),
    /// The answer to `Effect::List`.
    Listed(ConversationId, Result<Vec<Message>, Failure>),
    /// The socket of that number is open.
    SocketOpened(u64),
    /// The socket is closed.
    SocketClosed(u64),
    /// A message came by it.
    Received(u64, Message),
    /// The network is back, or the page is.
    WentOnline,
    /// The network is lost, or the page is suspended.
    WentOffline,
    /// The visitor looks at the page again.
    BecameVisible,
    /// The instant of `Chat::next_change_at` has come.
    Ticked,
}
