//! The confirmations of actions on a lead.

use knock_wire::{LeadAction, Problem};
use leptos::prelude::*;

use super::acting::Acting;
use crate::api::Failure;
use crate::kit::reactive::derived;
use crate::parts::form::dialog::Dialog;
use crate::parts::form::field::Field;
use crate::parts::page::when::When;
use crate::parts::table::condition_line::option;
use crate::state::inbox::rejecting::{OTHER, RejectForm};
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

/// The form for the rejection of a lead: one of the reasons of the workspace, or another one.
#[component]
pub(crate) fn RejectQuestion(acting: Acting) -> impl IntoView {
    let form = RejectForm::start();
    let confirmed = move |()| {
        if let Some(reason) = form.reason() {
            acting.act(LeadAction::Reject(reason));
        }
    };
    let errors = derived(move || {
        let mut errors = acting.failure.with(|failure| match failure {
            Some(Failure::Refused(problem)) => reason_errors(problem),
            _ => Vec::new(),
        });
        if form.is_missing.get() {
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
                <When is=derived(move || form.has_choice())>
                    <Choice form errors />
                </When>
                <When is=derived(move || form.is_other())>
                    <OtherReason form errors />
                </When>
            </Dialog>
        }
    })
}

/// The list of reasons; its errors are shown there while no other reason is written.
#[component]
fn Choice(form: RejectForm, errors: Signal<Vec<String>>) -> impl IntoView {
    let errors = derived(move || if form.is_other() { Vec::new() } else { errors.get() });
    let options = derived(move || {
        let reasons = form.reasons.get();
        let offered = reasons.iter().map(|reason| option(reason, reason, false));
        let last = option(OTHER, "Another reason\u{2026}", false);
        std::iter::once(option("", "Choose a reason", false)).chain(offered).chain([last]).collect::<String>()
    });
    view! {
        <Field id="reject-choice".to_owned() label="Reason" hint="" errors>
            <select
                class="input"
                id="reject-choice"
                aria-required="true"
                aria-describedby="reject-choice-notes"
                aria-invalid=derived(move || errors.with(|errors| !errors.is_empty()).to_string())
                inner_html=options
                on:change:target=move |event| form.choose(event.target().value())
            ></select>
        </Field>
    }
}

/// The field for a reason that is not in the list.
#[component]
fn OtherReason(form: RejectForm, errors: Signal<Vec<String>>) -> impl IntoView {
    view! {
        <Field id="reject-reason".to_owned() label=form.other_label() hint="At most 200 characters." errors>
            <input
                class="input"
                id="reject-reason"
                maxlength="200"
                autocomplete="off"
                aria-required="true"
                aria-describedby="reject-reason-notes"
                aria-invalid=derived(move || errors.with(|errors| !errors.is_empty()).to_string())
                bind:value=form.text
            />
        </Field>
    }
}

fn reason_errors(problem: &Problem) -> Vec<String> {
    field_errors(problem, "reject")
}
