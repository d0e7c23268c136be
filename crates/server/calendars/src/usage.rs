//! The use of the calendars of an account: which are read, which takes meetings, which events block.

use crate::accounts::Accounts;
use knock_model::{CalendarAccountId, CalendarProvider, Label};
use knock_ports::{BusyPolicy, CalendarDetails, CalendarVendor, Chance, Credentials, FoundCalendar};
use knock_wire::{CalendarChange, FieldError};

/// The use of the calendars that were found in an account.
///
/// # Errors
/// A calendar that is none of them, or that takes no meetings.
pub fn used(
    mut found: Vec<FoundCalendar>,
    change: &CalendarChange,
    known: Option<&CalendarDetails>,
    is_written_elsewhere: bool,
) -> Result<Use, FieldError> {
    check(&found, change)?;
    let reads = match (&change.reads, known) {
        (Some(reads), _) => reads.clone(),
        (None, Some(known)) => known.reads.iter().filter(|id| calendar(&found, id).is_some()).cloned().collect(),
        (None, None) => first_reads(&found),
    };
    let events_in = match (&change.events_in, known) {
        (Some(id), _) => id.clone(),
        (None, Some(known)) => Some(&known.events_in).filter(|id| takes(&found, id)).cloned().unwrap_or_default(),
        (None, None) if is_written_elsewhere => String::new(),
        (None, None) => {
            let own = found.iter().find(|calendar| !calendar.is_foreign && !calendar.is_read_only);
            own.map(|calendar| calendar.id.clone()).unwrap_or_default()
        }
    };
    let policy = match (change.policy, known) {
        (Some(policy), _) => entered(policy),
        (None, known) => known.map(|known| known.policy).unwrap_or_default(),
    };
    let has_conferences = change.has_conferences.or(known.map(|known| known.has_conferences)).unwrap_or_default();
    for calendar in &mut found {
        calendar.name = Label::parse(&calendar.name).into_text();
    }
    Ok(Use { found, reads, events_in, policy, has_conferences })
}

/// The calendars that a new account is read from: the member's own; those of others, if there are no own ones.
fn first_reads(found: &[FoundCalendar]) -> Vec<String> {
    let has_own = found.iter().any(|calendar| !calendar.is_foreign);
    let first = found.iter().filter(|calendar| !has_own || !calendar.is_foreign);
    first.map(|calendar| calendar.id.clone()).collect()
}

fn check(found: &[FoundCalendar], change: &CalendarChange) -> Result<(), FieldError> {
    let error = |pointer: String, reason: &str| Err(FieldError { pointer, reason: reason.to_owned() });
    let unknown = "is none of the calendars of this account";
    if let Some(at) = change.reads.iter().flatten().position(|id| calendar(found, id).is_none()) {
        return error(format!("/reads/{at}"), unknown);
    }
    match change.events_in.as_ref().filter(|id| !id.is_empty()) {
        Some(id) if calendar(found, id).is_none() => error("/events_in".to_owned(), unknown),
        Some(id) if !takes(found, id) => {
            error("/events_in".to_owned(), "can only be read: meetings cannot be written into it")
        }
        Some(_) | None => Ok(()),
    }
}

fn calendar<'f>(found: &'f [FoundCalendar], id: &str) -> Option<&'f FoundCalendar> {
    found.iter().find(|calendar| calendar.id == id)
}

fn takes(found: &[FoundCalendar], id: &str) -> bool {
    calendar(found, id).is_some_and(|calendar| !calendar.is_read_only)
}

fn entered(policy: knock_wire::BusyPolicy) -> BusyPolicy {
    let knock_wire::BusyPolicy { tentative, unanswered, elsewhere } = policy;
    BusyPolicy { tentative, unanswered, elsewhere }
}

/// The calendars of an account, and their use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    pub found: Vec<FoundCalendar>,
    /// The ids of those whose events block times.
    pub reads: Vec<String>,
    /// The id of the one into which meetings are written; empty for none.
    pub events_in: String,
    /// Which events block.
    pub policy: BusyPolicy,
    /// Whether meetings without a location get a conference of the provider.
    pub has_conferences: bool,
}

impl Use {
    /// The same account with this use.
    pub fn instead(self, details: &CalendarDetails) -> CalendarDetails {
        let Use { found, reads, events_in, policy, has_conferences } = self;
        CalendarDetails { found, reads, events_in, policy, has_conferences, ..details.clone() }
    }

    /// The account as it is stored.
    pub fn details(
        self,
        accounts: &Accounts,
        vendor: &dyn CalendarVendor,
        (id, credentials): (CalendarAccountId, Credentials),
        chance: &dyn Chance,
    ) -> CalendarDetails {
        let (account, secret) = accounts.stored(id, vendor, credentials, chance);
        let Use { found, reads, events_in, policy, has_conferences } = self;
        let (provider, account, written) = (vendor.provider(), account.0, Vec::new());
        let grant = String::new();
        CalendarDetails { provider, account, secret, grant, found, reads, events_in, written, policy, has_conferences }
    }

    /// An account that is connected by a consent, as it is stored.
    pub(crate) fn consented(self, provider: CalendarProvider, account: Credentials, grant: String) -> CalendarDetails {
        let Use { found, reads, events_in, policy, has_conferences } = self;
        let (account, secret, written) = (account.0, String::new(), Vec::new());
        CalendarDetails { provider, account, secret, grant, found, reads, events_in, written, policy, has_conferences }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(calendars: &[(&str, bool, bool)]) -> Vec<FoundCalendar> {
        let calendar = |(id, is_foreign, is_read_only): &(&str, bool, bool)| FoundCalendar {
            id: (*id).to_owned(),
            name: (*id).to_owned(),
            is_foreign: *is_foreign,
            is_read_only: *is_read_only,
        };
        calendars.iter().map(calendar).collect()
    }

    #[test]
    fn own_calendars_are_read_at_first_and_meetings_go_into_the_first_that_takes_them() {
        for (calendars, is_elsewhere, reads, events_in) in [
            (&[("own", false, false), ("team", true, false)][..], false, &["own"][..], "own"),
            (&[("own", false, false), ("team", true, false)], true, &["own"], ""),
            (&[("holidays", false, true), ("own", false, false)], false, &["holidays", "own"], "own"),
            (&[("team", true, false), ("other", true, true)], false, &["team", "other"], ""),
        ] {
            let used = used(found(calendars), &CalendarChange::default(), None, is_elsewhere).expect("good");
            assert_eq!((used.reads, &*used.events_in), (reads.iter().map(|id| (*id).to_owned()).collect(), events_in));
            assert_eq!(used.policy, BusyPolicy::default());
        }
    }

    #[test]
    fn a_calendar_that_is_none_of_the_account_or_takes_no_meetings_is_refused() {
        let refused = |reads: &[&str], events_in: &str| {
            let reads = Some(reads.iter().map(|id| (*id).to_owned()).collect());
            let change = CalendarChange { reads, events_in: Some(events_in.to_owned()), ..CalendarChange::default() };
            used(found(&[("own", false, false), ("read", true, true)]), &change, None, false).err()
        };
        assert_eq!(refused(&["own", "read"], "own"), None);
        assert_eq!(refused(&["own"], ""), None);
        for (reads, events_in, pointer) in
            [(&["own", "other"][..], "own", "/reads/1"), (&[], "other", "/events_in"), (&[], "read", "/events_in")]
        {
            assert_eq!(refused(reads, events_in).expect("refused").pointer, pointer);
        }
    }
}
