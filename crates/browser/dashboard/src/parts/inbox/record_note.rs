//! A note to the team, written on the record of a contact who has a conversation.

use knock_model::{ConversationId, Permission};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::kit::reactive::{derived, handler};
use crate::parts::form::failure_line::ActionFailure;
use crate::state::records::noting::{NOTE, Noting};
use crate::state::session::use_session;

/// The form, for those who use the inbox.
#[component]
pub(crate) fn RecordNote(
    /// The conversation that gets the note.
    on: ConversationId,
    /// Runs when a note was stored.
    #[prop(into)]
    stored: Callback<()>,
) -> impl IntoView {
    let noting = Noting::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        noting.save(on, stored);
    };
    use_session().may(Permission::UseInbox).then(|| {
        view! {
            <form class="form record-note" on:submit=handler(submit)>
                <label class="field-label" for=NOTE>"Note to the team"</label>
                <textarea
                    class="input"
                    id=NOTE
                    rows="2"
                    maxlength="4000"
                    aria-describedby="record-note-hint"
                    prop:value=noting.typed
                    on:input:target=move |event| noting.type_in(event.target().value())
                ></textarea>
                <p class="muted" id="record-note-hint">"Leads never see notes."</p>
                <p class="detail-buttons">
                    <button class="button" type="submit" prop:disabled=noting.is_busy>
                        "Add note"
                    </button>
                    <span class="muted" role="status">
                        {derived(move || noting.is_stored.get().then_some("Note added."))}
                    </span>
                </p>
                <ActionFailure of=derived(move || noting.failure.get()) />
            </form>
        }
    })
}
