//! The live connection: a socket that reconnects when it closes or seems dead.

use knock_model::Millis;

use super::Moment;
use super::backoff::Backoff;

/// A socket opens within this time, and did work when it stayed open for so long.
const LASTING: Millis = Millis(10_000);
/// An own message comes back within this time, else the socket is dead.
const ECHO: Millis = Millis(10_000);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Socket {
    #[default]
    Closed,
    Opening {
        since: Millis,
    },
    Open {
        since: Millis,
    },
}

/// The live channel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Line {
    socket: Socket,
    number: u64,
    heard: bool,
    heard_to: u64,
    was_open: bool,
    echo: Option<(u64, Millis)>,
    backoff: Backoff,
}

impl Line {
    /// Whether messages arrive as they are written.
    pub(crate) fn is_open(&self) -> bool {
        matches!(self.socket, Socket::Open { .. })
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
        match self.socket {
            Socket::Closed => Some(self.backoff.due()),
            Socket::Opening { since } => Some(since + LASTING),
            Socket::Open { .. } => self.echo.map(|(_, due)| due),
        }
    }

    /// Opens a socket if it is time for one; returns its number.
    pub(crate) fn open(&mut self, now: Millis) -> Option<u64> {
        if self.socket != Socket::Closed || !self.backoff.is_due(now) {
            return None;
        }
        self.number += 1;
        self.heard = false;
        self.socket = Socket::Opening { since: now };
        Some(self.number)
    }

    /// The socket is open; whether it is the one that counts.
    pub(crate) fn opened(&mut self, number: u64, now: Millis) -> bool {
        let is_ours = number == self.number && matches!(self.socket, Socket::Opening { .. });
        if is_ours {
            self.socket = Socket::Open { since: now };
            self.was_open = true;
        }
        is_ours
    }

    /// A message came; whether by the socket that counts.
    pub(crate) fn hear(&mut self, number: u64, seq: u64) -> bool {
        let is_ours = number == self.number && self.is_open();
        if is_ours {
            self.heard = true;
            self.heard_to = self.heard_to.max(seq);
            self.backoff.succeed();
            self.echo = self.echo.filter(|(awaited, _)| *awaited > seq);
        }
        is_ours
    }

    /// An own message got this number: the socket must confirm it.
    pub(crate) fn expect(&mut self, seq: u64, now: Millis) {
        if self.is_open() && self.echo.is_none() && self.heard_to < seq {
            self.echo = Some((seq, now + ECHO));
        }
    }

    /// Whether the socket does not open, or an expected message has not come.
    pub(crate) fn is_dead(&self, now: Millis) -> bool {
        self.socket != Socket::Closed && self.due().is_some_and(|due| due <= now)
    }

    /// The socket is closed; whether it was the one that counts.
    pub(crate) fn closed(&mut self, number: u64, moment: Moment) -> bool {
        let is_ours = number == self.number && self.socket != Socket::Closed;
        if is_ours {
            self.fail(moment);
        }
        is_ours
    }

    /// Gives the socket up; the next one waits its turn.
    pub(crate) fn fail(&mut self, moment: Moment) {
        if let Socket::Open { since } = self.socket
            && (self.heard || moment.now - since >= LASTING)
        {
            self.backoff.succeed();
        }
        self.backoff.fail(moment);
        self.reset();
    }

    /// Another conversation begins: numbers count from the start.
    pub(crate) fn renew(&mut self) {
        self.reset();
        self.heard_to = 0;
        self.backoff = Backoff::default();
    }

    /// Gives the socket up; whether there was one.
    pub(crate) fn reset(&mut self) -> bool {
        let was = self.socket != Socket::Closed;
        self.socket = Socket::Closed;
        self.echo = None;
        was
    }

    /// The connection may work again: retries now.
    pub(crate) fn hurry(&mut self) {
        self.backoff.hurry();
    }
}
