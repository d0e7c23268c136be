//! Editor of a condition as lines: each compares one field, and all or any must hold.

use knock_json::parse_with_fractions;
use knock_model::{Bucket, Category, IntentType};
use knock_routing::{Field, Kind, Operator};
use serde_json::{Value, json};

use crate::kit::letters;

/// A line: a comparison of one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// The name of the field.
    pub(crate) field: String,
    pub(crate) operator: Operator,
    /// The value, as typed.
    pub(crate) value: String,
    /// The kind of its values, for fields of any kind.
    pub(crate) typed: Kind,
}

/// The lines and their conjunction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lines {
    /// Whether one matching line is enough.
    pub(crate) is_any: bool,
    pub(crate) lines: Vec<Line>,
}

impl Line {
    pub(crate) fn new() -> Line {
        let field = "attribution.source".to_owned();
        Line { field, operator: Operator::Eq, value: String::new(), typed: Kind::Text }
    }

    /// The kind of its field; of a field of any kind, that of its values.
    pub(crate) fn kind(&self) -> Kind {
        match Field::parse(&self.field).map_or(Kind::Any, |field| field.kind()) {
            Kind::Any if self.typed != Kind::Text => self.typed,
            kind => kind,
        }
    }

    /// Whether a whole value is compared.
    pub(crate) const fn is_whole(&self) -> bool {
        matches!(self.operator, Operator::Eq | Operator::Neq)
    }

    /// The operators of its field.
    pub(crate) fn operators(&self) -> Vec<Operator> {
        let kind = self.kind();
        Operator::ALL.iter().copied().filter(|operator| operator.asks(kind)).collect()
    }

    /// Replaces the field; `typed` is the kind of its values if it can hold any. An operator that the new field does not
    /// allow is replaced by one it allows.
    pub(crate) fn about(mut self, field: String, typed: Kind) -> Line {
        let before = self.kind();
        (self.field, self.typed) = (field, typed);
        if !self.operator.asks(self.kind()) {
            self.operator = self.operators().first().copied().unwrap_or(Operator::IsSet);
        }
        if before != self.kind() {
            self.value = String::new();
        }
        self
    }

    pub(crate) const fn needs_value(&self) -> bool {
        !matches!(self.operator, Operator::IsSet | Operator::IsNotSet)
    }

    /// The possible values of its field, if there are few.
    pub(crate) fn offered(&self) -> Vec<&'static str> {
        offered(&self.field, self.kind())
    }

    /// The condition; none while its value is empty.
    fn condition(&self) -> Option<Value> {
        let (field, operator) = (&self.field, self.operator.as_str());
        if !self.needs_value() {
            return Some(json!({"field": field, "op": operator}));
        }
        let parts = || self.value.split(',').map(str::trim).filter(|part| !part.is_empty());
        let number = |text: &str| letters::number(text.trim());
        let value = match (self.operator, self.kind()) {
            (Operator::In | Operator::NotIn | Operator::HasAny | Operator::HasAll, _) => {
                json!(Some(parts().collect::<Vec<_>>()).filter(|parts| !parts.is_empty())?)
            }
            (Operator::Between, _) => {
                let numbers: Vec<f64> = parts().map_while(number).collect();
                json!(Some(numbers).filter(|numbers| numbers.len() == 2)?)
            }
            (_, Kind::Number) => json!(number(&self.value)?),
            (_, Kind::Bool) => json!(self.value.trim().parse::<bool>().ok()?),
            (_, Kind::Text | Kind::List | Kind::Any) => json!(Some(self.value.trim()).filter(|text| !text.is_empty())?),
        };
        Some(json!({"field": field, "op": operator, "value": value}))
    }

    fn read(condition: &Value) -> Option<Line> {
        let field = condition["field"].as_str()?.to_owned();
        let operator = Operator::parse(condition["op"].as_str()?)?;
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let typed = match &condition["value"] {
            Value::Number(_) => Kind::Number,
            Value::Bool(_) => Kind::Bool,
            _ => Kind::Text,
        };
        let value = match &condition["value"] {
            Value::Null => String::new(),
            Value::Array(values) => values.iter().map(text).collect::<Vec<_>>().join(", "),
            value => text(value),
        };
        Some(Line { field, operator, value, typed })
    }
}

/// The possible values of a field, if there are few.
pub(crate) fn offered(field: &str, kind: Kind) -> Vec<&'static str> {
    match (field, kind) {
        ("intent.score", _) => Bucket::ALL.iter().map(|bucket| bucket.as_str()).collect(),
        ("intent.type", _) => IntentType::ALL.iter().map(|kind| kind.as_str()).collect(),
        ("signals.categories", _) => Category::ALL.iter().map(|category| category.as_str()).collect(),
        ("signals.funnel_stage", _) => vec!["First Seen", "Existing", "Opportunity", "Customer"],
        ("attribution.channel", _) => vec!["Campaign", "Referral", "Direct"],
        (_, Kind::Bool) => vec!["true", "false"],
        (_, Kind::Text | Kind::Number | Kind::List | Kind::Any) => Vec::new(),
    }
}

impl Lines {
    /// The condition of a request: empty if no line has a value.
    pub(crate) fn condition(&self) -> String {
        let conditions: Vec<Value> = self.lines.iter().filter_map(Line::condition).collect();
        if conditions.is_empty() {
            return String::new();
        }
        let joint = if self.is_any { "any" } else { "all" };
        json!({ joint: conditions }).to_string()
    }

    /// Reads a condition; none for nested groups, which lines cannot show.
    pub(crate) fn read(condition: &str) -> Option<Lines> {
        if condition.is_empty() {
            return Some(Lines::default());
        }
        let condition: Value = parse_with_fractions(condition)?;
        if let Some(line) = Line::read(&condition) {
            return Some(Lines { is_any: false, lines: vec![line] });
        }
        let is_any = condition.get("any").is_some();
        let parts = condition.get(if is_any { "any" } else { "all" })?.as_array()?;
        Some(Lines { is_any, lines: parts.iter().map(Line::read).collect::<Option<_>>()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn line(field: &str, operator: Operator, value: &str) -> Line {
        Line { field: field.to_owned(), operator, value: value.to_owned(), typed: Kind::Text }
    }

    fn typed(field: &str, operator: Operator, (value, typed): (&str, Kind)) -> Line {
        Line { typed, ..line(field, operator, value) }
    }

    #[wasm_bindgen_test]
    fn what_was_typed_becomes_a_value_of_the_fields_kind() {
        for (line, expected) in [
            (line("email", Operator::Eq, " ann@globex.test "), json!("ann@globex.test")),
            (line("intent.type", Operator::In, "Buying, Support,"), json!(["Buying", "Support"])),
            (line("session.page_count", Operator::Gte, "3"), json!(3.0)),
            (line("session.page_count", Operator::Between, "3, 7"), json!([3.0, 7.0])),
            (line("email.is_free", Operator::Eq, "false"), json!(false)),
            (line("crm.hubspot.fields.tier", Operator::Eq, "7"), json!("7")),
            (typed("crm.hubspot.fields.seats", Operator::Eq, ("7", Kind::Number)), json!(7.0)),
            (typed("crm.hubspot.fields.vip", Operator::Eq, ("true", Kind::Bool)), json!(true)),
        ] {
            assert_eq!(line.condition().map(|condition| condition["value"].clone()), Some(expected), "{line:?}");
        }
        for line in [
            line("email", Operator::Eq, " "),
            line("session.page_count", Operator::Gt, "many"),
            line("session.page_count", Operator::Between, "3"),
            line("email.is_free", Operator::Eq, "perhaps"),
            line("intent.type", Operator::In, " , "),
        ] {
            assert_eq!(line.condition(), None, "{line:?}");
        }
    }

    #[wasm_bindgen_test]
    fn lines_are_read_as_they_were_written() {
        let lines = Lines {
            is_any: true,
            lines: vec![
                line("attribution.source", Operator::Eq, "G2"),
                line("email", Operator::IsSet, ""),
                line("intent.type", Operator::In, "Buying, Support"),
                typed("crm.hubspot.fields.vip", Operator::Eq, ("true", Kind::Bool)),
            ],
        };
        assert_eq!(Lines::read(&lines.condition()), Some(lines));
        let seats = Lines::read("{\"field\":\"crm.hubspot.fields.seats\",\"op\":\"gte\",\"value\":7}");
        assert_eq!(
            seats.map(|lines| lines.lines[0].kind()),
            Some(Kind::Number),
            "a property is of the kind of its value"
        );
        assert_eq!(Lines::read(""), Some(Lines::default()));
        assert_eq!(Lines::default().condition(), "");
        for nested in ["{\"not\":{\"field\":\"email\",\"op\":\"is_set\"}}", "{\"all\":[{\"any\":[]}]}", "nonsense"] {
            assert_eq!(Lines::read(nested), None, "{nested}");
        }
    }

    #[wasm_bindgen_test]
    fn another_field_gets_an_operator_that_asks_it() {
        let changed = line("email", Operator::Contains, "x").about("session.page_count".to_owned(), Kind::Text);
        assert!(changed.operator.asks(changed.kind()) && changed.value.is_empty(), "{changed:?}");
        let same = line("email", Operator::Contains, "x").about("company.domain".to_owned(), Kind::Text);
        assert_eq!(same, line("company.domain", Operator::Contains, "x"));
        let seats = same.about("crm.hubspot.fields.seats".to_owned(), Kind::Number);
        assert!(seats.operators().contains(&Operator::Gte) && seats.value.is_empty(), "{seats:?}");
    }
}
