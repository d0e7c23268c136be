//! The properties that routing rules can use, compared with those of the CRM.

use super::{refused, wrong};
use crate::http::problem::Problem;
use knock_crm::Property;
use knock_crm_sync::SyncedCrm;
use knock_ports::{CrmObject, CrmSync, RuleProperty};

/// What the CRM says of each property. It is asked when something about them is not known; while it does not answer, what
/// was saved stays, and nothing is added.
///
/// # Errors
/// A new name that is no property of its contacts, or the reason why it could not be asked.
pub(super) async fn read_schema(
    crm: &SyncedCrm,
    names: &[String],
    before: &CrmSync,
) -> Result<Vec<RuleProperty>, Problem> {
    let known: Vec<RuleProperty> = names.iter().filter_map(|name| before.rule_property(name).cloned()).collect();
    if known.len() == names.len() || !crm.is_connected(before) {
        return Ok(known);
    }
    let has_new = names.iter().any(|name| !before.read_fields.contains(name));
    let found = match crm.of(before) {
        Ok(client) => crm.asked(client.properties(CrmObject::Contact)).await,
        Err(words) => return if has_new { Err(wrong("/read_fields", words)) } else { Ok(known) },
    };
    let properties = match found {
        Ok(properties) => properties,
        Err(refusal) if has_new => return Err(refused(crm, "/read_fields", refusal)),
        Err(_) => return Ok(known),
    };
    let mut schema = Vec::new();
    for (place, name) in names.iter().enumerate() {
        match properties.iter().find(|property| property.name == *name) {
            Some(property) => schema.push(of(property)),
            // One that was saved before may be gone in the CRM: its rules stay as they are.
            None if before.read_fields.contains(name) => {}
            None => {
                let reason = format!("`{name}` is no property of contacts in {}", crm.label());
                return Err(wrong(format!("/read_fields/{place}"), reason));
            }
        }
    }
    Ok(schema)
}

fn of(property: &Property) -> RuleProperty {
    let options = property.options.iter().map(|option| (option.value.clone(), option.label.clone()));
    RuleProperty {
        name: property.name.clone(),
        label: property.label.clone(),
        value_type: property.value_type,
        options: options.collect(),
    }
}
