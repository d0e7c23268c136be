//! The vendor's half of a test: an account that can be looked into, and made to fail.

use knock_crm::{Field, Prefix, Property, Value};
use knock_model::Email;
use knock_ports::{Crm, CrmCreated, CrmKey, CrmObject, CrmRecord};

/// A fault of the next request that writes records.
#[derive(Clone, Debug)]
pub enum Mishap {
    /// Executed, with a lost response.
    Lost,
    /// Without a response.
    Silent,
    Down,
    /// There were too many requests: wait for so many seconds.
    Limited(u64),
    /// The requests of the day are used up.
    Daily,
    /// Of a batch, the record with this address fails, with these words.
    OneFails(Email, String),
}

/// A new account of a vendor, behind its contract server.
pub trait Vendor: Sync {
    /// The CRM under test; always the same one.
    fn crm(&self) -> &dyn Crm;

    /// The most records that one request can write.
    fn batch(&self) -> usize;

    fn add_contact(&self, email: &Email, properties: &[(&str, &str)]) -> String;

    /// Adds a further address to a contact.
    fn add_address(&self, contact: &str, email: &Email);

    /// Makes a person an owner.
    fn add_owner(&self, email: &str, is_active: bool) -> String;

    fn set_owner(&self, contact: &str, owner: &str);

    /// Adds a company of contacts, with an owner; an empty one is none.
    fn add_company(&self, contacts: &[&str], owner: &str) -> String;

    /// Adds an open deal of a contact.
    fn add_deal(&self, contact: &str) -> String;

    /// Merges a contact into another one.
    fn merge(&self, from: &str, into: &str);

    fn add_property(&self, property: &Property);

    fn remove_property(&self, name: &str);

    /// Every contact: its id and its address.
    fn contacts(&self) -> Vec<(String, String)>;

    /// The value of a property of a contact, as the vendor has it.
    fn value(&self, contact: &str, property: &str) -> Option<String>;

    /// The meetings of the account: our key, with the start in milliseconds.
    fn meetings(&self) -> Vec<(String, i64)>;

    /// The number of notes in the timeline of a record.
    fn timeline(&self, object: CrmObject, id: &str) -> usize;

    /// The notes of the account: our key, with the text.
    fn notes(&self) -> Vec<(String, String)>;

    /// Makes the next request that writes go wrong.
    fn fail(&self, mishap: &Mishap);

    /// Ends the access token.
    fn expire_token(&self);

    /// The number of token refreshes.
    fn renewed(&self) -> usize;

    /// Takes the access away.
    fn revoke(&self);

    fn requests(&self) -> usize;

    /// The number of requests that a limit refused.
    fn refused_by_limits(&self) -> usize;
}

/// An address of a lead.
pub fn email(name: &str) -> Email {
    Email::parse(&format!("{name}@acme.example")).expect("an address")
}

/// Creates the standard properties.
pub async fn fields(crm: &dyn Crm) {
    let wanted: Vec<Property> = Field::ALL.iter().map(|field| field.property(&Prefix::default())).collect();
    let created = crm.create_properties(CrmObject::Contact, &wanted).await.expect("they are created");
    assert!(created.iter().all(|one| matches!(one, CrmCreated::There(_))), "{created:?}");
}

/// A contact that may be created, with a text.
pub fn record(name: &str, property: &str, text: &str) -> CrmRecord {
    set(CrmKey::Email(email(name)), true, &[(property, Some(Value::text(text)))])
}

/// A contact with values.
pub fn set(key: CrmKey, may_create: bool, values: &[(&str, Option<Value>)]) -> CrmRecord {
    let values = values.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    CrmRecord { object: CrmObject::Contact, key, may_create, values }
}
