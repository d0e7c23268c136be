//! Knock Links: created, changed, opened, counted, archived, and sent to contacts.

use crate::support::{Knock, ORIGIN, Reply, batch, id, identify, signal};
use knock_testing::Chat;
use serde_json::{Value, json};

const DAY: i64 = 86_400_000;
const ANN: &str = "ann@acme.example";
const PATH: &str = "/api/v1/links";

struct Team {
    knock: Knock,
    key: String,
}

impl Team {
    fn start() -> Team {
        let knock = Knock::start();
        let key = knock.admin_key();
        Team { knock, key }
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> Reply {
        self.knock.ask(method, path, &self.key, body)
    }

    fn create(&self, draft: &Value) -> Value {
        let made = self.ask("POST", PATH, draft);
        assert_eq!(made.code, 201, "{}", made.body);
        made.body
    }

    fn change(&self, slug: &str, change: &Value) -> Value {
        let changed = self.ask("PATCH", &format!("{PATH}/{slug}"), change);
        assert_eq!(changed.code, 200, "{}", changed.body);
        changed.body
    }

    fn refused(&self, method: &str, path: &str, body: &Value, pointer: &str) {
        let reply = self.ask(method, path, body);
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (422, &json!(pointer)), "{body}: {}", reply.body);
    }

    fn listed(&self, query: &str) -> Vec<Value> {
        self.knock.get(&format!("{PATH}{query}"), &self.key).body["links"].as_array().expect("a list").clone()
    }

    fn slugs(&self, query: &str) -> Vec<String> {
        self.listed(query).iter().map(|link| link["slug"].as_str().expect("a slug").to_owned()).collect()
    }

    /// Opens a link in a browser, with the token of its address.
    fn open(&self, slug: &str, browser: u64, resume: &str) -> Reply {
        let visitor = id(1_700_000_000_000, browser);
        let mut start =
            json!({"link": slug, "visitor": visitor, "session": visitor, "secret": format!("{browser:064}")});
        if !resume.is_empty() {
            start["resume"] = json!(resume);
        }
        self.knock.post("/v1/chat", &start)
    }

    fn opened(&self, slug: &str, browser: u64, resume: &str) -> Chat {
        let reply = self.open(slug, browser, resume);
        assert_eq!(reply.code, 201, "{}", reply.body);
        Chat::new(&reply)
    }

    fn page(&self, path: &str, language: &str) -> (u16, String) {
        let page = self.knock.send("GET", path, &[("accept-language", language)], None);
        (page.code, page.body.as_str().unwrap_or_else(|| panic!("no page: {}", page.body)).to_owned())
    }

    fn contacts(&self) -> Vec<Value> {
        self.knock.get("/api/v1/contacts", &self.key).body["contacts"].as_array().expect("a list").clone()
    }

    /// The token of an address for a contact, with its query.
    fn query_for(&self, slug: &str, email: &str) -> String {
        let made = self.ask("POST", &format!("{PATH}/{slug}/addresses"), &json!({"emails": [email]}));
        assert_eq!(made.code, 200, "{}", made.body);
        let url = made.body["addresses"][0]["url"].as_str().expect("an address").to_owned();
        assert!(url.starts_with(&format!("{}/l/{slug}?c=", self.knock.url)), "{url}");
        // No random token contains a domain: it has no dots.
        let (_, domain) = email.split_once('@').expect("an address");
        assert!(!url.contains(domain), "{url}");
        url[url.find('?').expect("a query")..].to_owned()
    }
}

fn first_message(team: &Team, chat: &Chat) -> String {
    chat.messages(&team.knock, 0)[0]["text"].as_str().expect("a text").to_owned()
}

#[test]
fn a_link_is_created_changed_archived_and_restored() {
    let team = Team::start();
    assert_eq!(team.slugs(""), ["Website", "chat", "meeting"]);
    let made = team.create(&json!({"name": "G2 profile", "funnel": "chat", "channel": "G2"}));
    assert_eq!(
        (&made["slug"], &made["url"]),
        (&json!("g2-profile"), &json!(format!("{}/l/g2-profile", team.knock.url)))
    );
    let second =
        team.create(&json!({"name": "G2 Profile!", "funnel": "chat", "language": "de", "greeting": " Hallo! "}));
    assert_eq!((&second["slug"], &second["greeting"]), (&json!("g2-profile-2"), &json!("Hallo!")));
    let site = team.knock.site();
    let questions = json!([{"id": "q1", "label": "Team size", "kind": "choice", "options": ["1-9", "10+"],
        "required": true, "field": "team_size"}]);
    let meeting = json!({"slug": "demo", "name": "Demo", "funnel": "meeting", "duration_min": 30, "site": site,
        "questions": questions, "utm": {"source": "mail", "campaign": "spring"}});
    let meeting = team.create(&meeting);
    assert_eq!(meeting["questions"], questions);
    // Omitted fields stay, null removes a value.
    let changed = team.change("demo", &json!({"name": "Book a demo", "duration_min": null}));
    let expected = json!({"name": "Book a demo", "duration_min": null});
    let mut whole = meeting;
    whole.as_object_mut().expect("a link").extend(expected.as_object().expect("fields").clone());
    assert_eq!(changed, whole);
    assert!(team.change("demo", &json!({"archived": true}))["archived_at"].is_number());
    assert_eq!(team.slugs(""), ["Website", "chat", "g2-profile", "g2-profile-2", "meeting"]);
    assert_eq!(team.slugs("?archived=yes"), ["demo"]);
    assert_eq!(team.change("demo", &json!({"archived": false})), whole);
    assert_eq!(team.ask("PATCH", "/api/v1/links/none", &json!({})).code, 404);
    let entries = team.knock.get("/api/v1/audit", &team.key).body;
    let actions: Vec<_> = entries["entries"].as_array().expect("a list").iter().map(|entry| &entry["action"]).collect();
    let expected = ["link.restored", "link.archived", "link.changed", "link.created", "link.created", "link.created"];
    assert_eq!(&actions[..6], expected.map(|action| json!(action)).iter().collect::<Vec<_>>());
}

#[test]
fn a_wrong_field_is_named() {
    let team = Team::start();
    let draft = |field: &str, value: Value| {
        let mut draft = json!({"name": "Demo", "funnel": "meeting"});
        draft[field] = value;
        draft
    };
    let question = |field: &str, value: Value| {
        let mut question = json!({"id": "q", "label": "Size", "kind": "text"});
        question[field] = value;
        draft("questions", json!([question]))
    };
    for (draft, pointer) in [
        (draft("name", json!(" ")), "/name"),
        (draft("name", json!("a".repeat(81))), "/name"),
        (draft("funnel", json!("phone")), "/funnel"),
        (draft("slug", json!("G2")), "/slug"),
        (draft("slug", json!("chat")), "/slug"),
        (draft("channel", json!("a\nb")), "/channel"),
        (draft("rule", json!("none")), "/rule"),
        (draft("rule", json!("default_chat")), "/rule"),
        (draft("language", json!("ja")), "/language"),
        (draft("greeting", json!("a".repeat(1_001))), "/greeting"),
        (draft("site", json!("none")), "/site"),
        (draft("utm", json!({"term": "a".repeat(201)})), "/utm/term"),
        (draft("duration_min", json!(4)), "/duration_min"),
        (draft("questions", json!(vec![json!({"id": "q", "label": "Size", "kind": "text"}); 11])), "/questions"),
        (draft("questions", json!(vec![json!({"id": "q", "label": "Size", "kind": "text"}); 2])), "/questions/1/id"),
        (question("id", json!("Q 1")), "/questions/0/id"),
        (question("label", json!("")), "/questions/0/label"),
        (question("kind", json!("choice")), "/questions/0/options"),
        (question("field", json!("a".repeat(61))), "/questions/0/field"),
    ] {
        team.refused("POST", PATH, &draft, pointer);
    }
    team.refused("POST", PATH, &json!({"name": "A", "funnel": "chat", "duration_min": 30}), "/duration_min");
    team.refused("PATCH", "/api/v1/links/Website", &json!({"archived": true}), "/archived");
    team.refused("PATCH", "/api/v1/links/chat", &json!({"greeting": "\u{7}"}), "/greeting");
    assert_eq!(team.ask("PATCH", "/api/v1/links/chat", &json!({"slug": "other"})).code, 400, "it never changes");
    assert_eq!(team.slugs(""), ["Website", "chat", "meeting"]);
}

#[test]
fn greeting_and_language_act_and_clicks_and_conversions_are_counted() {
    let team = Team::start();
    team.create(&json!({"slug": "g2", "name": "G2", "funnel": "chat", "channel": "G2", "language": "de",
        "greeting": "Hallo von G2", "utm": {"source": "g2", "campaign": "profil"}}));
    let (code, page) = team.page("/l/g2", "fr");
    assert!(code == 200 && page.contains("<html lang=\"de\">"), "{page}");
    assert!(!page.contains("G2</"), "what the team calls it is not shown: {page}");
    assert!(team.page("/l/g2?lang=es", "fr").1.contains("<html lang=\"es\">"));
    // What programs take along, and a campaign without its `?`.
    for path in
        ["/l/g2.", "/l/g2)", "/l/g2,", "/l/g2&utm_source=mail", "/l/g2;utm_source=mail", "/l/g2%3Futm_source=mail"]
    {
        assert_eq!(team.page(path, "fr").0, 200, "{path}");
    }
    assert_eq!(team.page("/l/g2x", "fr").0, 404);
    let head = team.knock.send("HEAD", "/l/g2", &[], None);
    assert_eq!((head.code, head.header("x-robots-tag")), (200, Some("noindex")));
    let (first, second) = (team.opened("g2", 1, ""), team.opened("g2", 2, "?utm_source=partner"));
    assert_eq!(first_message(&team, &first), "Hallo von G2");
    assert_ne!(first_message(&team, &team.opened("chat", 3, "")), "Hallo von G2");
    let figures = || {
        let link = team.listed("").into_iter().find(|link| link["slug"] == "g2").expect("the link");
        (link["clicks"].as_u64(), link["conversions"].as_u64())
    };
    assert_eq!(figures(), (Some(2), Some(0)));
    assert_eq!(first.write(&team.knock, 900, "We need a quote").code, 201);
    assert_eq!(first.write(&team.knock, 901, "For 40 people").code, 201);
    assert_eq!(figures(), (Some(2), Some(1)));
    let attribution = |chat: &Chat| {
        let lead = chat.record(&team.knock, &team.key)["conversation"]["lead"].as_str().expect("an id").to_owned();
        let contact = team.knock.get(&format!("/api/v1/contacts/{lead}"), &team.key).body;
        let of = |name: &str| contact["contact"]["attribution"][name].as_str().unwrap_or_default().to_owned();
        [of("source"), of("campaign")]
    };
    assert_eq!(attribution(&first), ["g2", "profil"]);
    assert_eq!(attribution(&second), ["partner", ""], "the address outweighs the link");
}

#[test]
fn a_link_that_is_no_longer_in_use_says_so_on_a_page() {
    let team = Team::start();
    let chat = team.opened("chat", 1, "");
    team.change("chat", &json!({"archived": true}));
    for path in ["/l/chat", "/l/none", "/l/Website?site=none", "/l/%22%3E%3Cb%3E"] {
        for (language, expected) in
            [("en", "no longer in use"), ("de", "nicht mehr verwendet"), ("fr", "plus utilis"), ("es", "ya no se usa")]
        {
            let (code, page) = team.page(path, language);
            assert_eq!(code, 404, "{path}");
            assert!(page.contains(expected) && page.contains("Tareline") && page.contains("noindex"), "{path}: {page}");
            assert!(!page.contains("__") && !page.contains("<b>"), "{path}: {page}");
        }
    }
    assert_eq!(team.knock.send("HEAD", "/l/chat", &[], None).code, 404);
    assert_eq!(team.open("chat", 2, "").code, 404);
    assert_eq!(chat.write(&team.knock, 900, "We need a quote").code, 201, "a chat that is open goes on");
    team.change("chat", &json!({"archived": false}));
    assert_eq!(team.page("/l/chat", "en").0, 200);
}

#[test]
fn an_address_of_a_mail_merge_makes_its_visitor_known_and_shows_nothing_of_before() {
    let team = Team::start();
    let (knock, site, now) = (&team.knock, team.knock.site(), team.knock.now());
    assert_eq!(knock.post_signals(&batch(&site, 1, now, &[identify(now, 1, ANN)])).code, 202);
    let before = team.opened("chat", 1, "");
    assert_eq!(before.write(knock, 900, "Between us: what does it cost?").code, 201);
    let query = team.query_for("chat", ANN);
    let chat = team.opened("chat", 50, &query);
    assert_ne!(chat.id, before.id);
    assert_eq!(chat.messages(knock, 0).len(), 1, "the greeting alone");
    let lead = |chat: &Chat| chat.record(knock, &team.key)["conversation"]["lead"].clone();
    assert_eq!(lead(&chat), lead(&before));
    let contacts = team.contacts();
    assert_eq!((contacts.len(), &contacts[0]["email"]), (1, &json!(ANN)), "{contacts:?}");
    // It is the contact's browser from now on.
    let before = contacts[0]["signals"].as_u64().expect("a number");
    knock.post_signals(&batch(&site, 50, now, &[signal(now, 51, "page_view", "/pricing")]));
    assert_eq!(team.contacts()[0]["signals"], json!(before + 1));
    // An address that was not known before becomes a contact.
    let other = team.query_for("chat", "bo@hollis.example");
    team.opened("chat", 51, &other);
    assert!(team.contacts().iter().any(|contact| contact["email"] == "bo@hollis.example"));
}

#[test]
fn a_token_that_is_not_good_any_more_is_as_good_as_none() {
    let team = Team::start();
    let query = team.query_for("chat", ANN);
    let spoilt = format!("{}AAAA", &query[..query.len() - 4]);
    for (browser, query) in [(50, spoilt.as_str()), (51, "?c="), (52, "?c=x&c=y"), (53, "?")] {
        team.opened("chat", browser, query);
    }
    team.knock.advance(90 * DAY);
    team.opened("chat", 54, &query);
    assert!(team.contacts().iter().all(|contact| contact["email"] != ANN));
    team.refused("POST", "/api/v1/links/chat/addresses", &json!({"emails": [ANN, "x"]}), "/emails/1");
    team.refused("POST", "/api/v1/links/chat/addresses", &json!({"emails": []}), "/emails");
    team.refused("POST", "/api/v1/links/chat/addresses", &json!({"emails": vec![ANN; 1_001]}), "/emails");
    assert_eq!(team.ask("POST", "/api/v1/links/none/addresses", &json!({"emails": [ANN]})).code, 404);
    team.change("chat", &json!({"archived": true}));
    assert_eq!(team.ask("POST", "/api/v1/links/chat/addresses", &json!({"emails": [ANN]})).code, 409);
}

#[test]
fn the_chats_of_a_link_are_of_its_site() {
    let team = Team::start();
    let shop = team.ask("POST", "/api/v1/sites", &json!({"name": "Shop", "origins": [ORIGIN]})).body;
    let shop = shop["key"].as_str().expect("a key").to_owned();
    team.create(&json!({"slug": "shop", "name": "Shop", "funnel": "chat", "site": shop}));
    assert!(team.page("/l/shop", "en").1.contains("<title>Shop</title>"));
    assert!(team.page("/l/chat", "en").1.contains("<title>Shop</title>"), "the demo is not the first one");
    assert_eq!(team.ask("DELETE", &format!("/api/v1/sites/{shop}"), &Value::Null).code, 204);
    assert!(
        team.page("/l/shop", "en").1.contains("<title>Tareline</title>"),
        "that of a removed site is the first one's"
    );
}

#[test]
fn a_link_has_a_qr_code() {
    let team = Team::start();
    let bearer = format!("Bearer {}", team.key);
    let get = |path: &str| team.knock.send("GET", &format!("{PATH}/{path}"), &[("authorization", &bearer)], None);
    let svg = get("chat/qr.svg");
    assert_eq!((svg.code, svg.header("content-type")), (200, Some("image/svg+xml")));
    assert_eq!(svg.header("content-disposition"), Some("inline; filename=\"chat.svg\""));
    let png = get("chat/qr.png?size=300&download");
    assert_eq!((png.code, png.header("content-type")), (200, Some("image/png")));
    assert_eq!(png.header("content-disposition"), Some("attachment; filename=\"chat.png\""));
    assert_eq!(get("chat/qr.png?size=63").code, 400);
    assert_eq!(get("chat/qr.png?size=x").code, 400);
    assert_eq!((get("none/qr.svg").code, get("none/qr.png").code), (404, 404));
}
