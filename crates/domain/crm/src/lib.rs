//! The vendor-free half of CRM Sync: the fields, their mapping to properties, the leads who may be written, and the
//! changes since the last write.
//!
//! Pure: which CRM it is, and how it is asked, is behind the port `Crm`.
#![no_std]

extern crate alloc;

mod field;
mod leaving;
mod mapping;
mod object;
mod prefix;
mod property;
mod timeline;
mod value;
mod values;
mod write;

pub use field::Field;
pub use leaving::{CreateContact, LeadFacts, Leave, Rules, Source, Why, may_write};
pub use mapping::{Mapping, Warning, trap};
pub use object::Object;
pub use prefix::Prefix;
pub use property::{Choice, Property, PropertyType};
pub use timeline::{NOTE_INTERVAL, ON_SITE, Seen, note_due_at, note_text};
pub use value::Value;
pub use values::{CompanyState, LeadState, Values};
pub use write::{COALESCE, Change, Record, Write, due_at};
