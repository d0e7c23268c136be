//! The use of calendars: whose events block times, and which one meetings are written into; the shown provider.

use knock_model::CalendarAccountId;
use knock_wire::{CalendarAccount, CalendarChange, CalendarProviderShown};

use crate::words::calendar_policy::PolicyKind;

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

/// The change after which the events of a kind block times, or do not.
pub(super) fn change_policy(account: &CalendarAccount, kind: PolicyKind, blocks: bool) -> CalendarChange {
    CalendarChange { policy: Some(kind.set(account.policy, blocks)), ..CalendarChange::default() }
}

/// The provider in the form: the chosen one, else the first whose accounts can be connected by a consent now, else the
/// first with credentials.
pub(super) fn shown_provider<'a>(
    offered: &'a [CalendarProviderShown],
    chosen: &str,
) -> Option<&'a CalendarProviderShown> {
    let first = |is_meant: fn(&CalendarProviderShown) -> bool| offered.iter().find(|provider| is_meant(provider));
    let found = offered.iter().find(|provider| provider.provider.to_string() == chosen);
    found
        .or_else(|| first(|provider| provider.consent.is_some_and(|consent| consent.is_ready)))
        .or_else(|| first(|provider| provider.credentials.is_some()))
        .or(offered.first())
}

/// Makes a change in the accounts as the server will.
pub(super) fn apply(accounts: &mut [CalendarAccount], id: CalendarAccountId, change: &CalendarChange) {
    for account in accounts {
        let is_changed = account.id == id;
        if let Some(reads) = change.reads.as_ref().filter(|_| is_changed) {
            account.calendars.iter_mut().for_each(|calendar| calendar.is_read = reads.contains(&calendar.id));
        }
        if let Some(policy) = change.policy.filter(|_| is_changed) {
            account.policy = policy;
        }
        if let Some(has_conferences) = change.has_conferences.filter(|_| is_changed) {
            account.has_conferences = has_conferences;
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
    use knock_model::CalendarProvider;
    use knock_wire::CredentialForm;
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

    #[wasm_bindgen_test]
    fn a_policy_is_of_one_account_and_changes_nothing_else() {
        let mut accounts = [sample::calendar_account(1), sample::calendar_account(2)];
        let change = change_policy(&accounts[0], PolicyKind::Elsewhere, true);
        assert_eq!((&change.reads, &change.events_in), (&None, &None));
        let id = accounts[0].id;
        apply(&mut accounts, id, &change);
        assert!(accounts[0].policy.elsewhere && accounts[0].policy.tentative);
        assert_eq!(accounts[0].calendars, sample::calendar_account(1).calendars);
        assert_eq!(accounts[1], sample::calendar_account(2), "another account");
    }

    #[wasm_bindgen_test]
    fn the_shown_provider_is_one_that_can_be_connected() {
        let by_consent = |is_ready| sample::consent_provider(CalendarProvider::Google, is_ready);
        let caldav = CalendarProviderShown {
            provider: CalendarProvider::Caldav.into(),
            credentials: Some(CredentialForm::default()),
            consent: None,
            ..by_consent(false)
        };
        let word = |offered: &[CalendarProviderShown], chosen: &str| {
            shown_provider(offered, chosen).map(|provider| provider.provider.to_string()).unwrap_or_default()
        };
        for (offered, chosen, expected) in [
            (vec![], "", ""),
            (vec![by_consent(false)], "", "google"),
            (vec![by_consent(false), caldav.clone()], "", "caldav"),
            (vec![by_consent(false), caldav.clone()], "google", "google"),
            (vec![caldav.clone(), by_consent(true)], "", "google"),
            (vec![caldav, by_consent(true)], "caldav", "caldav"),
        ] {
            assert_eq!(word(&offered, chosen), expected, "{chosen} of {offered:?}");
        }
    }
}
