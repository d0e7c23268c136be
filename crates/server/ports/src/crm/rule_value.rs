//! The values of properties as rules compare them.

use super::{CrmSync, RuleProperty};
use knock_crm::PropertyType;
use knock_routing::Value as RuleValue;

impl CrmSync {
    /// Returns what the CRM said of a property that routing reads.
    pub fn rule_property(&self, name: &str) -> Option<&RuleProperty> {
        self.read_schema.iter().find(|known| known.name == name)
    }

    /// Returns the value of such a property as rules compare it: by its type; a text where the type is not known or the
    /// value does not fit.
    pub fn rule_value(&self, name: &str, text: &str) -> RuleValue {
        let trimmed = text.trim();
        let typed = match self.rule_property(name).map(|known| known.value_type) {
            Some(PropertyType::Number) => {
                trimmed.parse().ok().filter(|number: &f64| number.is_finite()).map(RuleValue::Number)
            }
            Some(PropertyType::Flag) => trimmed.parse().ok().map(RuleValue::Bool),
            Some(PropertyType::Choices) => {
                let options = text.split(';').map(str::trim).filter(|option| !option.is_empty());
                Some(RuleValue::List(options.map(RuleValue::text).collect()))
            }
            _ => None,
        };
        typed.unwrap_or_else(|| RuleValue::text(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_of_a_property_has_its_type() {
        let property = |name: &str, value_type: PropertyType| RuleProperty {
            name: name.into(),
            label: name.into(),
            value_type,
            options: Vec::new(),
        };
        let sync = CrmSync {
            read_schema: vec![
                property("seats", PropertyType::Number),
                property("trial", PropertyType::Flag),
                property("regions", PropertyType::Choices),
                property("tier", PropertyType::Choice),
            ],
            ..CrmSync::default()
        };
        assert_eq!(sync.rule_value("seats", "40"), RuleValue::Number(40.0));
        assert_eq!(sync.rule_value("seats", "many"), RuleValue::text("many"));
        assert_eq!(sync.rule_value("trial", "true"), RuleValue::Bool(true));
        let regions = RuleValue::List(vec![RuleValue::text("EU"), RuleValue::text("US")]);
        assert_eq!(sync.rule_value("regions", "EU; US"), regions);
        assert_eq!(sync.rule_value("tier", "gold"), RuleValue::text("gold"));
        assert_eq!(sync.rule_value("unknown", "40"), RuleValue::text("40"));
    }
}
