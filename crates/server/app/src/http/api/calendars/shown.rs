//! Calendar accounts for display.

use crate::http::api::credentials::form_shown;
use knock_calendar_sync::Accounts;
use knock_model::Destination;
use knock_ports::{CalendarVendor, ConnectedCalendar, FoundCalendar, StoreError, View};
use knock_wire::{CalendarAccount, CalendarChoice, CalendarHealth, CalendarProviderShown};

pub(super) fn provider(vendor: &dyn CalendarVendor) -> CalendarProviderShown {
    CalendarProviderShown {
        provider: vendor.provider().into(),
        name: vendor.provider().label().to_owned(),
        credentials: vendor.credentials().as_ref().map(form_shown),
    }
}

pub(super) fn account(
    view: &dyn View,
    accounts: &Accounts,
    calendar: ConnectedCalendar,
) -> Result<CalendarAccount, StoreError> {
    let health = health(view, &calendar)?;
    let ConnectedCalendar { id, details, .. } = calendar;
    let choice =
        |FoundCalendar { id, name }: FoundCalendar| CalendarChoice { is_read: details.reads.contains(&id), id, name };
    Ok(CalendarAccount {
        id,
        provider: details.provider.into(),
        name: accounts.name(&details),
        health,
        calendars: details.found.iter().cloned().map(choice).collect(),
        credentials: details.account,
        events_in: details.events_in,
    })
}

fn health(view: &dyn View, calendar: &ConnectedCalendar) -> Result<CalendarHealth, StoreError> {
    let counts = view.outbox_counts(Destination::calendar(calendar.id))?;
    Ok(CalendarHealth {
        is_connected: true,
        problem: calendar.problem.clone(),
        problem_since: calendar.problem_at,
        waiting: counts.waiting,
        failed: counts.parked,
    })
}

/// The state of the accounts of a member as one: each different problem once, since the first began.
pub(super) fn health_of_all(view: &dyn View, calendars: &[ConnectedCalendar]) -> Result<CalendarHealth, StoreError> {
    let mut all = CalendarHealth::default();
    let mut problems: Vec<String> = Vec::new();
    for calendar in calendars {
        let one = health(view, calendar)?;
        all.is_connected = true;
        all.problem_since = [all.problem_since, one.problem_since].into_iter().flatten().min();
        all.waiting += one.waiting;
        all.failed += one.failed;
        if !one.problem.is_empty() && !problems.contains(&one.problem) {
            problems.push(one.problem);
        }
    }
    all.problem = problems.join("; ");
    Ok(all)
}
