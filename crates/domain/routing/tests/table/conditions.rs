//! Conditions: their shape, their limits, and how they are nested.

use knock_model::{Bucket, IntentType, Millis};
use knock_routing::{Condition, Field, LeadFields, Leaf, Operator};
use serde_json::{Value, json};

fn read(condition: Value) -> Result<Condition, String> {
    let condition: Condition = serde_json::from_value(condition).map_err(|error| error.to_string())?;
    condition.check().map_err(|error| error.to_string())?;
    Ok(condition)
}

pub(crate) fn holds_at(condition: Value, lead: &Value, now: Option<Millis>) -> bool {
    let lead: LeadFields = serde_json::from_value(lead.clone()).expect("good fields");
    read(condition).expect("a good condition").holds(&lead, now)
}

#[test]
fn nothing_is_all_and_nothing_is_not_any() {
    let yes = json!({"all": []});
    let no = json!({"any": []});
    let holds = |condition: Value| holds_at(condition, &json!({}), None);
    assert!(holds(yes.clone()) && !holds(no.clone()));
    assert!(holds(json!({"not": no})) && !holds(json!({"not": yes})));
    assert!(holds(json!({"any": [no, yes]})) && !holds(json!({"all": [yes, no]})));
}

#[test]
fn conditions_have_a_depth_and_a_number_of_fields_and_values() {
    let leaf = json!({"field": "email", "op": "is_set"});
    let nested = |levels: usize| (1..levels).fold(leaf.clone(), |inner, _| json!({"not": inner}));
    assert!(read(nested(5)).is_ok());
    assert_eq!(read(nested(6)), Err("nested deeper than 5 levels".into()));
    assert!(read(json!({"any": [leaf, nested(4)]})).is_ok());
    assert!(read(json!({"any": [leaf, nested(5)]})).is_err());
    let wide = |count: usize| json!({"all": [{"any": vec![leaf.clone(); count - 1]}, {"not": leaf}]});
    assert!(read(wide(100)).is_ok());
    assert_eq!(read(wide(101)), Err("asks for more than 100 fields".into()));
    let listed = |count: usize| json!({"field": "email", "op": "in", "value": vec!["x"; count]});
    assert!(read(listed(200)).is_ok());
    assert_eq!(read(listed(201)), Err("`email in` expects a list of at most 200 values".into()));
}

#[test]
fn an_operand_is_of_the_fields_type() {
    let refused = |field: &str, op: &str, operand: Value| {
        let leaf = json!({"field": field, "op": op, "value": operand});
        assert!(read(leaf.clone()).is_err(), "{leaf}");
    };
    let good = |field: &str, op: &str, operand: Value| {
        let leaf = json!({"field": field, "op": op, "value": operand});
        assert!(read(leaf.clone()).is_ok(), "{leaf}");
    };
    refused("email", "eq", json!(1));
    refused("email", "contains", json!(["a"]));
    refused("email", "in", json!([1]));
    refused("email", "is_set", json!("a"));
    refused("email", "gt", json!(1));
    refused("email", "has_any", json!(["a"]));
    refused("email", "before", json!("2026-06-01"));
    refused("company.employees", "eq", json!("1"));
    refused("company.employees", "gte", json!("1"));
    refused("company.employees", "between", json!([1]));
    refused("company.employees", "between", json!(1));
    refused("company.employees", "in", json!(["1"]));
    refused("company.employees", "starts_with", json!("1"));
    refused("email.is_free", "eq", json!("true"));
    refused("email.is_free", "lt", json!(1));
    refused("signals.categories", "eq", json!("Docs"));
    refused("signals.categories", "has_all", json!("Docs"));
    refused("custom.plan", "eq", json!(["a"]));
    refused("custom.since", "after", json!("today"));
    refused("custom.since", "after", json!(1));
    refused("custom.since", "within_last", json!("soon"));
    refused("custom.since", "within_last", json!(-1));
    refused("custom.since", "within_last", json!(true));
    let error = read(json!({"field": "email.is_free", "op": "gt", "value": 1})).expect_err("no such operator");
    let expected = "`gt` does not ask the bool field `email.is_free`; expected one of eq, neq, is_set, is_not_set";
    assert_eq!(error, expected);
    for op in ["eq", "neq", "in", "contains", "gt", "between", "has_any", "before", "within_last"] {
        assert!(read(json!({"field": "custom.plan", "op": op})).is_err(), "{op}");
    }
    good("custom.plan", "in", json!(["a", 1, true]));
    good("custom.plan", "starts_with", json!("a"));
}

#[test]
fn a_length_of_time_has_an_end() {
    for number in [f64::INFINITY, f64::NAN] {
        let field = Field::parse("custom.since").expect("a field");
        assert!(Leaf::new(field, Operator::WithinLast, Some(knock_routing::Value::Number(number))).is_err());
    }
}

#[test]
fn a_condition_has_one_shape() {
    let leaf = json!({"field": "email", "op": "is_set"});
    for wrong in [
        json!({}),
        json!([]),
        json!({"op": "is_set"}),
        json!({"field": "email"}),
        json!({"all": [], "any": []}),
        json!({"all": [], "op": "is_set"}),
        json!({"not": leaf, "field": "email", "op": "is_set"}),
        json!({"none": []}),
    ] {
        assert!(read(wrong.clone()).is_err(), "{wrong}");
    }
    let error = read(json!([])).expect_err("no condition");
    assert!(error.contains("expected a condition: {\"all\": [..]}"), "{error}");
    let twice = r#"{"field": "email", "field": "email", "op": "is_set"}"#;
    assert!(serde_json::from_str::<Condition>(twice).is_err());
}

#[test]
fn a_comparison_with_a_value_that_the_field_never_has_is_found() {
    let impossible = |when: Value| {
        let when: Condition = serde_json::from_value(when).expect("a condition");
        when.impossible().map(|found| (found.field, found.value, found.options.len()))
    };
    let leaf = |field: &str, op: &str, value: Value| json!({"field": field, "op": op, "value": value});
    let found = |field: &str, value: &str, options| Some((field.to_owned(), value.to_owned(), options));
    for (when, expected) in [
        (leaf("intent.type", "eq", json!("Byuing")), found("intent.type", "Byuing", 5)),
        (leaf("intent.type", "in", json!(["Buying", "Jobs"])), found("intent.type", "Jobs", 5)),
        (json!({"not": leaf("intent.score", "neq", json!("Hihg"))}), found("intent.score", "Hihg", 3)),
        (
            json!({"all": [leaf("email", "is_set", Value::Null), leaf("signals.funnel_stage", "eq", json!("Lead"))]}),
            found("signals.funnel_stage", "Lead", 4),
        ),
        (leaf("intent.type", "eq", json!(" job SEEKER ")), None),
        (leaf("intent.type", "contains", json!("Buy")), None),
        (leaf("intent.score", "not_in", json!(["low", "Medium"])), None),
        (leaf("company.industry", "eq", json!("Byuing")), None),
        (leaf("custom.plan", "eq", json!("gold")), None),
        (json!({"any": []}), None),
    ] {
        assert_eq!(impossible(when.clone()), expected, "{when}");
    }
}

#[test]
fn the_values_that_are_known_are_those_of_the_vocabularies() {
    let options = |name: &str| Field::parse(name).expect("a field").options();
    assert_eq!(options("intent.type"), IntentType::ALL.iter().map(|kind| kind.as_str()).collect::<Vec<_>>());
    assert_eq!(options("intent.score"), Bucket::ALL.iter().map(|bucket| bucket.as_str()).collect::<Vec<_>>());
}
