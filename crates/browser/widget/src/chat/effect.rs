//! Effects of a chat as data. The `Environment` executes them and reports back with facts.

use knock_model::MessageId;
use knock_wire::ChatStarted;

use super::Draft;

/// An effect for the effect runner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Open the chat on the server: this counts as the click.
    Start,
    /// Request the conversation of the mailed link without opening it.
    Look,
    /// Open the conversation of this invitation from now on.
    Invite(String),
    /// Open this earlier conversation from now on, or a `new` one.
    Choose(String),
    Send(ChatStarted, Draft),
    /// Request all messages after a number.
    List(ChatStarted, u64),
    /// Open a socket of this number; it replaces the one before.
    Connect(ChatStarted, u64),
    /// Authenticate on the open socket, with the number after which messages are wanted.
    Hello(ChatStarted, u64),
    /// Report typing on the open socket.
    Type,
    /// Close the socket.
    Disconnect,
    /// Store an unsent message beyond this page.
    Keep(Draft),
    /// Delete the stored draft.
    Drop(MessageId),
    /// Store the conversation beyond this page, and the last number read.
    Remember(ChatStarted, u64),
    /// Remove the stored conversation.
    Forget,
}
