//! Records read by key: what is found is never late, as a search is.

use crate::api::{Api, Call};
use crate::outcome::Fault;
use crate::paths;
use serde::Deserialize;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// The most records of a batch.
pub(crate) const MOST: usize = 100;

/// The properties that are read of every contact, so that it can be matched with the request.
const ALWAYS: [&str; 3] = ["email", "hs_additional_emails", "hs_merged_object_ids"];
/// The key by which records are read.
#[derive(Clone, Copy, Debug)]
pub(crate) enum By {
    /// The id. The id of a merged record returns the surviving one.
    Id,
    /// A unique property, such as the address.
    Unique(&'static str),
}

#[derive(Deserialize)]
struct Records {
    results: Vec<Found>,
}

/// A record in an answer.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Found {
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) properties: BTreeMap<String, Option<String>>,
    /// Whether it was deleted.
    #[serde(default)]
    archived: bool,
    /// The trace id of its input, if the response repeats it.
    pub(crate) object_write_trace_id: Option<String>,
}

impl Found {
    /// A property that has a value.
    pub(crate) fn property(&self, name: &str) -> Option<&str> {
        self.properties.get(name)?.as_deref().filter(|value| !value.is_empty())
    }

    /// The elements of a property that lists some.
    pub(crate) fn listed(&self, name: &str) -> impl Iterator<Item = &str> {
        self.property(name).unwrap_or_default().split(';').map(str::trim).filter(|one| !one.is_empty())
    }
}

/// Records by key; at most a batch of them. Those that are not there are left out.
pub(crate) async fn records(
    api: &Api,
    object: &str,
    by: By,
    keys: &[String],
    wanted: &[&str],
) -> Result<Vec<Found>, Fault> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let inputs: Vec<Json> = keys.iter().map(|key| json!({"id": key})).collect();
    let always: &[&str] = if object == "contacts" { &ALWAYS } else { &ALWAYS[2..] };
    let properties: Vec<&&str> = always.iter().chain(wanted).collect();
    let mut body = json!({"inputs": inputs, "properties": properties, "propertiesWithHistory": []});
    if let By::Unique(property) = by {
        body["idProperty"] = json!(property);
    }
    let records: Records = api.read(&Call::post(paths::objects(object, "batch/read"), body)).await?;
    Ok(records.results.into_iter().filter(|found| !found.archived).collect())
}

/// Whether an address is one of a contact's.
pub(crate) fn is_address_of(found: &Found, address: &str) -> bool {
    let mut all = found.property("email").into_iter().chain(found.listed("hs_additional_emails"));
    all.any(|one| one.to_lowercase() == address)
}
