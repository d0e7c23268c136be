//! Conversations, and what is done in them.

use knock_model::ConversationId;
use knock_wire::{ConversationPage, ConversationRecord, LeadAction, MessageDraft, MessageStored};

use super::{Client, Failure, Method, PAGE, Upload, json, push};

/// Which conversations a list is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Folder {
    /// All but those marked as spam.
    Open,
    /// Those marked as spam.
    Spam,
}

impl Client {
    /// A page of conversations, last active first.
    pub(crate) async fn conversations(&self, of: Folder, after: Option<&str>) -> Result<ConversationPage, Failure> {
        self.get(inbox_path(of, after)).await
    }

    /// A conversation.
    pub(crate) async fn conversation(&self, id: ConversationId) -> Result<ConversationRecord, Failure> {
        self.get(format!("/api/v1/conversations/{id}")).await
    }

    /// Writes to a lead; the same draft again stays one message.
    pub(crate) async fn write(&self, to: ConversationId, draft: &MessageDraft) -> Result<MessageStored, Failure> {
        self.ask(Method::Post, format!("/api/v1/conversations/{to}/messages"), Some(json(draft)?)).await
    }

    /// Sends a file to a lead; the same id again stays one message.
    pub(crate) async fn send_file(&self, to: ConversationId, file: Upload) -> Result<MessageStored, Failure> {
        self.upload(format!("/api/v1/conversations/{to}/files"), file).await
    }

    /// Does something with a lead.
    pub(crate) async fn act(&self, on: ConversationId, action: &LeadAction) -> Result<(), Failure> {
        self.post(format!("/api/v1/conversations/{on}/actions"), json(action)?).await
    }
}

fn inbox_path(of: Folder, after: Option<&str>) -> String {
    let is_spam = of == Folder::Spam;
    let mut path = format!("/api/v1/conversations?limit={PAGE}&spam={is_spam}");
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
    fn a_folder_is_asked_for_page_by_page() {
        assert_eq!(inbox_path(Folder::Open, None), "/api/v1/conversations?limit=50&spam=false");
        assert_eq!(inbox_path(Folder::Spam, Some("a:b")), "/api/v1/conversations?limit=50&spam=true&after=a%3Ab");
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
