//! The access to the account of a CRM: a token, or the connected account.

use knock_crm::HUBSPOT_SCOPES;
use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;

use crate::crm::{CrmForm, TOKEN};
use crate::parts::{Dialog, PasswordField, When, install_again, install_form};
use crate::reactive::{derived, dynamic, handler};

/// Steps and a field without an access, else the account.
pub(crate) fn crm_access(form: CrmForm) -> AnyView {
    view! {
        <section class="panel panels" aria-labelledby="crm-access">
            <h2 class="panel-title" id="crm-access">"HubSpot"</h2>
            <When is=derived(move || form.is_connected()) fallback=move || steps(form)>
                {dynamic(move || account(form))}
            </When>
        </section>
        <When is=form.is_leaving>
            <Dialog
                title="Disconnect HubSpot?"
                confirm="Disconnect"
                is_busy=form.is_busy
                failure=form.failure
                confirmed=move |()| form.disconnect()
                closed=move |()| form.stay()
            >
                <p>
                    "Nothing more is written to HubSpot, and routing no longer reads owners from it. What HubSpot has stays there; the mapping stays here. Changes wait until it is connected again."
                </p>
            </Dialog>
        </When>
    }
    .into_any()
}

/// The two ways to connect: installing the app, or pasting a token.
fn steps(form: CrmForm) -> AnyView {
    view! {
        {scopes()}
        <When is=derived(move || form.of(|stored| stored.is_app_known)) fallback=move || install(form)>
            <p class="field-hint">"The app is known to this server: nothing has to be pasted."</p>
            {install_again(form.install, "Install to HubSpot")}
        </When>
        <h3 class="panel-title">"Or connect by the token of a private app"</h3>
        {by_token(form)}
    }
    .into_any()
}

fn scopes() -> AnyView {
    view! { <p class="field-hint">"Scopes that Knock needs: " {HUBSPOT_SCOPES.join(", ")} "."</p> }.into_any()
}

fn install(form: CrmForm) -> AnyView {
    view! {
        <p class="field-hint">
            "Make an app in HubSpot with these scopes and the redirect URL /hooks/hubspot/oauth at the public address of this server, and copy its client ID and client secret. Nothing is written before you switch that on."
        </p>
        {install_form(form.install)}
    }
    .into_any()
}

fn by_token(form: CrmForm) -> AnyView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.connect();
    };
    let control = NodeRef::<Input>::new();
    view! {
        <form class="form" on:submit=handler(submit) novalidate>
            <ol class="vendor-steps">
                <li>"In HubSpot, make a private app with these scopes, except oauth."</li>
                <li>"Copy its access token."</li>
                <li>"Paste it here. Nothing is written before you switch that on."</li>
            </ol>
            <PasswordField
                id=TOKEN
                label="Access token"
                hint="It is stored encrypted and never shown again."
                autocomplete="off"
                value=form.token
                errors=derived(move || form.errors("/token"))
                control
            />
            <div class="form-actions">
                <button class="button button-strong" type="submit" prop:disabled=form.is_busy>
                    "Connect"
                </button>
            </div>
        </form>
    }
    .into_any()
}

fn account(form: CrmForm) -> AnyView {
    let (account, is_configured, is_paused) =
        form.of(|stored| (stored.account.clone().unwrap_or_default(), stored.is_configured, stored.is_paused));
    let missing = account.missing_scopes.join(", ");
    let missing = (!missing.is_empty()).then(|| {
        view! { <p class="note note-wrong">"The token may not do everything that Knock needs. Add to the private app: " <bdi>{missing}</bdi></p> }
    });
    let leave = if is_configured {
        view! { <p class="muted">"The token stands in the configuration of the server and is changed there."</p> }
            .into_any()
    } else {
        view! {
            <button
                class="button"
                type="button"
                prop:disabled=form.is_busy
                on:click=handler(move |_| form.is_leaving.set(true))
            >
                "Disconnect"
            </button>
        }
        .into_any()
    };
    let is_app_known = form.of(|stored| stored.is_app_known) && !is_configured;
    let again = is_app_known.then(|| install_again(form.install, "Install again"));
    let pause = if is_paused { "Go on" } else { "Pause" };
    view! {
        {missing}
        <dl class="facts">
            <div class="fact">
                <dt>"Account"</dt>
                <dd><bdi>{account.name}</bdi></dd>
            </div>
            <div class="fact">
                <dt>"Account id"</dt>
                <dd><bdi>{account.id}</bdi></dd>
            </div>
        </dl>
        {is_paused.then(|| view! { <p class="note">"Paused: leads wait to be written."</p> })}
        <div class="form-actions">
            <button
                class="button"
                type="button"
                prop:disabled=form.is_busy
                on:click=handler(move |_| form.pause(!is_paused))
            >
                {pause}
            </button>
            {leave}
            {again}
        </div>
        {(!is_configured).then(|| view! {
            <details class="why">
                <summary>"Connect with another token"</summary>
                {scopes()}
                {by_token(form)}
            </details>
        })}
    }
    .into_any()
}
