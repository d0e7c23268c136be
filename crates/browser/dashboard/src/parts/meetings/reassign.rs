//! Reassigning a meeting.

use knock_model::RepId;
use knock_wire::MeetingPatch;
use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic};
use crate::parts::form::dialog::Dialog;
use crate::parts::form::field::Field;
use crate::state::meetings::changing::MeetingChanges;
use crate::words::meeting_action::MeetingAction;

/// A choice among the other members.
#[component]
pub(super) fn Reassign(changes: MeetingChanges) -> impl IntoView {
    let chosen = RwSignal::new(String::new());
    let options = move || {
        let owner = changes.meeting.value.with_untracked(|row| row.as_ref().map(|row| row.owner));
        let members = changes.members.get().into_iter().filter(|member| Some(member.id) != owner);
        let option = |id: String, email: String| view! { <option value=id>{email}</option> }.into_any();
        members.map(|member| option(member.id.to_string(), member.email)).collect::<Vec<_>>()
    };
    let confirmed = move |()| {
        let owner = RepId::parse(&chosen.get_untracked()).ok();
        changes.make(MeetingAction::Reassign, MeetingPatch { owner, ..MeetingPatch::default() });
    };
    view! {
        <Dialog
            title="Reassign the meeting"
            confirm="Reassign"
            dismiss="Keep the owner"
            is_busy=changes.is_busy
            is_ready=derived(move || chosen.with(|chosen| !chosen.is_empty()))
            failure=changes.failure
            confirmed
            closed=move |()| changes.close()
        >
            <Field
                id="new-owner".to_owned()
                label="New owner"
                hint="The time stays the same. The member must be free then; working hours are not checked."
                errors=Signal::stored(Vec::new())
            >
                <select
                    class="input"
                    id="new-owner"
                    aria-describedby="new-owner-notes"
                    on:change:target=move |event| chosen.set(event.target().value())
                >
                    <option value="">"Choose a member"</option>
                    {dynamic(options)}
                </select>
            </Field>
        </Dialog>
    }
}
