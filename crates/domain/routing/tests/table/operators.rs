//! Operators at their limits, with missing values and values of another type.

use crate::conditions::holds_at;
use crate::scene::NOW;
use serde_json::{Value, json};

/// Whether `field op operand` holds for each value of the field; the last is no value at all.
fn check(field: &str, op: &str, operand: Value, values: &[Value], expected: &[bool]) {
    let leaf = json!({"field": field, "op": op, "value": operand});
    let leads = values.iter().map(|value| json!({field: value})).chain([json!({})]);
    let answers: Vec<bool> = leads.map(|lead| holds_at(leaf.clone(), &lead, Some(NOW))).collect();
    assert_eq!(answers, expected, "{leaf} {values:?}");
}

/// The same for an operator and its exact opposite: what is missing is not equal, not in, not contained.
fn check_both(field: &str, [op, opposite]: [&str; 2], operand: Value, values: &[Value], expected: &[bool]) {
    check(field, op, operand.clone(), values, expected);
    let opposed: Vec<bool> = expected.iter().map(|holds| !holds).collect();
    check(field, opposite, operand, values, &opposed);
}

#[test]
fn texts_are_compared_without_case_and_outer_spaces() {
    let values = ["CTO", " cto ", "cto of it", "the cto", "", "ceo"].map(|text| json!(text));
    let field = "person.title";
    check_both(field, ["eq", "neq"], json!(" Cto"), &values, &[true, true, false, false, false, false, false]);
    check_both(field, ["in", "not_in"], json!(["x", "cto"]), &values, &[true, true, false, false, false, false, false]);
    check_both(field, ["in", "not_in"], json!([]), &values, &[false; 7]);
    check_both(
        field,
        ["contains", "not_contains"],
        json!("CTO"),
        &values,
        &[true, true, true, true, false, false, false],
    );
    check(field, "starts_with", json!("Cto"), &values, &[true, true, true, false, false, false, false]);
    check(field, "ends_with", json!("Cto"), &values, &[true, true, false, true, false, false, false]);
    check_both(
        "company.name",
        ["eq", "neq"],
        json!("STRASSE"),
        &[json!("straße"), json!("Strase")],
        &[true, false, false],
    );
}

#[test]
fn numbers_are_compared_at_their_limits() {
    let values = [json!(199), json!(200), json!(200.5), json!("200"), json!(null)];
    let field = "company.employees";
    check_both(field, ["eq", "neq"], json!(200), &values, &[false, true, false, false, false, false]);
    check(field, "gt", json!(200), &values, &[false, false, true, false, false, false]);
    check(field, "gte", json!(200), &values, &[false, true, true, false, false, false]);
    check(field, "lt", json!(200), &values, &[true, false, false, false, false, false]);
    check(field, "lte", json!(200), &values, &[true, true, false, false, false, false]);
    check(field, "between", json!([199, 200]), &values, &[true, true, false, false, false, false]);
    check(field, "between", json!([200, 300]), &values, &[false, true, true, false, false, false]);
    check(field, "between", json!([300, 100]), &values, &[false; 6]);
}

#[test]
fn booleans_and_lists_are_compared_by_their_own_operators() {
    let flags = [json!(true), json!(false), json!("true"), json!(1)];
    check_both("email.is_free", ["eq", "neq"], json!(true), &flags, &[true, false, false, false, false]);
    check_both("email.is_free", ["eq", "neq"], json!(false), &flags, &[false, true, false, false, false]);
    let lists = [json!([]), json!(["pricing"]), json!(["Docs", " PRICING "]), json!("Pricing"), json!([1])];
    let field = "signals.categories";
    check(field, "has_any", json!(["Pricing", "Blog"]), &lists, &[false, true, true, false, false, false]);
    check(field, "has_all", json!(["Pricing", "Docs"]), &lists, &[false, false, true, false, false, false]);
    check(field, "has_any", json!([]), &lists, &[false; 6]);
    check(field, "has_all", json!([]), &lists, &[false, true, true, false, true, false]);
}

#[test]
fn fields_of_ones_own_hold_whatever_they_hold() {
    let values = [json!("7"), json!(7), json!(true), json!(["7"]), json!({"a": 1})];
    check_both("custom.plan", ["eq", "neq"], json!("7"), &values, &[true, false, false, false, false, false]);
    check_both("custom.plan", ["eq", "neq"], json!(7), &values, &[false, true, false, false, false, false]);
    check_both("custom.plan", ["eq", "neq"], json!(true), &values, &[false, false, true, false, false, false]);
    check("crm.hubspot.fields.plan", "gte", json!(7), &values, &[false, true, false, false, false, false]);
    check("crm.hubspot.fields.plan", "has_any", json!(["7"]), &values, &[false, false, false, true, false, false]);
}

#[test]
fn what_is_there_is_set() {
    for (field, good, other) in [
        ("person.title", json!("."), json!(1)),
        ("company.employees", json!(0), json!("0")),
        ("email.is_free", json!(false), json!("no")),
        ("signals.categories", json!(["Docs"]), json!("Docs")),
        ("custom.plan", json!([""]), json!(null)),
    ] {
        let holds = |op: &str, lead: &Value| holds_at(json!({"field": field, "op": op}), lead, None);
        for (lead, is_set) in [(json!({field: good}), true), (json!({field: other}), false), (json!({}), false)] {
            assert_eq!(holds("is_set", &lead), is_set, "{lead}");
            assert_eq!(holds("is_not_set", &lead), !is_set, "{lead}");
        }
    }
}

#[test]
fn an_empty_text_and_an_empty_list_are_missing() {
    let texts = ["", " ", "\t\u{a0}\n", "a"].map(|text| json!(text));
    for field in ["person.title", "custom.plan", "crm.hubspot.fields.plan"] {
        check_both(field, ["eq", "neq"], json!(""), &texts, &[false; 5]);
        check_both(field, ["in", "not_in"], json!(["", "b"]), &texts, &[false; 5]);
        check_both(field, ["contains", "not_contains"], json!(""), &texts, &[false, false, false, true, false]);
        check(field, "starts_with", json!(""), &texts, &[false, false, false, true, false]);
        check(field, "ends_with", json!(" "), &texts, &[false, false, false, true, false]);
    }
    for field in ["company.technologies", "custom.plan"] {
        check(field, "has_all", json!([]), &[json!([]), json!(["a"])], &[false, true, false]);
    }
    for (field, empty) in [
        ("person.title", json!("")),
        ("email", json!(" \n")),
        ("signals.categories", json!([])),
        ("custom.plan", json!("\t")),
        ("custom.plan", json!([])),
    ] {
        let holds = |leaf: Value| holds_at(leaf, &json!({field: empty}), None);
        assert!(!holds(json!({"field": field, "op": "is_set"})), "{field}");
        assert!(holds(json!({"field": field, "op": "is_not_set"})), "{field}");
        assert!(holds(json!({"not": {"field": field, "op": "is_set"}})), "{field}");
    }
}

#[test]
fn instants_are_compared_strictly_and_dates_are_midnight_in_utc() {
    let field = "custom.since";
    let values =
        ["2026-05-31T23:59:59.999Z", "2026-06-01T02:00:00+02:00", " 2026-06-01 ", "2026-06-01T00:00:00.001Z", "1 June"];
    let values = values.map(|text| json!(text));
    check(field, "before", json!("2026-06-01"), &values, &[true, false, false, false, false, false]);
    check(field, "after", json!("2026-06-01T00:00:00Z"), &values, &[false, false, false, true, false, false]);
    check(field, "before", json!("2026-06-01"), &[json!(0), json!("2026-W01-1"), json!("20260531")], &[false; 4]);
}

#[test]
fn within_the_last_counts_back_from_now_its_end_included() {
    let at = |back: i64| {
        let at = jiff::Timestamp::from_millisecond(NOW.0 - back).expect("an instant");
        json!(at.to_string())
    };
    const DAY: i64 = 86_400_000;
    let values = [at(-1), at(0), at(7 * DAY), at(7 * DAY + 1)];
    for span in [json!("7d"), json!("168h"), json!("P7D"), json!(7 * DAY)] {
        check("custom.since", "within_last", span, &values, &[false, true, true, false, false]);
    }
    check("custom.since", "within_last", json!(0), &values, &[false, true, false, false, false]);
    let leaf = json!({"field": "custom.since", "op": "within_last", "value": "7d"});
    assert!(
        !holds_at(leaf, &json!({"custom.since": at(0)}), None),
        "without an instant nothing lies within the last days"
    );
}
