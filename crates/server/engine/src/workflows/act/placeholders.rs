//! The values of placeholders for a lead.

use super::acting::Acting;
use super::spoken::last_page;
use crate::contact_details::company_name;
use crate::custom_fields::known;
use knock_ports::{StoreError, View};
use knock_routing::Value;
use knock_wire::Texts;
use knock_workflow::fill_placeholders;
use std::collections::BTreeMap;

/// What the texts of an action say of its lead, by the names of placeholders.
pub(super) struct Values(BTreeMap<String, String>);

impl Values {
    /// Reads the values, if one of the texts has a placeholder.
    pub(super) fn load<'t>(
        view: &dyn View,
        acting: &Acting<'_>,
        texts: impl IntoIterator<Item = &'t str>,
    ) -> Result<Values, StoreError> {
        if !texts.into_iter().any(|text| text.contains("{{")) {
            return Ok(Values(BTreeMap::new()));
        }
        let Acting { lead, now, .. } = acting;
        let name = lead.name.trim();
        let (first, last) = name.split_once(char::is_whitespace).unwrap_or((name, ""));
        let email = lead.email.as_ref().map(|email| email.to_text()).unwrap_or_default();
        let owner = acting.owner(view)?.map(|owner| owner.public_name().to_owned()).unwrap_or_default();
        let page = last_page(view, lead.id, *now)?.map(|last| last.page.title).unwrap_or_default();
        let own = [
            ("first_name", first.to_owned()),
            ("last_name", last.trim().to_owned()),
            ("full_name", name.to_owned()),
            ("email", email),
            ("company", company_name(view, lead, *now)?),
            ("owner_name", owner),
            ("page", page),
        ];
        let custom = known(view, lead.id)?.into_iter();
        let custom = custom.filter_map(|(field, _, value)| Some((format!("custom.{}", field.name), words(&value)?)));
        Ok(Values(own.into_iter().map(|(name, value)| (name.to_owned(), value)).chain(custom).collect()))
    }

    /// A text with these values.
    pub(super) fn fill(&self, text: &str) -> String {
        fill_placeholders(text, |name| self.0.get(name).cloned())
    }

    /// The same in each language.
    pub(super) fn fill_all(&self, texts: &Texts) -> Texts {
        texts.iter().map(|(code, text)| (code.clone(), self.fill(text))).collect()
    }
}

fn words(value: &Value) -> Option<String> {
    match value {
        Value::Text(_) => value.as_text().map(str::to_owned),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(is_so) => Some(if *is_so { "yes" } else { "no" }.to_owned()),
        Value::List(_) | Value::Other => None,
    }
}
