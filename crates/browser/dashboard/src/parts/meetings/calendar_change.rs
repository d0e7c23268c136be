//! A change that a rep made to the event of a meeting in their own calendar, and the answers to it.

use knock_wire::{MeetingCalendarChange, MeetingRow};
use leptos::prelude::*;

use super::action_button::action_button;
use crate::kit::browser;
use crate::kit::clock::use_clock;
use crate::kit::reactive::{derived, dynamic, memo};
use crate::parts::form::dialog::Dialog;
use crate::state::meetings::changing::MeetingChanges;
use crate::words::calendar_change::{answers, change_words, waiting, waits_words};
use crate::words::meeting_action::MeetingAction;

/// The note about the change that waits; nothing without one.
pub(crate) fn calendar_change(changes: MeetingChanges, shown: Memo<Option<MeetingRow>>) -> AnyView {
    let clock = use_clock();
    // Other news of the meeting cause no redraw: the focus stays in place.
    let change = memo(move || shown.with(|row| waiting(row.as_ref()?, clock.now()).cloned()));
    view! { {dynamic(move || change.get().map(|change| note(changes, change)))} }.into_any()
}

fn note(changes: MeetingChanges, change: MeetingCalendarChange) -> AnyView {
    let clock = use_clock();
    let why = waits_words(&change);
    let (actions, hint) = answers(&change);
    let buttons: Vec<_> = actions.iter().map(|action| action_button(changes, *action)).collect();
    let words = derived(move || change_words(&change, browser::local, clock.now()));
    view! {
        <section class="note meeting-change" aria-label="Changed in a calendar">
            <p>{words} " " {why}</p>
            <div class="meeting-actions">
                {buttons}
                <p>{hint}</p>
            </div>
        </section>
    }
    .into_any()
}

/// The question before a meeting is cancelled whose event was deleted.
pub(super) fn follow_deletion(changes: MeetingChanges) -> AnyView {
    let action = MeetingAction::FollowDeletion;
    view! {
        <Dialog
            title="Cancel the meeting?"
            confirm="Cancel the meeting"
            dismiss="Keep the meeting"
            is_busy=changes.is_busy
            failure=changes.failure
            confirmed=move |()| changes.make(action, action.patch())
            closed=move |()| changes.close()
        >
            <p>
                "This cannot be undone. The slot becomes available again, and the visitor is notified by e-mail, if mail is set up."
            </p>
        </Dialog>
    }
    .into_any()
}
