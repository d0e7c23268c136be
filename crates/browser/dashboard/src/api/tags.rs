//! Tags of the workspace, and those of a lead.

use knock_model::{LeadId, TagId};
use knock_wire::{Tag, TagChange, TagDraft, TagList};

use super::{Client, Failure, Method, json};

impl Client {
    /// The tags of the workspace, with the number of leads of each.
    pub(crate) async fn tags(&self) -> Result<TagList, Failure> {
        self.get("/api/v1/tags".to_owned()).await
    }

    pub(crate) async fn create_tag(&self, draft: &TagDraft) -> Result<Tag, Failure> {
        self.ask(Method::Post, "/api/v1/tags".to_owned(), Some(json(draft)?)).await
    }

    pub(crate) async fn change_tag(&self, id: TagId, change: &TagChange) -> Result<(), Failure> {
        self.done(Method::Patch, format!("/api/v1/tags/{id}"), Some(json(change)?)).await
    }

    pub(crate) async fn delete_tag(&self, id: TagId) -> Result<(), Failure> {
        self.done(Method::Delete, format!("/api/v1/tags/{id}"), None).await
    }

    /// Sets a tag of a lead, or takes it off.
    pub(crate) async fn tag_lead(&self, lead: LeadId, tag: TagId, is_set: bool) -> Result<(), Failure> {
        let method = if is_set { Method::Put } else { Method::Delete };
        self.done(method, format!("/api/v1/contacts/{lead}/tags/{tag}"), None).await
    }
}
