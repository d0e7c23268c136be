//! The apps of providers that ask for consents: an admin registers each there, and enters it here.

use knock_wire::CalendarApp;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::kit::reactive::{derived, handler, memo};
use crate::parts::form::copy_line::CopyLine;
use crate::parts::form::credential_field::credential_field;
use crate::parts::form::credential_steps::credential_steps;
use crate::parts::form::dialog::Dialog;
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::when::When;
use crate::state::calendars::apps::{AppForm, app_heading_id};
use crate::state::calendars::state::Calendars;
use crate::state::settings::credentials::CredentialField;
use crate::words::calendar_consent::{app_words, removing_words};

/// The panels of the apps; nothing where no provider asks for consents.
#[component]
pub(crate) fn CalendarAppPanels(calendars: Calendars) -> impl IntoView {
    let stored = calendars.apps;
    let is_none = derived(move || stored.value.with(|all| all.as_ref().is_some_and(|all| all.apps.is_empty())));
    let panels = move || {
        let apps = stored.value.with_untracked(|all| all.as_ref().map(|all| all.apps.clone())).unwrap_or_default();
        apps.into_iter().map(|app| app_panel(AppForm::of(calendars, app))).collect_view()
    };
    view! {
        <div hidden=is_none>
            <h2 class="panel-title calendar-team">"Apps of providers"</h2>
            <p class="muted calendar-said">
                "Google and Microsoft ask members for their consent in the name of an app. Register it once there, and enter it here."
            </p>
            <Loaded phase=stored.phase retry=move |()| stored.load()>
                <div class="vendor">{panels()}</div>
            </Loaded>
        </div>
    }
}

fn app_panel(form: AppForm) -> AnyView {
    let app = form.app.get_untracked();
    let heading = app_heading_id(&app.provider);
    let labelled = heading.clone();
    let steps = app.form.steps.clone();
    let is_open = !app.is_ready;
    view! {
        <section class="panel calendar-app" aria-labelledby=labelled>
            <h3 class="panel-title" id=heading tabindex="-1">
                {app.name.clone()}
            </h3>
            <p class="muted">{derived(move || form.app.with(app_words))}</p>
            <details class="why" open=is_open>
                <summary>"How to register it"</summary>
                {credential_steps(steps)}
            </details>
            {to_copy("Redirect URI", &app.name, app.redirect_uri.clone())}
            {to_copy("Scopes", &app.name, app.scopes.join("\n"))}
            {if app.is_configured { configured(&app) } else { entered(form) }}
        </section>
        {leaving(form)}
    }
    .into_any()
}

/// A value that the provider asks for, with a button that copies it.
fn to_copy(label: &'static str, name: &str, text: String) -> AnyView {
    let of = format!("{label} of {name}");
    view! {
        <div class="snippet">
            <span class="field-label">{label}</span>
            <CopyLine text=Signal::stored(text) label=Signal::stored(of) />
        </div>
    }
    .into_any()
}

/// The public fields of an app that stands in the configuration.
fn configured(app: &CalendarApp) -> AnyView {
    let line = |field: &knock_wire::CredentialField| {
        let (label, value) = (field.label.clone(), app.values.get(&field.name)?.clone());
        let line = view! {
            <div class="fact">
                <dt>{label}</dt>
                <dd>
                    <bdi>{value}</bdi>
                </dd>
            </div>
        };
        Some(line.into_any())
    };
    let lines = app.form.fields.iter().filter_map(line).collect::<Vec<_>>();
    view! { <dl class="facts">{lines}</dl> }.into_any()
}

/// The form of an app.
fn entered(form: AppForm) -> AnyView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.save();
    };
    let fields = form.fields();
    let shown: Vec<String> = fields.iter().map(|field| field.name.clone()).collect();
    let line = |field: CredentialField| {
        let name = field.name.clone();
        credential_field(field, form.typed, derived(move || form.errors(&name)))
    };
    view! {
        <form class="form" on:submit=handler(submit) novalidate>
            {fields.into_iter().map(line).collect::<Vec<_>>()}
            <ActionFailure of=derived(move || form.unplaced(&shown)) />
            {actions(form)}
        </form>
    }
    .into_any()
}

fn actions(form: AppForm) -> AnyView {
    let is_ready = memo(move || form.app.with(|app| app.is_ready));
    let of = form.app.with_untracked(|app| app.name.clone());
    view! {
        <div class="calendar-actions">
            <button class="button button-strong" type="submit" prop:disabled=form.is_busy>
                "Save"
                <span class="unseen">" " {of.clone()}</span>
            </button>
            <button
                class="button"
                type="button"
                prop:disabled=form.is_busy
                hidden=derived(move || !is_ready.get())
                on:click=handler(move |_| form.ask())
            >
                "Remove"
                <span class="unseen">" " {of}</span>
            </button>
            <p class="muted" role="status">{form.said}</p>
        </div>
    }
    .into_any()
}

/// The confirmation of removing an app, while it is open.
fn leaving(form: AppForm) -> AnyView {
    view! {
        <When is=form.is_leaving>
            <Dialog
                title=form.app.with_untracked(|app| format!("Remove the app of {}?", app.name))
                confirm="Remove"
                is_busy=form.is_busy
                failure=form.failure
                confirmed=move |()| form.remove()
                closed=move |()| form.stay()
            >
                <p>{form.app.with_untracked(removing_words)}</p>
            </Dialog>
        </When>
    }
    .into_any()
}
