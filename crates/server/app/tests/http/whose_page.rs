//! Whose page it is: with a site of the team's own, visitors read its name everywhere, and the demo's nowhere.

use crate::chat::rep_writes;
use crate::mail::{PATIENCE, advance, start};
use crate::meetings::{Office, TUESDAY_TEN};
use crate::support::{Knock, ORIGIN, Reply, id};
use knock_testing::{Chat, MailServer};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const DEMO: &str = "Tareline";
const OWN: &str = "Brewlab";
const ANN: &str = "ann@first.example";
const PAGE: (&str, &str) = ("accept", "text/html,application/xhtml+xml,*/*;q=0.8");

/// Adds the site of the team; its key.
fn add_site(knock: &Knock, key: &str) -> String {
    let made = knock.ask("POST", "/api/v1/sites", key, &json!({"name": OWN, "origins": [ORIGIN]}));
    assert_eq!(made.code, 201, "{}", made.body);
    made.text("key")
}

fn page(knock: &Knock, path: &str) -> Reply {
    knock.send("GET", path, &[PAGE, ("accept-language", "en")], None)
}

/// The page at an address, which is HTML.
fn html(knock: &Knock, path: &str, code: u16) -> String {
    let page = page(knock, path);
    assert_eq!(page.code, code, "{path}: {}", page.body);
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"), "{path}");
    let text = page.body.as_str().unwrap_or_else(|| panic!("{path}: {}", page.body));
    assert!(!text.contains("__"), "{path}: a place is empty: {text}");
    text.to_owned()
}

/// The addresses on this server that a page names.
fn addresses_in(page: &str) -> Vec<String> {
    let values = page.split("href=\"").chain(page.split("src=\"")).filter_map(|rest| rest.split('"').next());
    values.filter(|value| value.starts_with('/')).map(str::to_owned).collect()
}

fn opens(knock: &Knock, link: &str, browser: u64) -> Reply {
    let visitor = id(1_700_000_000_000, browser);
    let start = json!({"link": link, "visitor": visitor, "session": visitor, "secret": format!("{browser:064}")});
    knock.post("/v1/chat", &start)
}

#[test]
fn with_a_site_of_its_own_the_name_of_the_demo_is_nowhere() {
    let server = MailServer::start();
    let office = Office::of(start(&server));
    let (knock, key) = (&office.knock, &*office.key);
    let site = add_site(knock, key);
    let create = |slug: &str, funnel: &str| {
        let made = knock.ask("POST", "/api/v1/links", key, &json!({"slug": slug, "name": "Old", "funnel": funnel}));
        assert_eq!(made.code, 201, "{}", made.body);
    };
    create("old-chat", "chat");
    create("old-meeting", "meeting");
    for slug in ["old-chat", "old-meeting"] {
        let archived = json!({"archived": true});
        assert_eq!(knock.ask("PATCH", &format!("/api/v1/links/{slug}"), key, &archived).code, 200);
    }

    let booked = office.books(1, ANN, TUESDAY_TEN);
    assert_eq!(booked.code, 201, "{}", booked.body);
    let manage = booked.text("manage");
    let opened = opens(knock, "chat", 2);
    let chat = Chat::new(&opened);
    assert_eq!(chat.write(knock, 900, &format!("What does it cost? I am {ANN}")).code, 201);
    let count = server.until(2).len();
    assert_eq!(rep_writes(knock, &chat, 901, "Twelve a month."), 201);
    advance(knock, PATIENCE + 1);
    let mails = server.until(count + 1);

    let pages = [
        ("/l/chat", 200),
        ("/l/meeting", 200),
        ("/l/Website", 200),
        (&*format!("/l/Website?site={site}"), 200),
        ("/l/Website?site=none", 404),
        ("/l/old-chat", 404),
        ("/l/old-meeting", 404),
        ("/l/none", 404),
        ("/l/", 404),
        ("/m/bad", 404),
        ("/m/confirm/bad", 404),
        ("/mail/stop", 404),
        ("/mail/stop?lead=x&proof=y", 404),
        ("/nothing/here", 404),
        (&*manage, 200),
    ]
    .map(|(path, code)| (path.to_owned(), html(knock, path, code)));
    let look = format!("/v1/look?site={site}");
    let answers = [
        ("the booking", &booked.body),
        ("the opened booking", &office.opens(3).body),
        ("the meeting", &knock.send("GET", &manage.replace("/m/", "/v1/bookings/"), &[], None).body),
        ("the opened chat", &opened.body),
        ("the messages", &json!(chat.messages(knock, 0))),
        ("the mails", &json!(mails.iter().map(|mail| mail.0.clone()).collect::<Vec<_>>())),
        ("the look", &knock.send("GET", "/v1/look?link=chat", &[("origin", ORIGIN)], None).body),
        ("the look of the chat of a site", &knock.send("GET", &look, &[("origin", ORIGIN)], None).body),
        ("the mails as the team sees them", &knock.get("/api/v1/mail", key).body),
    ]
    .map(|(what, answer)| (what.to_owned(), answer.to_string()));
    for (what, text) in pages.iter().chain(&answers) {
        assert!(!text.contains(DEMO), "{what}: {text}");
    }
    // Style sheets, scripts and icons; what browsers and programs ask for by themselves.
    let named: BTreeSet<String> = pages.iter().flat_map(|(_, text)| addresses_in(text)).collect();
    assert!(named.iter().any(|path| path.ends_with("/link.js")), "{named:?}");
    let usual = ["/", "/app/", "/app/sign-in", "/robots.txt", "/favicon.ico", "/manifest.webmanifest", "/sitemap.xml"];
    for path in named.iter().map(String::as_str).chain(usual) {
        let file = page(knock, path);
        assert!(!file.body.to_string().contains(DEMO), "{path}");
        assert!(!file.header("location").unwrap_or_default().contains("demo"), "{path}");
    }
    for (path, text) in &pages {
        assert!(text.contains(OWN), "{path}: {text}");
    }
    assert_eq!((&opened.body["title"], &booked.body["workspace"]), (&json!(OWN), &json!(OWN)));
    let demo = page(knock, "/demo/").body;
    assert!(demo.as_str().is_some_and(|demo| demo.contains(DEMO)), "the demo is what it was");
}

#[test]
fn a_page_without_content_leads_on() {
    let knock = Knock::start();
    let key = knock.admin_key();
    let way = |href: &str| format!("<a class=\"way\" href=\"{href}\">");
    assert!(html(&knock, "/l/none", 404).contains(&way("/demo/")), "while the demo is the only site");
    let site = add_site(&knock, &key);
    let home = way(&format!("{ORIGIN}/"));
    for path in ["/l/none", "/m/bad", "/nothing"] {
        assert!(html(&knock, path, 404).contains(&home), "{path}");
    }
    let text = html(&knock, "/l/none", 404);
    assert!(text.contains(&way("/l/chat")) && text.contains(&way("/l/meeting")), "{text}");
    for slug in ["chat", "meeting"] {
        let changed = knock.ask("PATCH", &format!("/api/v1/links/{slug}"), &key, &json!({"archived": true}));
        assert_eq!(changed.code, 200, "{}", changed.body);
    }
    let text = html(&knock, "/l/meeting", 404);
    assert!(text.contains(&way(&format!("/l/Website?site={site}"))) && !text.contains("/l/meeting"), "{text}");
    assert!(html(&knock, "/app.js", 404).contains(&way("/app/")));
}

#[test]
fn programs_get_problems_and_browsers_get_pages() {
    let knock = Knock::start();
    for path in ["/nothing", "/mail/stop?lead=x", "/demo/nothing"] {
        let page = page(&knock, path);
        assert_eq!((page.code, page.header("content-type")), (404, Some("text/html; charset=utf-8")), "{path}");
        assert!(page.header("content-security-policy").is_some_and(|policy| policy.contains("default-src 'none'")));
    }
    let problem = knock.send("GET", "/nothing", &[], None);
    assert_eq!((problem.code, problem.header("content-type")), (404, Some("application/problem+json")));
    for path in ["/api/v1/nothing", "/v1/nothing", "/hooks/nothing"] {
        let problem = page(&knock, path);
        assert_eq!((problem.code, problem.header("content-type")), (404, Some("application/problem+json")), "{path}");
    }
    let refused = knock.send("POST", "/l/chat", &[PAGE], Some(b""));
    assert_eq!((refused.code, refused.header("content-type")), (405, Some("text/html; charset=utf-8")));
}

#[test]
fn the_demo_is_kept_or_removed_and_the_links_are_of_the_other_site() {
    let knock = Knock::start();
    let key = knock.admin_key();
    let (demo, own) = (knock.site(), add_site(&knock, &key));
    let keeps = || knock.get("/api/v1/sites", &key).body["keeps_demo"].as_bool();
    assert_eq!(keeps(), None);
    assert_eq!(knock.ask("POST", &format!("/api/v1/sites/{own}/keep"), &key, &Value::Null).code, 404);
    assert_eq!(knock.ask("POST", &format!("/api/v1/sites/{demo}/keep"), &key, &Value::Null).code, 204);
    assert_eq!(keeps(), Some(true));
    let has_demo = || knock.get("/api/v1/session", &key).body["has_demo"].as_bool();
    assert_eq!(has_demo(), Some(true));
    assert_eq!(knock.ask("DELETE", &format!("/api/v1/sites/{demo}"), &key, &Value::Null).code, 204);
    assert_eq!(has_demo(), None);
    assert_eq!(opens(&knock, "chat", 1).body["title"], OWN);
    assert_eq!(knock.ask("DELETE", &format!("/api/v1/sites/{own}"), &key, &Value::Null).code, 204);
    assert_eq!(opens(&knock, "chat", 2).code, 404, "there is no site");
}

#[test]
fn a_greeting_has_a_text_for_each_language() {
    let knock = Knock::start();
    let key = knock.admin_key();
    let draft = |funnel: &str| {
        json!({"slug": funnel.to_owned() + "-now", "name": "Now", "funnel": funnel, "greeting": "Hello",
        "greetings": {"de": " Hallo ", "fr": " "}})
    };
    let made = knock.ask("POST", "/api/v1/links", &key, &draft("chat"));
    assert_eq!((made.code, &made.body["greetings"]), (201, &json!({"de": "Hallo"})), "{}", made.body);
    assert_eq!(knock.ask("POST", "/api/v1/links", &key, &draft("meeting")).code, 201);
    let wrong = knock.ask("PATCH", "/api/v1/links/chat-now", &key, &json!({"greetings": {"it": "Ciao"}}));
    assert_eq!((wrong.code, &wrong.body["errors"][0]["pointer"]), (422, &json!("/greetings/it")));
    for (number, language, expected) in [(1, "de", "Hallo"), (2, "fr", "Hello"), (3, "en", "Hello")] {
        let visitor = id(1_700_000_000_000, number);
        let start = json!({"link": "chat-now", "visitor": visitor, "session": visitor, "language": language});
        let chat = Chat::new(&knock.post("/v1/chat", &start));
        assert_eq!(chat.messages(&knock, 0)[0]["text"], expected, "{language}");
        let start = json!({"link": "meeting-now", "visitor": visitor, "session": visitor, "language": language});
        assert_eq!(knock.post("/v1/meetings/open", &start).body["greeting"], expected, "{language}");
    }
}
