//! The audit log, and export and erasure of a person.

use knock_wire::{AuditPage, ErasureReceipt, PersonAsk, Privacy, PrivacyChange};
use serde_json::Value;

use super::{Client, Failure, Method, PAGE, json, push};

/// The filter for entries of the audit log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct AuditAsk {
    /// A part of a name or an action; empty for all.
    pub(crate) search: String,
    /// An action; empty for all.
    pub(crate) action: String,
    /// The id of an actor; empty for all.
    pub(crate) actor: String,
}

impl AuditAsk {
    /// The path of the CSV file with all matching entries.
    pub(crate) fn csv_path(&self) -> String {
        self.path("audit.csv?")
    }

    fn path(&self, list: &str) -> String {
        let mut path = format!("/api/v1/{list}");
        push(&mut path, "q", Some(self.search.trim()));
        push(&mut path, "action", Some(&self.action));
        push(&mut path, "actor", Some(&self.actor));
        path
    }
}

impl Client {
    /// A page of the audit log, newest first.
    pub(crate) async fn audit(&self, ask: &AuditAsk, after: Option<&str>) -> Result<AuditPage, Failure> {
        let mut path = ask.path(&format!("audit?limit={PAGE}"));
        push(&mut path, "after", after);
        self.get(path).await
    }

    /// The retention settings.
    pub(crate) async fn privacy(&self) -> Result<Privacy, Failure> {
        self.get("/api/v1/privacy".to_owned()).await
    }

    /// Sets whether snippets wait for consent.
    pub(crate) async fn wait_for_consent(&self, waits_for_consent: bool) -> Result<Privacy, Failure> {
        let change = json(&PrivacyChange { waits_for_consent })?;
        self.ask(Method::Put, "/api/v1/privacy".to_owned(), Some(change)).await
    }

    /// All data of a person.
    pub(crate) async fn export_person(&self, ask: &PersonAsk) -> Result<Value, Failure> {
        self.ask(Method::Post, "/api/v1/persons/export".to_owned(), Some(json(ask)?)).await
    }

    pub(crate) async fn erase_person(&self, ask: &PersonAsk) -> Result<ErasureReceipt, Failure> {
        self.ask(Method::Post, "/api/v1/persons/erase".to_owned(), Some(json(ask)?)).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn the_file_has_the_same_entries_as_the_list() {
        assert_eq!(AuditAsk::default().csv_path(), "/api/v1/audit.csv?");
        let ask = AuditAsk { search: " ann@ ".into(), action: "member.invited".into(), actor: "server".into() };
        assert_eq!(ask.csv_path(), "/api/v1/audit.csv?&q=ann%40&action=member.invited&actor=server");
    }
}
