//! A planned write as the CRM takes it: owners by their ids, and nothing that it would refuse for every lead.

use crate::account::SyncedCrm;
use crate::owners::{Owners, owner_of};
use knock_context::read;
use knock_crm::{Change, Field, Property, PropertyType, Value, trap};
use knock_engine::commands::{CrmSkip, CrmSkips, PlannedCrmWrite, crm_owner_ids};
use knock_model::AI_AGENT;
use knock_ports::{Crm, CrmObject, CrmRecord, CrmWritten, Refusal};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A planned write after it was sent.
pub(crate) struct Sent {
    /// The write without what was left out, which the next one says again, and the record that was sent.
    pub(crate) planned: PlannedCrmWrite,
    pub(crate) skips: CrmSkips,
    /// The outcome; none if there was nothing to send.
    pub(crate) written: Option<CrmWritten>,
}

/// The owners of the account, and the ids by which members were owners before.
#[derive(Default)]
struct People {
    owners: Arc<Owners>,
    ids: BTreeMap<String, Vec<String>>,
}

/// What becomes of a value.
enum Fate {
    Sent(Option<Value>),
    /// The property stays as it is, and that is right.
    Left,
    /// The same, with a sentence for a person.
    Skipped(CrmSkip, String),
}

impl SyncedCrm {
    /// Sends planned writes of one object, in their order, as far as the CRM takes them.
    pub(crate) async fn send(&self, crm: &dyn Crm, planned: Vec<PlannedCrmWrite>) -> Vec<Sent> {
        let (properties, people) = match self.known_of(crm, &planned).await {
            Ok(known) => known,
            Err(refusal) => {
                let refused = || Some(CrmWritten::Refused(refusal.clone()));
                let unsent = |planned| Sent { planned, skips: CrmSkips::default(), written: refused() };
                return planned.into_iter().map(unsent).collect();
            }
        };
        let prepared: Vec<(PlannedCrmWrite, CrmSkips)> =
            planned.into_iter().map(|one| self.prepare(one, &properties, &people)).collect();
        let with_values = prepared.iter().filter(|(one, _)| !one.record.values.is_empty());
        let records: Vec<CrmRecord> = with_values.map(|(one, _)| CrmRecord::clone(&one.record)).collect();
        let mut written = if records.is_empty() { Vec::new() } else { crm.write(&records).await }.into_iter();
        let sent = prepared.into_iter().map(|(planned, skips)| {
            let is_sent = !planned.record.values.is_empty();
            let outcome = is_sent.then(|| written.next().unwrap_or(CrmWritten::Absent));
            let written = outcome.map(|outcome| with_fields(outcome, &planned.write.changes));
            Sent { planned, skips, written }
        });
        sent.collect()
    }

    /// What is asked before writes are sent: the properties, and the owners if a write names one.
    async fn known_of(&self, crm: &dyn Crm, planned: &[PlannedCrmWrite]) -> Result<(Vec<Property>, People), Refusal> {
        let object = planned.first().map_or(CrmObject::Contact, |one| one.record.object);
        let properties = crm.kept_properties(object).await?;
        let has_owners = |one: &&PlannedCrmWrite| one.write.changes.iter().any(|change| is_owner(change, &properties));
        let people = match planned.iter().find(has_owners) {
            Some(one) => self.people(crm, &one.account).await?,
            None => People::default(),
        };
        Ok((properties, people))
    }

    async fn people(&self, crm: &dyn Crm, account: &str) -> Result<People, Refusal> {
        let system = self.system();
        let ids = read(Arc::clone(&self.core.store), move |view| crm_owner_ids(view, system)).await;
        let ids = ids.map_err(|error| Refusal::Retry { after: None, words: error.to_string() })?;
        let owners = self.owners.read(crm, account, None, self.core.clock.now()).await?;
        Ok(People { owners, ids })
    }

    /// Leaves out what the CRM does not take, and says owners by their ids.
    fn prepare(
        &self,
        planned: PlannedCrmWrite,
        properties: &[Property],
        people: &People,
    ) -> (PlannedCrmWrite, CrmSkips) {
        let PlannedCrmWrite { lead, account, mut write, mut record } = planned;
        let mut skips = CrmSkips::default();
        record.values.clear();
        write.changes.retain(|change| {
            let property = properties.iter().find(|property| property.name == change.property);
            match fate((record.object, change), property, people, self.label()) {
                Fate::Sent(value) => record.values.push((change.property.clone(), value)),
                Fate::Left => {}
                Fate::Skipped(what, sentence) => {
                    skips.skipped.push((what, sentence));
                    return false;
                }
            }
            skips.written.push(CrmSkip::Field(record.object, change.field));
            skips.written.extend(person(change).map(|address| CrmSkip::Owner(address.to_lowercase())));
            true
        });
        // A person who is no owner for one field is none for another one.
        skips.written.retain(|what| skips.skipped.iter().all(|(skipped, _)| skipped != what));
        (PlannedCrmWrite { lead, account, write, record }, skips)
    }
}

fn is_owner(change: &Change, properties: &[Property]) -> bool {
    let is_of = |property: &Property| property.name == change.property && property.value_type == PropertyType::Owner;
    person(change).is_some() && properties.iter().any(is_of)
}

/// The address of the member whom a field names.
fn person(change: &Change) -> Option<&str> {
    match &change.value {
        Some(Value::Text(text)) if change.field.is_person() && text != AI_AGENT => Some(text),
        _ => None,
    }
}

fn fate((object, change): (CrmObject, &Change), property: Option<&Property>, people: &People, crm: &str) -> Fate {
    // A property that is gone is refused in the CRM's own words.
    let Some(property) = property else { return Fate::Sent(change.value.clone()) };
    if let Some(sentence) = trap(change.field, property) {
        let of = if object == CrmObject::Company { " of companies" } else { "" };
        let sentence = format!("{} is not written to {}{of}: {sentence}", change.field.as_str(), property.name);
        return Fate::Skipped(CrmSkip::Field(object, change.field), sentence);
    }
    if property.value_type != PropertyType::Owner {
        return Fate::Sent(change.value.clone());
    }
    // The AI agent owns nothing in a CRM, and the owner of a record keeps it when Knock has none to name.
    let Some(address) = person(change) else { return Fate::Left };
    let key = address.trim().to_lowercase();
    let ids = people.ids.get(&key).map(Vec::as_slice).unwrap_or_default();
    match owner_of(&people.owners, address, ids) {
        Some(id) => Fate::Sent(Some(Value::Text(id))),
        None => Fate::Skipped(CrmSkip::Owner(key), no_owner(address, change.field, &property.name, crm)),
    }
}

fn no_owner(address: &str, field: Field, property: &str, crm: &str) -> String {
    format!("{address} is no active owner in {crm}: {} leaves {property} as it is.", field.as_str())
}

/// The outcome of a write, with a refusal that says which field of Knock it is about.
fn with_fields(written: CrmWritten, changes: &[Change]) -> CrmWritten {
    match written {
        CrmWritten::Refused(Refusal::Rejected { words }) => {
            CrmWritten::Refused(Refusal::Rejected { words: said(words, changes) })
        }
        other => other,
    }
}

/// The vendor's words, with the field before each property that they name.
fn said(words: String, changes: &[Change]) -> String {
    let named = changes.iter().filter(|change| names(&words, &change.property));
    let fields: Vec<String> = named.map(|change| format!("{} ({})", change.field.as_str(), change.property)).collect();
    if fields.is_empty() { words } else { format!("{}: {words}", fields.join(", ")) }
}

/// Whether words have a name as a whole.
fn names(words: &str, name: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    words.match_indices(name).any(|(at, _)| {
        !words[..at].chars().next_back().is_some_and(is_part)
            && !words[at + name.len()..].chars().next().is_some_and(is_part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_ports::CrmOwner;

    fn change(field: Field, property: &str, value: Option<&str>) -> Change {
        Change { field, property: property.to_owned(), value: value.map(Value::text) }
    }

    fn property(name: &str, value_type: PropertyType, is_identifier: bool) -> Property {
        let (name, label) = (name.to_owned(), name.to_owned());
        Property { name, label, value_type, options: Vec::new(), is_read_only: false, is_identifier }
    }

    fn people() -> People {
        let owner = CrmOwner { id: "8".into(), email: "bo@us.example".into(), name: "".into(), is_active: true };
        let owners = Arc::new([("8".to_owned(), owner)].into());
        People { owners, ids: BTreeMap::new() }
    }

    fn shown(change: &Change, property: Option<&Property>) -> String {
        match fate((CrmObject::Contact, change), property, &people(), "Acme") {
            Fate::Sent(value) => format!("sent {value:?}"),
            Fate::Left => "left".to_owned(),
            Fate::Skipped(_, sentence) => sentence,
        }
    }

    #[test]
    fn an_owner_is_sent_by_id_and_none_is_taken_away() {
        let owner = property("owner_id", PropertyType::Owner, false);
        let rep = |value| shown(&change(Field::RepOwner, "owner_id", value), Some(&owner));
        assert_eq!(rep(Some("Bo@us.example")), format!("sent {:?}", Some(Value::text("8"))));
        assert_eq!((rep(Some(AI_AGENT)).as_str(), rep(None).as_str()), ("left", "left"));
        let sentence = "cy@us.example is no active owner in Acme: Knock: Rep Owner leaves owner_id as it is.";
        assert_eq!(rep(Some("cy@us.example")), sentence);
    }

    #[test]
    fn a_trap_is_left_out_and_what_is_gone_is_sent() {
        let status = |property: Option<&Property>| shown(&change(Field::ChatStatus, "p", Some("New")), property);
        let sent = format!("sent {:?}", Some(Value::text("New")));
        assert_eq!(status(None), sent);
        assert_eq!(status(Some(&property("p", PropertyType::Text, false))), sent);
        for trap in [property("p", PropertyType::Text, true), property("p", PropertyType::Owner, false)] {
            assert!(status(Some(&trap)).starts_with("Chat Status is not written to p: "), "{trap:?}");
        }
    }

    #[test]
    fn a_refusal_names_the_fields_that_it_is_about() {
        let changes = [
            change(Field::ChatStatus, "knock_chat_status", Some("New")),
            change(Field::ChatOwner, "knock_chat", Some("Rep")),
        ];
        let refused = |words: &str| said(words.to_owned(), &changes);
        assert_eq!(
            refused("knock_chat_status: New was not one of the allowed options"),
            "Chat Status (knock_chat_status): knock_chat_status: New was not one of the allowed options"
        );
        assert_eq!(refused("The contact is locked"), "The contact is locked");
        assert!(refused("knock_chat: no").starts_with("Chat Owner (knock_chat): "));
    }
}
