//! Setting the provider up: errors name their field, and the stored key is used for its host alone.

use super::{KEY, NETWORKS, Office, SETTINGS, draft, provider, says};
use crate::members::Browser;
use crate::support::Knock;
use knock_model::Role;
use knock_testing::{Answer, Receiver};
use serde_json::{Value, json};

#[test]
fn what_is_wrong_with_a_provider_is_said_at_its_field() {
    let office = Office::open();
    let check = |change: &Value, pointer: &str, reason: &str| {
        let mut wrong = draft("https://api.example/find?email={email}");
        for (name, value) in change.as_object().expect("an object") {
            wrong[name] = value.clone();
        }
        let reply = office.ask("PUT", SETTINGS, &wrong);
        let error = &reply.body["errors"][0];
        assert_eq!((reply.code, &error["pointer"]), (422, &json!(pointer)), "{change}: {}", reply.body);
        assert!(error["reason"].as_str().is_some_and(|said| said.contains(reason)), "{change}: {error}");
    };
    check(&json!({"url": "https://api.example/find"}), "/url", "neither {email} nor {domain}");
    check(&json!({"url": "https://{domain}/find"}), "/url", "in its host");
    check(&json!({"url": "http://api.example/{email}"}), "/url", "https://");
    check(&json!({"url": "https://10.0.0.1/{email}"}), "/url", "private network");
    check(&json!({"url": "https://ann:x@api.example/{email}"}), "/url", "user name");
    check(&json!({"url": "https://api.example:25/{email}"}), "/url", "port");
    check(&json!({"name": "x".repeat(61)}), "/name", "60");
    check(&json!({"header": "X Key"}), "/header", "no name");
    check(&json!({"header": "Host"}), "/header", "itself");
    check(&json!({"header": ""}), "/header", "is missing");
    check(&json!({"secret": ""}), "/secret", "is empty");
    check(&json!({"secret": "a\nb"}), "/secret", "characters");
    check(&json!({"secret": null}), "/secret", "is missing");
    check(&json!({"fields": []}), "/fields", "is empty");
    let field = |field: &str, pointer: &str| json!({"field": field, "pointer": pointer});
    check(&json!({"fields": [field("company.name", "name")]}), "/fields/0/pointer", "JSON pointer");
    let twice = [field("company.name", "/a"), field("company.name", "/b")];
    check(&json!({"fields": twice}), "/fields/1/field", "twice");
    let person = [field("person.title", "/a")];
    check(&json!({"url": "https://api.example/{domain}", "fields": person}), "/fields/0/field", "of a person");
    check(&json!({"keep_days": 0}), "/keep_days", "1 to 365");
    let unknown =
        office.ask("PUT", SETTINGS, &json!({"url": "https://x.example/{email}", "fields": [field("x", "/x")]}));
    assert_eq!((unknown.code, &unknown.body["errors"][0]["pointer"]), (400, &json!("/fields/0/field")));
    assert_eq!(office.knock.get(SETTINGS, &office.key).body["is_set_up"], false);
    assert_eq!(office.ask("POST", &format!("{SETTINGS}/test"), &json!({"email": "ann@acme.example"})).code, 404);
    assert_eq!(office.ask("DELETE", SETTINGS, &json!(null)).code, 404);
}

#[test]
fn a_key_is_kept_for_the_same_host_and_header_and_goes_nowhere_else() {
    let (office, here, elsewhere) = (Office::open(), provider(250), provider(250));
    office.set_up(&here, &json!({}));
    let mut change = draft(&here.url("/v2/{email}"));
    change.as_object_mut().expect("an object").remove("secret");
    let changed = office.ask("PUT", SETTINGS, &change);
    assert_eq!((changed.code, &changed.body["has_secret"]), (200, &json!(true)), "{}", changed.body);
    office.ask("POST", &format!("{SETTINGS}/test"), &json!({"email": "ann@acme.example"}));
    assert_eq!(here.count(1)[0].header("x-api-key"), KEY);
    for (name, value) in [("url", json!(elsewhere.url("/{email}"))), ("header", json!("X-Other"))] {
        let mut other = change.clone();
        other[name] = value;
        let reply = office.ask("PUT", SETTINGS, &other);
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (422, &json!("/secret")), "{name}");
    }
    assert_eq!(office.ask("DELETE", SETTINGS, &json!(null)).code, 204);
    let log = office.knock.get("/api/v1/audit?limit=200", &office.key).body;
    let entries = log["entries"].as_array().expect("a list").iter();
    let entries: Vec<_> = entries
        .filter(|entry| entry["action"].as_str().is_some_and(|action| action.starts_with("enrichment")))
        .collect();
    let actions: Vec<_> = entries.iter().map(|entry| entry["action"].as_str().expect("a word")).collect();
    assert_eq!(actions, ["enrichment.removed", "enrichment.changed", "enrichment.changed"]);
    assert_eq!(entries[2]["after"]["secret"], "changed");
    assert_eq!(entries[2]["after"]["host"], "127.0.0.1");
}

#[test]
fn a_test_says_what_each_field_would_be_and_keeps_nothing() {
    let provider = Receiver::start(|_, before| match before {
        0 => Answer::Full(200, Vec::new(), br#"{"company": {"employees": "51-200", "tech": ["Rust"]}}"#.to_vec()),
        1 => Answer::Code(404),
        2 => Answer::Code(403),
        _ => says(250),
    });
    let office = Office::open();
    office.set_up(&provider, &json!({"is_on": false}));
    let test = |email: &str| office.ask("POST", &format!("{SETTINGS}/test"), &json!({"email": email}));
    let tested = test("ann@acme.example").body;
    let fields: Vec<_> =
        tested["fields"].as_array().expect("a list").iter().map(|field| (&field["value"], &field["problem"])).collect();
    let nothing = json!(null);
    assert_eq!(
        fields,
        [
            (&nothing, &json!("is a text and no number")),
            (&json!(["Rust"]), &json!("")),
            (&nothing, &json!("is not in the answer")),
        ]
    );
    assert_eq!((&tested["code"], &tested["problem"]), (&json!(200), &json!("")));
    assert_eq!(test("ann@acme.example").body, json!({"code": 404, "problem": "", "fields": []}));
    let refused = test("ann@acme.example").body;
    assert_eq!((&refused["code"], &refused["problem"]), (&json!(403), &json!("the provider does not accept the key")));
    assert_eq!(office.problem(), "the provider does not accept the key");
    test("ann@acme.example");
    assert_eq!(office.knock.get(SETTINGS, &office.key).body["problem"], "");
    for email in ["ann", "ann@gmail.com", "joe@mailinator.com", "test@test.com"] {
        let reply = test(email);
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (422, &json!("/email")), "{email}");
    }
    assert_eq!(office.knock.select("SELECT source FROM company_enrichments").len(), 0);
    assert_eq!(provider.all().len(), 4);
}

#[test]
fn only_who_manages_connections_sees_the_provider() {
    let office = Office::of(Knock::start_with(&NETWORKS));
    let admin = Browser::admin(&office.knock);
    let rep = Browser::member(&office.knock, &admin, "bo@us.example", Role::Rep);
    assert_eq!(rep.get(&office.knock, SETTINGS).code, 403);
    assert_eq!(admin.get(&office.knock, SETTINGS).code, 200);
}
