//! The return of a mail to the lead's address, above the messages.

use knock_wire::{ConversationRecord, MailBounceShown};
use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::page::icon::{Icon, IconMark};
use crate::state::inbox::returning::Returning;
use crate::state::inbox::thread::Thread;
use crate::state::inbox::working::use_working;
use crate::words::received_mail::returned_words;

/// The return in words; *Mail anyway* where replies are no longer mailed.
#[component]
pub(crate) fn ReturnedMail(thread: Thread, #[prop(into)] record: Signal<ConversationRecord>) -> impl IntoView {
    let returning = Returning::new(thread);
    let bounce = memo(move || record.with(|record| record.bounce.as_deref().cloned()));
    view! {
        <div role="status">{dynamic(move || bounce.get().map(|bounce| note(returning, &bounce)))}</div>
        <ActionFailure of=returning.failure />
    }
}

fn note(returning: Returning, bounce: &MailBounceShown) -> AnyView {
    let work = use_working();
    let email = bounce.email.clone();
    let mail_anyway = move |_| {
        let (email, work) = (email.clone(), work);
        let done = move || {
            work.iter().for_each(|work| work.toasts.show(format!("Replies are mailed to {email} again."), None));
        };
        returning.mail_anyway(done);
    };
    let action = bounce.is_dead.then(|| {
        view! {
            <button class="button" type="button" prop:disabled=returning.is_busy on:click=handler(mail_anyway)>
                {derived(move || if returning.is_busy.get() { "Saving\u{2026}" } else { "Mail anyway" })}
            </button>
        }
    });
    view! {
        <div class="note returned-mail">
            <IconMark icon=Icon::Alert />
            <p><bdi>{returned_words(bounce)}</bdi></p>
            {action}
        </div>
    }
    .into_any()
}
