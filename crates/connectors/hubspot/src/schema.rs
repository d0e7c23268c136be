//! Properties of objects: read, kept for a while, created.

use crate::api::{Api, Call};
use crate::outcome::{Fault, Kind};
use crate::paths::{self, name};
use knock_crm::{Choice, Property, PropertyType};
use knock_model::Millis;
use knock_ports::{CrmCreated, CrmObject};
use serde::Deserialize;
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tokio::sync::Mutex;

/// The validity of a list of properties for checks before a write.
const KEPT: Millis = Millis(10 * Millis::MINUTE.0);
/// Properties that identify a contact, though HubSpot does not list them as unique.
const IDENTIFIERS: [&str; 2] = ["email", "hs_object_id"];
/// The property that says whose a record is.
const OWNER: &str = "hubspot_owner_id";
/// The type of object that properties of owners refer to.
const OWNERS: &str = "OWNER";
/// The group of our properties.
const GROUP: &str = "knock";

/// The parts of an account that writes need.
#[derive(Clone, Copy)]
pub(crate) struct Hub<'h> {
    pub(crate) api: &'h Api,
    pub(crate) schema: &'h Schema,
}

/// Properties, and when they were read.
type Read = (Millis, Arc<Vec<Property>>);

/// The properties that are known.
#[derive(Default)]
pub(crate) struct Schema {
    known: Mutex<BTreeMap<CrmObject, Read>>,
    /// The types of objects whose unique property is known to be there.
    unique: Mutex<BTreeSet<&'static str>>,
}

#[derive(Deserialize)]
struct List {
    results: Vec<Listed>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Listed {
    name: String,
    #[serde(default)]
    label: String,
    r#type: String,
    #[serde(default)]
    field_type: String,
    #[serde(default)]
    options: Vec<ListedOption>,
    #[serde(default)]
    calculated: bool,
    #[serde(default)]
    external_options: bool,
    #[serde(default)]
    has_unique_value: bool,
    #[serde(default)]
    referenced_object_type: Option<String>,
    modification_metadata: Option<Modification>,
}

#[derive(Deserialize)]
struct ListedOption {
    value: String,
    #[serde(default)]
    label: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Modification {
    #[serde(default)]
    read_only_value: bool,
}

impl Schema {
    /// The properties of an object as they are now.
    pub(crate) async fn read(&self, api: &Api, object: CrmObject) -> Result<Vec<Property>, Fault> {
        let list: List = api.read(&Call::get(paths::properties(name(object)))).await?;
        let properties: Vec<Property> = list.results.into_iter().map(property).collect();
        self.known.lock().await.insert(object, (api.now(), Arc::new(properties.clone())));
        Ok(properties)
    }

    /// The properties as they were some minutes ago at most.
    pub(crate) async fn kept(&self, api: &Api, object: CrmObject) -> Result<Arc<Vec<Property>>, Fault> {
        let now = api.now();
        if let Some((at, properties)) = self.known.lock().await.get(&object)
            && *at <= now
            && now < *at + KEPT
        {
            return Ok(Arc::clone(properties));
        }
        self.read(api, object).await.map(Arc::new)
    }

    /// Reads them again before the next check: one is not there any more.
    pub(crate) async fn forget(&self, object: CrmObject) {
        self.known.lock().await.remove(&object);
    }

    /// Creates properties in our group; one that is there is left as it is.
    pub(crate) async fn create(
        &self,
        api: &Api,
        object: CrmObject,
        wanted: &[Property],
    ) -> Result<Vec<CrmCreated>, Fault> {
        let there = self.read(api, object).await?;
        let is_there = |property: &Property| there.iter().any(|known| known.name == property.name);
        if !wanted.iter().all(is_there) {
            self.group(api, name(object)).await?;
        }
        let mut created = Vec::with_capacity(wanted.len());
        for property in wanted {
            created.push(match there.iter().find(|known| known.name == property.name) {
                Some(known) => CrmCreated::There(known.clone()),
                None => self.make(api, object, property).await?,
            });
        }
        self.forget(object).await;
        Ok(created)
    }

    async fn make(&self, api: &Api, object: CrmObject, property: &Property) -> Result<CrmCreated, Fault> {
        match api.call(&Call::post(paths::properties(name(object)), definition(property))).await {
            Ok(_) => Ok(CrmCreated::There(property.clone())),
            // Made by another server meanwhile, or by a request whose answer was lost.
            Err(fault) if fault.kind == Kind::Conflict => Ok(CrmCreated::There(property.clone())),
            Err(fault) if fault.kind == Kind::Wrong => Ok(CrmCreated::Rejected(fault.words)),
            Err(fault) => Err(fault),
        }
    }

    async fn group(&self, api: &Api, object: &str) -> Result<(), Fault> {
        let group = json!({"name": GROUP, "label": "Knock", "displayOrder": -1});
        exists_or(api.call(&Call::post(paths::groups(object), group)).await)
    }

    /// Makes sure that objects of a type have a property that no two of them share: our own key of them.
    pub(crate) async fn unique(&self, api: &Api, object: &'static str, property: &str) -> Result<(), Fault> {
        let mut unique = self.unique.lock().await;
        if unique.contains(object) {
            return Ok(());
        }
        self.group(api, object).await?;
        let definition = json!({
            "name": property, "label": "Knock ID", "type": "string", "fieldType": "text", "groupName": GROUP,
            "hasUniqueValue": true, "formField": false,
        });
        exists_or(api.call(&Call::post(paths::properties(object), definition)).await)?;
        unique.insert(object);
        Ok(())
    }
}

fn exists_or(answered: Result<Json, Fault>) -> Result<(), Fault> {
    match answered {
        Err(fault) if fault.kind != Kind::Conflict => Err(fault),
        _ => Ok(()),
    }
}

fn property(listed: Listed) -> Property {
    let value_type = value_type(&listed);
    // HubSpot has them elsewhere.
    let options = if listed.external_options { Vec::new() } else { listed.options };
    let option = |option: ListedOption| Choice { value: option.value, label: option.label };
    Property {
        is_read_only: listed.calculated || listed.modification_metadata.is_some_and(|known| known.read_only_value),
        is_identifier: listed.has_unique_value || IDENTIFIERS.contains(&listed.name.as_str()),
        options: options.into_iter().map(option).collect(),
        name: listed.name,
        label: listed.label,
        value_type,
    }
}

fn value_type(listed: &Listed) -> PropertyType {
    if listed.name == OWNER || listed.referenced_object_type.as_deref() == Some(OWNERS) {
        return PropertyType::Owner;
    }
    match (listed.r#type.as_str(), listed.field_type.as_str()) {
        ("string" | "phone_number", _) => PropertyType::Text,
        ("number", _) => PropertyType::Number,
        ("date", _) => PropertyType::Date,
        ("datetime", _) => PropertyType::Instant,
        ("bool", _) | ("enumeration", "booleancheckbox") => PropertyType::Flag,
        // Teams, users and the like, by ids that are listed elsewhere.
        ("enumeration", _) if listed.external_options => PropertyType::Other,
        ("enumeration", "checkbox") => PropertyType::Choices,
        ("enumeration", _) => PropertyType::Choice,
        _ => PropertyType::Other,
    }
}

fn definition(property: &Property) -> Json {
    let (kind, field) = match property.value_type {
        PropertyType::Number => ("number", "number"),
        PropertyType::Date => ("date", "date"),
        PropertyType::Instant => ("datetime", "date"),
        PropertyType::Flag => ("bool", "booleancheckbox"),
        PropertyType::Choice => ("enumeration", "select"),
        PropertyType::Choices => ("enumeration", "checkbox"),
        PropertyType::Text | PropertyType::Owner | PropertyType::Other => ("string", "text"),
    };
    let option = |(place, option): (usize, &Choice)| json!({"value": option.value, "label": option.label, "displayOrder": place, "hidden": false});
    let options: Vec<Json> = property.options.iter().enumerate().map(option).collect();
    json!({
        "name": property.name, "label": property.label, "type": kind, "fieldType": field, "groupName": GROUP,
        "options": options, "formField": false,
    })
}
