//! The server's clock, by which the page reckons "ago".

use knock_model::Millis;
use leptos::prelude::*;
use std::time::Duration;

use crate::browser;

const REFRESH: Duration = Duration::from_secs(30);

/// The server's clock as far as this page knows it.
#[derive(Clone, Copy)]
pub(crate) struct ServerClock {
    ahead: StoredValue<Millis>,
    now: RwSignal<Millis>,
}

impl ServerClock {
    /// Starts with the browser's own clock and goes on by itself every 30 s.
    pub(crate) fn start() -> ServerClock {
        let clock = ServerClock { ahead: StoredValue::new(Millis(0)), now: RwSignal::new(browser::clock()) };
        if let Ok(ticking) = set_interval_with_handle(move || clock.tick(), REFRESH) {
            on_cleanup(move || ticking.clear());
        }
        clock
    }

    /// The server's instant now.
    pub(crate) fn now(self) -> Millis {
        self.now.get()
    }

    /// The same, without following it.
    pub(crate) fn now_untracked(self) -> Millis {
        self.now.get_untracked()
    }

    /// The server's instant to the millisecond, for what is done right now.
    pub(crate) fn instant(self) -> Millis {
        browser::clock() + self.ahead.get_value()
    }

    /// Takes what the server says its clock shows.
    pub(crate) fn set(self, now: Millis) {
        self.ahead.set_value(now - browser::clock());
        self.tick();
    }

    /// Takes an instant the server stamped just now: its clock is not behind that.
    pub(crate) fn at_least(self, at: Millis) {
        if self.instant() < at {
            self.set(at);
        } else {
            self.tick();
        }
    }

    fn tick(self) {
        self.now.set(self.instant());
    }
}

/// The clock of this app.
pub(crate) fn use_clock() -> ServerClock {
    expect_context()
}
