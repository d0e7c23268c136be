//! The credentials that a member enters for an account, checked field by field.

use crate::accounts::Accounts;
use knock_ports::{CalendarAccount, CalendarVendor, ConnectedCalendar, Credentials, WrongField};
use knock_wire::{FieldError, RawSecret};
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
    let form = vendor.credentials().filter(|_| known.is_none_or(|known| known.details.grant.is_empty()));
    let fields = form.map_or(&[][..], |form| form.fields);
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
