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
        create(ledger, self.link.clone(), self.is_slug_free, self.now)
    }
}

/// Stores a new link; with `is_slug_free` a number is appended to a slug that is taken.
pub(super) fn create(
    ledger: &mut dyn Ledger,
    link: Link,
    is_slug_free: bool,
    now: Millis,
) -> Result<(LinkMade, Option<Note>), StoreError> {
    let known = ledger.links()?;
    if known.len() >= MOST_LINKS {
        return Ok((LinkMade::TooMany, None));
    }
    let slug = free_slug(&known, &link.slug);
    if slug != link.slug && !is_slug_free {
        return Ok((LinkMade::Taken, None));
    }
    let link = Link { slug, ..link };
    ledger.save_link(&link, now)?;
    let note = note(AuditAction::LinkCreated, &link).changed(json!({}), shown(&link)?);
    Ok((LinkMade::Created(Box::new(link)), Some(note)))
}

/// The slug, with a number if it is that of a known link.
pub fn free_slug(known: &[Link], slug: &str) -> String {
    let numbered = (2..).map(|number| format!("{slug}-{number}"));
    let mut slugs = std::iter::once(slug.to_owned()).chain(numbered);
    slugs.find(|slug| known.iter().all(|link| link.slug != *slug)).unwrap_or_default()
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
        Ok((true, replace(ledger, &before, link, self.now)?))
    }
}

/// Stores the new state of a link; returns the entry of the audit log if it is another one.
pub(super) fn replace(
    ledger: &mut dyn Ledger,
    before: &Link,
    link: &Link,
    now: Millis,
) -> Result<Option<Note>, StoreError> {
    if before == link {
        return Ok(None);
    }
    ledger.save_link(link, now)?;
    let action = match (before.archived_at, link.archived_at) {
        (None, Some(_)) => AuditAction::LinkArchived,
        (Some(_), None) => AuditAction::LinkRestored,
        (None, None) | (Some(_), Some(_)) => AuditAction::LinkChanged,
    };
    Ok(Some(note(action, link).changed(shown(before)?, shown(link)?)))
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
        "greetings": link.greetings,
        "site": link.site.map(|site| site.0),
        "utm": {"source": source, "medium": medium, "campaign": campaign, "term": term, "content": content},
        "duration_min": link.duration_min,
        "questions": serde_json::to_value(&link.questions).map_err(broken)?,
        "owner": link.owner,
        "is_archived": link.archived_at.is_some(),
    }))
}
