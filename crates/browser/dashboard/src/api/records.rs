//! Contacts, accounts, their timelines and scores.

use knock_model::{AccountId, LeadId, Millis, SavedViewId, SignalId, TimelinePart};
use knock_wire::{
    AccountPage, AccountRecord, Backtest, ContactChange, ContactFields, ContactPage, ContactRecord, ContactsActed,
    ContactsAction, MergeDraft, MergePreview, SavedView, SavedViewDraft, SavedViewList, ScoreCourse, TimelinePage,
};

use super::{Client, Failure, Method, PAGE, json, push};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TimelineOf {
    /// All visitors.
    All,
    Contact(LeadId),
    Account(AccountId),
}

/// The query of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// Names and values of the chosen parameters; empty for all.
    pub(crate) asked: Vec<(&'static str, String)>,
}

impl Wanted {
    /// Whether nothing is filtered, and the order is the default.
    pub(crate) fn is_all(&self) -> bool {
        self.asked.is_empty()
    }

    /// The query of an address: empty, or each parameter after an `&`.
    pub(crate) fn query(&self) -> String {
        let mut query = String::new();
        self.asked.iter().for_each(|(name, value)| push(&mut query, name, Some(value)));
        query
    }

    /// The address of the CSV file with all matching rows of a list.
    pub(crate) fn csv(&self, list: &str) -> String {
        format!("/api/v1/{list}.csv?{}", self.query().trim_start_matches('&'))
    }
}

/// The address of the CSV file with these contacts.
pub(crate) fn csv_of(contacts: &[LeadId]) -> String {
    let ids: Vec<String> = contacts.iter().map(LeadId::to_string).collect();
    format!("/api/v1/contacts.csv?ids={}", ids.join(","))
}

impl Client {
    pub(crate) async fn contacts(&self, wanted: &Wanted, after: Option<&str>) -> Result<ContactPage, Failure> {
        self.get(list_path("contacts", wanted, after)).await
    }

    /// The fields of connected CRMs that conditions about contacts can compare.
    pub(crate) async fn contact_fields(&self) -> Result<ContactFields, Failure> {
        self.get("/api/v1/contacts/fields".to_owned()).await
    }

    /// Executes one action on several contacts.
    pub(crate) async fn act_on_contacts(&self, action: &ContactsAction) -> Result<ContactsActed, Failure> {
        self.ask(Method::Post, "/api/v1/contacts/actions".into(), Some(json(action)?)).await
    }

    /// Sets details of a contact; the contact as it is then.
    pub(crate) async fn mend_contact(&self, id: LeadId, change: &ContactChange) -> Result<ContactRecord, Failure> {
        self.ask(Method::Patch, format!("/api/v1/contacts/{id}"), Some(json(change)?)).await
    }

    /// Two contacts beside the one that they would be.
    pub(crate) async fn merge_preview(&self, stays: LeadId, goes: LeadId) -> Result<MergePreview, Failure> {
        self.get(format!("/api/v1/contacts/{stays}/merge?goes={goes}")).await
    }

    /// Merges a contact into another one; the merged contact.
    pub(crate) async fn merge_contacts(&self, stays: LeadId, goes: LeadId) -> Result<ContactRecord, Failure> {
        let draft = json(&MergeDraft { goes })?;
        self.ask(Method::Post, format!("/api/v1/contacts/{stays}/merges"), Some(draft)).await
    }

    /// Undoes a merge; the contact that stayed.
    pub(crate) async fn undo_merge(&self, contact: LeadId, merge: SignalId) -> Result<ContactRecord, Failure> {
        self.ask(Method::Delete, format!("/api/v1/contacts/{contact}/merges/{merge}"), None).await
    }

    /// The saved views of all tables.
    pub(crate) async fn views(&self) -> Result<SavedViewList, Failure> {
        self.get("/api/v1/views".into()).await
    }

    /// Saves a view: a new one, or a replacement of a known one.
    pub(crate) async fn save_view(
        &self,
        id: Option<SavedViewId>,
        draft: &SavedViewDraft,
    ) -> Result<SavedView, Failure> {
        let body = Some(json(draft)?);
        match id {
            None => self.ask(Method::Post, "/api/v1/views".into(), body).await,
            Some(id) => self.ask(Method::Put, format!("/api/v1/views/{id}"), body).await,
        }
    }

    pub(crate) async fn delete_view(&self, id: SavedViewId) -> Result<(), Failure> {
        self.done(Method::Delete, format!("/api/v1/views/{id}"), None).await
    }

    /// A contact, now or as of an instant.
    pub(crate) async fn contact(&self, id: LeadId, at: Option<Millis>) -> Result<ContactRecord, Failure> {
        self.get(format!("/api/v1/contacts/{id}{}", as_of('?', at))).await
    }

    /// The score of a contact over some days, up to now or to an instant.
    pub(crate) async fn score_course(
        &self,
        id: LeadId,
        days: &str,
        at: Option<Millis>,
    ) -> Result<ScoreCourse, Failure> {
        self.get(format!("/api/v1/contacts/{id}/score?days={days}{}", as_of('&', at))).await
    }

    /// The backtest of some days.
    pub(crate) async fn backtest(&self, days: &str) -> Result<Backtest, Failure> {
        self.get(format!("/api/v1/backtest?days={days}")).await
    }

    pub(crate) async fn accounts(&self, wanted: &Wanted, after: Option<&str>) -> Result<AccountPage, Failure> {
        self.get(list_path("accounts", wanted, after)).await
    }

    /// An account, now or as of an instant.
    pub(crate) async fn account(&self, id: AccountId, at: Option<Millis>) -> Result<AccountRecord, Failure> {
        self.get(format!("/api/v1/accounts/{id}{}", as_of('?', at))).await
    }

    /// A page of a timeline, newest first, now or as of an instant; of a contact, a part of it or all.
    pub(crate) async fn timeline(
        &self,
        of: TimelineOf,
        part: Option<TimelinePart>,
        at: Option<Millis>,
        before: Option<&str>,
    ) -> Result<TimelinePage, Failure> {
        self.get(timeline_path(of, part, at, before)).await
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

fn timeline_path(of: TimelineOf, part: Option<TimelinePart>, at: Option<Millis>, before: Option<&str>) -> String {
    let mut path = format!("/api/v1/timeline?limit={PAGE}{}", as_of('&', at));
    match of {
        TimelineOf::All => {}
        TimelineOf::Contact(id) => push(&mut path, "contact", Some(&id.to_string())),
        TimelineOf::Account(id) => push(&mut path, "account", Some(&id.to_string())),
    }
    push(&mut path, "part", part.map(TimelinePart::as_str));
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
        let wanted = Wanted { asked: vec![("q", "a&b=é".to_owned()), ("score", "High".to_owned())] };
        assert_eq!(
            list_path("contacts", &wanted, Some("x+/=")),
            "/api/v1/contacts?limit=50&q=a%26b%3D%C3%A9&score=High&after=x%2B%2F%3D"
        );
        let id = LeadId::new([4; 16]);
        assert_eq!(
            timeline_path(TimelineOf::Contact(id), Some(TimelinePart::Team), Some(Millis(7)), Some("9")),
            format!("/api/v1/timeline?limit=50&at=7&contact={id}&part=team&before=9")
        );
        assert_eq!(timeline_path(TimelineOf::All, None, None, None), "/api/v1/timeline?limit=50");
    }
}
