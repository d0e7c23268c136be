//! The mail setup: its state, the form of the mail server, and a test mail by a server of the configuration.

use knock_wire::MailServerSource;
use leptos::prelude::*;

use super::mail_server_form::mail_server_form;
use super::send_again::MAIL_IS_MISSING;
use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::parts::form::failure_line::FailureLine;
use crate::parts::page::icon::{Icon, IconMark};
use crate::parts::page::loaded::Loaded;
use crate::parts::page::technical::technical;
use crate::state::settings::mail_server::MailServerForm;
use crate::state::settings::mails::{Mails, Setup, Testing};
use crate::words::network::network_words;

const EXAMPLE: &str = "[smtp]\nurl = \"smtps://USER:PASSWORD@mail.example.com\"\nfrom = \"Acme <hello@acme.example>\"";

/// The state of the setup in words, and the form; a server of the configuration is shown alone.
#[component]
pub(crate) fn MailSetup(mails: Mails) -> impl IntoView {
    let form = MailServerForm::start(Callback::new(move |()| mails.list.ask_anew()));
    let source = memo(move || form.settings().source);
    let setup = memo(move || mails.setup.get());
    let content = move || match source.get() {
        MailServerSource::File => configured(mails, setup.get()),
        MailServerSource::None | MailServerSource::Dashboard => mail_server_form(form),
    };
    view! {
        {dynamic(move || (setup.get() == Setup::Missing).then(missing))}
        <Loaded phase=form.stored.phase retry=move |()| form.stored.load()>{dynamic(content)}</Loaded>
    }
}

/// A server of the configuration, which counts before the dashboard.
fn configured(mails: Mails, setup: Setup) -> AnyView {
    let Setup::Ready { from, server } = setup else { return ().into_any() };
    view! {
        <section class="panel mail-setup" aria-label="Mail server">
            <p class="check check-done">
                <IconMark icon=Icon::Check />
                <span>"Mail is set up in the configuration of the server."</span>
            </p>
            <dl class="facts">
                <div class="fact"><dt>"From"</dt><dd><bdi>{from}</bdi> " " <code>"smtp.from"</code></dd></div>
                <div class="fact"><dt>"SMTP server"</dt><dd><bdi>{server}</bdi> " " <code>"smtp.url"</code></dd></div>
            </dl>
            <p class="muted">
                "It counts before the dashboard. To set it up here, remove both settings (or " <code>"KNOCK_SMTP_URL"</code>
                " and " <code>"KNOCK_SMTP_FROM"</code> ") and restart the server."
            </p>
            {test(mails)}
        </section>
    }
    .into_any()
}

/// A test mail through the outbox.
fn test(mails: Mails) -> AnyView {
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
        <div class="mail-actions">
            <button class="button" type="button" prop:disabled=is_busy on:click=handler(move |_| mails.test())>
                "Send a test mail to me"
            </button>
            <div role="status">{dynamic(outcome)}</div>
        </div>
    }
    .into_any()
}

/// What follows from having no mail server, and how the configuration names one.
fn missing() -> AnyView {
    view! {
        <div class="note mail-missing" id=MAIL_IS_MISSING>
            <IconMark icon=Icon::Alert />
            <div>
                <p><strong>"Mail is not set up: nothing is sent."</strong></p>
                <p>
                    "Replies reach leads in the chat only. Who books a meeting gets no invitation: the page of the booking has a link to reschedule or cancel, and the team is notified here. Members sign in by password, or by links that an admin passes on. Of all mails only the sign-in links that members request are kept, unsent, in the list below."
                </p>
                <details class="technical">
                    <summary>"In the configuration file instead"</summary>
                    <p>
                        "Set " <code>"smtp.url"</code> " and " <code>"smtp.from"</code> " (or "
                        <code>"KNOCK_SMTP_URL"</code> " and " <code>"KNOCK_SMTP_FROM"</code>
                        ") and restart the server. They count before what is set here; " <code>"docs/mail.md"</code>
                        " says more."
                    </p>
                    <pre class="snippet-code" tabindex="0" role="region" aria-label="Configuration">
                        <code>{EXAMPLE}</code>
                    </pre>
                </details>
            </div>
        </div>
    }
    .into_any()
}
