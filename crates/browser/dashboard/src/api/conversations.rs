//! Conversations, and what is done in them.

use knock_model::ConversationId;
use knock_status::chat::InboxView;
use knock_wire::{ConversationPage, ConversationRecord, LeadAction, MessageDraft, MessageStored, ReadMark};

use super::{Client, Failure, Method, PAGE, json, push};

impl Client {
    /// A page of a view of the inbox, with how many conversations each view has; of a search those that fit it.
    pub(crate) async fn inbox(
        &self,
        view: InboxView,
        search: &str,
        after: Option<&str>,
    ) -> Result<ConversationPage, Failure> {
        self.get(inbox_path(view, search, after)).await
    }

    /// A conversation.
    pub(crate) async fn conversation(&self, id: ConversationId) -> Result<ConversationRecord, Failure> {
        self.get(format!("/api/v1/conversations/{id}")).await
    }

    /// Writes to a lead; the same draft again stays one message.
    pub(crate) async fn write(&self, to: ConversationId, draft: &MessageDraft) -> Result<MessageStored, Failure> {
        self.ask(Method::Post, format!("/api/v1/conversations/{to}/messages"), Some(json(draft)?)).await
    }

    /// Does something with a lead.
    pub(crate) async fn act(&self, on: ConversationId, action: &LeadAction) -> Result<(), Failure> {
        self.post(format!("/api/v1/conversations/{on}/actions"), json(action)?).await
    }

    /// Notes how far this member has read.
    pub(crate) async fn read(&self, of: ConversationId, seq: u64) -> Result<(), Failure> {
        self.post(format!("/api/v1/conversations/{of}/read"), json(&ReadMark { seq })?).await
    }
}

fn inbox_path(view: InboxView, search: &str, after: Option<&str>) -> String {
    let mut path = format!("/api/v1/conversations?limit={PAGE}&view={}", view.as_str());
    push(&mut path, "q", Some(search.trim()));
    push(&mut path, "after", after);
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::tests::client_answering;
    use futures_util::FutureExt;
    use std::sync::atomic::Ordering;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_view_is_asked_for_page_by_page() {
        assert_eq!(inbox_path(InboxView::Open, " ", None), "/api/v1/conversations?limit=50&view=open");
        let expected = "/api/v1/conversations?limit=50&view=mine&q=a%20b&after=1%3A2";
        assert_eq!(inbox_path(InboxView::Mine, "a b", Some("1:2")), expected);
    }

    #[wasm_bindgen_test]
    fn an_action_is_done_without_an_answer_to_read() {
        let (client, told) = client_answering(204);
        let action = LeadAction::Reject("No budget".to_owned());
        assert_eq!(client.act(ConversationId::new([6; 16]), &action).now_or_never(), Some(Ok(())));
        assert_eq!(json(&action).as_deref(), Ok(r#"{"reject":"No budget"}"#));
        assert_eq!(json(&LeadAction::UndoReject).as_deref(), Ok(r#""undo_reject""#));
        assert_eq!(told.load(Ordering::Relaxed), 0);
    }
}
