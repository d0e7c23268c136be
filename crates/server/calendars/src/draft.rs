//! What a member enters about an account: credentials and the use of its calendars, checked field by field.

use crate::accounts::Accounts;
use knock_model::{CalendarAccountId, Label};
use knock_ports::{
    CalendarAccount, CalendarDetails, CalendarVendor, Chance, ConnectedCalendar, Credentials, FoundCalendar, WrongField,
};
use knock_wire::{CalendarChange, FieldError, RawSecret};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The credentials of a new or a changed account. What is absent is as it was; a secret is only as long as it would be
/// sent where it was sent before.
///
/// # Errors
/// The first field that cannot be right.
pub fn entered(
    accounts: &Accounts,
    vendor: &dyn CalendarVendor,
    change: &BTreeMap<String, RawSecret>,
    known: Option<&ConnectedCalendar>,
) -> Result<Credentials, FieldError> {
    let fields = vendor.credentials().map_or(&[][..], |form| form.fields);
    if let Some(name) = change.keys().find(|name| fields.iter().all(|field| field.name != name.as_str())) {
        let pointer = format!("/{}", name.replace('~', "~0").replace('/', "~1"));
        return Err(FieldError { pointer, reason: "is no field of a calendar account of this provider".to_owned() });
    }
    let before = known.map(|known| Credentials(known.details.account.clone())).unwrap_or_default();
    let mut credentials = before.clone();
    credentials.0.extend(change.iter().map(|(name, value)| (name.clone(), value.reveal().to_owned())));
    if let Some(known) = known.filter(|_| vendor.is_same_login(&before, &credentials)) {
        let stored = accounts.credentials(known.id, &known.details).unwrap_or_default();
        for (name, value) in stored.0 {
            credentials.0.entry(name).or_insert(value);
        }
    }
    for field in fields {
        let value = credentials.get(field.name);
        let error = |reason: String| Err(FieldError { pointer: format!("/{}", field.name), reason });
        if value.trim().is_empty() {
            let is_other = known.is_some() && field.is_secret && !change.contains_key(field.name);
            let why = if is_other { ": another server or user needs it" } else { "" };
            return error(format!("{}{why}", field.wrong));
        }
        if value.len() > field.longest {
            return error(format!("is longer than {} bytes", field.longest));
        }
    }
    vendor.checked(&credentials).map_err(field_error)
}

/// The field that a failure of the account is about.
pub fn field_error(WrongField { field, reason }: WrongField) -> FieldError {
    FieldError { pointer: format!("/{field}"), reason }
}

/// An account with credentials that may not be stored yet.
///
/// # Errors
/// The field that makes requests impossible.
pub fn opened(vendor: &dyn CalendarVendor, credentials: &Credentials) -> Result<Arc<dyn CalendarAccount>, FieldError> {
    vendor.open(credentials).map_err(|reason| FieldError { pointer: "/provider".to_owned(), reason })
}

/// The use of the calendars that were found in an account.
///
/// # Errors
/// A calendar that is none of them.
pub fn used(
    mut found: Vec<FoundCalendar>,
    change: &CalendarChange,
    known: Option<&CalendarDetails>,
    is_written_elsewhere: bool,
) -> Result<Use, FieldError> {
    let is_found = |id: &String| found.iter().any(|calendar| calendar.id == *id);
    let reason = || "is none of the calendars of this account".to_owned();
    if let Some(at) = change.reads.iter().flatten().position(|id| !is_found(id)) {
        return Err(FieldError { pointer: format!("/reads/{at}"), reason: reason() });
    }
    if change.events_in.as_ref().is_some_and(|id| !id.is_empty() && !is_found(id)) {
        return Err(FieldError { pointer: "/events_in".to_owned(), reason: reason() });
    }
    let first = || found.first().filter(|_| !is_written_elsewhere).map(|first| first.id.clone()).unwrap_or_default();
    let reads = match (&change.reads, known) {
        (Some(reads), _) => reads.clone(),
        (None, Some(known)) => known.reads.iter().filter(|id| is_found(id)).cloned().collect(),
        (None, None) => found.iter().map(|calendar| calendar.id.clone()).collect(),
    };
    let events_in = match (&change.events_in, known) {
        (Some(id), _) => id.clone(),
        (None, Some(known)) => Some(&known.events_in).filter(|id| is_found(id)).cloned().unwrap_or_default(),
        (None, None) => first(),
    };
    for calendar in &mut found {
        calendar.name = Label::parse(&calendar.name).into_text();
    }
    Ok(Use { found, reads, events_in })
}

/// The calendars of an account, and their use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    pub found: Vec<FoundCalendar>,
    /// The ids of those whose events block times.
    pub reads: Vec<String>,
    /// The id of the one into which meetings are written; empty for none.
    pub events_in: String,
}

impl Use {
    /// The same account with this use.
    pub fn instead(self, details: &CalendarDetails) -> CalendarDetails {
        let Use { found, reads, events_in } = self;
        CalendarDetails { found, reads, events_in, ..details.clone() }
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
        let Use { found, reads, events_in } = self;
        let (provider, account, written) = (vendor.provider(), account.0, Vec::new());
        CalendarDetails { provider, account, secret, found, reads, events_in, written }
    }
}
