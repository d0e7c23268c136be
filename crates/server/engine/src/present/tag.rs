//! Tags of leads as shown.

use super::Presenter;
use knock_model::LeadId;
use knock_ports::{StoreError, Tag};
use serde_json::{Value, json};

impl Presenter<'_> {
    /// The tags of a lead, by name.
    pub(super) fn tags_of(&self, lead: LeadId) -> Result<Vec<knock_wire::Tag>, StoreError> {
        let mut own = self.view.tags_of(lead)?;
        own.retain(|set| set.at <= self.arrived_by);
        if own.is_empty() {
            return Ok(Vec::new());
        }
        let of_lead = self.all_tags()?.iter().filter(|tag| own.iter().any(|set| set.tag == tag.id));
        Ok(of_lead.cloned().map(shown_tag).collect())
    }

    /// The tags of a lead with the instants at which they were set, for the export.
    pub(super) fn exported_tags(&self, lead: LeadId) -> Result<Vec<Value>, StoreError> {
        let all = self.all_tags()?;
        let exported = self.view.tags_of(lead)?.into_iter().map(|set| {
            let name = all.iter().find(|tag| tag.id == set.tag).map(|tag| &tag.name);
            json!({"name": name, "at": set.at})
        });
        Ok(exported.collect())
    }

    /// The tags of the workspace, read once: lists need them for each line.
    fn all_tags(&self) -> Result<&[Tag], StoreError> {
        if let Some(known) = self.tags.get() {
            return Ok(known);
        }
        let all = self.view.tags()?;
        Ok(self.tags.get_or_init(|| all))
    }
}

/// Converts a tag.
pub fn shown_tag(tag: Tag) -> knock_wire::Tag {
    let Tag { id, name, color } = tag;
    knock_wire::Tag { id, name, color }
}
