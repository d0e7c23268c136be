//! Public holidays over HTTP.

use crate::support::Knock;
use serde_json::json;

#[test]
fn countries_are_listed_with_their_parts_and_each_has_the_holidays_of_a_year() {
    let knock = Knock::start();
    let key = knock.admin_key();
    let all = knock.get("/api/v1/holidays", &key).body;
    assert_eq!((&all["first_year"], &all["last_year"]), (&json!(2026), &json!(2035)));
    let countries = all["countries"].as_array().expect("countries");
    let germany = countries.iter().find(|country| country["code"] == "DE").expect("Germany");
    let bavaria = json!({"code": "DE-BY", "name": "Bayern"});
    assert!(germany["subdivisions"].as_array().expect("parts").contains(&bavaria), "{germany}");

    assert_eq!(knock.set_clock(&json!({"now": "2030-01-01T12:00:00Z"})).code, 200);
    let of = |path: &str| knock.get(&format!("/api/v1/holidays/{path}"), &key);
    let shown = of("DE-BY").body;
    assert_eq!((&shown["name"], &shown["year"]), (&json!("Germany, Bayern"), &json!(2030)));
    let dates = |path: &str| of(path).body["holidays"].as_array().expect("holidays").len();
    assert_eq!((dates("DE-BY?year=2026"), dates("DE?year=2026")), (12, 9));
    assert_eq!(of("DE?year=2026").body["holidays"][0], json!({"date": "2026-01-01", "name": "New Year's Day"}));
    assert_eq!([of("XX").code, of("DE-XX").code], [404, 404]);
    let unknown = of("DE?year=2036");
    assert_eq!((unknown.code, &unknown.body["errors"][0]["pointer"]), (400, &json!("query/year")));
}
