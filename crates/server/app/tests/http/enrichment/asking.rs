//! The requests to the provider, and the use of its data by rules.

use super::{KEY, NETWORKS, Office, SETTINGS, draft, provider, says};
use crate::meetings::Office as Meetings;
use crate::support::{Knock, identify, signal};
use knock_testing::{Answer, Chat, Receiver, found};
use serde_json::json;

const DAY: i64 = 86_400_000;

#[test]
fn a_rule_goes_by_what_the_provider_says_and_records_show_it() {
    let (office, provider) = (Office::open(), provider(250));
    office.set_up(&provider, &json!({}));
    office.is_known(1, "ann@acme.example");
    let chat = office.writes(1, "We need a quote");
    assert_eq!(office.segment(&chat), "Large");
    let heard = provider.count(1);
    assert_eq!((heard[0].path.as_str(), heard[0].header("x-api-key")), ("/find/ann%40acme.example", KEY));

    let record = office.enriched("ann@acme.example");
    let shown = record["enrichment"].as_array().expect("a list");
    let values: Vec<_> = shown.iter().map(|shown| (&shown["field"], &shown["value"], &shown["source"])).collect();
    let source = json!("Acme Data");
    assert_eq!(
        values,
        [
            (&json!("company.employees"), &json!(250), &source),
            (&json!("company.technologies"), &json!(["Rust", "Go"]), &source),
            (&json!("person.title"), &json!("CTO"), &source),
        ]
    );
    let at = shown[0]["at"].as_i64().expect("an instant");
    assert!((0..60_000).contains(&(office.knock.now() - at)), "{at}");
    let account = record["contact"]["account"]["id"].as_str().expect("an account");
    let account = office.knock.get(&format!("/api/v1/accounts/{account}"), &office.key).body;
    assert_eq!(account["enrichment"].as_array().map(Vec::len), Some(2), "{account}");

    // The address may be in the first message of an unknown visitor.
    let stranger = office.writes(2, "I am bo@hollis.example, please call me");
    assert_eq!(office.segment(&stranger), "Large");
    assert_eq!(office.enriched("bo@hollis.example")["enrichment"].as_array().map(Vec::len), Some(3));
}

#[test]
fn an_answer_counts_for_its_days_and_that_nothing_is_known_for_one() {
    let provider = Receiver::start(|heard, _| if heard.path.contains("acme") { says(250) } else { Answer::Code(404) });
    let office = Office::open();
    office.set_up(&provider, &json!({"keep_days": 3}));
    let asked = |expected: usize, why: &str| {
        assert_eq!(provider.all().len(), expected, "{why}");
    };
    // A known lead is enriched once, at the click and before the first message is routed.
    for (visitor, email) in [(1, "ann@acme.example"), (2, "bo@hollis.example")] {
        office.is_known(visitor, email);
        office.writes(visitor, "Hello, what does it cost?");
    }
    asked(2, "each once");
    let knows = |email: &str| office.contact(email)["enrichment"].is_array();
    assert!(knows("ann@acme.example") && !knows("bo@hollis.example"));
    let again = |visitor: u64, text: &str| office.writes(visitor, text);
    office.is_known(11, "ann@acme.example");
    again(11, "My colleague bo@hollis.example asks too");
    asked(2, "both are known");
    office.knock.set_clock(&json!({"advance_ms": DAY}));
    again(12, "I am bo@hollis.example");
    asked(3, "nothing known counts for a day");
    again(13, "I am ann@acme.example");
    asked(3, "an answer counts for three");
    office.knock.set_clock(&json!({"advance_ms": 2 * DAY}));
    again(14, "I am ann@acme.example");
    asked(4, "no longer");
}

#[test]
fn a_click_and_the_first_message_right_after_it_make_one_request() {
    let (office, provider) = (Office::open(), provider(250));
    office.set_up(&provider, &json!({}));
    for visitor in 1..=30 {
        let email = format!("person{visitor}@acme.example");
        office.is_known(visitor, &email);
        office.writes(visitor, "Hello, what does it cost?");
        office.enriched(&email);
        assert_eq!(provider.all().len() as u64, visitor, "{email}");
    }
}

#[test]
fn addresses_that_say_nothing_of_a_company_are_never_sent() {
    let (office, provider) = (Office::open(), provider(250));
    office.set_up(&provider, &json!({}));
    for (visitor, email) in [(1, "ann@gmail.com"), (2, "joe@mailinator.com"), (3, "test@test.com")] {
        let chat = office.writes(visitor, &format!("I am {email} and want a quote"));
        assert_eq!(office.segment(&chat), "Fallback Segment", "{email}");
    }
    // Switched off, the provider gets no request; once it is removed, its data no longer counts either.
    office.set_up(&provider, &json!({"is_on": false}));
    office.writes(4, "I am ann@acme.example");
    assert_eq!(provider.all().len(), 0);
    office.set_up(&provider, &json!({}));
    assert_eq!(office.segment(&office.writes(5, "I am cat@acme.example")), "Large");
    office.set_up(&provider, &json!({"is_on": false}));
    assert_eq!(office.segment(&office.writes(6, "I am dan@acme.example")), "Large", "what it said counts");
    assert_eq!(office.ask("DELETE", SETTINGS, &json!(null)).code, 204);
    assert_eq!(office.segment(&office.writes(7, "I am eve@acme.example")), "Fallback Segment");
    assert_eq!(provider.all().len(), 1);
}

#[test]
fn where_consent_is_required_no_contact_is_sent_before_it_is_given() {
    let (office, provider) = (Office::open(), provider(250));
    office.set_up(&provider, &json!({}));
    assert_eq!(office.ask("PUT", "/api/v1/privacy", &json!({"waits_for_consent": true})).code, 200);
    assert_eq!(office.segment(&office.writes(1, "I am ann@acme.example")), "Fallback Segment");
    assert_eq!(provider.all().len(), 0);
    let mut view = signal(office.knock.now(), 2, "page_view", "/");
    view["seq"] = json!(1);
    assert_eq!(office.site.visitor(2).sends(&office.knock, &[view]).code, 202);
    assert_eq!(office.segment(&office.writes(2, "I am bo@acme.example")), "Large");
    assert_eq!(provider.all().len(), 1);
}

#[test]
fn a_known_contact_is_asked_about_at_the_click_and_a_form() {
    let (office, provider) = (Office::open(), provider(250));
    office.set_up(&provider, &json!({}));
    office.is_known(1, "ann@acme.example");
    assert_eq!(provider.all().len(), 0, "a page that says who its user is asks for nothing");
    office.site.visitor(1).opens_chat(&office.knock);
    office.enriched("ann@acme.example");

    let made = office.ask("POST", "/api/v1/links/chat/addresses", &json!({"emails": ["bo@hollis.example"]}));
    let url = made.body["addresses"][0]["url"].as_str().expect("an address").to_owned();
    let visitor = knock_testing::visitor_id(2);
    let query = &url[url.find('?').expect("a query")..];
    let start = json!({"link": "chat", "visitor": visitor, "session": visitor, "resume": query});
    let opened = office.knock.send(
        "POST",
        "/v1/chat",
        &[knock_testing::JSON, ("origin", &office.knock.url)],
        Some(start.to_string().as_bytes()),
    );
    assert_eq!(opened.code, 201, "{}", opened.body);
    drop(Chat::new(&opened));
    office.enriched("bo@hollis.example");

    let now = office.knock.now();
    let form = [signal(now, 31, "form_submit", "/contact"), identify(now, 32, "cat@third.example")];
    assert_eq!(office.site.visitor(3).sends(&office.knock, &form).code, 202);
    office.enriched("cat@third.example");
    assert_eq!(provider.all().len(), 3);
    // Lists are filtered by its current data, whether a lead was routed or not.
    for (value, expected) in [(200, 3), (300, 0)] {
        let large = json!({"field": "company.employees", "op": "gte", "value": value}).to_string();
        let encoded: String = large.bytes().map(|byte| format!("%{byte:02x}")).collect();
        let list = office.knock.get(&format!("/api/v1/contacts?where={encoded}"), &office.key).body;
        assert_eq!(list["contacts"].as_array().map(Vec::len), Some(expected), "{value}");
    }
}

#[test]
fn a_lead_by_form_is_routed_by_what_the_provider_says() {
    let (office, provider) = (Office::open(), provider(250));
    office.set_up(&provider, &json!({}));
    let now = office.knock.now();
    let form = [signal(now, 31, "form_submit", "/contact"), identify(now, 32, "cat@third.example")];
    assert_eq!(office.site.visitor(3).sends(&office.knock, &form).code, 202);
    let all = office.knock.get("/api/v1/conversations?view=open", &office.key).body;
    let path = format!("/api/v1/conversations/{}", all["conversations"][0]["id"].as_str().expect("an id"));
    let record = office.knock.get(&path, &office.key).body;
    assert_eq!(record["decisions"][0]["segment"], "Large", "{record}");
}

#[test]
fn a_domain_is_asked_about_once_and_says_nothing_of_persons() {
    let (office, provider) = (Office::open(), provider(250));
    let fields = json!([{"field": "company.employees", "pointer": "/company/employees"}]);
    office.set_up(&provider, &json!({"url": provider.url("/companies/{domain}"), "fields": fields}));
    for (visitor, email) in [(1, "ann@mail.acme.example"), (2, "bo@acme.example")] {
        assert_eq!(office.segment(&office.writes(visitor, &format!("I am {email}"))), "Large");
    }
    let heard = provider.all();
    assert_eq!(heard.iter().map(|heard| heard.path.as_str()).collect::<Vec<_>>(), ["/companies/acme.example"]);
    assert_eq!(office.knock.select("SELECT lead FROM person_enrichments").len(), 0);
}

#[test]
fn the_rules_of_meetings_go_by_it_at_the_first_e_mail() {
    let meetings = Meetings::of(Knock::start_with(&NETWORKS));
    let provider = provider(12);
    let draft = draft(&provider.url("/find/{email}"));
    assert_eq!(meetings.admin.ask(&meetings.knock, "PUT", SETTINGS, &draft).code, 200);
    let admin = meetings.admin.id_of(&meetings.knock, "admin@localhost");
    let small = json!({"field": "company.employees", "op": "lt", "value": 50});
    let segments = json!([{"id": "small", "name": "Small", "enabled": true, "when": small, "disqualify": true}]);
    let fallback = json!({"assign": {"calendar": "single", "reps": [admin]}});
    meetings.rule(&json!({"name": "Meetings", "funnel": "meeting", "segments": segments, "fallback": fallback}));
    assert_eq!(meetings.opens(1).code, 201);
    let said = meetings.gives(1, "ann@acme.example").body;
    assert_eq!((&said["verdict"], &said["reason"]), (&json!("unqualified"), &json!("routing")), "{said}");
    assert_eq!(meetings.slots("ann@acme.example", "")["verdict"], "unqualified");
    assert_eq!(meetings.slots("bo@acme.example", "")["verdict"], "unqualified", "a colleague of theirs");
    assert_eq!(provider.all().len(), 1, "who only looks at times is not sent");
}

#[test]
fn who_is_erased_takes_along_what_was_said_of_them() {
    let (office, provider) = (Office::open(), provider(250));
    office.set_up(&provider, &json!({}));
    office.writes(1, "I am ann@acme.example");
    office.enriched("ann@acme.example");
    let exported = office.ask("POST", "/api/v1/persons/export", &json!({"email": "ann@acme.example"})).body;
    assert_eq!(exported["enrichment"]["person"]["fields"], json!({"person.title": "CTO"}), "{exported}");
    assert_eq!(office.ask("POST", "/api/v1/persons/erase", &json!({"email": "ann@acme.example"})).code, 200);
    for table in ["person_enrichments", "company_enrichments"] {
        assert_eq!(office.knock.select(&format!("SELECT source FROM {table}")).len(), 0, "{table}");
    }
}

#[test]
fn two_servers_share_what_was_said() {
    let (office, provider) = (Office::open(), provider(250));
    let Some(second) = office.knock.start_beside() else { return };
    office.set_up(&provider, &json!({}));
    office.writes(1, "I am ann@acme.example");
    office.enriched("ann@acme.example");
    let chat = office.site.visitor(2).opens_chat(&second);
    assert_eq!(chat.write(&second, 2, "I am ann@acme.example").code, 201);
    let decided = found("it is decided", || {
        let record = chat.record(&second, &office.key);
        record["decisions"][0]["segment"].as_str().map(str::to_owned)
    });
    assert_eq!((decided.as_str(), provider.all().len()), ("Large", 1));
}
