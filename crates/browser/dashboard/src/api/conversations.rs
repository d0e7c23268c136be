//! Conversations and their actions.

use knock_model::ConversationId;
use knock_status::chat::InboxView;
use knock_wire::{
    AssignDraft, AssigneeList, ConversationPage, ConversationRecord, Doing, LeadAction, MessageStored, NoteDraft,
    PresenceDraft, ReadMark, RejectReasons, RepMessageDraft, TranscriptDraft, TranscriptSent,
};

use super::{Client, Failure, Method, PAGE, Upload, json, push};

impl Client {
    /// A page of a view of the inbox, with the counts of all views; of a search, the matching conversations. `filter`
    /// are more parameters, each after an `&`.
    pub(crate) async fn inbox(
        &self,
        view: Option<InboxView>,
        filter: &str,
        search: &str,
        after: Option<&str>,
    ) -> Result<ConversationPage, Failure> {
        self.get(inbox_path(view, filter, search, after)).await
    }

    pub(crate) async fn conversation(&self, id: ConversationId) -> Result<ConversationRecord, Failure> {
        self.get(format!("/api/v1/conversations/{id}")).await
    }

    /// Sends a reply to a lead; the same draft again stays one message. Refused if another rep replied after `seen`.
    pub(crate) async fn write(
        &self,
        to: ConversationId,
        draft: &RepMessageDraft,
        seen: Option<u64>,
    ) -> Result<(), Failure> {
        let (path, body) = reply_request(to, draft, seen)?;
        self.post(path, body).await
    }

    /// Writes an internal note; the same draft again stays one note.
    pub(crate) async fn write_note(&self, to: ConversationId, draft: &NoteDraft) -> Result<(), Failure> {
        let (path, body) = note_request(to, draft)?;
        self.post(path, body).await
    }

    /// Reports the presence of this member in a conversation.
    pub(crate) async fn tell_presence(&self, on: ConversationId, doing: Doing) -> Result<(), Failure> {
        self.post(format!("/api/v1/conversations/{on}/presence"), json(&PresenceDraft { doing })?).await
    }

    /// Has replies mailed again to an address from which a mail was returned.
    pub(crate) async fn mail_anyway(&self, on: ConversationId) -> Result<(), Failure> {
        self.done(Method::Delete, format!("/api/v1/conversations/{on}/bounce"), None).await
    }

    /// Mails the transcript of a conversation.
    pub(crate) async fn mail_transcript(
        &self,
        of: ConversationId,
        draft: TranscriptDraft,
    ) -> Result<TranscriptSent, Failure> {
        self.ask(Method::Post, transcript_path(&of.to_string()), Some(json(&draft)?)).await
    }

    /// The reasons that are offered when a lead is rejected.
    pub(crate) async fn reject_reasons(&self) -> Result<RejectReasons, Failure> {
        self.get("/api/v1/reject-reasons".to_owned()).await
    }

    pub(crate) async fn save_reject_reasons(&self, reasons: &RejectReasons) -> Result<RejectReasons, Failure> {
        self.ask(Method::Put, "/api/v1/reject-reasons".to_owned(), Some(json(reasons)?)).await
    }

    /// The members to whom a chat can be assigned.
    pub(crate) async fn assignees(&self) -> Result<AssigneeList, Failure> {
        self.get("/api/v1/assignees".to_owned()).await
    }

    pub(crate) async fn assign(&self, on: ConversationId, draft: &AssignDraft) -> Result<(), Failure> {
        self.post(format!("/api/v1/conversations/{on}/assign"), json(draft)?).await
    }

    /// Sends a file to a lead; the same id again stays one message.
    pub(crate) async fn send_file(&self, to: ConversationId, file: Upload) -> Result<(), Failure> {
        self.upload::<MessageStored>(file_path(to), file).await.map(drop)
    }

    /// Executes an action on a lead.
    pub(crate) async fn act(&self, on: ConversationId, action: &LeadAction) -> Result<(), Failure> {
        self.post(format!("/api/v1/conversations/{on}/actions"), json(action)?).await
    }

    /// Stores the number of the last message that this member has read.
    pub(crate) async fn read(&self, of: ConversationId, seq: u64) -> Result<(), Failure> {
        self.post(format!("/api/v1/conversations/{of}/read"), json(&ReadMark { seq })?).await
    }
}

/// Path and body of the request that sends a reply.
pub(crate) fn reply_request(
    to: ConversationId,
    draft: &RepMessageDraft,
    seen: Option<u64>,
) -> Result<(String, String), Failure> {
    let seen = seen.map(|seen| format!("?seen={seen}")).unwrap_or_default();
    Ok((format!("/api/v1/conversations/{to}/messages{seen}"), json(draft)?))
}

/// Path and body of the request that writes a note.
pub(crate) fn note_request(to: ConversationId, draft: &NoteDraft) -> Result<(String, String), Failure> {
    Ok((format!("/api/v1/conversations/{to}/notes"), json(draft)?))
}

/// The path of the request that sends a file.
pub(crate) fn file_path(to: ConversationId) -> String {
    format!("/api/v1/conversations/{to}/files")
}

/// The address of the transcript of a conversation.
pub(crate) fn transcript_path(conversation: &str) -> String {
    format!("/api/v1/conversations/{conversation}/transcript")
}

fn inbox_path(view: Option<InboxView>, filter: &str, search: &str, after: Option<&str>) -> String {
    let mut path = format!("/api/v1/conversations?limit={PAGE}");
    push(&mut path, "view", view.map(InboxView::as_str));
    path += filter;
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
        assert_eq!(inbox_path(Some(InboxView::Open), "", " ", None), "/api/v1/conversations?limit=50&view=open");
        let expected = "/api/v1/conversations?limit=50&view=mine&score=High&q=a%20b&after=1%3A2";
        assert_eq!(inbox_path(None, "", "a", None), "/api/v1/conversations?limit=50&q=a");
        assert_eq!(inbox_path(Some(InboxView::Mine), "&score=High", "a b", Some("1:2")), expected);
    }

    #[wasm_bindgen_test]
    fn an_action_is_done_without_an_answer_to_read() {
        let (client, lost) = client_answering(204);
        let action = LeadAction::Reject("No budget".to_owned());
        assert_eq!(client.act(ConversationId::new([6; 16]), &action).now_or_never(), Some(Ok(())));
        assert_eq!(json(&action).as_deref(), Ok(r#"{"reject":"No budget"}"#));
        assert_eq!(json(&LeadAction::UndoReject).as_deref(), Ok(r#""undo_reject""#));
        assert_eq!(lost.load(Ordering::Relaxed), 0);
    }
}
