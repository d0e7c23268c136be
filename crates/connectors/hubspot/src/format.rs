//! Values as HubSpot spells them: every one is a text.

use jiff::Timestamp;
use knock_crm::{Property, PropertyType, Value};
use knock_model::Millis;

/// A value for a property; none clears it.
///
/// # Errors
/// Why the property cannot have it, for a person.
pub(crate) fn spelled(value: Option<&Value>, property: &Property) -> Result<String, String> {
    if property.is_read_only {
        return Err(format!("{} can be written by HubSpot alone", property.name));
    }
    let Some(value) = value else { return Ok(String::new()) };
    let wrong =
        || format!("{} has the type {} and cannot have {}", property.name, property.value_type.as_str(), said(value));
    match (value, property.value_type) {
        // An owner is said by their id, as it was found before.
        (Value::Text(text), PropertyType::Text | PropertyType::Owner) => Ok(text.clone()),
        (Value::Text(text), PropertyType::Choice | PropertyType::Choices) => {
            let none = || format!("{} has no option {text}", property.name);
            property.choice(text).map(str::to_owned).ok_or_else(none)
        }
        (Value::Text(text), PropertyType::Flag) if matches!(text.as_str(), "true" | "false") => Ok(text.clone()),
        (Value::Number(number), PropertyType::Number | PropertyType::Text) if number.is_finite() => {
            Ok(number.to_string())
        }
        (Value::Instant { at, .. }, PropertyType::Instant) => Ok(at.0.to_string()),
        // A date is the midnight of UTC of the day that it is for the member.
        (Value::Instant { day, .. }, PropertyType::Date) => Ok((i64::from(*day) * Millis::DAY.0).to_string()),
        (Value::Instant { at, .. }, PropertyType::Text) => {
            Timestamp::from_millisecond(at.0).map(|at| at.to_string()).map_err(|_| wrong())
        }
        _ => Err(wrong()),
    }
}

fn said(value: &Value) -> &str {
    match value {
        Value::Text(text) => text,
        Value::Number(_) => "a number",
        Value::Instant { .. } => "an instant",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_crm::Choice;

    fn check(value: &Value, value_type: PropertyType, expected: Result<&str, &str>) {
        let option = Choice { value: "save_lead".into(), label: "Save the Lead".into() };
        let property = Property {
            name: "p".into(),
            label: "P".into(),
            value_type,
            options: vec![option],
            is_read_only: false,
            is_identifier: false,
        };
        assert_eq!(spelled(Some(value), &property), expected.map(str::to_owned).map_err(str::to_owned));
        assert_eq!(spelled(None, &property), Ok(String::new()));
    }

    #[test]
    fn values_are_spelled_by_the_type_of_their_property() {
        let (text, number) = (Value::text, Value::Number);
        check(&text("any"), PropertyType::Text, Ok("any"));
        check(&text("Save the Lead"), PropertyType::Choice, Ok("save_lead"));
        check(&text("save_lead"), PropertyType::Choices, Ok("save_lead"));
        check(&text("Other"), PropertyType::Choice, Err("p has no option Other"));
        check(&text("true"), PropertyType::Flag, Ok("true"));
        check(&text("yes"), PropertyType::Flag, Err("p has the type yes or no and cannot have yes"));
        check(&number(1.75), PropertyType::Number, Ok("1.75"));
        check(&number(3.0), PropertyType::Text, Ok("3"));
        check(&number(f64::NAN), PropertyType::Number, Err("p has the type number and cannot have a number"));
        // In the afternoon of UTC it is the next day already in Auckland.
        let at = Value::Instant { at: Millis(1_795_000_000_123), day: 20_776 };
        check(&at, PropertyType::Instant, Ok("1795000000123"));
        check(&at, PropertyType::Date, Ok("1795046400000"));
        check(&at, PropertyType::Text, Ok("2026-11-18T11:06:40.123Z"));
        check(&at, PropertyType::Number, Err("p has the type number and cannot have an instant"));
    }

    #[test]
    fn what_only_hubspot_writes_is_not_written() {
        let value_type = PropertyType::Text;
        let property = Property {
            name: "p".into(),
            label: "P".into(),
            value_type,
            options: Vec::new(),
            is_read_only: true,
            is_identifier: false,
        };
        assert!(spelled(None, &property).is_err());
    }
}
