//! Settings > Reject reasons: what is offered when a lead is rejected.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::kit::reactive::{derived, handler};
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::form::field::Field;
use crate::parts::form::save_bar::SaveBar;
use crate::parts::page::heading::Heading;
use crate::parts::page::lazy::lazy;
use crate::parts::page::loaded::Loaded;
use crate::state::settings::reject_reasons::RejectReasonsForm;

lazy!(settings => RejectReasonsPage);

/// The reasons, one a line, saved together.
#[component]
pub(crate) fn RejectReasonsPage() -> impl IntoView {
    let form = RejectReasonsForm::start();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.save();
    };
    let errors = derived(move || form.errors());
    view! {
        <div class="page-head">
            <Heading text="Reject reasons" />
        </div>
        <p class="lead">
            "Members choose one of these when they reject a lead, in the inbox and in Slack, or write another one. Leads that were rejected keep their reason."
        </p>
        <Loaded phase=form.stored.phase retry=move |()| form.stored.load()>
            <form class="form" on:submit=handler(submit) novalidate>
                <Field
                    id="reject-reasons".to_owned()
                    label="Reasons, one a line"
                    hint="At most 20, of up to 60 characters each."
                    errors
                >
                    <textarea
                        class="input"
                        id="reject-reasons"
                        rows="10"
                        aria-describedby="reject-reasons-notes"
                        aria-invalid=derived(move || errors.with(|errors| !errors.is_empty()).to_string())
                        bind:value=form.text
                    ></textarea>
                </Field>
                <ActionFailure of=derived(move || form.unplaced()) />
                <SaveBar
                    is_changed=derived(move || form.is_changed())
                    is_busy=form.is_busy
                    said=form.said
                    discard=move |()| form.discard()
                />
            </form>
        </Loaded>
    }
}
