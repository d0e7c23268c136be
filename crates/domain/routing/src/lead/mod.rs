//! What is known of a lead when it is routed: the fields that conditions ask for.

mod crm;
mod field;
mod fields;
#[cfg(feature = "serde")]
mod json;
mod value;

pub use crm::CrmSystem;
pub use field::{Field, Kind, UnknownField};
pub use fields::LeadFields;
pub use value::Value;
pub(crate) use value::{instant, span};
