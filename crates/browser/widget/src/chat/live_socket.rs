//! The live socket: a WebSocket that reconnects when it closes or seems dead.

use knock_model::Millis;

use super::Moment;
use super::backoff::Backoff;

/// The time limit for opening a socket, and the time open after which it counts as a success.
const LASTING: Millis = Millis(10_000);
/// The time limit for the echo of an own message; without it the socket is dead.
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
    pub(crate) fn is_open(&self) -> bool {
        matches!(self.state, SocketState::Open { .. })
    }

    /// Whether a socket was ever open.
    pub(crate) fn was_open(&self) -> bool {
        self.was_open
    }

    /// The number of failed sockets in a row.
    pub(crate) fn failures(&self) -> u32 {
        self.backoff.failures()
    }

    /// The next instant at which an action is due.
    pub(crate) fn due(&self) -> Option<Millis> {
        match self.state {
            SocketState::Closed => Some(self.backoff.due()),
            SocketState::Opening { since } => Some(since + LASTING),
            SocketState::Open { .. } => self.echo.map(|(_, due)| due),
        }
    }

    /// Opens a socket if it is due; returns its number.
    pub(crate) fn open(&mut self, now: Millis) -> Option<u64> {
        if self.state != SocketState::Closed || !self.backoff.is_due(now) {
            return None;
        }
        self.number += 1;
        self.received = false;
        self.state = SocketState::Opening { since: now };
        Some(self.number)
    }

    /// Takes an opened socket; returns whether it is the current one.
    pub(crate) fn opened(&mut self, number: u64, now: Millis) -> bool {
        let is_ours = number == self.number && matches!(self.state, SocketState::Opening { .. });
        if is_ours {
            self.state = SocketState::Open { since: now };
            self.was_open = true;
        }
        is_ours
    }

    /// Takes a message; returns whether it came on the current socket.
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

    /// Expects the echo of an own message with this number.
    pub(crate) fn expect(&mut self, seq: u64, now: Millis) {
        if self.is_open() && self.echo.is_none() && self.received_to < seq {
            self.echo = Some((seq, now + ECHO));
        }
    }

    /// Whether the socket failed to open, or an expected message is missing.
    pub(crate) fn is_dead(&self, now: Millis) -> bool {
        self.state != SocketState::Closed && self.due().is_some_and(|due| due <= now)
    }

    /// Takes a closed socket; returns whether it was the current one.
    pub(crate) fn closed(&mut self, number: u64, moment: Moment) -> bool {
        let is_ours = number == self.number && self.state != SocketState::Closed;
        if is_ours {
            self.fail(moment);
        }
        is_ours
    }

    /// Closes the socket; the next one is opened after a delay.
    pub(crate) fn fail(&mut self, moment: Moment) {
        if let SocketState::Open { since } = self.state
            && (self.received || moment.now - since >= LASTING)
        {
            self.backoff.succeed();
        }
        self.backoff.fail(moment);
        self.reset();
    }

    /// Resets for another conversation: its numbers start anew.
    pub(crate) fn renew(&mut self) {
        self.reset();
        self.received_to = 0;
        self.backoff = Backoff::default();
    }

    /// Closes the socket; returns whether there was one.
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
