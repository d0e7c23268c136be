//! The live feed: a WebSocket that reconnects by itself and reports possibly missed events.

use futures_util::future::{AbortHandle, abortable};
use futures_util::{Sink, Stream};
use gloo_net::websocket::futures::WebSocket;
use gloo_net::websocket::{Message, State};
use gloo_timers::future::TimeoutFuture;
use knock_json::parse_with_fractions;
use knock_model::{Backoff, Millis};
use knock_wire::LiveEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;

use super::session::Session;
use crate::api::Failure;
use crate::kit::browser;
use crate::kit::clock::ServerClock;

const WAITS: Backoff = Backoff { first: Millis(500), longest: Millis(30_000) };

/// The state of the live feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Connection {
    /// Not connected yet, or lost and reconnecting.
    Reconnecting,
    /// Connected: signals arrive as they happen.
    Live,
    /// The browser has no network.
    Offline,
}

type Listener = Arc<dyn Fn(&LiveEvent) + Send + Sync>;

/// The live feed of this app.
#[derive(Clone, Copy)]
pub(crate) struct Live {
    connection: RwSignal<Connection>,
    gaps: RwSignal<u64>,
    listeners: StoredValue<Vec<(u64, Listener)>>,
    next_listener: StoredValue<u64>,
    running: StoredValue<Option<AbortHandle>>,
}

impl Live {
    /// A feed that is not connected yet.
    pub(crate) fn new() -> Live {
        Live {
            connection: RwSignal::new(Connection::Reconnecting),
            gaps: RwSignal::new(0),
            listeners: StoredValue::new(Vec::new()),
            next_listener: StoredValue::new(0),
            running: StoredValue::new(None),
        }
    }

    pub(crate) fn connection(self) -> Connection {
        self.connection.get()
    }

    /// Refreshes the shown data after each gap.
    pub(crate) fn after_gap(self, refresh: impl Fn() + 'static) {
        Effect::new(move |before: Option<u64>| {
            let gaps = self.gaps.get();
            if before.is_some_and(|before| before != gaps) {
                untrack(&refresh);
            }
            gaps
        });
    }

    /// Receives every event from now on, until the calling component is removed.
    pub(crate) fn listen(self, listener: impl Fn(&LiveEvent) + Send + Sync + 'static) {
        let id = self.next_listener.get_value();
        self.next_listener.set_value(id + 1);
        self.listeners.update_value(|all| all.push((id, Arc::new(listener))));
        on_cleanup(move || {
            self.listeners.try_update_value(|all| all.retain(|(other, _)| *other != id));
        });
    }

    /// Connects now, also during a delay before a reconnect.
    pub(crate) fn start(self, session: Session, clock: ServerClock) {
        self.stop();
        let (run, handle) = abortable(run(self, session, clock));
        self.running.set_value(Some(handle));
        spawn_local(async move {
            // Ends by being aborted.
            let _ = run.await;
        });
    }

    /// Disconnects.
    pub(crate) fn stop(self) {
        if let Some(handle) = self.running.try_update_value(Option::take).flatten() {
            handle.abort();
        }
        self.connection.try_set(Connection::Reconnecting);
    }

    /// Passes an event to every listener.
    pub(crate) fn tell(self, event: &LiveEvent) {
        if let LiveEvent::Missed(_) = event {
            self.gaps.update(|gaps| *gaps += 1);
        }
        for (_, listener) in self.listeners.get_value() {
            listener(event);
        }
    }

    fn opened(self) {
        self.connection.set(Connection::Live);
        self.gaps.update(|gaps| *gaps += 1);
    }

    fn lost(self) {
        self.connection.set(if browser::is_online() { Connection::Reconnecting } else { Connection::Offline });
    }
}

/// The live feed of this app.
pub(crate) fn use_live() -> Live {
    expect_context()
}

/// The delay after so many failures in a row; `chance` (0..1) spreads the browsers of a team.
pub(crate) fn wait_ms(failures: u32, chance: f64) -> u32 {
    (WAITS.span(failures.saturating_add(1)).0 as f64 * (0.5 + chance / 2.0)) as u32
}

async fn run(live: Live, session: Session, clock: ServerClock) {
    let mut failures = 0;
    loop {
        // The socket cannot report a missing session; this check also corrects the clock.
        match session.check().await {
            Ok(()) if follow(live, clock).await => failures = 0,
            Err(Failure::SignedOut) => return,
            Ok(()) | Err(_) => {}
        }
        live.lost();
        TimeoutFuture::new(wait_ms(failures, browser::chance())).await;
        failures += 1;
    }
}

enum Step {
    Opened,
    Text(String),
    Closed,
}

/// Follows the feed until it closes; returns whether it opened.
async fn follow(live: Live, clock: ServerClock) -> bool {
    let Ok(mut socket) = WebSocket::open(&browser::live_address()) else { return false };
    let mut is_open = false;
    loop {
        match step(&mut socket, is_open).await {
            Step::Opened => {
                is_open = true;
                live.opened();
            }
            Step::Text(text) => handle_event(live, clock, &text),
            Step::Closed => return is_open,
        }
    }
}

async fn step(socket: &mut WebSocket, is_open: bool) -> Step {
    poll_fn(|context| {
        let is_settled = !is_open && Pin::new(&mut *socket).poll_ready(context).is_ready();
        if is_settled && matches!(socket.state(), State::Open) {
            return Poll::Ready(Step::Opened);
        }
        Pin::new(&mut *socket).poll_next(context).map(|message| match message {
            Some(Ok(Message::Text(text))) => Step::Text(text),
            Some(Ok(Message::Bytes(_))) => Step::Text(String::new()),
            Some(Err(_)) | None => Step::Closed,
        })
    })
    .await
}

fn handle_event(live: Live, clock: ServerClock, text: &str) {
    match parse_with_fractions::<LiveEvent>(text) {
        Some(event) => {
            match &event {
                LiveEvent::Signal(entry) => clock.at_least(entry.received_at),
                LiveEvent::Contact(contact) => clock.at_least(contact.intent.at),
                LiveEvent::Account(account) => clock.at_least(account.intent.at),
                LiveEvent::Conversation(row) => clock.at_least(row.intent.at),
                LiveEvent::Note(_)
                | LiveEvent::Presence(_)
                | LiveEvent::Meeting(_)
                | LiveEvent::Personal(_)
                | LiveEvent::Refused(_)
                | LiveEvent::Knowledge(_)
                | LiveEvent::Missed(_) => {}
            }
            live.tell(&event);
        }
        // A newer server may send unknown changes: load again, so that nothing is missed.
        None => live.tell(&LiveEvent::Missed(0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn waits_grow_to_half_a_minute_and_are_spread() {
        for (failures, chance, expected) in
            [(0, 1.0, 500), (0, 0.0, 250), (3, 1.0, 4_000), (6, 1.0, 30_000), (4_000_000, 0.5, 22_500)]
        {
            assert_eq!(wait_ms(failures, chance), expected, "{failures}");
        }
    }
}
