//! Contacts, accounts and their timelines.

use knock_model::{AccountId, LeadId};
use knock_wire::{AccountPage, AccountRecord, ContactPage, ContactRecord, TimelinePage};

use super::{Client, Failure, PAGE, push};

/// What a timeline is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TimelineOf {
    /// Everybody.
    All,
    /// A person.
    Contact(LeadId),
    /// A company.
    Account(AccountId),
}

impl Client {
    /// A page of contacts.
    pub(crate) async fn contacts(&self, search: &str, after: Option<&str>) -> Result<ContactPage, Failure> {
        self.get(list_path("contacts", search, after)).await
    }

    /// A contact.
    pub(crate) async fn contact(&self, id: LeadId) -> Result<ContactRecord, Failure> {
        self.get(format!("/api/v1/contacts/{id}")).await
    }

    /// A page of accounts.
    pub(crate) async fn accounts(&self, search: &str, after: Option<&str>) -> Result<AccountPage, Failure> {
        self.get(list_path("accounts", search, after)).await
    }

    /// An account.
    pub(crate) async fn account(&self, id: AccountId) -> Result<AccountRecord, Failure> {
        self.get(format!("/api/v1/accounts/{id}")).await
    }

    /// A page of a timeline, newest first.
    pub(crate) async fn timeline(&self, of: TimelineOf, before: Option<&str>) -> Result<TimelinePage, Failure> {
        self.get(timeline_path(of, before)).await
    }
}

fn list_path(list: &str, search: &str, after: Option<&str>) -> String {
    let mut path = format!("/api/v1/{list}?limit={PAGE}");
    push(&mut path, "q", Some(search.trim()));
    push(&mut path, "after", after);
    path
}

fn timeline_path(of: TimelineOf, before: Option<&str>) -> String {
    let mut path = format!("/api/v1/timeline?limit={PAGE}");
    match of {
        TimelineOf::All => {}
        TimelineOf::Contact(id) => push(&mut path, "contact", Some(&id.to_string())),
        TimelineOf::Account(id) => push(&mut path, "account", Some(&id.to_string())),
    }
    push(&mut path, "before", before);
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn searches_and_cursors_are_encoded() {
        assert_eq!(list_path("contacts", "", None), "/api/v1/contacts?limit=50");
        assert_eq!(
            list_path("contacts", " a&b=é ", Some("x+/=")),
            "/api/v1/contacts?limit=50&q=a%26b%3D%C3%A9&after=x%2B%2F%3D"
        );
        let id = LeadId::new([4; 16]);
        assert_eq!(
            timeline_path(TimelineOf::Contact(id), Some("9")),
            format!("/api/v1/timeline?limit=50&contact={id}&before=9")
        );
        assert_eq!(timeline_path(TimelineOf::All, None), "/api/v1/timeline?limit=50");
    }
}
