//! A property as HubSpot describes it.

use serde_json::{Value as Json, json};

/// A property.
#[derive(Clone, Debug)]
pub(crate) struct Definition {
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) kind: String,
    pub(crate) field: String,
    pub(crate) group: String,
    /// Value and label of each option.
    pub(crate) options: Vec<(String, String)>,
    pub(crate) is_unique: bool,
    pub(crate) is_read_only: bool,
    pub(crate) is_standard: bool,
    /// Whether its values are owners, whose ids are listed elsewhere.
    pub(crate) is_owner: bool,
}

impl Definition {
    /// The definition as returned.
    pub(crate) fn shown(&self) -> Json {
        let option = |(place, (value, label)): (usize, &(String, String))| json!({"value": value, "label": label, "displayOrder": place, "hidden": false});
        let options: Vec<Json> = self.options.iter().enumerate().map(option).collect();
        json!({
            "name": self.name, "label": self.label, "type": self.kind, "fieldType": self.field, "groupName": self.group,
            "description": "", "options": options, "hasUniqueValue": self.is_unique, "calculated": false,
            "externalOptions": self.is_owner, "referencedObjectType": self.is_owner.then_some("OWNER"),
            "hubspotDefined": self.is_standard, "archived": false, "hidden": false,
            "formField": false, "displayOrder": -1,
            "modificationMetadata": {
                "readOnlyValue": self.is_read_only, "readOnlyDefinition": self.is_standard, "archivable": !self.is_standard,
            },
        })
    }
}
