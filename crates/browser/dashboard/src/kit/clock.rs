//! The server's clock, for relative times.

use knock_model::Millis;
use leptos::prelude::*;
use std::time::Duration;

use super::browser;

const REFRESH: Duration = Duration::from_secs(30);

/// The server's clock as estimated by this page.
#[derive(Clone, Copy)]
pub(crate) struct ServerClock {
    ahead: StoredValue<Millis>,
    now: RwSignal<Millis>,
    /// The number of ten-minute spans since 1970, and of hours.
    slower: [RwSignal<i64>; 2],
}

/// The intervals at which the words of an age are updated: for less than an hour, less than a day, longer.
const TEN_MINUTES: i64 = 600_000;
const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

impl ServerClock {
    /// Starts with the browser's own clock and advances every 30 s.
    pub(crate) fn start() -> ServerClock {
        let now = RwSignal::new(browser::clock());
        let clock = ServerClock { ahead: StoredValue::new(Millis(0)), now, slower: [(); 2].map(|()| RwSignal::new(0)) };
        if let Ok(ticking) = set_interval_with_handle(move || clock.tick(), REFRESH) {
            on_cleanup(move || ticking.clear());
        }
        clock
    }

    /// A clock that stands at an instant: what is shown as of then counts its ages from there.
    pub(crate) fn stopped(at: Millis) -> ServerClock {
        let slower = [(); 2].map(|()| RwSignal::new(0));
        ServerClock { ahead: StoredValue::new(at - browser::clock()), now: RwSignal::new(at), slower }
    }

    /// The server's current time.
    pub(crate) fn now(self) -> Millis {
        self.now.get()
    }

    /// The same for the relative time of a past instant, followed at its own refresh interval: a long list must not be
    /// redrawn every 30 s.
    pub(crate) fn now_since(self, at: Millis) -> Millis {
        match (self.now_untracked() - at).0 {
            ..HOUR => self.now.track(),
            HOUR..DAY => self.slower[0].track(),
            DAY.. => self.slower[1].track(),
        }
        self.now_untracked()
    }

    /// The same, without following it.
    pub(crate) fn now_untracked(self) -> Millis {
        self.now.get_untracked()
    }

    /// The server's time to the millisecond, for immediate use.
    pub(crate) fn instant(self) -> Millis {
        browser::clock() + self.ahead.get_value()
    }

    pub(crate) fn set(self, now: Millis) {
        self.ahead.set_value(now - browser::clock());
        self.tick();
    }

    /// Takes an instant that the server has just stamped: its clock is not behind it.
    pub(crate) fn at_least(self, at: Millis) {
        if self.instant() < at {
            self.set(at);
        } else {
            self.tick();
        }
    }

    fn tick(self) {
        let now = self.instant();
        self.now.set(now);
        for (slower, span) in self.slower.into_iter().zip([TEN_MINUTES, HOUR]) {
            let number = now.0.div_euclid(span);
            slower.maybe_update(|known| std::mem::replace(known, number) != number);
        }
    }
}

pub(crate) fn use_clock() -> ServerClock {
    expect_context()
}

/// Lets what is drawn below count its ages from an instant of the past; none is the present of `live`.
pub(crate) fn provide_clock(at: Option<Millis>, live: ServerClock) {
    provide_context(at.map_or(live, ServerClock::stopped));
}
