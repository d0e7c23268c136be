//! Retrying mail.

use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::parts::form::failure_line::FailureLine;
use crate::state::settings::mails::{Mails, Resending, Setup, Which};

/// The id of the text that says why no mail can be sent.
pub(crate) const MAIL_IS_MISSING: &str = "mail-is-missing";

/// A button with children as its label; disabled while mail is not set up. The failure is shown after it.
#[component]
pub(crate) fn SendAgain(
    mails: Mails,
    /// The deliveries to send again.
    which: Which,
    /// Retries them.
    #[prop(into)]
    send: Callback<()>,
    children: Children,
) -> impl IntoView {
    let is_missing = memo(move || mails.setup.with(|setup| *setup == Setup::Missing));
    let wrong = move || match mails.resending.get() {
        Resending::Failed(failed, failure) if failed == which => Some(view! { <FailureLine failure /> }),
        Resending::Idle | Resending::Asked(_) | Resending::Done(_) | Resending::Failed(..) => None,
    };
    view! {
        <button
            class="button"
            type="button"
            prop:disabled=is_missing
            aria-describedby=derived(move || is_missing.get().then_some(MAIL_IS_MISSING))
            on:click=handler(move |_| send.run(()))
        >
            {children()}
        </button>
        {dynamic(wrong)}
    }
}
