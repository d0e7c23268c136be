//! The use of calendars: whose events block times, and which one meetings are written into.

use knock_model::CalendarAccountId;
use knock_wire::{CalendarAccount, CalendarChange};

/// The value of a calendar among the calendars of all accounts.
pub(crate) fn option_of(account: CalendarAccountId, calendar: &str) -> String {
    format!("{account} {calendar}")
}

/// The value of the calendar that meetings are written into; empty if there is none.
pub(crate) fn chosen_option(accounts: &[CalendarAccount]) -> String {
    let chosen = accounts.iter().find(|account| !account.events_in.is_empty());
    chosen.map(|account| option_of(account.id, &account.events_in)).unwrap_or_default()
}

/// The change by which meetings are written into the calendar with this value; none if there is nothing to change.
pub(super) fn change_to(accounts: &[CalendarAccount], option: &str) -> Option<(CalendarAccountId, CalendarChange)> {
    let into = |account: &CalendarAccount, calendar: &str| {
        (account.id, CalendarChange { events_in: Some(calendar.to_owned()), ..CalendarChange::default() })
    };
    if option.is_empty() {
        return accounts.iter().find(|account| !account.events_in.is_empty()).map(|account| into(account, ""));
    }
    let (id, calendar) = option.split_once(' ')?;
    accounts.iter().find(|account| account.id.to_string() == id).map(|account| into(account, calendar))
}

/// The change after which the events of a calendar block times, or do not.
pub(super) fn change_read(account: &CalendarAccount, calendar: &str, is_read: bool) -> CalendarChange {
    let reads = account.calendars.iter().filter(|known| if known.id == calendar { is_read } else { known.is_read });
    CalendarChange { reads: Some(reads.map(|known| known.id.clone()).collect()), ..CalendarChange::default() }
}

/// Makes a change in the accounts as the server will.
pub(super) fn apply(accounts: &mut [CalendarAccount], id: CalendarAccountId, change: &CalendarChange) {
    for account in accounts {
        let is_changed = account.id == id;
        if let Some(reads) = change.reads.as_ref().filter(|_| is_changed) {
            account.calendars.iter_mut().for_each(|calendar| calendar.is_read = reads.contains(&calendar.id));
        }
        match &change.events_in {
            Some(calendar) if is_changed => account.events_in.clone_from(calendar),
            // Meetings are written into one calendar.
            Some(calendar) if !calendar.is_empty() => account.events_in.clear(),
            Some(_) | None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn meetings_are_written_into_one_calendar() {
        let mut accounts = [sample::calendar_account(1), sample::calendar_account(2)];
        accounts[0].events_in = "work".to_owned();
        assert_eq!(change_to(&[], ""), None);
        for (number, calendar, left) in [(2, "private", ""), (2, "", ""), (1, "work", "work")] {
            let account = sample::calendar_account(number);
            let option = if calendar.is_empty() { String::new() } else { option_of(account.id, calendar) };
            let (id, change) = change_to(&accounts, &option).expect("a change");
            assert_eq!((id, change.events_in.as_deref(), &change.reads), (account.id, Some(calendar), &None));
            apply(&mut accounts, id, &change);
            assert_eq!((chosen_option(&accounts), &*accounts[0].events_in), (option, left));
        }
    }

    #[wasm_bindgen_test]
    fn a_calendar_is_read_or_not_and_the_others_stay_as_they_are() {
        let mut accounts = [sample::calendar_account(1), sample::calendar_account(2)];
        let is_read = |account: &CalendarAccount| account.calendars.iter().map(|calendar| calendar.is_read).collect();
        for (calendar, is, expected) in [
            ("work", false, [false, true]),
            ("private", false, [false, false]),
            ("private", true, [false, true]),
            ("gone", true, [false, true]),
        ] {
            let change = change_read(&accounts[0], calendar, is);
            let id = accounts[0].id;
            apply(&mut accounts, id, &change);
            let found: Vec<bool> = is_read(&accounts[0]);
            assert_eq!(found, expected, "{calendar}");
        }
        assert_eq!(accounts[1], sample::calendar_account(2), "another account");
    }
}
