//! Connecting a calendar account: the choice of its provider, and its credentials, which can be changed later.

use knock_model::CalendarAccountId;
use knock_wire::{CalendarProviderShown, CredentialForm};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::calendar_consent::consent_offer;
use crate::kit::changing::focus_later;
use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::parts::form::credential_field::credential_field;
use crate::parts::form::credential_steps::credential_steps;
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::page::when::When;
use crate::state::calendars::state::{CONNECT, Calendars, Part, sign_in_id};
use crate::state::settings::credentials::{CredentialField, listed_fields};
use crate::words::calendar_consent::provider_hint;
use crate::words::reason::{HERE, sentence};

const TITLE: &str = "calendar-connect";
const OPEN: &str = "calendar-connect-open";
/// The hint at a secret that is stored already.
const KEPT: &str = "Leave it empty to keep it. It is needed again for another server or user.";

/// The form that connects an account; behind a button once there is one.
#[component]
pub(crate) fn ConnectCalendar(calendars: Calendars) -> impl IntoView {
    let open = move |_| {
        calendars.ask(Part::Connect);
        focus_later(TITLE.to_owned());
    };
    let button = move || {
        view! {
            <button class="button" type="button" id=OPEN on:click=handler(open)>
                "Connect another calendar"
            </button>
        }
    };
    let is_open = derived(move || !calendars.is_connected() || calendars.open.get() == Part::Connect);
    view! {
        <When is=is_open fallback=button>
            {connect_form(calendars)}
        </When>
    }
}

fn connect_form(calendars: Calendars) -> AnyView {
    let title = move || if calendars.is_connected() { "Connect another calendar" } else { "Connect a calendar" };
    let chosen = memo(move || calendars.chosen());
    let are_many = memo(move || calendars.offered().len() > 1);
    let errors = move || {
        let all = calendars.errors(Part::Connect, "/provider").into_iter();
        all.map(|error| view! { <p class="field-error">{sentence(HERE, &error)}</p> }.into_any()).collect_view()
    };
    view! {
        <section class="panel" aria-labelledby=TITLE>
            <h2 class="panel-title" id=TITLE tabindex="-1">{derived(title)}</h2>
            <div class="form">
                <div>
                    {dynamic(move || are_many.get().then(|| provider_choice(calendars)))}
                    <div role="alert">{dynamic(errors)}</div>
                </div>
                {dynamic(move || chosen.get().map(|provider| ways(calendars, provider)))}
            </div>
        </section>
    }
    .into_any()
}

/// The choice of the provider, each with the services that it is for.
fn provider_choice(calendars: Calendars) -> AnyView {
    let option = |CalendarProviderShown { provider, name, .. }: CalendarProviderShown| {
        let (word, own) = (provider.to_string(), provider.clone());
        let is_chosen = derived(move || calendars.chosen().is_some_and(|chosen| chosen.provider == own));
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name="calendar-provider"
                    value=word.clone()
                    prop:checked=is_chosen
                    on:change=handler(move |_| calendars.choose(word.clone()))
                />
                <span>
                    {name}
                    <span class="choice-hint">{provider_hint(&provider)}</span>
                </span>
            </label>
        }
        .into_any()
    };
    let options = untrack(|| calendars.offered()).into_iter().map(option).collect_view();
    view! {
        <fieldset class="calendar-choices">
            <legend class="field-label">"Provider"</legend>
            {options}
        </fieldset>
    }
    .into_any()
}

/// The ways to connect an account of a provider: a consent, or its credentials.
fn ways(calendars: Calendars, provider: CalendarProviderShown) -> AnyView {
    let is_alone = provider.credentials.is_none();
    let consent = provider.consent.map(|_| {
        let cancel = if is_alone { cancel_connecting(calendars) } else { ().into_any() };
        consent_offer(calendars, &provider, cancel)
    });
    view! {
        {consent}
        {provider.credentials.map(|form| by_credentials(calendars, form))}
    }
    .into_any()
}

fn by_credentials(calendars: Calendars, of: CredentialForm) -> AnyView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        calendars.connect();
    };
    view! {
        <form class="form" on:submit=handler(submit) novalidate>
            {credential_steps(of.steps)}
            {fields(calendars, Part::Connect, listed_fields(CONNECT, of.fields))}
            {actions(calendars, "Connect", cancel_connecting(calendars))}
        </form>
    }
    .into_any()
}

/// The button that closes the form of another account; the form of the first one stays.
fn cancel_connecting(calendars: Calendars) -> AnyView {
    let close = move || {
        calendars.close();
        focus_later(OPEN.to_owned());
    };
    cancel(derived(move || calendars.is_connected()), Box::new(close))
}

/// The form of an account's credentials: the public ones as they are stored, the secrets empty.
pub(super) fn sign_in_form(calendars: Calendars, id: CalendarAccountId) -> AnyView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        calendars.save_sign_in(id);
    };
    let close = move || {
        calendars.close();
        focus_later(sign_in_id(id));
    };
    let mut listed = calendars.account(id).map(|account| calendars.sign_in_fields(&account)).unwrap_or_default();
    listed.iter_mut().filter(|field| field.is_secret).for_each(|field| field.hint = KEPT.into());
    view! {
        <form class="form" aria-labelledby=sign_in_id(id) on:submit=handler(submit) novalidate>
            {fields(calendars, Part::SignIn(id), listed)}
            {actions(calendars, "Save", cancel(Signal::stored(true), Box::new(close)))}
        </form>
    }
    .into_any()
}

/// The fields with their errors, and the failure that belongs to none of them.
fn fields(calendars: Calendars, part: Part, listed: Vec<CredentialField>) -> AnyView {
    let mut shown: Vec<String> = listed.iter().map(|field| format!("/{}", field.name)).collect();
    shown.push("/provider".to_owned());
    let line = |field: CredentialField| {
        let pointer = format!("/{}", field.name);
        credential_field(field, calendars.typed, derived(move || calendars.errors(part, &pointer)))
    };
    view! {
        {listed.into_iter().map(line).collect::<Vec<_>>()}
        <ActionFailure of=derived(move || calendars.unplaced(part, &shown)) />
    }
    .into_any()
}

/// The button that sends the form, and the one that closes it.
fn actions(calendars: Calendars, send: &'static str, cancel: AnyView) -> AnyView {
    view! {
        <div class="form-actions">
            <button class="button button-strong" type="submit" prop:disabled=calendars.is_busy>
                {send}
            </button>
            {cancel}
        </div>
    }
    .into_any()
}

fn cancel(may_close: Signal<bool>, close: Box<dyn Fn()>) -> AnyView {
    view! {
        <button
            class="button"
            type="button"
            hidden=derived(move || !may_close.get())
            on:click=handler(move |_| close())
        >
            "Cancel"
        </button>
    }
    .into_any()
}
