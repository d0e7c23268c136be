//! Fields of a lead: their names, and what counts as missing.

use knock_routing::{Field, Kind, LeadFields, Value};
use serde_json::json;

#[test]
fn names_are_those_of_the_catalogue_or_ones_own() {
    let kinds = [
        ("email", Kind::Text),
        ("company.employees", Kind::Number),
        ("email.is_free", Kind::Bool),
        ("signals.categories", Kind::List),
        ("crm.hubspot.fields.deal size", Kind::Any),
        ("crm.salesforce.fields.x", Kind::Any),
        ("custom.plan", Kind::Any),
    ];
    for (name, kind) in kinds {
        let field = Field::parse(name).expect("a field");
        assert_eq!((field.name(), field.kind()), (name, kind));
    }
    for name in [
        "",
        "Email",
        "custom.",
        "custom",
        "crm.hubspot.fields.",
        "crm.hubspot.size",
        "crm.pipedrive.fields.x",
        "hubspot.fields.x",
    ] {
        let error = Field::parse(name).expect_err("no field");
        assert!(error.to_string().starts_with(&format!("`{name}` is not a field")), "{error}");
    }
    let words = [Kind::Text, Kind::Number, Kind::Bool, Kind::List, Kind::Any].map(Kind::as_str);
    assert_eq!(words, ["text", "number", "bool", "list", "own"]);
}

#[test]
fn a_value_of_another_type_and_an_empty_one_are_missing() {
    let lead = json!({
        "email": 1, "company.employees": "200", "company.revenue": 2.5, "email.is_free": "yes", "email.is_fake": false,
        "signals.categories": "Docs", "company.technologies": ["Rust", 1], "person.title": " CTO ", "custom.plan": null,
        "custom.size": [1, true], "custom.other": {"a": 1}, "company.name": null, "company.domain": "",
        "person.seniority": " ", "custom.note": "", "custom.tags": [],
    });
    let lead: LeadFields = serde_json::from_value(lead).expect("good fields");
    let kept = json!({
        "company.revenue": 2.5, "email.is_fake": false, "company.technologies": ["Rust", 1], "person.title": " CTO ",
        "custom.size": [1, true],
    });
    assert_eq!(serde_json::to_value(&lead).expect("JSON"), kept);
    let names: Vec<&str> = lead.iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["company.revenue", "company.technologies", "email.is_fake", "person.title", "custom.size"]);
    let title = lead.get(&Field::parse("person.title").expect("a field")).and_then(Value::as_text);
    assert_eq!(title, Some(" CTO "));
    assert_eq!(lead.get(&Field::parse("email").expect("a field")), None);
}

#[test]
fn whole_numbers_stay_whole() {
    for text in ["3", "-3", "2.5", "0", "9007199254740992"] {
        let value: Value = serde_json::from_str(text).expect("a value");
        assert_eq!(serde_json::to_string(&value).expect("JSON"), text);
        assert_eq!(value.as_text(), None);
    }
}

#[test]
fn what_no_json_holds_is_no_value() {
    let bytes = serde::de::value::BytesDeserializer::<serde::de::value::Error>::new(b"x");
    let error = <Value as serde::Deserialize>::deserialize(bytes).expect_err("refused").to_string();
    assert!(error.ends_with("expected a text, a number, true, false or a list of them"), "{error}");
}

#[test]
fn what_is_no_object_of_fields_is_refused() {
    for (wrong, named) in [("[]", "an object of fields"), (r#"{"emial": 1}"#, "`emial` is not a field")] {
        let error = serde_json::from_str::<LeadFields>(wrong).expect_err("refused").to_string();
        assert!(error.contains(named), "{error}");
    }
}

#[test]
fn a_field_gets_another_value_or_none() {
    let field = Field::parse("company.employees").expect("a field");
    let mut lead = LeadFields::default();
    assert_eq!(lead.replace(&field, Some(Value::Number(40.0))), None);
    assert_eq!(lead.replace(&field, Some(Value::Number(400.0))), Some(Value::Number(40.0)));
    assert_eq!(lead.replace(&field, Some(Value::text("many"))), Some(Value::Number(400.0)), "of another type: missing");
    assert_eq!(lead.get(&field), None);
    let own = Field::parse("custom.plan").expect("a field");
    assert_eq!(lead.replace(&own, Some(Value::text("pro"))), None);
    assert_eq!(lead.replace(&own, None), Some(Value::text("pro")));
    assert_eq!(lead, LeadFields::default());
}

#[test]
fn a_value_and_the_elements_of_a_list_are_compared_with_some() {
    let wanted = [Value::text("VIP "), Value::Number(2.0)];
    let list = |elements: &[&str]| Value::List(elements.iter().map(|one| Value::text(one)).collect());
    for (value, expected) in [
        (Value::text("vip"), true),
        (Value::text("2"), false),
        (Value::Number(2.0), true),
        (Value::Bool(true), false),
        (list(&["new", "Vip"]), true),
        (list(&["new"]), false),
        (list(&[]), false),
        (Value::Other, false),
    ] {
        assert_eq!(value.has_any_of(&wanted), expected, "{value:?}");
    }
}

#[test]
fn some_fields_are_of_workflows_alone() {
    for name in ["chat.status", "meeting.status", "tags", "consent"] {
        let field = Field::parse(name).expect("a field");
        assert!(!field.is_of_rules() && Field::names().all(|known| known != name), "{name}");
    }
    for name in Field::names().chain(["custom.plan", "crm.hubspot.fields.size"]) {
        assert!(Field::parse(name).expect("a field").is_of_rules(), "{name}");
    }
}
