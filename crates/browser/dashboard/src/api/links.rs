//! Knock Links.

use knock_wire::{FunnelWord, LinkAddressAsk, LinkAddressList, LinkChange, LinkDraft, LinkList, LinkShown};
use serde::Deserialize;

use super::{Client, Failure, Method, json};

/// The rules, with the fields that a link needs.
#[derive(Deserialize)]
pub(crate) struct RuleNames {
    /// In the order of their creation.
    pub(crate) rules: Vec<RuleName>,
}

/// A rule that a link can have.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct RuleName {
    pub(crate) id: String,
    /// Its name in the team.
    pub(crate) name: String,
    pub(crate) funnel: FunnelWord,
}

impl Client {
    /// The links in use, or those that are archived.
    pub(crate) async fn links(&self, is_archived: bool) -> Result<LinkList, Failure> {
        self.get(format!("/api/v1/links?archived={}", if is_archived { "yes" } else { "no" })).await
    }

    pub(crate) async fn create_link(&self, draft: &LinkDraft) -> Result<LinkShown, Failure> {
        self.ask(Method::Post, "/api/v1/links".to_owned(), Some(json(draft)?)).await
    }

    pub(crate) async fn change_link(&self, slug: &str, change: &LinkChange) -> Result<LinkShown, Failure> {
        self.ask(Method::Patch, format!("/api/v1/links/{slug}"), Some(json(change)?)).await
    }

    /// Creates addresses of a link for contacts.
    pub(crate) async fn link_addresses(&self, slug: &str, ask: &LinkAddressAsk) -> Result<LinkAddressList, Failure> {
        self.ask(Method::Post, format!("/api/v1/links/{slug}/addresses"), Some(json(ask)?)).await
    }

    pub(crate) async fn rule_names(&self) -> Result<RuleNames, Failure> {
        self.get("/api/v1/rules".to_owned()).await
    }
}
