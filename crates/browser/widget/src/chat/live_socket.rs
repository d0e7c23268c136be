//! The live socket: a WebSocket that reconnects when it closes or seems dead.

use knock_model::Millis;

use super::Moment;
use super::backoff::Backoff;

/// A socket opens within this time, and did work when it stayed open for so long.
const LASTING: Millis = Millis(10_000);
/// An own message comes back within this time, else the socket is dead.
const ECHO: Millis = Millis(10_000);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum SocketState {
    #[default]
    Closed,
    Opening {
        since: Millis,
    },
    Open {
        since: Millis,
    },
}

/// The WebSocket that delivers messages as they are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct LiveSocket {
    state: SocketState,
    number: u64,
    received: bool,
    received_to: u64,
    was_open: bool,
    echo: Option<(u64, Millis)>,
    backoff: Backoff,
}

impl LiveSocket {
    /// Whether messages arrive as they are written.
    pub(crate) fn is_open(&self) -> bool {
        matches!(self.state, SocketState::Open { .. })
    }

    /// Whether it was open at some time.
    pub(crate) fn was_open(&self) -> bool {
        self.was_open
    }

    /// Sockets in a row that were of no use.
    pub(crate) fn failures(&self) -> u32 {
        self.backoff.failures()
    }

    /// The next instant at which something is to be done.
    pub(crate) fn due(&self) -> Option<Millis> {
        match self.state {
            SocketState::Closed => Some(self.backoff.due()),
            SocketState::Opening { since } => Some(since + LASTING),
            SocketState::Open { .. } => self.echo.map(|(_, due)| due),
        }
    }

    /// Opens a socket if it is time for one; returns its number.
    pub(crate) fn open(&mut self, now: Millis) -> Option<u64> {
        if self.state != SocketState::Closed || !self.backoff.is_due(now) {
            return None;
        }
        self.number += 1;
        self.received = false;
        self.state = SocketState::Opening { since: now };
        Some(self.number)
    }

    /// The socket is open; whether it is the one that counts.
    pub(crate) fn opened(&mut self, number: u64, now: Millis) -> bool {
        let is_ours = number == self.number && matches!(self.state, SocketState::Opening { .. });
        if is_ours {
            self.state = SocketState::Open { since: now };
            self.was_open = true;
        }
        is_ours
    }

    /// A message came; whether by the socket that counts.
    pub(crate) fn receive(&mut self, number: u64, seq: u64) -> bool {
        let is_ours = number == self.number && self.is_open();
        if is_ours {
            self.received = true;
            self.received_to = self.received_to.max(seq);
            self.backoff.succeed();
            self.echo = self.echo.filter(|(awaited, _)| *awaited > seq);
        }
        is_ours
    }

    /// An own message got this number: the socket must confirm it.
    pub(crate) fn expect(&mut self, seq: u64, now: Millis) {
        if self.is_open() && self.echo.is_none() && self.received_to < seq {
            self.echo = Some((seq, now + ECHO));
        }
    }

    /// Whether the socket does not open, or an expected message has not come.
    pub(crate) fn is_dead(&self, now: Millis) -> bool {
        self.state != SocketState::Closed && self.due().is_some_and(|due| due <= now)
    }

    /// The socket is closed; whether it was the one that counts.
    pub(crate) fn closed(&mut self, number: u64, moment: Moment) -> bool {
        let is_ours = number == self.number && self.state != SocketState::Closed;
        if is_ours {
            self.fail(moment);
        }
        is_ours
    }

    /// Gives the socket up; the next one waits its turn.
    pub(crate) fn fail(&mut self, moment: Moment) {
        if let SocketState::Open { since } = self.state
            && (self.received || moment.now - since >= LASTING)
        {
            self.backoff.succeed();
        }
        self.backoff.fail(moment);
        self.reset();
    }

    /// Another conversation begins: numbers count from the start.
    pub(crate) fn renew(&mut self) {
        self.reset();
        self.received_to = 0;
        self.backoff = Backoff::default();
    }

    /// Gives the socket up; whether there was one.
    pub(crate) fn reset(&mut self) -> bool {
        let was = self.state != SocketState::Closed;
        self.state = SocketState::Closed;
        self.echo = None;
        was
    }

    /// The connection may work again: retries now.
    pub(crate) fn hurry(&mut self) {
        self.backoff.hurry();
    }
}
