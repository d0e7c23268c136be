//! Effects of a chat as data. The `Environment` executes them and reports back with facts.

use knock_model::MessageId;
use knock_wire::ChatStarted;

use super::Draft;

/// An effect for the effect runner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Open the chat on the server; this is the click.
    Start,
    /// Post a message.
    Send(ChatStarted, Draft),
    /// Ask for all messages after a number.
    List(ChatStarted, u64),
    /// Open a socket of this number; it replaces the one before.
    Connect(ChatStarted, u64),
    /// Say by the open socket who listens, and after which number.
    Hello(ChatStarted, u64),
    /// Say by the open socket that the visitor writes.
    Type,
    /// Close the socket.
    Disconnect,
    /// Keep an unsent message beyond this page.
    Keep(Draft),
    /// Delete the stored draft.
    Drop(MessageId),
    /// Remember the conversation beyond this page, and the last number read.
    Remember(ChatStarted, u64),
    /// Forget it.
    Forget,
}
