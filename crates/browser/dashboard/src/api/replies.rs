//! Saved replies.

use knock_model::SavedReplyId;
use knock_wire::{SavedReplyDraft, SavedReplyList};

use super::{Client, Failure, Method, json};

impl Client {
    /// The saved replies of the team and of the member.
    pub(crate) async fn replies(&self) -> Result<SavedReplyList, Failure> {
        self.get("/api/v1/replies".to_owned()).await
    }

    /// Saves a reply; replaces the one with this id, if any.
    pub(crate) async fn save_reply(&self, id: Option<SavedReplyId>, draft: &SavedReplyDraft) -> Result<(), Failure> {
        let body = Some(json(draft)?);
        match id {
            Some(id) => self.done(Method::Put, format!("/api/v1/replies/{id}"), body).await,
            None => self.done(Method::Post, "/api/v1/replies".to_owned(), body).await,
        }
    }

    pub(crate) async fn delete_reply(&self, id: SavedReplyId) -> Result<(), Failure> {
        self.done(Method::Delete, format!("/api/v1/replies/{id}"), None).await
    }
}
