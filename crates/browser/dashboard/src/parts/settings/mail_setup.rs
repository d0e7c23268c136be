//! The mail setup: its state, instructions, and a test mail.

use leptos::prelude::*;

use super::send_again::MAIL_IS_MISSING;
use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::parts::form::failure_line::FailureLine;
use crate::parts::page::icon::{Icon, IconMark};
use crate::parts::page::technical::technical;
use crate::state::settings::mails::{Mails, Setup, Testing};
use crate::words::network::network_words;

const EXAMPLE: &str = "[smtp]\nurl = \"smtps://USER:PASSWORD@mail.example.com\"\nfrom = \"Acme <hello@acme.example>\"";

/// The state of the setup in words.
#[component]
pub(crate) fn MailSetup(mails: Mails) -> impl IntoView {
    let setup = memo(move || mails.setup.get());
    move || match setup.get() {
        Setup::Unknown => ().into_any(),
        Setup::Ready { from, server } => view! { <Ready mails from server /> }.into_any(),
        Setup::Missing => view! { <Missing /> }.into_any(),
    }
}

#[component]
fn Ready(mails: Mails, from: String, server: String) -> impl IntoView {
    let is_busy = derived(move || matches!(mails.testing.get(), Testing::Asked | Testing::Behind(_)));
    let outcome = move || match mails.testing.get() {
        Testing::Idle => ().into_any(),
        Testing::Asked | Testing::Behind(_) => "Sending a test\u{2026}".into_any(),
        Testing::Ended(true, answer) => view! {
            <span class="check check-done">
                <IconMark icon=Icon::Check />
                <span>"Delivered: the server " <bdi>{answer}</bdi> "."</span>
            </span>
        }
        .into_any(),
        Testing::Ended(false, answer) => {
            let detail = technical(&answer);
            let words =
                network_words(&answer).map_or_else(|| format!("The server\u{2019}s answer: {answer}"), str::to_owned);
            view! { <span class="form-error"><strong>"Not sent. "</strong> <bdi>{words}</bdi></span> {detail} }
                .into_any()
        }
        Testing::Failed(failure) => view! { <FailureLine failure /> }.into_any(),
    };
    view! {
        <section class="panel mail-setup" aria-label="Set-up">
            <p class="check check-done">
                <IconMark icon=Icon::Check />
                <span>"Mail is set up."</span>
            </p>
            <dl class="facts">
                <div class="fact"><dt>"From"</dt><dd><bdi>{from}</bdi></dd></div>
                <div class="fact"><dt>"SMTP server"</dt><dd><bdi>{server}</bdi></dd></div>
            </dl>
            <div class="mail-actions">
                <button class="button" type="button" prop:disabled=is_busy on:click=handler(move |_| mails.test())>
                    "Send a test mail to me"
                </button>
                <div role="status">{dynamic(outcome)}</div>
            </div>
        </section>
    }
}

#[component]
fn Missing() -> impl IntoView {
    view! {
        <div class="note mail-missing" id=MAIL_IS_MISSING>
            <IconMark icon=Icon::Alert />
            <div>
                <p><strong>"Mail is not set up: nothing is sent."</strong></p>
                <p>
                    "Members sign in by password, or by links that an admin passes on. Replies reach leads in the chat only. Who books a meeting gets no invitation: the page of the booking has a link to reschedule or cancel, and the team is notified here. Of all mails only the sign-in links that members request are kept, unsent, in the list below."
                </p>
                <p>
                    "To send mail, set " <code>"smtp.url"</code> " and " <code>"smtp.from"</code>
                    " in the server\u{2019}s configuration file (or " <code>"KNOCK_SMTP_URL"</code> " and "
                    <code>"KNOCK_SMTP_FROM"</code> ") and restart the server:"
                </p>
                <pre class="snippet-code" tabindex="0" role="region" aria-label="Configuration">
                    <code>{EXAMPLE}</code>
                </pre>
                <p><code>"docs/mail.md"</code> " says more."</p>
            </div>
        </div>
    }
}
