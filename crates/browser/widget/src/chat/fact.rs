//! Facts: the inputs of a chat.

use knock_model::{ConversationId, MessageId, Millis};
use knock_wire::{ChatStarted, MailedChat, Message};

use super::Draft;

/// The instant of a fact, with a random number from 0 to 1 that spreads retries.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment {
    /// The instant by the browser's clock.
    pub(crate) now: Millis,
    /// The random number.
    pub(crate) chance: f64,
}

/// The stored state of an earlier page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Remembered {
    /// The conversation of that page.
    pub(crate) started: Option<ChatStarted>,
    pub(crate) unsent: Vec<Draft>,
    /// The last number read.
    pub(crate) read: u64,
}

/// The reason for which a request failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// No response, or a temporary failure, with the requested pause.
    Later(Millis),
    /// The token is not valid.
    SignedOut,
    /// The token was replaced by this one: another tab has opened the chat again.
    Replaced(ChatStarted),
    /// Refused, with the reason.
    Refused(String),
}

/// A fact for the state machine.
#[derive(Clone, Debug)]
pub(crate) enum Fact {
    PanelOpened,
    /// The panel is shown again, as the visitor left it on another page: no act of theirs.
    PanelResumed,
    /// The visitor accepted the invitation with this id.
    Invited(String),
    /// The visitor chose another chat: the id of an earlier one, or `new`.
    Chosen(String),
    PanelClosed,
    /// The visitor left a booking: the outcome of a card is unknown.
    BookingLeft,
    /// The visitor wrote a message.
    Written(Draft),
    /// The visitor types a message.
    Typed,
    /// A rep with this name types, one who has set none without; none ends it.
    RepTypes(Option<String>),
    /// The progress of the current upload, in percent.
    Advanced(u8),
    /// The visitor requests a retry of a message.
    RetryAsked(MessageId),
    /// The visitor requests that the chat be opened again.
    ReopenAsked,
    /// A person uses the page: a key, a press or a touch. Mail scanners that open a link do none.
    Acted,
    /// The outcome of `Effect::Look`.
    Looked(Result<MailedChat, Failure>),
    /// The outcome of `Effect::Start`.
    Started(Result<ChatStarted, Failure>),
    /// The outcome of `Effect::Send`: the number of the message.
    Stored(MessageId, Result<u64, Failure>),
    /// The outcome of `Effect::List`.
    Listed(ConversationId, Result<Vec<Message>, Failure>),
    /// The socket with that number is open.
    SocketOpened(u64),
    SocketClosed(u64),
    /// A message arrived on that socket.
    Received(u64, Message),
    /// The network is back, or the page is resumed.
    WentOnline,
    /// The network is lost, or the page is suspended.
    WentOffline,
    BecameVisible,
    /// The page is in the background.
    BecameHidden,
    /// Another tab has read the messages of this conversation up to a number.
    ReadElsewhere(ConversationId, u64),
    /// The instant of `Chat::next_change_at` is reached.
    Ticked,
}
