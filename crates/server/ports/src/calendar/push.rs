//! Port for the messages of a provider that a calendar changed. A message is a hint to read, and nothing else: it may be
//! lost, repeated or late.

use super::CalendarFuture;
use knock_model::Millis;
use serde::{Deserialize, Serialize};

/// A channel by which a provider says that a calendar changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarChannel {
    /// Our id: the last part of the address that the provider posts to.
    pub id: String,
    /// The id of the calendar.
    pub calendar: String,
    /// The SHA-256 in hex of the secret that each message brings.
    pub secret: String,
    /// The provider's own id of the channel or of what it watches; empty until it is known.
    #[serde(default)]
    pub remote: String,
    /// The instant at which the provider ends it; 0 until it has answered.
    #[serde(default)]
    pub expires_at: Millis,
    /// The instant at which it was asked for.
    #[serde(default)]
    pub opened_at: Millis,
}

/// A channel that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChannelRequest<'a> {
    /// Our id of it.
    pub id: &'a str,
    /// The id of the calendar.
    pub calendar: &'a str,
    /// The address that the provider posts to.
    pub address: &'a str,
    /// The secret that each message is to bring.
    pub secret: &'a str,
    /// The instant until which it is to live; the provider may end it earlier.
    pub until: Millis,
}

/// The answer to a request for a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedChannel {
    /// The provider's own id of the channel or of what it watches.
    pub remote: String,
    pub expires_at: Millis,
}

/// Channels of an account.
pub trait CalendarPush: Send + Sync {
    /// The longest life of a channel that the provider allows.
    fn longest(&self) -> Millis;

    /// Opens a channel. While it is asked for, the provider may post to its address.
    fn open<'a>(&'a self, request: ChannelRequest<'a>) -> CalendarFuture<'a, OpenedChannel>;

    /// Lengthens the life of a channel until an instant, and says when it ends now; none where the provider cannot: then
    /// another one is opened.
    fn renew<'a>(&'a self, channel: &'a CalendarChannel, until: Millis) -> CalendarFuture<'a, Option<Millis>>;

    /// Closes a channel; one that is not there is closed.
    fn close<'a>(&'a self, channel: &'a CalendarChannel) -> CalendarFuture<'a, ()>;
}

/// A message that came to the address of a channel.
#[derive(Clone, Copy)]
pub struct PushMessage<'m> {
    /// The query of the address, decoded, by name.
    pub query: &'m dyn Fn(&str) -> Option<String>,
    /// A header by its name in lower case.
    pub header: &'m dyn Fn(&str) -> Option<String>,
    pub body: &'m [u8],
}

/// The meaning of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pushed {
    /// The provider checks the address: this text is the answer, as `text/plain`.
    Handshake(String),
    /// What it says.
    Notices(Vec<PushNotice>),
    /// It is none of the provider.
    Unknown,
}

/// A part of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PushNotice {
    /// The secret that it brings; empty for none.
    pub secret: String,
    /// The provider's own id of the channel or of what it watches; empty if it does not say.
    pub remote: String,
    pub what: PushNews,
}

/// What a provider says of a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PushNews {
    /// It is open.
    Opened,
    /// The calendar changed, or may have changed while nothing was said.
    Changed,
    /// It has to be renewed at once.
    Ending,
    /// It has ended.
    Ended,
}
