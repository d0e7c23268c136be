//! State of the Routing Rules pages: the list, the draft, and what-if.

pub(crate) mod custom_fields;
pub(crate) mod editing;
pub(crate) mod form;
pub(crate) mod list;
pub(crate) mod templates;
pub(crate) mod tester;
