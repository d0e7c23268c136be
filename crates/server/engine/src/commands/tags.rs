//! Tags of the workspace, and those of leads.

use crate::audited::{Change, Note, subject};
use crate::changes::Changes;
use crate::happened::Happened;
use crate::lead_fields::tag_names;
use crate::notice::Notice;
use knock_model::{AuditAction, Email, LeadId, Millis, RepId, TagId};
use knock_ports::{LeadTag, Ledger, StoreError, Tag};
use serde_json::{Value, json};

/// The maximum number of tags of the workspace.
pub const MOST_TAGS: usize = 500;

/// Saves a tag, new or known.
#[derive(Clone, Debug)]
pub struct SaveTag {
    pub tag: Tag,
    /// Whether there has to be one with this id already.
    pub is_known: bool,
}

/// The outcome of saving a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagSaved {
    Saved,
    /// There is none with this id.
    Unknown,
    /// Another one has this name, in upper or lower case.
    NameTaken,
    /// There are [`MOST_TAGS`] already.
    TooMany,
}

impl Change for SaveTag {
    type Outcome = TagSaved;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(TagSaved, Option<Note>), StoreError> {
        let SaveTag { tag, is_known } = self;
        let all = ledger.tags()?;
        let known = all.iter().find(|known| known.id == tag.id);
        if *is_known && known.is_none() {
            return Ok((TagSaved::Unknown, None));
        }
        let mut others = all.iter().filter(|other| other.id != tag.id);
        if known.is_none() && all.len() >= MOST_TAGS {
            return Ok((TagSaved::TooMany, None));
        }
        if others.any(|other| other.name.to_lowercase() == tag.name.to_lowercase()) {
            return Ok((TagSaved::NameTaken, None));
        }
        if known == Some(tag) {
            return Ok((TagSaved::Saved, None));
        }
        ledger.save_tag(tag)?;
        let (action, before) = match known {
            Some(known) => {
                changes.push(SHOWN_ANYWHERE);
                (AuditAction::TagChanged, shown(known))
            }
            None => (AuditAction::TagCreated, json!({})),
        };
        Ok((TagSaved::Saved, Some(note(action, tag).changed(before, shown(tag)))))
    }
}

/// Deletes a tag, and takes it off all leads.
#[derive(Clone, Copy, Debug)]
pub struct DropTag {
    pub id: TagId,
}

impl Change for DropTag {
    /// Whether there was such a tag.
    type Outcome = bool;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(bool, Option<Note>), StoreError> {
        let Some(known) = ledger.tags()?.into_iter().find(|known| known.id == self.id) else {
            return Ok((false, None));
        };
        let uses = ledger.tag_uses()?;
        let leads = uses.iter().find(|(tag, _)| *tag == self.id).map_or(0, |(_, leads)| *leads);
        ledger.drop_tag(self.id)?;
        changes.push(SHOWN_ANYWHERE);
        let before = json!({"name": known.name, "color": known.color, "leads": leads});
        Ok((true, Some(note(AuditAction::TagDeleted, &known).changed(before, json!({})))))
    }
}

/// Any line may show the tag: open dashboards load theirs again.
const SHOWN_ANYWHERE: Notice = Notice::Missed(1);

/// Sets a tag of a lead, or takes it off.
#[derive(Clone, Copy, Debug)]
pub struct TagLead {
    pub lead: LeadId,
    pub tag: TagId,
    pub is_set: bool,
    /// The member who does it; none for a program.
    pub member: Option<RepId>,
    pub now: Millis,
}

/// The outcome of setting a tag or taking it off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tagged {
    Done,
    UnknownLead,
    UnknownTag,
}

impl Change for TagLead {
    type Outcome = Tagged;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(Tagged, Option<Note>), StoreError> {
        let id = ledger.merged_into(self.lead)?;
        let Some(lead) = ledger.lead(id)? else { return Ok((Tagged::UnknownLead, None)) };
        let all = ledger.tags()?;
        let before = tag_names(ledger, id, &all)?;
        let Some(tag) = all.into_iter().find(|tag| tag.id == self.tag) else {
            return Ok((Tagged::UnknownTag, None));
        };
        let is_new = if self.is_set {
            ledger.tag_lead(&LeadTag { lead: id, tag: tag.id, member: self.member, at: self.now })?
        } else {
            ledger.untag_lead(id, tag.id)?
        };
        if !is_new {
            return Ok((Tagged::Done, None));
        }
        changes.extend([Notice::Lead(id), Notice::Chat(id)]);
        let before = vec![("tags".to_owned(), Some(before))];
        changes.happened(self.now, Happened::FieldsChanged { lead: id, before });
        let action = if self.is_set { AuditAction::LeadTagged } else { AuditAction::LeadUntagged };
        let name = lead.email.as_ref().map(Email::to_text).unwrap_or_default();
        let note = Note::new(action, subject("contact", id.to_string(), name)).about(id);
        Ok((Tagged::Done, Some(note.with(json!({"tag": tag.name})))))
    }
}

fn note(action: AuditAction, tag: &Tag) -> Note {
    Note::new(action, subject("tag", tag.id.to_string(), &tag.name))
}

fn shown(tag: &Tag) -> Value {
    json!({"name": tag.name, "color": tag.color})
}
