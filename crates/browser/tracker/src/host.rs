//! The host of the tracker. Texts stay in the script: the module knows signals, pages and forms as numbers, which takes
//! a third of the bytes.

use crate::event::Kind;
use knock_model::Millis;

/// The page, the browser's storage and the connection to the server. No call fails; results reach the tracker as
/// later events.
pub(crate) trait Host {
    /// 32 random bits.
    fn random(&self) -> u32;

    /// Starts or stops the events of the page.
    fn watch(&self, is_on: bool);

    /// Schedules an event of this kind; a later call for the same kind replaces an earlier one.
    fn schedule(&self, kind: Kind, delay: Millis);

    /// The instant of the session's last signal in any tab; none without a session.
    fn last_signal(&self) -> Option<Millis>;

    /// Numbers the signal at `at` in the session, or in a new one. Returns its owner: the number of its visitor and
    /// session.
    fn claim(&self, at: Millis, is_new_session: bool) -> u32;

    /// Writes the signal that was claimed last under `handle`; [`What`] documents `amount`. Returns its size in bytes.
    fn write(&self, handle: u32, what: What, amount: i64) -> u32;

    /// Stores the signal of the current `Adopted` event under `handle`.
    fn adopt(&self, handle: u32);

    /// Drops a signal, as lost or as delivered. No signal has the handle 0.
    fn drop(&self, handle: u32, is_lost: bool);

    /// Leaves the stored copy of all signals to the next page, and drops them here.
    fn release(&self);

    /// Recovers the signals of earlier pages, as an event `Adopted` each.
    fn recover(&self);

    /// Puts a signal into the next batch.
    fn add(&self, handle: u32);

    /// Posts the batch; one event `Reply` follows.
    fn post(&self);

    /// Hands the batch to the browser, which sends it after the page has ended; the outcome stays unknown.
    fn beacon(&self);

    fn forget_visitor(&self);

    /// Drops every signal, here and in the storage.
    fn forget_signals(&self);

    /// Replays the held events in order.
    fn replay(&self);
}

/// The signal to write, and its `amount`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// The action of the current event.
    Action,
    /// The view of the current page. Amount: the page.
    ShownView,
    /// The view of a page that has been left since. Amount: the page.
    PassedView,
    /// The visible time of the page view. Amount: milliseconds.
    Engagement,
    /// A form that was begun and not submitted. Amount: the form.
    Abandoned,
}
