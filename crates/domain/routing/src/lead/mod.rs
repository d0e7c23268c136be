//! The fields of a lead that conditions compare.

mod crm;
mod field;
mod fields;
#[cfg(feature = "serde")]
mod json;
mod value;

pub use field::{Field, Kind, UnknownField};
pub use fields::LeadFields;
pub(crate) use fields::NamedOwner;
pub use value::Value;
pub(crate) use value::{instant, span};
