//! Calendar accounts for display.

use crate::http::api::credentials::form_shown;
use knock_calendar_sync::{Accounts, CalendarReader, pushed_until};
use knock_model::Destination;
use knock_ports::{CalendarVendor, ConnectedCalendar, FoundCalendar, StoreError, UnreadEvent, View};
use knock_wire::{
    BusyPolicy, CalendarAccount, CalendarChoice, CalendarConsentShown, CalendarHealth, CalendarProviderShown,
};

pub(super) fn provider(
    view: &dyn View,
    accounts: &Accounts,
    vendor: &dyn CalendarVendor,
) -> Result<CalendarProviderShown, StoreError> {
    let provider = vendor.provider();
    let is_ready = vendor.oauth().is_some() && accounts.app(view, provider)?.is_some();
    Ok(CalendarProviderShown {
        provider: provider.into(),
        name: provider.label().to_owned(),
        credentials: vendor.credentials().as_ref().map(form_shown),
        consent: vendor.oauth().map(|_| CalendarConsentShown { is_ready }),
    })
}

pub(super) fn account(
    view: &dyn View,
    reader: &CalendarReader,
    calendar: ConnectedCalendar,
) -> Result<CalendarAccount, StoreError> {
    let health = health(view, reader, &calendar)?;
    let ConnectedCalendar { id, details, unread, .. } = calendar;
    let vendor = reader.accounts.vendor(details.provider);
    let choice = |FoundCalendar { id, name, is_read_only, .. }: FoundCalendar| CalendarChoice {
        is_read: details.reads.contains(&id),
        takes_meetings: !is_read_only,
        id,
        name,
    };
    Ok(CalendarAccount {
        id,
        provider: details.provider.into(),
        name: reader.accounts.name(&details),
        health,
        calendars: details.found.iter().cloned().map(choice).collect(),
        credentials: details.account,
        events_in: details.events_in,
        unread: unread.events.into_iter().map(unread_event).collect(),
        policy: policy_shown(details.policy),
        conferences: vendor.and_then(CalendarVendor::conferences).unwrap_or_default().to_owned(),
        has_conferences: details.has_conferences,
    })
}

fn policy_shown(policy: knock_ports::BusyPolicy) -> BusyPolicy {
    let knock_ports::BusyPolicy { tentative, unanswered, elsewhere } = policy;
    BusyPolicy { tentative, unanswered, elsewhere }
}

fn unread_event(UnreadEvent { title, day, reason }: UnreadEvent) -> knock_wire::UnreadEvent {
    knock_wire::UnreadEvent { title, day, reason }
}

fn health(
    view: &dyn View,
    reader: &CalendarReader,
    calendar: &ConnectedCalendar,
) -> Result<CalendarHealth, StoreError> {
    let counts = view.outbox_counts(Destination::calendar(calendar.id))?;
    Ok(CalendarHealth {
        is_connected: true,
        problem: calendar.problem.clone(),
        problem_since: calendar.problem_at,
        unread: calendar.unread.count,
        waiting: counts.waiting,
        failed: counts.parked,
        read_at: reader.read_at(calendar.id),
        pushed_until: pushed_until(calendar, reader.clock.now()),
    })
}

/// The state of the accounts of a member as one: each different problem once, since the first began. They were all read
/// since the oldest reading, and their providers say until the first end when one changes: if all do.
pub(super) fn health_of_all(
    view: &dyn View,
    reader: &CalendarReader,
    calendars: &[ConnectedCalendar],
) -> Result<CalendarHealth, StoreError> {
    let each = calendars.iter().map(|calendar| health(view, reader, calendar));
    let each: Vec<CalendarHealth> = each.collect::<Result<_, _>>()?;
    // An instant that is not known comes before all others.
    let mut all = CalendarHealth {
        is_connected: !each.is_empty(),
        problem_since: each.iter().filter_map(|one| one.problem_since).min(),
        read_at: each.iter().map(|one| one.read_at).min().flatten(),
        pushed_until: each.iter().map(|one| one.pushed_until).min().flatten(),
        ..CalendarHealth::default()
    };
    let mut problems: Vec<String> = Vec::new();
    for one in each {
        all.waiting += one.waiting;
        all.failed += one.failed;
        all.unread += one.unread;
        if !one.problem.is_empty() && !problems.contains(&one.problem) {
            problems.push(one.problem);
        }
    }
    all.problem = problems.join("; ");
    Ok(all)
}
