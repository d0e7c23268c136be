//! Segment templates: the built-in ones, and the team's own.

use crate::audited::{Change, Note, subject};
use crate::changes::Changes;
use knock_model::{AuditAction, Bucket, IntentType};
use knock_ports::{Ledger, SegmentTemplate, StoreError};
use knock_routing::{Condition, Field, Leaf, Operator, Value};
use serde_json::json;

/// The maximum number of templates of the team.
pub const MOST_TEMPLATES: usize = 200;

/// Returns the built-in templates: all leads but those of low intent, and one for each intent type but `Unknown`.
pub fn built_in_templates() -> Vec<SegmentTemplate> {
    let clean = ("clean_crm", "Clean CRM", "intent.score", Operator::Neq, Bucket::Low.as_str());
    let kinds = [
        ("buying", IntentType::Buying),
        ("partnership", IntentType::Partnership),
        ("support", IntentType::Support),
        ("job_seeker", IntentType::JobSeeker),
    ];
    let kinds = kinds.map(|(id, kind)| (id, kind.as_str(), "intent.type", Operator::Eq, kind.as_str()));
    [clean].into_iter().chain(kinds).filter_map(template).collect()
}

/// Returns a template; none for an invalid comparison, which a test excludes.
fn template((id, name, field, operator, value): (&str, &str, &str, Operator, &str)) -> Option<SegmentTemplate> {
    let leaf = Leaf::new(Field::parse(field).ok()?, operator, Some(Value::text(value))).ok()?;
    Some(SegmentTemplate { id: id.to_owned(), name: name.to_owned(), when: Condition::Leaf(leaf) })
}

/// Saves a template, new or known.
#[derive(Clone, Debug)]
pub struct SaveTemplate {
    pub template: SegmentTemplate,
    /// Whether there has to be one with this id already.
    pub is_known: bool,
}

/// The outcome of changing a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TemplateSaved {
    Saved,
    Unknown,
    BuiltIn,
    /// Another template has this name.
    NameTaken,
    /// The team has [`MOST_TEMPLATES`] templates already.
    TooMany,
}

impl Change for SaveTemplate {
    type Outcome = TemplateSaved;

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(TemplateSaved, Option<Note>), StoreError> {
        let SaveTemplate { template, is_known } = self;
        if is_built_in(&template.id) {
            return Ok((TemplateSaved::BuiltIn, None));
        }
        let own = ledger.segment_templates()?;
        let known = own.iter().find(|known| known.id == template.id);
        if *is_known && known.is_none() {
            return Ok((TemplateSaved::Unknown, None));
        }
        let name = template.name.to_lowercase();
        let built_in = built_in_templates();
        let mut others = own.iter().chain(&built_in).filter(|other| other.id != template.id);
        if others.any(|other| other.name.to_lowercase() == name) {
            return Ok((TemplateSaved::NameTaken, None));
        }
        if known.is_none() && own.len() >= MOST_TEMPLATES {
            return Ok((TemplateSaved::TooMany, None));
        }
        if known == Some(template) {
            return Ok((TemplateSaved::Saved, None));
        }
        ledger.save_segment_template(template)?;
        let (action, before) = match known {
            Some(known) => (AuditAction::SegmentTemplateChanged, shown(known)?),
            None => (AuditAction::SegmentTemplateCreated, json!({})),
        };
        Ok((TemplateSaved::Saved, Some(note(action, template).changed(before, shown(template)?))))
    }
}

/// Deletes a template. Segments made from it stay as they are.
#[derive(Clone, Debug)]
pub struct DropTemplate {
    pub id: String,
}

impl Change for DropTemplate {
    type Outcome = TemplateSaved;

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(TemplateSaved, Option<Note>), StoreError> {
        if is_built_in(&self.id) {
            return Ok((TemplateSaved::BuiltIn, None));
        }
        let Some(known) = ledger.segment_templates()?.into_iter().find(|known| known.id == self.id) else {
            return Ok((TemplateSaved::Unknown, None));
        };
        ledger.drop_segment_template(&self.id)?;
        let note = note(AuditAction::SegmentTemplateDeleted, &known).changed(shown(&known)?, json!({}));
        Ok((TemplateSaved::Saved, Some(note)))
    }
}

fn is_built_in(id: &str) -> bool {
    built_in_templates().iter().any(|template| template.id == id)
}

fn note(action: AuditAction, template: &SegmentTemplate) -> Note {
    Note::new(action, subject("segment_template", &template.id, &template.name))
}

fn shown(template: &SegmentTemplate) -> Result<serde_json::Value, StoreError> {
    let when = serde_json::to_value(&template.when).map_err(|error| StoreError::Broken(error.to_string()))?;
    Ok(json!({"name": template.name, "when": when}))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_that_knock_comes_with_is_one() {
        let names: Vec<String> = built_in_templates().into_iter().map(|template| template.name).collect();
        assert_eq!(names, ["Clean CRM", "Buying", "Partnership", "Support", "Job seeker"]);
    }
}
