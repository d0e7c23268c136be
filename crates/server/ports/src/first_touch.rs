//! The first touch of a person (RO-14).

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The first touch of a person: the fields of attribution without their prefix, and the landing page. Empty before it
/// is computed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FirstTouch(BTreeMap<String, String>);

impl FirstTouch {
    /// The prefix of the fields of attribution in the field catalogue.
    pub const PREFIX: &'static str = "attribution.";
    /// The landing page.
    pub const LANDING_PAGE: &'static str = "landing_page";

    /// Creates it from the fields of attribution and the address of the first page, which is empty without a page view.
    pub fn new(fields: Vec<(&'static str, String)>, landing_page: &str) -> FirstTouch {
        let fields = fields.into_iter().filter_map(|(field, value)| {
            let name = field.strip_prefix(FirstTouch::PREFIX)?;
            Some((name.to_owned(), stored(&value)))
        });
        let page = Some((FirstTouch::LANDING_PAGE.to_owned(), stored(landing_page)));
        FirstTouch(fields.chain(page.filter(|(_, page)| !page.is_empty())).collect())
    }

    /// Returns a field by its name without the prefix; empty if it is missing.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// Whether it is not computed yet.
    pub fn is_unknown(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the fields of attribution by their names in the field catalogue.
    pub fn fields(&self) -> impl Iterator<Item = (String, &str)> {
        let fields = self.0.iter().filter(|(name, _)| *name != FirstTouch::LANDING_PAGE);
        fields.map(|(name, value)| (format!("{}{name}", FirstTouch::PREFIX), value.as_str()))
    }
}

/// The text as a store returns it: no store holds NUL.
fn stored(text: &str) -> String {
    text.replace('\0', "")
}
