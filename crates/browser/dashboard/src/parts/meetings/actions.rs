//! Actions of a member on a meeting, and their notification of the visitor.

use knock_wire::{MeetingPatch, MeetingRow};
use leptos::prelude::*;

use super::action_button::action_button;
use super::calendar_change::follow_deletion;
use super::reassign::Reassign;
use super::reschedule::Reschedule;
use crate::kit::clock::use_clock;
use crate::kit::reactive::{derived, dynamic, memo};
use crate::kit::rows::Drawn;
use crate::parts::form::dialog::Dialog;
use crate::parts::form::failure_line::FailureLine;
use crate::parts::form::field::Field;
use crate::parts::page::lines::Lines;
use crate::state::meetings::changing::MeetingChanges;
use crate::words::meeting::{Standing, standing};
use crate::words::meeting_action::MeetingAction;

/// What is asked once a meeting is over.
const QUESTION: &str = "Did the meeting take place?";

/// The available actions in a state of the meeting, and a line on the visitor's notification.
const fn offered(standing: Standing) -> (&'static [MeetingAction], &'static str) {
    match standing {
        Standing::Booked => (
            &[MeetingAction::Reschedule, MeetingAction::Reassign, MeetingAction::Cancel],
            "The visitor is notified of each change by e-mail, if mail is set up.",
        ),
        Standing::Now | Standing::Unanswered => (
            &[MeetingAction::TookPlace, MeetingAction::NoShow],
            "The visitor is not notified. Meeting Status stays Meeting Booked.",
        ),
        Standing::Held => {
            (&[MeetingAction::UndoTookPlace], "The visitor was not notified. Meeting Status stays Meeting Booked.")
        }
        Standing::NoShow => {
            (&[MeetingAction::UndoNoShow], "The visitor was not notified. Meeting Status stays Meeting Booked.")
        }
        Standing::Cancelled | Standing::Unknown => (&[], ""),
    }
}

/// A button for each possible change.
#[component]
pub(crate) fn MeetingActions(changes: MeetingChanges, shown: Memo<Option<MeetingRow>>) -> impl IntoView {
    let clock = use_clock();
    let standing =
        memo(move || shown.with(|row| row.as_ref().map_or(Standing::Unknown, |row| standing(row, clock.now()))));
    let buttons = move || {
        let draw = |action: &MeetingAction| {
            let action = *action;
            Drawn::new(action as usize, move || action_button(changes, action))
        };
        offered(standing.get()).0.iter().map(draw).collect::<Vec<_>>()
    };
    let question = move || match changes.asked.get()? {
        MeetingAction::Reschedule => Some(view! { <Reschedule changes /> }.into_any()),
        MeetingAction::Reassign => Some(view! { <Reassign changes /> }.into_any()),
        MeetingAction::Cancel => Some(view! { <Cancel changes /> }.into_any()),
        MeetingAction::FollowDeletion => Some(follow_deletion(changes)),
        MeetingAction::TookPlace
        | MeetingAction::NoShow
        | MeetingAction::UndoTookPlace
        | MeetingAction::UndoNoShow
        | MeetingAction::FollowMove
        | MeetingAction::PutBack => None,
    };
    let wrong = move || {
        // While a confirmation is open, the failure is shown in the dialog.
        let failure = changes.failure.get().filter(|_| changes.asked.get().is_none())?;
        Some(view! { <FailureLine failure /> })
    };
    let is_asked = memo(move || standing.get() == Standing::Unanswered);
    view! {
        <p class="meeting-question" hidden=derived(move || !is_asked.get())>
            {QUESTION}
        </p>
        <div
            class="meeting-actions"
            role="group"
            aria-label=derived(move || if is_asked.get() { QUESTION } else { "Actions" })
            tabindex="-1"
            node_ref=changes.region
        >
            <Lines of=derived(buttons) />
            <p class="muted">{derived(move || offered(standing.get()).1)}</p>
        </div>
        {dynamic(wrong)}
        <p class="meeting-said" role="status">{changes.said}</p>
        {dynamic(question)}
    }
}

/// The form for the cancellation of a meeting.
#[component]
fn Cancel(changes: MeetingChanges) -> impl IntoView {
    let reason = RwSignal::new(String::new());
    let confirmed = move |()| {
        let cancel = Some(reason.get_untracked().trim().to_owned());
        changes.make(MeetingAction::Cancel, MeetingPatch { cancel, ..MeetingPatch::default() });
    };
    view! {
        <Dialog
            title="Cancel the meeting?"
            confirm="Cancel the meeting"
            dismiss="Keep the meeting"
            is_busy=changes.is_busy
            failure=changes.failure
            confirmed
            closed=move |()| changes.close()
        >
            <p>"This cannot be undone. The slot becomes available again."</p>
            <Field
                id="cancel-reason".to_owned()
                label="Reason"
                hint="Optional. The visitor sees it in the e-mail."
                errors=Signal::stored(Vec::new())
            >
                <input
                    class="input"
                    id="cancel-reason"
                    maxlength="1000"
                    autocomplete="off"
                    aria-describedby="cancel-reason-notes"
                    bind:value=reason
                />
            </Field>
        </Dialog>
    }
}
