//! The request for a sign-in link by mail.

use knock_wire::LinkAnswer;
use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::email_field::EmailField;
use super::failure_line::FailureLine;
use crate::api::Failure;
use crate::kit::browser;
use crate::kit::reactive::{derived, dynamic, handler};
use crate::state::session::use_session;
use crate::words::site::field_errors;

/// The state of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Asking {
    /// Not requested.
    Idle,
    Asked,
    /// The server has responded, in the same way for every address.
    Answered(LinkAnswer),
    /// Not sent, or refused.
    Failed(Failure),
}

/// The address, and a button that requests a link by mail; the server's error is shown at the field.
#[component]
pub(crate) fn LinkForm(asking: RwSignal<Asking>) -> impl IntoView {
    let session = use_session();
    let email = RwSignal::new(String::new());
    let input = NodeRef::<Input>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if asking.with_untracked(|asking| *asking == Asking::Asked) {
            return;
        }
        asking.set(Asking::Asked);
        spawn_local(async move {
            let answer = session.client().mail_link(email.get_untracked()).await;
            let is_gone = asking.try_set(answer.map_or_else(Asking::Failed, Asking::Answered)).is_some();
            let field = input.try_get_untracked().flatten();
            if let Some(field) = field.filter(|_| !is_gone && !errors_of(&asking.get_untracked()).is_empty()) {
                // The error is read out with the field.
                browser::focus(&field);
            }
        });
    };
    let errors = derived(move || asking.with(errors_of));
    let wrong = move || match asking.get() {
        Asking::Failed(failure) if errors.with(Vec::is_empty) => Some(view! { <FailureLine failure /> }),
        Asking::Idle | Asking::Asked | Asking::Answered(_) | Asking::Failed(_) => None,
    };
    view! {
        <form class="form" on:submit=handler(submit) novalidate>
            <EmailField
                id="link-email"
                hint="The address your team knows you by."
                autocomplete="email"
                value=email
                errors
                control=input
            />
            {dynamic(wrong)}
            <button class="button button-strong button-wide" type="submit">
                "Mail me a sign-in link"
            </button>
        </form>
    }
}

/// The server's errors of the address.
fn errors_of(asking: &Asking) -> Vec<String> {
    match asking {
        Asking::Failed(Failure::Refused(problem)) => field_errors(problem, "email"),
        Asking::Idle | Asking::Asked | Asking::Answered(_) | Asking::Failed(_) => Vec::new(),
    }
}
