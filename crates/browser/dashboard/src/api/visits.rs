//! The people who are on a site now, and the message by which a member writes to one of them first.

use knock_wire::{InvitationDraft, InvitationStored, VisitList};

use super::{Client, Failure, Method, json, push};

impl Client {
    /// The visitors who are on a site now; `filter` are parameters, each after an `&`.
    pub(crate) async fn visits(&self, filter: &str, search: &str) -> Result<VisitList, Failure> {
        self.get(visits_path(filter, search)).await
    }

    /// Writes to a visitor first; the same draft again stays one message.
    pub(crate) async fn write_first(&self, draft: &InvitationDraft) -> Result<InvitationStored, Failure> {
        self.ask(Method::Post, "/api/v1/visits/messages".to_owned(), Some(json(draft)?)).await
    }
}

fn visits_path(filter: &str, search: &str) -> String {
    let mut query = filter.to_owned();
    push(&mut query, "q", Some(search.trim()));
    match query.strip_prefix('&') {
        Some(query) => format!("/api/v1/visits?{query}"),
        None => "/api/v1/visits".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn the_list_is_asked_for_with_its_filter() {
        assert_eq!(visits_path("", " "), "/api/v1/visits");
        assert_eq!(visits_path("&type=Buying", "a b"), "/api/v1/visits?type=Buying&q=a%20b");
        assert_eq!(visits_path("", "ann"), "/api/v1/visits?q=ann");
    }
}
