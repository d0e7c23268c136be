//! Connecting a calendar account by a consent at its provider, for the first time or again.

use knock_wire::{CalendarAccount, CalendarProviderShown};
use leptos::prelude::*;

use crate::kit::changing::focus_later;
use crate::kit::reactive::{derived, handler};
use crate::parts::form::failure_line::ActionFailure;
use crate::state::calendars::apps::app_heading_id;
use crate::state::calendars::state::{Calendars, Part};
use crate::words::calendar::provider_label;
use crate::words::calendar_consent::{CONSENT_HINT, not_ready_words};

/// The button that leads to the provider, followed by `cancel`; while no app is entered, the sentence that says so.
pub(super) fn consent_offer(calendars: Calendars, provider: &CalendarProviderShown, cancel: AnyView) -> AnyView {
    let (word, name) = (provider.provider.to_string(), provider.name.clone());
    if !provider.consent.is_some_and(|consent| consent.is_ready) {
        return not_ready(calendars, provider, cancel);
    }
    view! {
        <p class="field-hint">{CONSENT_HINT}</p>
        <ActionFailure of=derived(move || calendars.unplaced(Part::Connect, &["/provider".to_owned()])) />
        <div class="form-actions">
            <button
                class="button button-strong"
                type="button"
                prop:disabled=calendars.is_busy
                on:click=handler(move |_| calendars.ask_consent(&word, None))
            >
                "Connect "
                {name}
            </button>
            {cancel}
        </div>
    }
    .into_any()
}

/// The sentence about the missing app; where the member enters apps, with a button that leads to its form.
fn not_ready(calendars: Calendars, provider: &CalendarProviderShown, cancel: AnyView) -> AnyView {
    let enters_apps = calendars.enters_apps();
    let heading = app_heading_id(&provider.provider);
    let lead = enters_apps.then(|| {
        view! {
            <button class="button" type="button" on:click=handler(move |_| focus_later(heading.clone()))>
                "Enter the app"
            </button>
        }
    });
    view! {
        <p class="note">{not_ready_words(&provider.name, enters_apps)}</p>
        <div class="form-actions">{lead} {cancel}</div>
    }
    .into_any()
}

/// The button that asks an account for its consent again, strong where that may mend it; nothing for an account of
/// another kind.
pub(super) fn sign_in_again(account: Signal<CalendarAccount>, calendars: Calendars) -> Option<AnyView> {
    let (id, provider) = account.with_untracked(|account| (account.id, account.provider.clone()));
    untrack(|| calendars.consent_of(&provider))?;
    let name = provider_label(&provider).into_owned();
    let word = provider.to_string();
    let is_ready = derived(move || calendars.consent_of(&provider) == Some(true));
    let is_wrong = move || account.with(|account| !account.health.problem.is_empty());
    let view = view! {
        <div class="calendar-actions" hidden=derived(move || !is_ready.get())>
            <button
                class="button"
                class=("button-strong", is_wrong)
                type="button"
                prop:disabled=calendars.is_busy
                on:click=handler(move |_| calendars.ask_consent(&word, Some(id)))
            >
                "Sign in again"
                <span class="unseen">" " <bdi>{derived(move || account.get().name)}</bdi></span>
            </button>
        </div>
        <p class="field-hint" hidden=is_ready>
            {not_ready_words(&name, calendars.enters_apps())}
        </p>
    };
    Some(view.into_any())
}
