//! Contacts, accounts and their timelines.

use knock_model::{AccountId, LeadId, Millis};
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

/// What is wanted of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// What was typed into the search box.
    pub(crate) search: String,
    /// Names and values of what was chosen; nothing for all.
    pub(crate) chosen: Vec<(&'static str, String)>,
}

impl Wanted {
    /// Whether nothing is left out.
    pub(crate) fn is_all(&self) -> bool {
        self.search.trim().is_empty() && self.chosen.is_empty()
    }

    /// As the query of an address: empty, or each parameter after an `&`.
    pub(crate) fn query(&self) -> String {
        let mut query = String::new();
        push(&mut query, "q", Some(self.search.trim()));
        self.chosen.iter().for_each(|(name, value)| push(&mut query, name, Some(value)));
        query
    }
}

impl Client {
    /// A page of contacts.
    pub(crate) async fn contacts(&self, wanted: &Wanted, after: Option<&str>) -> Result<ContactPage, Failure> {
        self.get(list_path("contacts", wanted, after)).await
    }

    /// A contact, now or as of an instant.
    pub(crate) async fn contact(&self, id: LeadId, at: Option<Millis>) -> Result<ContactRecord, Failure> {
        self.get(format!("/api/v1/contacts/{id}{}", as_of('?', at))).await
    }

    /// A page of accounts.
    pub(crate) async fn accounts(&self, wanted: &Wanted, after: Option<&str>) -> Result<AccountPage, Failure> {
        self.get(list_path("accounts", wanted, after)).await
    }

    /// An account, now or as of an instant.
    pub(crate) async fn account(&self, id: AccountId, at: Option<Millis>) -> Result<AccountRecord, Failure> {
        self.get(format!("/api/v1/accounts/{id}{}", as_of('?', at))).await
    }

    /// A page of a timeline, newest first, now or as of an instant.
    pub(crate) async fn timeline(
        &self,
        of: TimelineOf,
        at: Option<Millis>,
        before: Option<&str>,
    ) -> Result<TimelinePage, Failure> {
        self.get(timeline_path(of, at, before)).await
    }
}

/// The parameter for an instant of the past.
fn as_of(separator: char, at: Option<Millis>) -> String {
    at.map(|Millis(at)| format!("{separator}at={at}")).unwrap_or_default()
}

fn list_path(list: &str, wanted: &Wanted, after: Option<&str>) -> String {
    let mut path = format!("/api/v1/{list}?limit={PAGE}{}", wanted.query());
    push(&mut path, "after", after);
    path
}

fn timeline_path(of: TimelineOf, at: Option<Millis>, before: Option<&str>) -> String {
    let mut path = format!("/api/v1/timeline?limit={PAGE}{}", as_of('&', at));
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
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn searches_and_cursors_are_encoded() {
        assert_eq!(list_path("contacts", &Wanted::default(), None), "/api/v1/contacts?limit=50");
        let wanted = Wanted { search: " a&b=é ".to_owned(), chosen: vec![("score", "High".to_owned())] };
        assert_eq!(
            list_path("contacts", &wanted, Some("x+/=")),
            "/api/v1/contacts?limit=50&q=a%26b%3D%C3%A9&score=High&after=x%2B%2F%3D"
        );
        let id = LeadId::new([4; 16]);
        assert_eq!(
            timeline_path(TimelineOf::Contact(id), Some(Millis(7)), Some("9")),
            format!("/api/v1/timeline?limit=50&at=7&contact={id}&before=9")
        );
        assert_eq!(timeline_path(TimelineOf::All, None, None), "/api/v1/timeline?limit=50");
    }
}
