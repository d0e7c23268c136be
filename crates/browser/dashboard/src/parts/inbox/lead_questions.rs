//! The confirmations of actions on a lead.

use knock_wire::{LeadAction, Problem};
use leptos::prelude::*;

use super::acting::Acting;
use crate::api::Failure;
use crate::kit::reactive::derived;
use crate::parts::form::dialog::Dialog;
use crate::parts::form::field::Field;
use crate::words::offer::{Offer, Question};
use crate::words::site::field_errors;

const NO_REASON: &str = "Give a reason.";

/// The confirmation of an action.
#[component]
pub(crate) fn ActionQuestion(
    acting: Acting,
    /// The action to confirm.
    offer: Offer,
    action: LeadAction,
) -> impl IntoView {
    offer.question().map(|Question { title, text, confirm }| {
        view! {
            <Dialog
                title
                confirm
                is_busy=acting.is_busy
                failure=acting.failure
                confirmed=move |()| acting.act(action.clone())
                closed=move |()| acting.close()
            >
                <p>{text}</p>
            </Dialog>
        }
    })
}

/// The form for the rejection of a lead.
#[component]
pub(crate) fn RejectQuestion(acting: Acting) -> impl IntoView {
    let reason = RwSignal::new(String::new());
    let is_missing = RwSignal::new(false);
    let confirmed = move |()| {
        let said = reason.get_untracked().trim().to_owned();
        is_missing.set(said.is_empty());
        if !said.is_empty() {
            acting.act(LeadAction::Reject(said));
        }
    };
    let errors = derived(move || {
        let mut errors = acting.failure.with(|failure| match failure {
            Some(Failure::Refused(problem)) => reason_errors(problem),
            _ => Vec::new(),
        });
        if is_missing.get() {
            errors.push(NO_REASON.to_owned());
        }
        errors
    });
    // An error shown at the field is not repeated.
    let failure = derived(move || {
        acting.failure.get().filter(|failure| match failure {
            Failure::Refused(problem) => reason_errors(problem).is_empty(),
            _ => true,
        })
    });
    Offer::Reject.question().map(|Question { title, text, confirm }| {
        view! {
            <Dialog title confirm is_busy=acting.is_busy failure confirmed closed=move |()| acting.close()>
                <p>{text}</p>
                <Field
                    id="reject-reason".to_owned()
                    label="Reason"
                    hint="At most 200 characters."
                    errors
                >
                    <input
                        class="input"
                        id="reject-reason"
                        maxlength="200"
                        autocomplete="off"
                        aria-required="true"
                        aria-describedby="reject-reason-notes"
                        aria-invalid=derived(move || errors.with(|errors| !errors.is_empty()).to_string())
                        bind:value=reason
                    />
                </Field>
            </Dialog>
        }
    })
}

fn reason_errors(problem: &Problem) -> Vec<String> {
    field_errors(problem, "reject")
}
