//! The form of the mail server: sender, provider, host and login, and a test.

use knock_wire::{MailSecurity, MailServerSource, MailServerTested};
use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::form::dialog::Dialog;
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::form::field::Field;
use crate::parts::form::password_field::PasswordField;
use crate::parts::form::save_bar::SaveBar;
use crate::parts::form::text_field::text_field;
use crate::parts::page::icon::{Icon, IconMark};
use crate::parts::page::technical::technical_detail;
use crate::parts::page::when::When;
use crate::state::settings::mail_server::{FROM, MailServerForm};
use crate::words::mail_provider::{PROVIDERS, security_words};

/// The id of the heading.
pub(super) const TITLE: &str = "mail-server";

/// The fields, a test, and the bar that saves.
pub(super) fn mail_server_form(form: MailServerForm) -> AnyView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.save();
    };
    view! {
        <form class="panel form panels mail-server" aria-labelledby=TITLE on:submit=handler(submit) novalidate>
            <h2 class="panel-title" id=TITLE tabindex="-1">"Mail server"</h2>
            {state(form)}
            <div class="mail-fields">
                {line(form, (FROM, "Sender", "The address that mails come from, such as hello@example.com."), "from_address", form.from_address)}
                {line(form, ("mail-from-name", "Name of the sender", "Shown beside the address, such as your company. May be empty."), "from_name", form.from_name)}
            </div>
            {suggestion(form)}
            {provider(form)}
            <div class="mail-fields mail-fields-server">
                {line(form, ("mail-host", "Server", "The name that your provider gives for sending: SMTP or outgoing mail."), "host", form.host)}
                {line(form, ("mail-port", "Port", "465 or 587."), "port", form.port)}
                {security(form)}
            </div>
            <div class="mail-fields">
                {line(form, ("mail-user", "User", "Often the whole address. Empty for a server without a login."), "username", form.username)}
                {password(form)}
            </div>
            {dynamic(move || form.provider().map(|provider| view! { <p class="field-hint">{provider.advice}</p> }.into_any()))}
            {test(form)}
            <ActionFailure of=derived(move || form.unplaced().filter(|_| !form.asks.get())) />
            {dynamic(move || Some(form.detail()).filter(|detail| !detail.is_empty()).map(technical_detail))}
            <SaveBar
                is_changed=derived(move || form.is_changed())
                is_busy=form.is_busy
                said=form.said
                discard=move |()| form.discard()
            >
                <button
                    class="button"
                    type="button"
                    hidden=derived(move || !form.is_set_up())
                    on:click=handler(move |_| form.asks.set(true))
                >
                    "Remove"
                </button>
            </SaveBar>
        </form>
        {question(form)}
    }
    .into_any()
}

/// The stored server, or the reason for which it cannot be used.
fn state(form: MailServerForm) -> AnyView {
    dynamic(move || {
        let stored = form.settings();
        if !stored.problem.is_empty() {
            let words = view! { <p class="note note-wrong" role="alert">"Nothing is sent. " {stored.problem}</p> };
            return Some(words.into_any());
        }
        let words = format!("Mail is sent by {}, port {}.", stored.host, stored.port);
        let is_used = stored.source == MailServerSource::Dashboard;
        let used = view! {
            <p class="check check-done">
                <IconMark icon=Icon::Check />
                <span><bdi>{words}</bdi></span>
            </p>
        };
        is_used.then(|| used.into_any())
    })
    .into_any()
}

/// The server of the sender's provider, to be filled in.
fn suggestion(form: MailServerForm) -> AnyView {
    dynamic(move || {
        let found = form.suggested()?;
        let security = security_words(found.security);
        let words = format!("{} sends by {}, port {}, {security}.", found.name, found.host, found.port);
        let button = view! {
            <div class="note mail-suggestion" role="status">
                <p>{words}</p>
                <button class="button" type="button" on:click=handler(move |_| form.choose(found))>
                    "Fill it in"
                </button>
            </div>
        };
        Some(button.into_any())
    })
    .into_any()
}

/// A choice of providers, which fills in their servers.
fn provider(form: MailServerForm) -> AnyView {
    let options: String = PROVIDERS
        .iter()
        .map(|provider| format!("<option value=\"{}\">{}</option>", provider.host, provider.name))
        .collect();
    let options = format!("<option value=\"\">Another one</option>{options}");
    let chosen = move |host: String| {
        if let Some(provider) = PROVIDERS.iter().find(|provider| provider.host == host) {
            form.choose(provider);
        }
    };
    view! {
        <Field
            id="mail-provider".to_owned()
            label="Provider"
            hint="Fills in server, port and encryption."
            errors=Signal::stored(Vec::new())
        >
            <select
                class="input"
                id="mail-provider"
                aria-describedby="mail-provider-notes"
                inner_html=options
                prop:value=derived(move || form.provider().map_or("", |provider| provider.host))
                on:change:target=move |event| chosen(event.target().value())
            ></select>
        </Field>
    }
    .into_any()
}

const SECURITIES: [(&str, MailSecurity, &str); 3] = [
    ("tls", MailSecurity::Tls, "TLS (port 465)"),
    ("starttls", MailSecurity::Starttls, "STARTTLS (port 587)"),
    ("none", MailSecurity::None, "None: readable on the way"),
];

fn security(form: MailServerForm) -> AnyView {
    let errors = derived(move || form.errors("security"));
    let options: String =
        SECURITIES.iter().map(|(word, _, label)| format!("<option value=\"{word}\">{label}</option>")).collect();
    let word =
        move || SECURITIES.iter().find(|(_, known, _)| *known == form.security.get()).map_or("", |known| known.0);
    let chosen = move |word: String| {
        let found = SECURITIES.iter().find(|(known, ..)| *known == word);
        found.iter().for_each(|(_, security, _)| form.security.set(*security));
    };
    view! {
        <Field id="mail-security".to_owned() label="Encryption" hint="None only within a network of your own." errors>
            <select
                class="input"
                id="mail-security"
                aria-describedby="mail-security-notes"
                aria-invalid=derived(move || errors.with(|errors| !errors.is_empty()).to_string())
                inner_html=options
                prop:value=derived(word)
                on:change:target=move |event| chosen(event.target().value())
            ></select>
        </Field>
    }
    .into_any()
}

fn password(form: MailServerForm) -> AnyView {
    let control = NodeRef::<Input>::new();
    view! {
        <PasswordField
            id="mail-password"
            label="Password"
            hint="Stored encrypted and never shown. Leave it empty to keep a stored one for the same server and user."
            autocomplete="off"
            value=form.password
            errors=derived(move || form.errors("password"))
            control
        />
    }
    .into_any()
}

/// The recipient, the button and the outcome.
fn test(form: MailServerForm) -> AnyView {
    let outcome = move || match (form.is_testing.get(), form.tested.get()) {
        (true, _) => {
            Some(view! { <p class="muted">"Sending a test\u{2026} This takes 15 seconds at most."</p> }.into_any())
        }
        (false, tested) => tested.map(outcome),
    };
    view! {
        <div class="mail-test" role="group" aria-label="Test">
            {line(form, ("mail-to", "Send a test to", "It is sent by what is entered above, saved or not."), "to", form.to)}
            <button class="button" type="button" prop:disabled=form.is_busy on:click=handler(move |_| form.test())>
                "Send a test"
            </button>
            <div role="status">{dynamic(outcome)}</div>
        </div>
    }
    .into_any()
}

fn outcome(tested: MailServerTested) -> AnyView {
    let detail = Some(tested.detail).filter(|detail| !detail.is_empty()).map(technical_detail);
    let words = if tested.is_sent {
        view! {
            <p class="check check-done">
                <IconMark icon=Icon::Check />
                <span><bdi>{tested.text}</bdi></span>
            </p>
        }
        .into_any()
    } else {
        view! { <p class="form-error"><strong>"Not sent. "</strong> <bdi>{tested.text}</bdi></p> }.into_any()
    };
    view! { {words} {detail} }.into_any()
}

fn question(form: MailServerForm) -> AnyView {
    view! {
        <When is=derived(move || form.asks.get())>
            <Dialog
                title="Remove the mail server?"
                confirm="Remove"
                is_busy=form.is_busy
                failure=derived(move || form.unplaced())
                confirmed=move |()| form.remove()
                closed=move |()| form.asks.set(false)
            >
                <p>
                    "Nothing is mailed from then on: no replies to leads who left, no meeting mails, no sign-in links. Chats and bookings stop promising mail. Mails that wait are listed as not sent; the password is deleted."
                </p>
            </Dialog>
        </When>
    }
    .into_any()
}

fn line(
    form: MailServerForm,
    names: (&'static str, &'static str, &'static str),
    part: &'static str,
    value: RwSignal<String>,
) -> AnyView {
    text_field(names, derived(move || form.errors(part)), value)
}
