//! Segment templates: conditions for use in several rules.

use crate::StoreError;
use knock_routing::Condition;

/// A template that the team made.
#[derive(Clone, Debug, PartialEq)]
pub struct SegmentTemplate {
    pub id: String,
    /// The name that the team gave it.
    pub name: String,
    /// The condition for leads.
    pub when: Condition,
}

/// Writing templates.
pub trait SegmentTemplateLedger {
    /// Stores one, new or known.
    fn save_segment_template(&mut self, template: &SegmentTemplate) -> Result<(), StoreError>;

    /// Deletes one.
    fn drop_segment_template(&mut self, id: &str) -> Result<(), StoreError>;
}

/// Reading templates.
pub trait SegmentTemplateView {
    /// All of them, by name.
    fn segment_templates(&self) -> Result<Vec<SegmentTemplate>, StoreError>;
}
