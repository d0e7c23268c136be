//! A connected calendar account: its state, the use of its calendars, and its actions.

use knock_wire::CalendarAccount;
use leptos::prelude::*;

use super::calendar_choices::read_boxes;
use super::calendar_conference::conference_box;
use super::calendar_consent::sign_in_again;
use super::calendar_credentials::sign_in_form;
use super::calendar_policy::policy_boxes;
use super::calendar_unread::unread_events;
use crate::kit::browser;
use crate::kit::changing::focus_later;
use crate::kit::clock::use_clock;
use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::page::technical::technical;
use crate::parts::page::when::When;
use crate::state::calendars::state::{Calendars, Part, heading_id, sign_in_id};
use crate::words::calendar::{account_words, freshness_words, provider_label, unwritten_words};
use crate::words::instant::exact;

/// Errors that stand at their boxes.
const PLACED: [&str; 2] = ["/reads", "/policy"];

/// The panel of an account; its name comes from outside and is shown as text.
#[component]
pub(crate) fn CalendarPanel(account: Signal<CalendarAccount>, calendars: Calendars) -> impl IntoView {
    let id = account.with_untracked(|account| account.id);
    let provider = account.with_untracked(|account| provider_label(&account.provider).into_owned());
    let is_open = derived(move || calendars.open.get() == Part::SignIn(id));
    view! {
        <article class="panel calendar-account" aria-labelledby=heading_id(id)>
            <header class="calendar-head">
                <h2 class="calendar-name" id=heading_id(id) tabindex="-1">
                    <bdi>{derived(move || account.get().name)}</bdi>
                </h2>
                <span class="muted">{provider}</span>
            </header>
            {health(account)}
            {freshness(account)}
            {unread_events(account)}
            {read_boxes(account, calendars)}
            {policy_boxes(account, calendars)}
            {conference_box(account, calendars)}
            <ActionFailure of=derived(move || calendars.unplaced(Part::Account(id), &PLACED.map(str::to_owned))) />
            {actions(account, calendars)}
            <When is=is_open>
                {sign_in_form(calendars, id)}
            </When>
        </article>
    }
}

/// The state of an account.
fn health(account: Signal<CalendarAccount>) -> AnyView {
    let words = derived(move || {
        account.with(|account| {
            let since = account.health.problem_since.map(|since| exact(browser::local(since)));
            account_words(account, since)
        })
    });
    let unwritten = derived(move || {
        account.with(|account| {
            let again = if account.health.failed > 0 { " Check now tries again." } else { "" };
            unwritten_words(&account.health) + again
        })
    });
    let is_wrong = move || account.with(|account| !account.health.problem.is_empty() || account.health.failed > 0);
    view! {
        <div class="calendar-health" class=("note-wrong", is_wrong) class=("note", is_wrong)>
            <p>{words}</p>
            {dynamic(move || account.with(|account| technical(&account.health.problem)))}
            <p hidden=derived(move || unwritten.with(String::is_empty))>{unwritten}</p>
        </div>
    }
    .into_any()
}

/// The last reading of an account, and how a change in it is noticed.
fn freshness(account: Signal<CalendarAccount>) -> AnyView {
    let clock = use_clock();
    let words = move || account.with(|account| freshness_words(&account.health, browser::local, clock.now()));
    view! { <p class="muted">{derived(words)}</p> }.into_any()
}

fn actions(account: Signal<CalendarAccount>, calendars: Calendars) -> AnyView {
    let id = account.with_untracked(|account| account.id);
    let is_open = memo(move || calendars.open.get() == Part::SignIn(id));
    let sign_in = move || {
        if is_open.get_untracked() {
            return calendars.close();
        }
        calendars.ask(Part::SignIn(id));
        let first = calendars.account(id).and_then(|account| calendars.sign_in_fields(&account).into_iter().next());
        focus_later(first.map(|field| field.id).unwrap_or_default());
    };
    let has_fields = account.with_untracked(|account| !calendars.sign_in_fields(account).is_empty());
    let of = move || view! { <span class="unseen">" " <bdi>{derived(move || account.get().name)}</bdi></span> };
    view! {
        {sign_in_again(account, calendars)}
        <div class="calendar-actions">
            <button class="button" type="button" on:click=handler(move |_| calendars.check(id))>
                "Check now"
                {of()}
            </button>
            {has_fields.then(|| view! {
                <button
                    class="button"
                    type="button"
                    id=sign_in_id(id)
                    aria-expanded=derived(move || is_open.get().to_string())
                    on:click=handler(move |_| sign_in())
                >
                    "Change sign-in"
                    {of()}
                </button>
            })}
            <button class="button" type="button" on:click=handler(move |_| calendars.ask(Part::Leave(id)))>
                "Disconnect"
                {of()}
            </button>
            <p class="muted" role="status">{derived(move || calendars.said(Part::Account(id)))}</p>
        </div>
    }
    .into_any()
}
