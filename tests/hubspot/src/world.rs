//! Everything that the account has.

use crate::failure::Failure;
use crate::limits::Limits;
use crate::owner::Owner;
use crate::record::{Record, Table, iso};
use crate::settings::Settings;
use crate::standard::{TYPES, tables};
use crate::tokens::Tokens;
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};
use std::time::{SystemTime, UNIX_EPOCH};

/// The primary company of a contact.
const COMPANY: &str = "associatedcompanyid";

/// The account.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) settings: Settings,
    pub(crate) tables: BTreeMap<String, Table>,
    /// Pairs of type and id, both ways.
    pub(crate) associations: BTreeSet<((String, u64), (String, u64))>,
    pub(crate) owners: BTreeMap<u64, Owner>,
    pub(crate) tokens: Tokens,
    pub(crate) limits: Limits,
    pub(crate) script: Vec<Failure>,
    /// The status of every response during an outage.
    pub(crate) outage: Option<u16>,
    /// Addresses that are refused as invalid, for their whole batch.
    pub(crate) refused_addresses: BTreeSet<String>,
    /// Requests as they came, for tests to read.
    pub(crate) requests: Vec<Json>,
    /// The distance of its clock ahead of the machine's.
    pub(crate) ahead: i64,
    next_id: u64,
}

impl Default for World {
    fn default() -> World {
        World {
            settings: Settings::default(),
            tables: tables(),
            associations: BTreeSet::new(),
            owners: BTreeMap::new(),
            tokens: Tokens::default(),
            limits: Limits::default(),
            script: Vec::new(),
            outage: None,
            refused_addresses: BTreeSet::new(),
            requests: Vec::new(),
            ahead: 0,
            next_id: 1_000,
        }
    }
}

impl World {
    #[expect(clippy::disallowed_methods, reason = "the only place of this program that reads the time")]
    pub(crate) fn now(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX).saturating_add(self.ahead)
    }

    pub(crate) fn next_id(&mut self) -> u64 {
        self.next_id += 1;
        self.next_id
    }

    /// The table of a type that is known to be there.
    pub(crate) fn table(&mut self, object: &str) -> &mut Table {
        self.tables.entry(object.to_owned()).or_default()
    }

    pub(crate) fn add(&mut self, object: &str, properties: &BTreeMap<String, String>) -> u64 {
        let (id, now) = (self.next_id(), self.now());
        let mut record = Record { id, properties: BTreeMap::new(), created: now, updated: now };
        record.set(properties, now);
        self.table(object).insert(record);
        id
    }

    /// Associates a new contact with the company that has the domain of its address, as an account does by default.
    pub(crate) fn join_company(&mut self, object: &str, contact: u64) {
        let record = if object == "contacts" { self.table(object).records.get(&contact) } else { None };
        let alone = record.filter(|record| record.get(COMPANY).is_none());
        let address = alone.and_then(|record| record.get("email")).map(str::to_lowercase);
        let Some(domain) = address.as_deref().and_then(|address| address.split_once('@')).map(|(_, domain)| domain)
        else {
            return;
        };
        let mut companies = self.table("companies").records.values();
        let Some(company) = companies.find(|company| company.get("domain") == Some(domain)).map(|company| company.id)
        else {
            return;
        };
        let set = |record: &mut Record| drop(record.properties.insert(COMPANY.to_owned(), company.to_string()));
        self.table(object).edit(contact, set);
        self.associate((object, contact), ("companies", company));
    }

    /// Removes all records, and keeps their properties.
    pub(crate) fn forget_records(&mut self) {
        for table in self.tables.values_mut() {
            table.records.clear();
            table.archived.clear();
            table.index.clear();
        }
    }

    /// Associates two records, both ways.
    pub(crate) fn associate(&mut self, from: (&str, u64), to: (&str, u64)) {
        let owned = |(object, id): (&str, u64)| (object.to_owned(), id);
        self.associations.insert((owned(from), owned(to)));
        self.associations.insert((owned(to), owned(from)));
    }

    /// The records of a type that are associated with a record.
    pub(crate) fn associated(&self, from: (&str, u64), to: &str) -> Vec<u64> {
        let fits = |((object, id), (other, _)): &&((String, u64), (String, u64))| {
            object == from.0 && *id == from.1 && other == to
        };
        self.associations.iter().filter(fits).map(|(_, (_, id))| *id).collect()
    }

    /// The answer to a batch.
    pub(crate) fn completed(&self, results: &[Json], errors: &[Json]) -> Json {
        let now = iso(self.now());
        let mut body = json!({"status": "COMPLETE", "results": results, "startedAt": now, "completedAt": now});
        if !errors.is_empty() {
            body["numErrors"] = json!(errors.len());
            body["errors"] = json!(errors);
        }
        body
    }
}

/// The name of a type as paths have it, by that name or by its id.
pub(crate) fn object_of(name: &str) -> Option<&'static str> {
    TYPES.iter().find(|(object, id, _)| *object == name || *id == name).map(|(object, ..)| *object)
}

/// The name of a type in messages.
pub(crate) fn spoken(object: &str) -> &'static str {
    TYPES.iter().find(|(name, ..)| *name == object).map_or("OBJECT", |(.., spoken)| *spoken)
}
