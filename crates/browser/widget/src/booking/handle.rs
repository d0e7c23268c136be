//! The booking controller: sends the visitor's actions to the server, and updates views by the responses.

use js_sys::Function;
use knock_model::Millis;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::HtmlElement;

use super::api::{self, Call, Failure};
use super::entry::Entry;
use super::origin::Origin;
use super::requests::Request;
use super::state::{State, Step};
use super::tools::{Tell, Tools, end};
use super::words::Words;
use crate::browser;
use knock_wire::RawSecret;

/// The shared state of a booking's views.
#[derive(Clone, Copy)]
pub(crate) struct Booking {
    /// The state of the booking.
    pub(crate) state: RwSignal<State>,
    /// The texts in the visitor's language.
    pub(crate) words: Words,
    /// The current instant, for the end of a hold.
    pub(crate) now: RwSignal<Millis>,
    /// The visitor's time zone.
    pub(crate) zone: RwSignal<String>,
    /// The weekday that weeks begin with; 0 for Monday.
    pub(crate) first_weekday: i32,
    pub(super) around: StoredValue<Around, LocalStorage>,
}

/// Handles a response; returns `None` if it cannot be read.
type Take = Box<dyn FnOnce(&str) -> Option<()>>;

/// The environment of a booking.
#[derive(Clone)]
pub(super) struct Around {
    pub(super) entry: Entry,
    tools: Tools,
    root: Option<HtmlElement>,
    /// The idempotency key of the current attempt, until its response.
    pub(super) key: String,
    pub(super) has_left: bool,
    /// The tokens of the meetings that this browser has booked here, the shown one first.
    pub(super) kept: Vec<RawSecret>,
    /// The retry of the notice's button.
    again: fn(Booking),
}

impl Booking {
    /// A booking without requests yet.
    pub(crate) fn new(entry: Entry, tools: Tools) -> Booking {
        let look = entry.view.look();
        let words = Words::new(entry.code, tools.texts(), look);
        let consent = if entry.entry_point.has_consent(&look.consent) { String::new() } else { look.consent.clone() };
        let (zone, first_weekday) = (tools.zone(), tools.first_weekday(words.code));
        let kept = entry.entry_point.meetings().into_iter().map(|kept| kept.token).collect();
        let (key, has_left, again) = (String::new(), false, Booking::open as fn(Booking));
        let around = Around { entry, tools, root: None, key, has_left, kept, again };
        Booking {
            state: RwSignal::new(State { consent, ..State::default() }),
            words,
            now: RwSignal::new(browser::now()),
            zone: RwSignal::new(zone),
            first_weekday,
            around: StoredValue::new_local(around),
        }
    }

    /// A part of the entry.
    pub(crate) fn entry<T>(self, read: impl FnOnce(&Entry) -> T) -> T {
        read(&self.around.read_value().entry)
    }

    /// The script.
    pub(crate) fn tools(self) -> Tools {
        self.around.read_value().tools.clone()
    }

    /// A local time in words; `clock` is in milliseconds since 1970, as if it were UTC.
    pub(crate) fn write(self, kind: &str, clock: f64) -> String {
        self.tools().write(self.words.code, kind, clock)
    }

    /// Connects the booking to its root element: page events, keys and clock. Ends with its owner.
    pub(crate) fn live(self, root: HtmlElement) {
        let tools = self.tools();
        tools.dress(&root);
        let tell = Tell::new(move |what: String| self.handle_event(&what));
        let endings: [Function; 2] = [tools.watch(&root, &tell), tools.tick(&tell)];
        self.update_around(|around| around.root = Some(root));
        let held = StoredValue::new_local((tell, endings));
        on_cleanup(move || {
            held.with_value(|(_, endings)| endings.iter().for_each(end));
            self.abandon();
        });
        self.open();
    }

    fn handle_event(self, what: &str) {
        match what {
            "leave" => self.abandon(),
            "back" if self.entry(|entry| entry.is_page) => self.back(),
            "back" => {}
            "active" => self.note("active"),
            _ => {
                // Views of the clock are redrawn only while a slot is held.
                if self.peek(|state| state.held_until.is_some()) {
                    self.now.set(browser::now());
                }
            }
        }
    }

    /// Moves the focus to an element of the next drawing.
    pub(crate) fn focus(self, selector: &str) {
        self.around(|around| {
            if let Some(root) = &around.root {
                around.tools.focus(root, selector);
            }
        });
    }

    /// Changes the step; on a page of its own, the browser's back button returns from it.
    pub(super) fn go(self, change: impl FnOnce(&mut State)) {
        let Some((before, after)) = self.update(|state| {
            let before = state.step;
            change(state);
            (before, (state.step, state.previous()))
        }) else {
            return;
        };
        let is_forward = after.1 == Some(before) || (before == Step::Email && after.0 == Step::Slots);
        if is_forward && self.entry(|entry| entry.is_page) {
            self.tools().push();
        }
        self.settle(before);
    }

    /// Moves the focus to the first error, or to the title of a new step.
    fn settle(self, before: Step) {
        if self.peek(|state| !state.wrong.is_empty()) {
            self.focus("[aria-invalid=true]");
        } else if self.peek(|state| state.step) != before {
            self.focus(".booking-title");
        }
    }

    /// Scrolls to an element of the next drawing.
    pub(crate) fn reveal(self, selector: &str) {
        self.around(|around| {
            if let Some(root) = &around.root {
                around.tools.reveal(root, selector);
            }
        });
    }

    /// Returns to the previous step.
    pub(crate) fn back(self) {
        let before = self.peek(|state| state.step);
        self.update(|state| {
            if let Some(step) = state.previous() {
                (state.step, state.trouble, state.is_taken) = (step, None, false);
                if step == Step::Shown {
                    state.is_moving = false;
                }
            }
        });
        self.settle(before);
    }

    /// Returns to the chat.
    pub(crate) fn leave(self) {
        self.entry(|entry| entry.view).leave_booking();
    }

    fn note(self, what: &str) {
        self.around(|Around { entry, tools, .. }| {
            // The page of a meeting, and a look at a kept one, open no booking.
            if self.peek(|state| state.started.is_some()) {
                let url = entry.host.clone() + "/v1/meetings/activity";
                tools.beacon(&url, &Request::activity(Origin::of(&entry.entry_point), what).body());
            }
        });
    }

    /// Reports a drop-off, once, if the booking is open.
    fn abandon(self) {
        let is_open = self.state.try_read_untracked().is_some_and(|state| state.is_open());
        if is_open && self.update_around(|around| !std::mem::replace(&mut around.has_left, true)) == Some(true) {
            self.note("abandoned");
        }
    }

    /// Repeats the failed action.
    pub(crate) fn again(self) {
        if let Some(again) = self.around(|around| around.again) {
            again(self);
        }
    }

    /// Sends one request at a time and handles the response; `take` returns `None` if it cannot be read.
    pub(super) fn act(self, again: fn(Booking), call: Call, take: impl FnOnce(&str) -> Option<()> + 'static) {
        self.act_boxed(again, call, Box::new(take));
    }

    fn act_boxed(self, again: fn(Booking), call: Call, take: Take) {
        if self.peek(|state| state.is_busy) {
            return;
        }
        self.update(|state| (state.is_busy, state.trouble) = (true, None));
        let around = self.around.get_value();
        self.update_around(|around| around.again = again);
        spawn_local(async move {
            let token = around.entry.chat.map(|chat| chat.token).unwrap_or_default();
            let answer = api::ask(around.tools, &around.entry.host, token.reveal(), call).await;
            // The visitor may have left.
            if self.update(|state| state.is_busy = false).is_none() {
                return;
            }
            // A proxy in between may have sent anything.
            let failed = answer.and_then(|text| take(&text).ok_or(Failure::Away)).err();
            if let Some(failure) = failed {
                self.failed(failure);
            }
        });
    }

    fn failed(self, failure: Failure) {
        let is_taken = matches!(failure, Failure::Taken(_));
        if !matches!(failure, Failure::Away) {
            self.update_around(|around| around.key.clear());
        }
        if failure == Failure::Missing && self.is_kept() {
            return self.forget();
        }
        let is_gone = failure == Failure::Gone;
        self.go(|state| state.failed(failure));
        if is_taken {
            self.load(false);
        } else if is_gone && self.peek(|state| state.meeting.is_some()) {
            self.look();
        }
    }
}
