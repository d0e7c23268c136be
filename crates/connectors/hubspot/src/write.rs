//! Records: values spelled and checked, records of one key joined, then written in batches.

use crate::batch::{self, Item, Settled, Way};
use crate::find;
use crate::format::spelled;
use crate::outcome::{Fault, Kind};
use crate::paths::name;
use crate::read::{self, By, MOST, is_address_of};
use crate::schema::Hub;
use knock_crm::Property;
use knock_ports::{CrmKey, CrmObject, CrmRecord, CrmWritten, Refusal};
use std::collections::BTreeMap;

/// The unique property of contacts.
const EMAIL: &str = "email";
/// The text before the id, if an address belongs to another contact.
const EXISTING: &str = "Existing ID: ";

/// Records that are written as one, since they have one key.
struct Group<'r> {
    key: &'r CrmKey,
    may_create: bool,
    /// The places of the records.
    places: Vec<usize>,
    properties: BTreeMap<String, String>,
}

/// Results by place.
struct Results(Vec<Option<CrmWritten>>);

impl Results {
    fn set(&mut self, places: &[usize], written: &CrmWritten) {
        places.iter().for_each(|place| self.0[*place] = Some(written.clone()));
    }
}

/// Writes records; one result for each, in their order.
pub(crate) async fn write(hub: Hub<'_>, records: &[CrmRecord]) -> Vec<CrmWritten> {
    let mut results = Results(vec![None; records.len()]);
    for object in [CrmObject::Contact, CrmObject::Company] {
        if records.iter().any(|record| record.object == object) {
            write_all(hub, object, records, &mut results).await;
        }
    }
    let none = || refused_words("it is no record that can be written");
    results.0.into_iter().map(|written| written.unwrap_or_else(none)).collect()
}

async fn write_all(hub: Hub<'_>, object: CrmObject, records: &[CrmRecord], results: &mut Results) {
    let properties = match hub.schema.kept(hub.api, object).await {
        Ok(properties) => properties,
        Err(fault) => {
            let refused = CrmWritten::Refused(hub.api.refusal(fault));
            let places = records.iter().enumerate().filter(|(_, record)| record.object == object);
            let places: Vec<usize> = places.map(|(place, _)| place).collect();
            return results.set(&places, &refused);
        }
    };
    let groups = groups(object, records, &properties, results);
    let (by_id, by_email): (Vec<_>, Vec<_>) = groups.into_iter().partition(|group| matches!(group.key, CrmKey::Id(_)));
    let (created, known): (Vec<_>, Vec<_>) = by_email.into_iter().partition(|group| group.may_create);
    upsert(hub, created, results).await;
    update_known(hub, known, results).await;
    update(hub, object, by_id, results).await;
}

/// The records of an object by key, in the order of their last record. Those that cannot be written are settled.
fn groups<'r>(
    object: CrmObject,
    records: &'r [CrmRecord],
    properties: &[Property],
    results: &mut Results,
) -> Vec<Group<'r>> {
    let mut groups: BTreeMap<&CrmKey, Group<'r>> = BTreeMap::new();
    for (place, record) in records.iter().enumerate().filter(|(_, record)| record.object == object) {
        let checked = match (&record.key, object) {
            (CrmKey::Email(_), CrmObject::Company) => Err("a company has no address".to_owned()),
            _ => values(record, properties),
        };
        match checked {
            Ok(values) => {
                let key = &record.key;
                let new = || Group { key, may_create: false, places: Vec::new(), properties: BTreeMap::new() };
                let group = groups.entry(key).or_insert_with(new);
                group.may_create |= record.may_create;
                group.places.push(place);
                group.properties.extend(values);
            }
            Err(words) => results.0[place] = Some(refused_words(&words)),
        }
    }
    let mut groups: Vec<Group<'r>> = groups.into_values().collect();
    groups.sort_by_key(|group| group.places.last().copied());
    groups
}

fn values(record: &CrmRecord, properties: &[Property]) -> Result<BTreeMap<String, String>, String> {
    let one = |(name, value): &(String, Option<knock_crm::Value>)| {
        // It would change which contact it is.
        if record.object == CrmObject::Contact && name == EMAIL {
            return Err("the address of a contact is not written".to_owned());
        }
        let property = properties.iter().find(|property| property.name == *name);
        let property = property.ok_or_else(|| format!("Property \"{name}\" does not exist"))?;
        Ok((name.clone(), spelled(value.as_ref(), property)?))
    };
    record.values.iter().map(one).collect()
}

/// Contacts by address, created where there is none.
async fn upsert(hub: Hub<'_>, groups: Vec<Group<'_>>, results: &mut Results) {
    let way = Way { object: name(CrmObject::Contact), unique: Some(EMAIL) };
    let mut existing = Vec::new();
    for (group, settled) in settle(hub, way, CrmObject::Contact, groups).await {
        match settled {
            Settled::Not(fault) if fault.kind == Kind::Conflict => match id_in(&fault.words) {
                Some(id) => existing.push((id, group)),
                None => refuse(hub, &group, fault, results),
            },
            settled => set(hub, &group, settled, None, results),
        }
    }
    // The address is a further one of a contact: that one is meant.
    write_ids(hub, CrmObject::Contact, existing, false, results).await;
}

/// Contacts by address that are not created: their ids are read first, which is never late as a search is.
async fn update_known(hub: Hub<'_>, groups: Vec<Group<'_>>, results: &mut Results) {
    let (mut known, mut open) = (Vec::new(), groups);
    while !open.is_empty() {
        let later = open.split_off(open.len().min(MOST));
        let chunk = std::mem::replace(&mut open, later);
        let addresses: Vec<String> = chunk.iter().map(|group| key_text(group.key)).collect();
        match read::records(hub.api, name(CrmObject::Contact), By::Unique(EMAIL), &addresses, &[]).await {
            Ok(found) => chunk.into_iter().for_each(|group| {
                let address = key_text(group.key);
                match found.iter().find(|one| is_address_of(one, &address)) {
                    Some(one) => known.push((one.id.clone(), group)),
                    None => results.set(&group.places, &CrmWritten::Absent),
                }
            }),
            Err(fault) => {
                chunk.iter().chain(&open).for_each(|group| refuse(hub, group, fault.clone(), results));
                break;
            }
        }
    }
    write_ids(hub, CrmObject::Contact, known, false, results).await;
}

/// Records by id. Those that are not there any more may be part of another one.
async fn update(hub: Hub<'_>, object: CrmObject, groups: Vec<Group<'_>>, results: &mut Results) {
    let way = Way { object: name(object), unique: None };
    let mut missing = Vec::new();
    for (group, settled) in settle(hub, way, object, groups).await {
        let id = key_text(group.key);
        match settled {
            Settled::Not(fault) if fault.kind == Kind::Missing => missing.push(group),
            settled => set(hub, &group, settled, Some(&id), results),
        }
    }
    if missing.is_empty() {
        return;
    }
    let ids: Vec<String> = missing.iter().map(|group| key_text(group.key)).collect();
    match find::survivors(hub.api, name(object), &ids).await {
        Ok(survivors) => {
            let mut merged = Vec::new();
            for group in missing {
                match survivors.get(&key_text(group.key)) {
                    Some(into) => merged.push((into.clone(), group)),
                    None => results.set(&group.places, &CrmWritten::Absent),
                }
            }
            write_ids(hub, object, merged, true, results).await;
        }
        Err(fault) => missing.iter().for_each(|group| refuse(hub, group, fault.clone(), results)),
    }
}

/// Writes groups into records that were found for them; several may have found one.
async fn write_ids(
    hub: Hub<'_>,
    object: CrmObject,
    found: Vec<(String, Group<'_>)>,
    is_merged: bool,
    results: &mut Results,
) {
    let mut by_id: BTreeMap<String, Item> = BTreeMap::new();
    for (id, group) in &found {
        let new = || Item { key: id.clone(), properties: BTreeMap::new() };
        by_id.entry(id.clone()).or_insert_with(new).properties.extend(group.properties.clone());
    }
    let items: Vec<Item> = by_id.into_values().collect();
    let settled = batch::write(hub.api, Way { object: name(object), unique: None }, &items).await;
    let settled: BTreeMap<&str, Settled> = items.iter().map(|item| item.key.as_str()).zip(settled).collect();
    for (id, group) in &found {
        if let Some(settled) = settled.get(id.as_str()) {
            let asked = if is_merged { key_text(group.key) } else { id.clone() };
            set(hub, group, settled.clone(), Some(&asked), results);
        }
    }
}

/// Writes groups by their own keys. When a property is gone, the properties are read again before the next write.
async fn settle<'r>(hub: Hub<'_>, way: Way, object: CrmObject, groups: Vec<Group<'r>>) -> Vec<(Group<'r>, Settled)> {
    let item = |group: &Group<'_>| Item { key: key_text(group.key), properties: group.properties.clone() };
    let items: Vec<Item> = groups.iter().map(item).collect();
    let settled = batch::write(hub.api, way, &items).await;
    let is_outdated = |one: &Settled| matches!(one, Settled::Not(fault) if fault.kind == Kind::Wrong);
    if settled.iter().any(is_outdated) {
        hub.schema.forget(object).await;
    }
    groups.into_iter().zip(settled).collect()
}

/// Sets what became of a group, `asked` being the id that it was written by.
fn set(hub: Hub<'_>, group: &Group<'_>, settled: Settled, asked: Option<&str>, results: &mut Results) {
    match settled {
        Settled::Done(id) if asked.is_some_and(|asked| asked != id) => {
            results.set(&group.places, &CrmWritten::Merged { into: id });
        }
        Settled::Done(id) => results.set(&group.places, &CrmWritten::Done { id }),
        Settled::Not(fault) => refuse(hub, group, fault, results),
    }
}

fn refuse(hub: Hub<'_>, group: &Group<'_>, fault: Fault, results: &mut Results) {
    results.set(&group.places, &CrmWritten::Refused(hub.api.refusal(fault)));
}

fn refused_words(words: &str) -> CrmWritten {
    CrmWritten::Refused(Refusal::Rejected { words: words.to_owned() })
}

fn key_text(key: &CrmKey) -> String {
    match key {
        CrmKey::Id(id) => id.clone(),
        CrmKey::Email(email) => email.to_text(),
    }
}

/// The id in HubSpot's words about a conflict.
fn id_in(words: &str) -> Option<String> {
    let rest = &words[words.find(EXISTING)? + EXISTING.len()..];
    let id: String = rest.chars().take_while(char::is_ascii_digit).collect();
    (!id.is_empty()).then_some(id)
}
