//! The Contacts table: any routing field, any order, page by page, as a file, as of the past, several rows at once.

use crate::chat::open_as;
use crate::support::{Knock, batch, signal};
use knock_model::Millis;
use serde_json::{Value, json};

/// Campaign, viewed pages and address of three contacts; the second one has chatted, the third one has no address.
const SEEN: [(&str, &[&str], &str); 3] = [
    ("?utm_source=G2&utm_campaign=Spring", &["/pricing", "/demo", "/pricing"], "zoe@alpha.example"),
    ("?utm_source=news&utm_campaign=autumn", &["/blog"], "ann@beta.example"),
    ("", &["/careers"], ""),
];

struct Scene {
    knock: Knock,
    key: String,
    site: String,
}

impl Scene {
    fn start() -> Scene {
        let knock = Knock::start();
        let (site, key) = (knock.site(), knock.admin_key());
        for (visitor, (campaign, pages, email)) in (1..).zip(SEEN) {
            let now = knock.now();
            let mut signals: Vec<Value> = (1..)
                .zip(pages.iter())
                .map(|(number, page)| {
                    signal(
                        now - 1_000 + number,
                        visitor * 100 + number as u64,
                        "page_view",
                        &format!("{page}{campaign}"),
                    )
                })
                .collect();
            if !email.is_empty() {
                signals.push(identify(now, visitor * 100 + 50, email));
            }
            assert_eq!(knock.post_signals(&batch(&site, visitor, now, &signals)).code, 202);
            if visitor > 1 {
                open_as(&knock, &site, visitor);
            }
        }
        Scene { knock, key, site }
    }

    fn page(&self, query: &str) -> Value {
        let reply = self.knock.get(&format!("/api/v1/contacts?{query}"), &self.key);
        assert_eq!(reply.code, 200, "{query}: {}", reply.body);
        reply.body
    }

    fn file(&self, query: &str) -> String {
        let reply = self.knock.get(&format!("/api/v1/contacts.csv?{query}"), &self.key);
        assert_eq!(reply.code, 200, "{query}: {}", reply.body);
        reply.body.as_str().expect("a text").to_owned()
    }

    fn names(&self, query: &str) -> Vec<String> {
        names(&self.page(query))
    }
}

fn names(page: &Value) -> Vec<String> {
    let rows = page["contacts"].as_array().expect("a list");
    rows.iter().map(|row| row["display_name"].as_str().expect("a name").to_owned()).collect()
}

fn filter(condition: &Value) -> String {
    let text = condition.to_string();
    let encoded: String = text.bytes().map(|byte| format!("%{byte:02x}")).collect();
    format!("where={encoded}")
}

/// An `identify` without a name: the contact is shown by their address.
fn identify(at: i64, n: u64, email: &str) -> Value {
    let mut said = crate::support::identify(at, n, email);
    said["props"]["name"] = json!("");
    said
}

const ZOE: &str = "zoe@alpha.example";
const ANN: &str = "ann@beta.example";
const VISITOR: &str = "Visitor 0003";

#[test]
fn any_routing_field_filters() {
    let scene = Scene::start();
    let leaf = |field: &str, op: &str, value: Value| json!({"field": field, "op": op, "value": value});
    for (condition, expected) in [
        (leaf("attribution.utm_campaign", "eq", json!("spring")), vec![ZOE]),
        (leaf("attribution.source", "starts_with", json!("g")), vec![ZOE]),
        (leaf("attribution.channel", "eq", json!("Direct")), vec![VISITOR]),
        (leaf("company.domain", "ends_with", json!(".EXAMPLE")), vec![ZOE, ANN]),
        (leaf("email", "contains", json!("ann@")), vec![ANN]),
        (json!({"field": "email", "op": "is_not_set"}), vec![VISITOR]),
        (leaf("signals.categories", "has_any", json!(["Pricing"])), vec![ZOE]),
        (leaf("intent.type", "eq", json!("Unknown")), vec![ZOE, ANN, VISITOR]),
        (leaf("signals.engagement_score", "gte", json!(1000)), vec![]),
        (
            json!({"any": [leaf("email", "eq", json!(ANN)), leaf("attribution.utm_source", "eq", json!("g2"))]}),
            vec![ZOE, ANN],
        ),
        (
            json!({"all": [leaf("email.is_free", "eq", json!(false)), {"not": leaf("email", "eq", json!(ANN))}]}),
            vec![ZOE],
        ),
    ] {
        let mut found = scene.names(&filter(&condition));
        found.sort_unstable();
        let mut expected: Vec<String> = expected.into_iter().map(str::to_owned).collect();
        expected.sort_unstable();
        assert_eq!(found, expected, "{condition}");
    }
}

#[test]
fn a_page_of_another_own_site_is_no_referral() {
    let knock = Knock::start();
    let (site, key) = (knock.site(), knock.admin_key());
    let draft = json!({"name": "Shop", "origins": ["https://acme.example"]});
    assert_eq!(knock.ask("POST", "/api/v1/sites", &key, &draft).code, 201);
    for (visitor, referrer, email) in
        [(1, "https://www.acme.example/prices", ZOE), (2, "https://notacme.example/prices", ANN)]
    {
        let now = knock.now();
        let mut view = signal(now - 1_000, visitor * 100, "page_view", "/pricing");
        view["referrer"] = json!(referrer);
        let signals = [view, identify(now, visitor * 100 + 50, email)];
        assert_eq!(knock.post_signals(&batch(&site, visitor, now, &signals)).code, 202);
    }
    let scene = Scene { knock, key, site };
    let by_channel =
        |channel: &str| scene.names(&filter(&json!({"field": "attribution.channel", "op": "eq", "value": channel})));
    assert_eq!([by_channel("Direct"), by_channel("Referral")], [[ZOE], [ANN]]);
}

#[test]
fn a_condition_asks_what_the_last_decision_saw_of_the_session() {
    let scene = Scene::start();
    let chat = open_as(&scene.knock, &scene.site, 2);
    assert_eq!(chat.write(&scene.knock, 7, "We need a quote").code, 201);
    let by_page = |page: &str| filter(&json!({"field": "session.landing_page", "op": "contains", "value": page}));
    assert_eq!(scene.names(&by_page("/blog")), [ANN]);
    assert_eq!(scene.names(&by_page("/pricing")), [""; 0]);
    let by_link = filter(&json!({"field": "link.id", "op": "eq", "value": "Website"}));
    assert_eq!(scene.names(&by_link), [ANN]);
}

#[test]
fn every_order_is_the_same_page_by_page_and_what_is_missing_comes_last() {
    let scene = Scene::start();
    for (sort, expected) in [
        ("contact", [ANN, ZOE, VISITOR]),
        ("-contact", [ZOE, ANN, VISITOR]),
        ("account", [ZOE, ANN, VISITOR]),
        ("-account", [ANN, ZOE, VISITOR]),
        ("campaign", [ANN, ZOE, VISITOR]),
        ("-campaign", [ZOE, ANN, VISITOR]),
        ("first_seen", [ZOE, ANN, VISITOR]),
        ("last_seen", [ZOE, ANN, VISITOR]),
        ("-last_seen", [VISITOR, ANN, ZOE]),
    ] {
        assert_eq!(scene.names(&format!("sort={sort}")), expected, "{sort}");
    }
    let sorts = "name score -score type channel source landing_page signals -signals chat_status -chat_status \
                 meeting_status deal -deal reject_reason last_reply -last_reply last_message -last_message";
    for sort in sorts.split(' ') {
        let whole = scene.names(&format!("sort={sort}"));
        let mut pieces = Vec::new();
        let mut after = String::new();
        loop {
            let page = scene.page(&format!("sort={sort}&limit=1{after}"));
            pieces.extend(names(&page));
            let Some(next) = page["next"].as_str() else { break };
            let encoded: String = next.bytes().map(|byte| format!("%{byte:02x}")).collect();
            after = format!("&after={encoded}");
        }
        assert_eq!(pieces, whole, "{sort}");
        assert_eq!(whole.len(), 3, "{sort}");
    }
    assert_eq!(scene.names("sort=-signals")[0], ZOE);
}

#[test]
fn the_file_has_the_contacts_asked_for_and_no_formula() {
    let scene = Scene::start();
    let now = scene.knock.now();
    let formula = "/?utm_source=%3D1%2B1&utm_campaign=x";
    let signals = [signal(now - 10, 9_001, "page_view", formula), identify(now, 9_002, "eve@gamma.example")];
    assert_eq!(scene.knock.post_signals(&batch(&scene.site, 9, now, &signals)).code, 202);
    let file = scene.file("sort=contact&named=true");
    let lines: Vec<&str> = file.lines().collect();
    assert_eq!(lines.len(), 4, "{file}");
    assert!(lines[0].starts_with("\u{feff}id,contact,email,name,account,intent_score"), "{file}");
    assert!(lines[1].contains(ANN) && lines[2].contains("eve@gamma.example") && lines[3].contains(ZOE), "{file}");
    assert!(lines[2].contains(",'=1+1,x,"), "{file}");
    let one = scene.page("q=zoe")["contacts"][0]["id"].as_str().expect("an id").to_owned();
    assert_eq!(scene.file(&format!("ids={one}")).lines().count(), 2);
}

#[test]
fn the_past_has_those_of_then_as_they_were() {
    let scene = Scene::start();
    let before = scene.knock.now();
    scene.knock.advance(Millis::MINUTE.0);
    let now = scene.knock.now();
    let signals = [signal(now - 10, 9_001, "page_view", "/pricing"), identify(now, 9_002, "eve@gamma.example")];
    assert_eq!(scene.knock.post_signals(&batch(&scene.site, 9, now, &signals)).code, 202);
    assert_eq!(scene.names("").len(), 4);
    let then = scene.page(&format!("at={before}"));
    assert_eq!(names(&then), [VISITOR, ANN, ZOE]);
    assert_eq!(scene.names(&format!("at={before}&q=zoe")), [ZOE]);
    assert_eq!(scene.names(&format!("at={before}&named=false")), [VISITOR]);
    assert_eq!(names(&scene.page(&format!("at={before}&limit=2"))), [VISITOR, ANN]);
    let accounts = scene.knock.get(&format!("/api/v1/accounts?at={before}"), &scene.key).body;
    assert_eq!(accounts["accounts"].as_array().map(Vec::len), Some(2), "{accounts}");
    for name in ["sort=name".to_owned(), "deal=true".to_owned(), filter(&json!({"field": "email", "op": "is_set"}))] {
        let reply = scene.knock.get(&format!("/api/v1/contacts?at={before}&{name}"), &scene.key);
        assert_eq!(reply.code, 400, "{name}: {}", reply.body);
    }
}

#[test]
fn what_is_done_with_several_is_done_with_each_that_has_chatted() {
    let scene = Scene::start();
    let page = scene.page("");
    let ids: Vec<&Value> = page["contacts"].as_array().expect("a list").iter().map(|row| &row["id"]).collect();
    let ask = |body: &Value| scene.knock.ask("POST", "/api/v1/contacts/actions", &scene.key, body);
    let done = ask(&json!({"contacts": ids, "action": {"set_type": {"kind": "Support"}}}));
    assert_eq!((done.code, &done.body["done"]), (200, &json!(2)), "{}", done.body);
    assert_eq!(done.body["without_chat"].as_array().map(Vec::len), Some(1));
    assert_eq!(scene.names("type=Support").len(), 2);
    assert_eq!(ask(&json!({"contacts": [ids[0]], "action": "mark_spam"})).body["done"], 1);
    assert_eq!(scene.names("").len(), 2);
    for (body, pointer) in [
        (json!({"contacts": [], "action": "mark_spam"}), "/contacts"),
        (json!({"contacts": [ids[1]], "action": {"set_type": {"kind": "Unknown"}}}), "/set_type/kind"),
    ] {
        let reply = ask(&body);
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (422, &json!(pointer)), "{}", reply.body);
    }
}

#[test]
fn a_view_is_saved_renamed_and_deleted_for_everybody() {
    let scene = Scene::start();
    let (knock, key) = (&scene.knock, &scene.key);
    let draft = |name: &str| json!({"page": "contacts", "name": name, "query": "?score=High&sort=-score"});
    let saved = knock.ask("POST", "/api/v1/views", key, &draft(" Hot leads "));
    assert_eq!((saved.code, &saved.body["name"]), (201, &json!("Hot leads")), "{}", saved.body);
    assert_eq!(saved.body["query"], "score=High&sort=-score");
    let path = format!("/api/v1/views/{}", saved.body["id"].as_str().expect("an id"));
    for (body, pointer) in [
        (draft("hot LEADS"), "/name"),
        (draft(" "), "/name"),
        (json!({"page": "live", "name": "x", "query": ""}), "/page"),
        (json!({"page": "contacts", "name": "x", "query": "x".repeat(4_001)}), "/query"),
    ] {
        let reply = knock.ask("POST", "/api/v1/views", key, &body);
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (422, &json!(pointer)), "{}", reply.body);
    }
    assert_eq!(knock.ask("PUT", &path, key, &draft("Hottest")).code, 200);
    let views = knock.get("/api/v1/views", key).body;
    assert_eq!((views["views"].as_array().map(Vec::len), &views["views"][0]["name"]), (Some(1), &json!("Hottest")));
    assert_eq!(knock.ask("DELETE", &path, key, &Value::Null).code, 204);
    assert_eq!(knock.ask("DELETE", &path, key, &Value::Null).code, 404);
    assert_eq!(knock.ask("PUT", &path, key, &draft("Gone")).code, 404);
}

#[test]
fn what_cannot_be_asked_names_the_parameter() {
    let scene = Scene::start();
    let deep = (0..6).fold(json!({"field": "email", "op": "is_set"}), |inner, _| json!({"not": inner}));
    for (query, pointer) in [
        ("owner=me".to_owned(), "query/owner"),
        ("owner=ann".to_owned(), "query/owner"),
        ("deal=maybe".to_owned(), "query/deal"),
        ("chat_status=Sleeping".to_owned(), "query/chat_status"),
        ("meeting_status=Sleeping".to_owned(), "query/meeting_status"),
        ("sort=score&after=1.x.5".to_owned(), "query/after"),
        ("sort=colour".to_owned(), "query/sort"),
        ("sort=--name".to_owned(), "query/sort"),
        ("where=%7B%7D".to_owned(), "query/where"),
        (filter(&json!({"field": "email", "op": "gt", "value": 1})), "query/where"),
        (filter(&deep), "query/where"),
        ("ids=unknown".to_owned(), "query/ids"),
        ("after=nowhere".to_owned(), "query/after"),
        ("sort=signals&after=1.x.y".to_owned(), "query/after"),
        ("limit=0".to_owned(), "query/limit"),
    ] {
        let reply = scene.knock.get(&format!("/api/v1/contacts?{query}"), &scene.key);
        assert_eq!(
            (reply.code, &reply.body["errors"][0]["pointer"]),
            (400, &json!(pointer)),
            "{query}: {}",
            reply.body
        );
    }
}
