//! Settings > Calendars: busy calendars, the calendar for meetings, and the apps of providers.

use knock_model::CalendarAccountId;
use leptos::prelude::*;

use crate::kit::browser;
use crate::kit::clock::use_clock;
use crate::kit::reactive::{derived, dynamic};
use crate::parts::form::dialog::Dialog;
use crate::parts::page::heading::Heading;
use crate::parts::page::lazy::lazy;
use crate::parts::page::lines::Lines;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::when::When;
use crate::parts::settings::calendar_apps::CalendarAppPanels;
use crate::parts::settings::calendar_choices::WriteMeetingsInto;
use crate::parts::settings::calendar_credentials::ConnectCalendar;
use crate::parts::settings::calendar_outcome::consent_outcome;
use crate::parts::settings::calendar_panel::CalendarPanel;
use crate::state::calendars::state::{Calendars, Part};
use crate::words::calendar::{calendar_words, freshness_words, leaving_words, unwritten_words};
use crate::words::instant::exact;

lazy!(schedule => CalendarsPage);

/// The calendar accounts of the member, the state of those of the team, and the apps by which they are connected.
#[component]
pub(crate) fn CalendarsPage() -> impl IntoView {
    let calendars = Calendars::start();
    view! {
        <div class="page-head">
            <Heading text="Calendars" />
        </div>
        <p class="lead">
            "Connect the calendars that you use, such as one for work and a private one. Their events block times that can be booked. Meetings are written into one of them."
        </p>
        {consent_outcome()}
        <p class="muted calendar-said" role="status">{derived(move || calendars.said(Part::Page))}</p>
        <Loaded phase=calendars.stored.phase retry=move |()| calendars.stored.load()>
            <div class="calendars">
                <Accounts calendars />
                <When is=derived(move || calendars.is_connected())>
                    <WriteMeetingsInto calendars />
                </When>
                <ConnectCalendar calendars />
            </div>
        </Loaded>
        {calendars.sees_team().then(|| view! { <TeamCalendars calendars /> })}
        {calendars.enters_apps().then(|| view! { <CalendarAppPanels calendars /> })}
        {dynamic(move || leaving(calendars))}
    }
}

/// The panels of the accounts.
#[component]
fn Accounts(calendars: Calendars) -> impl IntoView {
    view! {
        <div class="calendars" tabindex="-1" node_ref=calendars.region>
            <p hidden=derived(move || calendars.is_connected())>"No calendar is connected."</p>
            <Lines of=derived(move || {
                calendars.accounts.drawn(move |account| view! { <CalendarPanel account calendars /> }.into_any())
            }) />
        </div>
    }
}

/// The confirmation of disconnecting, while it is open.
fn leaving(calendars: Calendars) -> Option<AnyView> {
    match calendars.open.get() {
        Part::Leave(id) => question(calendars, id),
        Part::Page | Part::Connect | Part::EventsIn | Part::Account(_) | Part::SignIn(_) => None,
    }
}

fn question(calendars: Calendars, id: CalendarAccountId) -> Option<AnyView> {
    let account = calendars.account(id)?;
    let dialog = view! {
        <Dialog
            title=format!("Disconnect {}?", account.name)
            confirm="Disconnect"
            is_busy=calendars.is_busy
            failure=derived(move || calendars.unplaced(Part::Leave(id), &[]))
            confirmed=move |()| calendars.disconnect(id)
            closed=move |()| calendars.close()
        >
            <p>{leaving_words(&account)}</p>
        </Dialog>
    };
    Some(dialog.into_any())
}

/// The health of the calendars of all members.
#[component]
fn TeamCalendars(calendars: Calendars) -> impl IntoView {
    let clock = use_clock();
    let lines = move || {
        let team = calendars.team.value.get().unwrap_or_default().into_iter();
        let lines = team.map(|(email, health)| {
            let since = health.problem_since.map(|since| exact(browser::local(since)));
            let words = format!("{} {}", calendar_words(&health, since), unwritten_words(&health));
            let fresh = derived(move || freshness_words(&health, browser::local, clock.now()));
            view! {
                <li class="calendar-line">
                    <strong>{email}</strong>
                    <span class="muted">{words}</span>
                    <span class="muted">{fresh}</span>
                </li>
            }
            .into_any()
        });
        lines.collect_view()
    };
    view! {
        <h2 class="panel-title calendar-team">"The team"</h2>
        <Loaded phase=calendars.team.phase retry=move |()| calendars.team.load()>
            <ul class="calendar-lines" aria-label="Calendars of the team">
                {dynamic(lines)}
            </ul>
        </Loaded>
    }
}
