//! The browser as the tracker's host: numbers cross by one way for all calls, each way of its own would cost bytes
//! on both sides.

use crate::event::{Event, Kind};
use crate::host::{Host, What};
use crate::tracker::Tracker;
use knock_model::Millis;
use spin::Mutex;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    fn ask(action: u32, first: f64, second: f64) -> f64;
}

/// The tracker of the page. Locked for ever once an event ended in a trap, which the script counts: what such a
/// bug left half done must not be sent.
static TRACKER: Mutex<Option<Tracker>> = Mutex::new(None);

/// Lets the tracker know what happened; whether it is to be told again when consent is given.
pub(crate) fn tell(event: &Event) -> bool {
    TRACKER.try_lock().is_some_and(|mut tracker| tracker.get_or_insert_default().tell(&Page, event))
}

/// What the script can do, numbered as its list (`www/tracker/hands.js`) has it.
#[derive(Clone, Copy, Debug)]
enum Action {
    Random,
    Watch,
    Wake,
    LastSignal,
    Claim,
    WriteAction,
    WriteShownView,
    WritePassedView,
    WriteEngagement,
    WriteAbandoned,
    Adopt,
    Drop,
    Keep,
    Release,
    Recover,
    Add,
    Post,
    Hand,
    ForgetVisitor,
    ForgetSignals,
    Replay,
}

/// The page that the script runs on.
struct Page;

fn act(action: Action, first: f64, second: f64) -> f64 {
    ask(action as u32, first, second)
}

impl Host for Page {
    fn random(&self) -> u32 {
        act(Action::Random, 0., 0.) as u32
    }

    fn watch(&self, is_on: bool) {
        act(Action::Watch, f64::from(u8::from(is_on)), 0.);
    }

    fn wake(&self, kind: Kind, delay: Millis) {
        act(Action::Wake, f64::from(kind as u8), delay.0 as f64);
    }

    fn last_signal(&self) -> Option<Millis> {
        let at = act(Action::LastSignal, 0., 0.) as i64;
        (at > 0).then_some(Millis(at))
    }

    fn claim(&self, at: Millis, is_new_session: bool) -> u32 {
        act(Action::Claim, at.0 as f64, f64::from(u8::from(is_new_session))) as u32
    }

    fn write(&self, handle: u32, what: What) -> u32 {
        let (action, number) = match what {
            What::Action => (Action::WriteAction, 0.),
            What::View(page, true) => (Action::WriteShownView, f64::from(page)),
            What::View(page, false) => (Action::WritePassedView, f64::from(page)),
            What::Engagement(seen) => (Action::WriteEngagement, seen.0 as f64),
            What::Abandoned(form) => (Action::WriteAbandoned, f64::from(form)),
        };
        act(action, f64::from(handle), number) as u32
    }

    fn adopt(&self, handle: u32) {
        act(Action::Adopt, f64::from(handle), 0.);
    }

    fn drop(&self, handle: u32, is_lost: bool) {
        act(Action::Drop, f64::from(handle), f64::from(u8::from(is_lost)));
    }

    fn keep(&self) {
        act(Action::Keep, 0., 0.);
    }

    fn release(&self) {
        act(Action::Release, 0., 0.);
    }

    fn recover(&self) {
        act(Action::Recover, 0., 0.);
    }

    fn add(&self, handle: u32) {
        act(Action::Add, f64::from(handle), 0.);
    }

    fn post(&self) {
        act(Action::Post, 0., 0.);
    }

    fn hand(&self) -> bool {
        act(Action::Hand, 0., 0.) != 0.
    }

    fn forget_visitor(&self) {
        act(Action::ForgetVisitor, 0., 0.);
    }

    fn forget_signals(&self) {
        act(Action::ForgetSignals, 0., 0.);
    }

    fn replay(&self) {
        act(Action::Replay, 0., 0.);
    }
}
