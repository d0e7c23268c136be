//! A WebSocket of ours: what a client may send on it, how a silent one is tried, and how it ends with a word.

mod frames;
mod upgrade;

pub(super) use tungstenite::Message;
pub(super) use upgrade::Upgrade;

use crate::config::Http;
use crate::metrics_catalogue::Cut;
use crate::serving::ConnectionPermit;
use axum::body::Bytes;
use frames::TooManyFrames;
use futures_util::{SinkExt, StreamExt};
use std::num::NonZeroU32;
use std::time::Duration;
use tokio::time::Interval;
use tungstenite::Utf8Bytes;
use tungstenite::protocol::CloseFrame;
use tungstenite::protocol::frame::coding::CloseCode;

/// The largest message a client may send, in bytes.
const MAX_MESSAGE: usize = 64 * 1024;
/// The part of a larger message that is read, to report the error to its sender.
const MAX_READ: usize = 2 * MAX_MESSAGE;
/// The size of the read buffer; clients send little.
const BUFFER: usize = 4 * 1024;
/// Frames a second, of any kind, and at once. A message is one or more.
const RATE: NonZeroU32 = NonZeroU32::MIN.saturating_add(19);
/// The time for a client to close its side too.
const FAREWELL: Duration = Duration::from_secs(1);

/// The reason for which a WebSocket is closed.
#[derive(Debug)]
pub(super) enum Ending {
    /// Without a close frame: the client is gone, or does not answer.
    Gone,
    /// With a close frame of this code and reason (RFC 6455, 7.4).
    Close(u16, &'static str),
}

impl Ending {
    pub(super) const STOPPING: Ending = Ending::Close(1001, "the server is stopping");
    const TOO_LARGE: Ending = Ending::Close(1009, "a message holds more than 65536 bytes");
    const TOO_MANY: Ending = Ending::Close(1008, "more than 20 frames a second");
    const NO_PROTOCOL: Ending = Ending::Close(1002, "that is no WebSocket message");
}

/// A message of a client.
pub(super) enum Said {
    /// All up to this number has arrived.
    Receipt(u64),
    Text(Utf8Bytes),
}

/// A WebSocket that is open.
pub(super) struct Socket {
    inner: upgrade::Stream,
    ping: Interval,
    /// Pings since the client was last heard.
    unanswered: u32,
    /// The last number that the client confirmed.
    confirmed: Option<u64>,
    _seat: ConnectionPermit,
}

/// An upgraded connection before its ping timer and permit are attached.
pub(super) struct Unseated(upgrade::Stream);

impl Socket {
    /// Takes over a WebSocket; it keeps the seat of its connection.
    pub(super) fn new(Unseated(inner): Unseated, seat: ConnectionPermit, limits: &Http) -> Socket {
        let mut ping = tokio::time::interval(limits.ping_interval_ms.duration());
        // The first one is due at once.
        ping.reset();
        ping.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        Socket { inner, ping, unanswered: 0, confirmed: None, _seat: seat }
    }

    /// The next text of the client. In the meantime a silent line is tried.
    pub(super) async fn heard(&mut self) -> Result<Utf8Bytes, Ending> {
        loop {
            if let Some(text) = self.hear().await? {
                return Ok(text);
            }
        }
    }

    /// The next thing that the client says, if it is a text; or a try whether it is there.
    async fn hear(&mut self) -> Result<Option<Utf8Bytes>, Ending> {
        tokio::select! {
            message = self.inner.next() => self.checked(message),
            _ = self.ping.tick() => {
                if self.unanswered == 2 {
                    Cut::Silent.count();
                    return Err(Ending::Gone);
                }
                self.unanswered += 1;
                self.say(Message::Ping(Bytes::new())).await?;
                Ok(None)
            }
        }
    }

    pub(super) async fn say(&mut self, message: Message) -> Result<(), Ending> {
        self.inner.send(message).await.map_err(|_| Ending::Gone)
    }

    /// Asks the client to confirm that everything sent until now has arrived, under a number. Browsers answer pings by
    /// themselves, in order.
    pub(super) async fn ask_receipt(&mut self, number: u64) -> Result<(), Ending> {
        self.say(Message::Ping(Bytes::copy_from_slice(&number.to_be_bytes()))).await
    }

    /// The next number that the client confirmed, or text that it sent. In the meantime a silent line is tried.
    pub(super) async fn said(&mut self) -> Result<Said, Ending> {
        loop {
            if let Some(number) = self.confirmed.take() {
                return Ok(Said::Receipt(number));
            }
            if let Some(text) = self.hear().await? {
                return Ok(Said::Text(text));
            }
        }
    }

    /// Sends the close frame and waits for the client to close its side, so that it reads the reason.
    pub(super) async fn end(mut self, ending: Ending) {
        let Ending::Close(code, reason) = ending else { return };
        let frame = CloseFrame { code: CloseCode::from(code), reason: reason.into() };
        if self.inner.send(Message::Close(Some(frame))).await.is_ok() {
            let ended = async { while let Some(Ok(_)) = self.inner.next().await {} };
            // The connection is dropped when the client sends no close frame in time.
            drop(tokio::time::timeout(FAREWELL, ended).await);
        }
    }

    fn checked(&mut self, message: Option<tungstenite::Result<Message>>) -> Result<Option<Utf8Bytes>, Ending> {
        self.unanswered = 0;
        let message = match message {
            Some(Ok(Message::Close(_))) | None => return Err(Ending::Gone),
            Some(Ok(message)) => message,
            Some(Err(error)) => return Err(failed(&error)),
        };
        let (size, text) = match message {
            Message::Text(text) => (text.len(), Some(text)),
            Message::Pong(bytes) => {
                let number = <[u8; 8]>::try_from(&*bytes).map(u64::from_be_bytes);
                self.confirmed = number.ok().or(self.confirmed);
                (bytes.len(), None)
            }
            Message::Binary(bytes) | Message::Ping(bytes) => (bytes.len(), None),
            // The library gives whole messages only.
            Message::Close(_) | Message::Frame(_) => return Err(Ending::Gone),
        };
        if size > MAX_MESSAGE {
            Cut::MessageSize.count();
            return Err(Ending::TOO_LARGE);
        }
        Ok(text)
    }
}

fn failed(error: &tungstenite::Error) -> Ending {
    match error {
        tungstenite::Error::Capacity(_) => Ending::TOO_LARGE,
        tungstenite::Error::Protocol(tungstenite::error::ProtocolError::ResetWithoutClosingHandshake) => Ending::Gone,
        tungstenite::Error::Protocol(_) | tungstenite::Error::Utf8(_) => Ending::NO_PROTOCOL,
        tungstenite::Error::Io(error) if error.get_ref().is_some_and(|inner| inner.is::<TooManyFrames>()) => {
            Cut::MessageRate.count();
            Ending::TOO_MANY
        }
        _ => Ending::Gone,
    }
}
