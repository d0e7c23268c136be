//! The content of a new account.

use crate::definition::Definition;
use crate::record::Table;
use serde_json::json;
use std::collections::BTreeMap;

/// Types of objects, with their ids and their names in errors.
pub(crate) const TYPES: [(&str, &str, &str); 5] = [
    ("contacts", "0-1", "CONTACT"),
    ("companies", "0-2", "COMPANY"),
    ("deals", "0-3", "DEAL"),
    ("notes", "0-46", "NOTE"),
    ("meetings", "0-47", "MEETING_EVENT"),
];

/// Name, type and type of field of the properties that every object of a type has.
const CONTACT: [(&str, &str, &str); 8] = [
    ("email", "string", "text"),
    ("firstname", "string", "text"),
    ("lastname", "string", "text"),
    ("hs_additional_emails", "enumeration", "checkbox"),
    ("hs_merged_object_ids", "enumeration", "checkbox"),
    ("lifecyclestage", "enumeration", "radio"),
    ("associatedcompanyid", "number", "number"),
    ("hs_marketable", "bool", "booleancheckbox"),
];
const COMPANY: [(&str, &str, &str); 3] =
    [("name", "string", "text"), ("domain", "string", "text"), ("hs_merged_object_ids", "enumeration", "checkbox")];
const DEAL: [(&str, &str, &str); 5] = [
    ("dealname", "string", "text"),
    ("dealstage", "enumeration", "radio"),
    ("hs_is_closed", "bool", "booleancheckbox"),
    ("hs_is_closed_won", "bool", "booleancheckbox"),
    ("hs_merged_object_ids", "enumeration", "checkbox"),
];
const NOTE: [(&str, &str, &str); 2] = [("hs_note_body", "string", "html"), ("hs_timestamp", "datetime", "date")];
const MEETING: [(&str, &str, &str); 6] = [
    ("hs_timestamp", "datetime", "date"),
    ("hs_meeting_title", "string", "text"),
    ("hs_meeting_body", "string", "html"),
    ("hs_meeting_start_time", "datetime", "date"),
    ("hs_meeting_end_time", "datetime", "date"),
    ("hs_meeting_outcome", "enumeration", "select"),
];
const EVERYWHERE: [(&str, &str, &str); 4] = [
    ("hubspot_owner_id", "enumeration", "select"),
    ("createdate", "datetime", "date"),
    ("lastmodifieddate", "datetime", "date"),
    ("hs_object_id", "number", "number"),
];

/// The properties that only HubSpot writes.
const READ_ONLY: [&str; 5] =
    ["hs_additional_emails", "hs_merged_object_ids", "associatedcompanyid", "lastmodifieddate", "hs_object_id"];

const LIFECYCLE: [&str; 8] = [
    "subscriber",
    "lead",
    "marketingqualifiedlead",
    "salesqualifiedlead",
    "opportunity",
    "customer",
    "evangelist",
    "other",
];
const OUTCOMES: [&str; 5] = ["SCHEDULED", "COMPLETED", "RESCHEDULED", "NO_SHOW", "CANCELED"];

/// The tables of a new account.
pub(crate) fn tables() -> BTreeMap<String, Table> {
    let own: [&[(&str, &str, &str)]; 5] = [&CONTACT, &COMPANY, &DEAL, &NOTE, &MEETING];
    TYPES.iter().zip(own).map(|((name, ..), own)| ((*name).to_owned(), table(name, own))).collect()
}

fn table(object: &str, own: &[(&str, &str, &str)]) -> Table {
    let group = format!("{object}_information");
    let define = |(name, kind, field): &(&str, &str, &str)| {
        let options: &[&str] = match *name {
            "lifecyclestage" => &LIFECYCLE,
            "hs_meeting_outcome" => &OUTCOMES,
            _ => &[],
        };
        let definition = Definition {
            name: (*name).to_owned(),
            label: (*name).to_owned(),
            kind: (*kind).to_owned(),
            field: (*field).to_owned(),
            group: group.clone(),
            options: options.iter().map(|option| ((*option).to_owned(), (*option).to_owned())).collect(),
            is_unique: *name == "email",
            is_read_only: READ_ONLY.contains(name),
            is_standard: true,
            is_owner: *name == "hubspot_owner_id",
        };
        ((*name).to_owned(), definition)
    };
    let definitions = EVERYWHERE.iter().chain(own).map(define).collect();
    let shown = json!({"name": group, "label": object, "displayOrder": 0, "archived": false});
    Table { definitions, groups: BTreeMap::from([(group.clone(), shown)]), ..Table::default() }
}
