//! The requested settings, validated field by field, and against the properties of the CRM.

use super::rule_properties::read_schema;
use super::{refused, wrong};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use knock_crm::{Field, Mapping, Prefix};
use knock_crm_sync::SyncedCrm;
use knock_engine::commands::{CrmEdit, built_in_templates};
use knock_ports::{CrmObject, CrmSync};
use knock_wire::{CrmDraft, FieldError};
use std::collections::BTreeMap;

/// The largest number of properties that routing reads.
const MOST_READ: usize = 20;
/// The longest name of a property, in bytes.
const LONGEST: usize = 200;

/// The requested change, validated.
///
/// # Errors
/// The invalid field, or the reason why the CRM could not be asked.
pub(super) async fn checked(
    state: &AppState,
    crm: &SyncedCrm,
    draft: &CrmDraft,
    before: &CrmSync,
) -> Result<CrmEdit, Problem> {
    let mapping = mapping_of(CrmObject::Contact, &draft.mapping.contact)?;
    let companies = mapping_of(CrmObject::Company, &draft.mapping.company)?;
    let prefix = match &draft.prefix {
        Some(prefix) => Prefix::parse(prefix).map_err(|reason| wrong("/prefix", reason))?.as_str().to_owned(),
        None => before.prefix.clone(),
    };
    let read_fields = match &draft.read_fields {
        Some(fields) => read_fields(fields)?,
        None => before.read_fields.clone(),
    };
    check_accept(state, &draft.accept).await?;
    let is_connected = crm.is_connected(before);
    if draft.enabled && !is_connected {
        return Err(wrong("/enabled", format!("needs a connection: connect {} first", crm.label())));
    }
    if draft.enabled && mapping.written().next().is_none() {
        return Err(wrong("/mapping/contact", "is empty: create the standard properties, or map one field at least"));
    }
    for (object, mapping) in [(CrmObject::Contact, &mapping), (CrmObject::Company, &companies)] {
        let is_new = mapping != before.mapping_of(object) || draft.enabled && !before.is_on;
        if is_connected && is_new && !mapping.is_empty() {
            if before.connection.is_none() {
                crm.know_configured().await;
            }
            check_properties(crm, (object, mapping), before).await?;
        }
    }
    let read_schema = read_schema(crm, &read_fields, before).await?;
    Ok(CrmEdit::Settings {
        is_on: draft.enabled,
        other_sources: draft.other_sources,
        accept: draft.accept.clone(),
        create: draft.create_contact,
        mapping,
        companies,
        prefix,
        read_fields,
        read_schema,
        timeline: draft.timeline.unwrap_or(before.timeline),
        meetings: draft.meetings.unwrap_or(before.meetings),
        recreate_deleted: draft.recreate_deleted.unwrap_or(before.recreate_deleted),
    })
}

/// The mapping of an object: labels of its fields with names of properties.
fn mapping_of(object: CrmObject, given: &BTreeMap<String, String>) -> Result<Mapping, Problem> {
    let pointer = |label: &str| pointer(object, label);
    let mut fields: Vec<(Field, String)> = Vec::new();
    for (label, property) in given {
        let field = Field::of_label(label).filter(|field| Field::of(object).contains(field));
        let field = field.ok_or_else(|| wrong(pointer(label), no_field(object, label)))?;
        if property.len() > LONGEST {
            return Err(wrong(pointer(label), "is longer than 200 bytes"));
        }
        if fields.iter().any(|(known, _)| *known == field) {
            return Err(wrong(pointer(label), "is the same field as another one here: leave one of them out"));
        }
        if !property.trim().is_empty() {
            fields.push((field, property.trim().to_owned()));
        }
    }
    let label_of = |field: Field| given.keys().find(|label| Field::of_label(label) == Some(field));
    Mapping::new(fields)
        .map_err(|(field, sentence)| wrong(pointer(label_of(field).map_or(field.as_str(), String::as_str)), sentence))
}

fn no_field(object: CrmObject, label: &str) -> String {
    match (object, Field::of_label(label)) {
        (_, None) => format!("`{label}` is no field of Knock"),
        (CrmObject::Contact, Some(_)) => format!("`{label}` is a field of companies: map it there"),
        (CrmObject::Company, Some(_)) => format!("`{label}` is a field of contacts: map it there"),
    }
}

fn read_fields(fields: &[String]) -> Result<Vec<String>, Problem> {
    if fields.len() > MOST_READ {
        return Err(wrong("/read_fields", format!("has more than {MOST_READ} properties")));
    }
    let mut kept: Vec<String> = Vec::new();
    for (place, name) in fields.iter().enumerate() {
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if name.is_empty() || name.len() > LONGEST || !name.chars().all(is_name) {
            return Err(wrong(format!("/read_fields/{place}"), "is no name of a property, such as jobtitle"));
        }
        if !kept.contains(name) {
            kept.push(name.clone());
        }
    }
    Ok(kept)
}

async fn check_accept(state: &AppState, accept: &[String]) -> Result<(), Problem> {
    let own = knock_context::read(std::sync::Arc::clone(&state.core.store), |view| view.segment_templates()).await?;
    let known: Vec<String> = built_in_templates().into_iter().chain(own).map(|template| template.id).collect();
    match accept.iter().position(|id| !known.contains(id)) {
        Some(place) => Err(wrong(format!("/accept/{place}"), "is no segment template: it may have been deleted")),
        None => Ok(()),
    }
}

/// Reports every field whose property cannot hold it, all at once.
async fn check_properties(
    crm: &SyncedCrm,
    (object, mapping): (CrmObject, &Mapping),
    before: &CrmSync,
) -> Result<(), Problem> {
    let client = crm.of(before).map_err(|words| wrong("/enabled", words))?;
    let properties = crm.asked(client.properties(object)).await;
    let properties = properties.map_err(|refusal| refused(crm, &format!("/mapping/{}", object.as_str()), refusal))?;
    let mut wrong_ones = mapping.check(&properties).into_iter();
    let error = |(field, reason): (Field, String)| FieldError { pointer: pointer(object, field.as_str()), reason };
    let Some(first) = wrong_ones.next() else { return Ok(()) };
    Err(wrong_ones.fold(Problem::invalid(error(first)), |problem, one| problem.field(error(one))))
}

/// The JSON pointer of a label in the body.
fn pointer(object: CrmObject, label: &str) -> String {
    format!("/mapping/{}/{}", object.as_str(), label.replace('~', "~0").replace('/', "~1"))
}
