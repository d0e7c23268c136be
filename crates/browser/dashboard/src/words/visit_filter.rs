//! The filter of the visitors on a site, as it stands in the address of the page and in the request. Pure: no calls of
//! the browser.

use super::inbox_filter::{Labelled, Names, OWNER, SCORE, SITE, TYPE};
use crate::api::encode;

/// Whether the visitor is known: `true` or `false`.
pub(crate) const KNOWN: &str = "known";
const NAMES: [&str; 5] = [TYPE, SCORE, OWNER, SITE, KNOWN];

/// The page without a filter.
const PAGE: &str = "/app/live";
/// The owner of those who have none.
const NONE: &str = "none";

/// The given parameters in their order; those without a value are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct VisitFilter(Vec<(&'static str, String)>);

impl VisitFilter {
    /// Reads the parameters of an address.
    pub(crate) fn read(given: impl Fn(&str) -> Option<String>) -> VisitFilter {
        let value = |name: &'static str| Some((name, given(name)?)).filter(|(_, value)| !value.is_empty());
        VisitFilter(NAMES.into_iter().filter_map(value).collect())
    }

    /// The value of a parameter; empty without one.
    pub(crate) fn value(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value)
    }

    /// The same with another value of a parameter; an empty one removes it.
    pub(crate) fn with(&self, name: &str, value: &str) -> VisitFilter {
        VisitFilter::read(|known| Some(if known == name { value } else { self.value(known) }.to_owned()))
    }

    /// Whether it can leave out visitors.
    pub(crate) fn is_narrow(&self) -> bool {
        !self.0.is_empty()
    }

    /// The parameters, each after an `&`.
    pub(crate) fn query(&self) -> String {
        self.0.iter().map(|(name, value)| format!("&{name}={}", encode(value))).collect()
    }

    /// The address of the page with it.
    pub(crate) fn address(&self) -> String {
        match self.query().strip_prefix('&') {
            Some(query) => format!("{PAGE}?{query}"),
            None => PAGE.to_owned(),
        }
    }
}

/// The owners to choose from; `email` is the address of the member.
pub(crate) fn visit_owners(names: &Names, email: &str) -> Vec<Labelled> {
    let member = |member: &knock_wire::Assignee| {
        let label = if member.email == email { "You".to_owned() } else { member.name.clone() };
        (member.id.to_string(), label)
    };
    let none = (NONE.to_owned(), "No owner".to_owned());
    names.members.iter().map(member).chain([none]).collect()
}

/// Known visitors and others.
pub(crate) fn knowledge() -> Vec<Labelled> {
    [("true", "Known"), ("false", "Anonymous")].map(|(value, label)| (value.to_owned(), label.to_owned())).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_filter_is_read_from_an_address_and_written_to_one() {
        let given = VisitFilter::default().with(KNOWN, "true").with(TYPE, "Job seeking");
        assert_eq!(given.query(), "&type=Job%20seeking&known=true");
        assert_eq!(given.address(), "/app/live?type=Job%20seeking&known=true");
        assert_eq!(given, VisitFilter::read(|name| Some(given.value(name).to_owned())));
        let none = given.with(KNOWN, "").with(TYPE, "");
        assert!(given.is_narrow() && !none.is_narrow());
        assert_eq!(none.address(), "/app/live");
    }
}
