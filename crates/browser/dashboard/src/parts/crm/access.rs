//! The access to the account of a CRM: the ways to connect, or the connected account.

use leptos::prelude::*;

use super::connect::{by_credentials, connecting, scopes};
use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::form::dialog::Dialog;
use crate::parts::installing::install_again;
use crate::parts::page::when::When;
use crate::state::crm::form::{ACCESS, CrmForm};

/// The ways to connect without an access, else the account.
pub(crate) fn crm_access(form: CrmForm) -> AnyView {
    view! {
        <section class="panel panels" aria-labelledby=ACCESS>
            <h2 class="panel-title" id=ACCESS tabindex="-1">
                {form.name()}
            </h2>
            <When is=derived(move || form.is_connected()) fallback=move || connecting(form)>
                {dynamic(move || account(form))}
            </When>
        </section>
        <When is=form.is_leaving>
            <Dialog
                title=format!("Disconnect {}?", form.name())
                confirm="Disconnect"
                is_busy=form.is_busy
                failure=form.failure
                confirmed=move |()| form.disconnect()
                closed=move |()| form.stay()
            >
                <p>{leaving_words(&form.name())}</p>
            </Dialog>
        </When>
    }
    .into_any()
}

/// The consequences of disconnecting.
fn leaving_words(name: &str) -> String {
    format!(
        "Nothing more is written to {name}, and routing no longer reads owners from it. What {name} has stays there; the mapping stays here. Changes wait until it is connected again."
    )
}

fn account(form: CrmForm) -> AnyView {
    let (account, is_configured, is_paused) =
        form.of(|stored| (stored.account.clone().unwrap_or_default(), stored.is_configured, stored.is_paused));
    let missing = account.missing_scopes.join(", ");
    let missing = (!missing.is_empty()).then(|| {
        view! { <p class="note note-wrong">"The access may not do everything that Knock needs. Add these scopes: " <bdi>{missing}</bdi></p> }
    });
    let unchecked = account.unchecked_scopes.join(", ");
    let unchecked = (!unchecked.is_empty()).then(|| {
        view! { <p class="note">"These scopes could not be checked. What one lacks is said when it is needed: " <bdi>{unchecked}</bdi></p> }
    });
    let is_app_known = form.of(|stored| stored.is_app_known) && !is_configured;
    let again = is_app_known.then(|| install_again(form.install, "Install again".to_owned()));
    let other = form.of(|stored| stored.credentials.clone());
    let pause = if is_paused { "Go on" } else { "Pause" };
    view! {
        {missing}
        {unchecked}
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
            {leave(form, is_configured)}
            {again}
        </div>
        {other.filter(|_| !is_configured).map(|other| view! {
            <details class="why">
                <summary>"Connect with other credentials"</summary>
                {scopes(form)}
                {by_credentials(form, other)}
            </details>
        })}
    }
    .into_any()
}

/// The button that asks about disconnecting; an access of the configuration has none.
fn leave(form: CrmForm, is_configured: bool) -> AnyView {
    if is_configured {
        return view! { <p class="muted">"The access stands in the configuration of the server and is changed there."</p> }
            .into_any();
    }
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
}
