//! The browser as the tracker's host. All calls share one import, as each import costs bytes on both sides.

use crate::event::{Event, Kind};
use crate::host::{Host, What};
use crate::tracker::Tracker;
use knock_model::Millis;
use spin::Mutex;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    fn ask(action: u32, number: u32, amount: f64) -> f64;
}

/// The tracker of the page. Stays locked once an event ended in a trap, which the script counts: state that a bug left
/// half changed must not be sent.
static TRACKER: Mutex<Tracker> = Mutex::new(Tracker::NEW);

/// Passes an event to the tracker; true if it is to be replayed once consent is given.
pub(crate) fn handle_event(event: &Event) -> bool {
    TRACKER.try_lock().is_some_and(|mut tracker| tracker.handle_event(&Page, event))
}

macro_rules! actions {
    ($($name:ident,)+) => {
        /// Host calls, numbered as in the script's list (`www/tracker/host_calls.js`).
        #[derive(Clone, Copy, Debug)]
        enum Action { $($name,)+ }

        #[cfg(all(test, not(target_arch = "wasm32")))]
        const ACTIONS: &[&str] = &[$(stringify!($name),)+];
    };
}

actions! {
    Random,
    Watch,
    Schedule,
    LastSignal,
    Claim,
    WriteFacts,
    WriteShownView,
    WritePassedView,
    WriteEngagement,
    WriteAbandoned,
    Adopt,
    Delivered,
    Lost,
    Release,
    Recover,
    Add,
    Post,
    Beacon,
    ForgetVisitor,
    ForgetSignals,
    Replay,
}

/// The page that the script runs on.
struct Page;

/// A host call without arguments. Not inlined: each zero would take eight bytes.
#[inline(never)]
fn act(action: Action) -> f64 {
    ask(action as u32, 0, 0.)
}

/// A host call about a number: a handle, a kind, a flag.
#[inline(never)]
fn act_on(action: Action, number: u32) -> f64 {
    ask(action as u32, number, 0.)
}

impl Host for Page {
    fn random(&self) -> u32 {
        act(Action::Random) as u32
    }

    fn watch(&self, is_on: bool) {
        act_on(Action::Watch, is_on.into());
    }

    fn schedule(&self, kind: Kind, delay: Millis) {
        ask(Action::Schedule as u32, kind as u32, delay.0 as f64);
    }

    fn last_signal(&self) -> Option<Millis> {
        let at = act(Action::LastSignal) as i64;
        (at > 0).then_some(Millis(at))
    }

    fn claim(&self, at: Millis, is_new_session: bool) -> u32 {
        ask(Action::Claim as u32, is_new_session.into(), at.0 as f64) as u32
    }

    fn write(&self, handle: u32, what: What, amount: i64) -> u32 {
        let action = match what {
            What::Action => Action::WriteFacts,
            What::ShownView => Action::WriteShownView,
            What::PassedView => Action::WritePassedView,
            What::Engagement => Action::WriteEngagement,
            What::Abandoned => Action::WriteAbandoned,
        };
        ask(action as u32, handle, amount as f64) as u32
    }

    fn adopt(&self, handle: u32) {
        act_on(Action::Adopt, handle);
    }

    fn drop(&self, handle: u32, is_lost: bool) {
        act_on(if is_lost { Action::Lost } else { Action::Delivered }, handle);
    }

    fn release(&self) {
        act(Action::Release);
    }

    fn recover(&self) {
        act(Action::Recover);
    }

    fn add(&self, handle: u32) {
        act_on(Action::Add, handle);
    }

    fn post(&self) {
        act(Action::Post);
    }

    fn beacon(&self) {
        act(Action::Beacon);
    }

    fn forget_visitor(&self) {
        act(Action::ForgetVisitor);
    }

    fn forget_signals(&self) {
        act(Action::ForgetSignals);
    }

    fn replay(&self) {
        act(Action::Replay);
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::{ACTIONS, Kind};

    const SCRIPTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../www/tracker/");

    fn script(name: &str) -> String {
        std::fs::read_to_string(format!("{SCRIPTS}{name}")).expect("the tracker's other half is there")
    }

    #[test]
    fn the_script_lists_host_calls_in_the_same_order() {
        let text = script("host_calls.js");
        let listed: Vec<&str> = text.split("\n  /* ").skip(1).filter_map(|part| part.split(' ').next()).collect();
        assert_eq!(listed, ACTIONS);
    }

    #[test]
    fn the_script_lists_kinds_of_events_in_the_same_order() {
        let kinds: Vec<String> = Kind::ALL
            .iter()
            .enumerate()
            .map(|(number, kind)| format!("export const {} = {number};", format!("{kind:?}").to_uppercase()))
            .collect();
        let text = script("kinds.js");
        assert_eq!(text.lines().filter(|line| line.starts_with("export")).collect::<Vec<_>>(), kinds);
    }
}
