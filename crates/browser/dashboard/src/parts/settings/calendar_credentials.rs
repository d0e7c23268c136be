//! The credentials of a calendar account: to connect it, and to change how it is signed in to.

use knock_model::CalendarAccountId;
use knock_wire::CalendarProviderShown;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::kit::changing::focus_later;
use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::parts::form::credential_field::credential_field;
use crate::parts::form::credential_steps::credential_steps;
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::form::field::Field;
use crate::parts::page::when::When;
use crate::state::calendars::state::{CONNECT, Calendars, Part, sign_in_id};
use crate::state::settings::credentials::{CredentialField, listed_fields};

const TITLE: &str = "calendar-connect";
const OPEN: &str = "calendar-connect-open";
const PROVIDER: &str = "calendar-provider";
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
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        calendars.connect();
    };
    let close = move || {
        calendars.close();
        focus_later(OPEN.to_owned());
    };
    let title = move || if calendars.is_connected() { "Connect another calendar" } else { "Connect a calendar" };
    let chosen = memo(move || calendars.chosen());
    let are_many = memo(move || calendars.offered().len() > 1);
    view! {
        <section class="panel" aria-labelledby=TITLE>
            <h2 class="panel-title" id=TITLE tabindex="-1">{derived(title)}</h2>
            <form class="form" on:submit=handler(submit) novalidate>
                {dynamic(move || are_many.get().then(|| provider_choice(calendars)))}
                {dynamic(move || chosen.get().map(|provider| provider_fields(calendars, provider)))}
                {actions(calendars, "Connect", derived(move || calendars.is_connected()), Box::new(close))}
            </form>
        </section>
    }
    .into_any()
}

fn provider_choice(calendars: Calendars) -> AnyView {
    let chosen = untrack(|| calendars.chosen()).map(|provider| provider.provider);
    let option = |CalendarProviderShown { provider, name, .. }: CalendarProviderShown| {
        let is_chosen = chosen.as_ref() == Some(&provider);
        view! { <option value=provider.to_string() selected=is_chosen>{name}</option> }.into_any()
    };
    let options = untrack(|| calendars.offered()).into_iter().map(option).collect_view();
    let errors = derived(move || calendars.errors(Part::Connect, "/provider"));
    view! {
        <Field id=PROVIDER.to_owned() label="Provider" hint="" errors>
            <select
                class="input"
                id=PROVIDER
                aria-describedby="calendar-provider-notes"
                aria-invalid=derived(move || errors.with(|errors| !errors.is_empty()).to_string())
                on:change:target=move |event| calendars.choose(event.target().value())
            >
                {options}
            </select>
        </Field>
    }
    .into_any()
}

fn provider_fields(calendars: Calendars, provider: CalendarProviderShown) -> AnyView {
    let form = provider.credentials.unwrap_or_default();
    view! {
        {credential_steps(form.steps)}
        {fields(calendars, Part::Connect, listed_fields(CONNECT, form.fields))}
    }
    .into_any()
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
            {actions(calendars, "Save", Signal::stored(true), Box::new(close))}
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
fn actions(calendars: Calendars, send: &'static str, may_close: Signal<bool>, close: Box<dyn Fn()>) -> AnyView {
    view! {
        <div class="form-actions">
            <button class="button button-strong" type="submit" prop:disabled=calendars.is_busy>
                {send}
            </button>
            <button
                class="button"
                type="button"
                hidden=derived(move || !may_close.get())
                on:click=handler(move |_| close())
            >
                "Cancel"
            </button>
        </div>
    }
    .into_any()
}
