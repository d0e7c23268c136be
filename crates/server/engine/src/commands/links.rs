//! Knock Links: created, changed, archived, restored.

use crate::audited::{Change, Note, subject};
use crate::changes::Changes;
use knock_agent::Language;
use knock_model::{AuditAction, Millis};
use knock_ports::{Ledger, Link, StoreError};
use serde_json::{Value, json};

/// The maximum number of links of a workspace, archived ones included.
pub const MOST_LINKS: usize = 1_000;

#[derive(Clone, Debug)]
pub struct CreateLink {
    /// The link with the requested slug.
    pub link: Link,
    /// Whether a number may be appended to the slug if it is taken.
    pub is_slug_free: bool,
    pub now: Millis,
}

/// The outcome of creating a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkMade {
    /// The link as it is now.
    Created(Box<Link>),
    /// Another link has this slug.
    Taken,
    /// The workspace has [`MOST_LINKS`] links already.
    TooMany,
}

impl Change for CreateLink {
    type Outcome = LinkMade;

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(LinkMade, Option<Note>), StoreError> {
        let known = ledger.links()?;
        if known.len() >= MOST_LINKS {
            return Ok((LinkMade::TooMany, None));
        }
        let is_taken = |slug: &str| known.iter().any(|link| link.slug == slug);
        let mut link = self.link.clone();
        if is_taken(&link.slug) {
            if !self.is_slug_free {
                return Ok((LinkMade::Taken, None));
            }
            link.slug = (2..)
                .map(|number| format!("{}-{number}", self.link.slug))
                .find(|slug| !is_taken(slug))
                .unwrap_or_default();
        }
        ledger.save_link(&link, self.now)?;
        let note = note(AuditAction::LinkCreated, &link).changed(json!({}), shown(&link)?);
        Ok((LinkMade::Created(Box::new(link)), Some(note)))
    }
}

/// Stores the new state of a link.
#[derive(Clone, Debug)]
pub struct ChangeLink {
    /// The new state of the link with this slug.
    pub link: Link,
    pub now: Millis,
}

impl Change for ChangeLink {
    /// Whether there is such a link.
    type Outcome = bool;

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(bool, Option<Note>), StoreError> {
        let link = &self.link;
        let Some(before) = ledger.link(&link.slug)? else { return Ok((false, None)) };
        if before == *link {
            return Ok((true, None));
        }
        ledger.save_link(link, self.now)?;
        let action = match (before.archived_at, link.archived_at) {
            (None, Some(_)) => AuditAction::LinkArchived,
            (Some(_), None) => AuditAction::LinkRestored,
            (None, None) | (Some(_), Some(_)) => AuditAction::LinkChanged,
        };
        Ok((true, Some(note(action, link).changed(shown(&before)?, shown(link)?))))
    }
}

/// Notes the creation of addresses of a link, each for one contact.
#[derive(Clone, Debug)]
pub struct NoteAddresses {
    pub link: Link,
    pub count: usize,
}

impl Change for NoteAddresses {
    type Outcome = ();

    fn make(&self, _: &mut dyn Ledger, _: &mut Changes) -> Result<((), Option<Note>), StoreError> {
        let note = note(AuditAction::LinkAddressesMade, &self.link).with(json!({"addresses": self.count}));
        Ok(((), Some(note)))
    }
}

fn note(action: AuditAction, link: &Link) -> Note {
    Note::new(action, subject("link", &link.slug, &link.name))
}

/// Returns a link for the audit log.
fn shown(link: &Link) -> Result<Value, StoreError> {
    let broken = |error: serde_json::Error| StoreError::Broken(error.to_string());
    let [source, medium, campaign, term, content] = link.utm.parts();
    Ok(json!({
        "name": link.name,
        "funnel": link.funnel.as_str(),
        "channel": link.channel,
        "rule": link.rule,
        "language": link.language.map(Language::as_str),
        "greeting": link.greeting,
        "site": link.site.map(|site| site.0),
        "utm": {"source": source, "medium": medium, "campaign": campaign, "term": term, "content": content},
        "duration_min": link.duration_min,
        "questions": serde_json::to_value(&link.questions).map_err(broken)?,
        "is_archived": link.archived_at.is_some(),
    }))
}
