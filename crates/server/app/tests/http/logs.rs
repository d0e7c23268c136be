//! The log contains nothing of the data that people send, at any level.

use crate::chat::open_as;
use crate::support::{Knock, ORIGIN, batch, id, identify, signal};
use knock_testing::Binary;
use serde_json::{Value, json};

const JSON: (&str, &str) = ("content-type", "application/json");
/// The address of a visitor, in the header of a proxy.
const VISITOR: (&str, &str) = ("x-forwarded-for", "203.0.113.77");

/// A part of every text of a request; secrets of the server are collected when it hands them out.
const MARK: &str = "canary";

/// A server that logs JSON.
fn start_logged(level: &str, settings: &[(&str, &str)]) -> Knock {
    Knock::start_with(&[&[("KNOCK_LOG_FORMAT", "json"), ("KNOCK_LOG", level)], settings].concat())
}

/// A log, each line an event.
fn events(said: &str) -> Vec<Value> {
    let read = |line| serde_json::from_str::<Value>(line).unwrap_or_else(|_| panic!("not JSON: {line}"));
    said.lines().map(read).collect()
}

/// Responses to requests, as method, route, status code and the end of the problem's type.
fn answers(said: &str) -> Vec<(String, String, u64, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let answered = events(said).into_iter().filter(|event| event["message"] == "answered");
    answered
        .map(|event| {
            assert!(event["duration_ms"].is_number() && event["timestamp"].is_string(), "{event}");
            let problem = text(&event["problem"]).rsplit(':').next().unwrap_or_default().to_owned();
            let (method, route) = (text(&event["span"]["method"]), text(&event["span"]["route"]));
            (method, route, event["status_code"].as_u64().expect("a code"), problem)
        })
        .collect()
}

/// Signals with a mark in every field, some of them refused.
fn signals(knock: &Knock, site: &str) {
    let now = knock.now();
    let mut full = signal(now, 1, "click", "/");
    for (field, text) in [("title", "t"), ("text", "l"), ("name", "n"), ("href", "https://x.example/h")] {
        full[field] = json!(format!("{text}{MARK}"));
    }
    full["url"] = json!(format!("{ORIGIN}/demo/{MARK}?email={MARK}@secret.example#{MARK}"));
    full["referrer"] = json!(format!("https://x.example/{MARK}"));
    full["props"] = json!({MARK: MARK, "email": format!("{MARK}@secret.example")});
    let mut named = identify(now, 2, &format!("{MARK}@secret.example"));
    named["props"]["name"] = json!(MARK);
    let mut forged = identify(now, 3, &format!("{MARK}@secret.example"));
    forged["proof"] = json!(format!("{MARK}.{MARK}.{MARK}"));
    let mut wrong = signal(now, 4, MARK, "/");
    wrong["at"] = json!(MARK);
    let body = batch(site, 1, now, &[full.clone(), named, forged, wrong, json!(MARK)]);
    let post = |headers: &[(&str, &str)], body: &str| {
        let headers = [&[JSON, VISITOR], headers].concat();
        knock.send("POST", "/v1/signals", &headers, Some(body.as_bytes())).code
    };
    let from_here = [("origin", ORIGIN), ("user-agent", MARK), ("referer", MARK)];
    assert_eq!(post(&from_here, &body.to_string()), 202);
    assert_eq!(post(&from_here, &format!("{{\"{MARK}\": {MARK}")), 400);
    assert_eq!(post(&from_here, &batch(MARK, 1, now, &[full]).to_string()), 403);
    assert_eq!(post(&[("origin", "https://canary.example")], &body.to_string()), 403);
    assert_eq!(post(&[("authorization", &format!("Bearer knk_{MARK}"))], &body.to_string()), 403);
    assert_eq!(post(&from_here, &MARK.repeat(50_000)), 413);
    let other = [("content-type", MARK), ("origin", ORIGIN)];
    assert_eq!(knock.send("POST", "/v1/signals", &other, Some(MARK.as_bytes())).code, 415);
}

/// A chat with its real token, a message and wrong tokens; the token.
fn chat(knock: &Knock, site: &str) -> String {
    let chat = open_as(knock, site, 1);
    assert_eq!(chat.write(knock, 9, &format!("I am {MARK}, {MARK}@secret.example, my card is 4111 {MARK}")).code, 201);
    assert_eq!(chat.messages(knock, 0).len(), 3);
    let listed = format!("{}/messages", chat.path());
    let wrong = format!("Bearer {MARK}");
    assert_eq!(knock.send("GET", &listed, &[("authorization", &wrong), VISITOR], None).code, 401);
    let address = format!("{}{}/live", knock.url.replace("http:", "ws:"), chat.path());
    for token in [chat.token().trim_start_matches("Bearer "), MARK] {
        let (mut socket, _) = tungstenite::connect(&address).expect("it opens");
        let hello = json!({"token": token, "after": 0}).to_string();
        socket.send(tungstenite::Message::text(hello)).expect("sent");
        socket.read().expect("a frame");
    }
    chat.token().trim_start_matches("Bearer ").to_owned()
}

/// Signs in with a real link, a used one and a wrong one; the secrets.
fn sessions(knock: &Knock) -> Vec<String> {
    let printed = knock.command(&["login-link"]).stdout;
    let link = String::from_utf8(printed).expect("text");
    let token = link.trim().split_once("token=").expect("a link").1.to_owned();
    let start = |token: &str| {
        let body = json!({"token": token}).to_string();
        knock.send("POST", "/api/v1/session", &[JSON, ("origin", &knock.url)], Some(body.as_bytes()))
    };
    let opened = start(&token);
    assert_eq!((opened.code, start(&token).code, start(MARK).code), (200, 401, 401));
    assert_eq!(knock.send("GET", &format!("/app/sign-in?token={token}"), &[], None).code, 200);
    let cookie = opened.header("set-cookie").and_then(|set| set.split(';').next()).expect("a cookie").to_owned();
    let asked = |cookie: &str| knock.send("GET", "/api/v1/session", &[("cookie", cookie)], None).code;
    assert_eq!((asked(&cookie), asked(&format!("knock_session={MARK}"))), (200, 401));
    vec![token, cookie.split_once('=').expect("a value").1.to_owned()]
}

/// Calls routes of the team with a real key; the secrets.
fn team(knock: &Knock, site: &str) -> Vec<String> {
    let key = knock.admin_key();
    for path in ["contacts?q=canary", "contacts/canary", "canary", "timeline?before=canary", "sites/canary/refused"] {
        let code = knock.get(&format!("/api/v1/{path}"), &key).code;
        assert!(code == 200 || (400..500).contains(&code), "{path}: {code}");
    }
    assert_eq!(knock.get("/api/v1/contacts", MARK).code, 401);
    let shown = knock.get("/api/v1/sites", &key).body;
    let secret = shown["sites"][0]["identify_secret"].as_str().expect("a secret").to_owned();
    let visitor = id(1_700_000_000_000, 1);
    let post = |path: &str, body: &Value| {
        knock.send("POST", path, &[JSON, ("origin", ORIGIN), VISITOR], Some(body.to_string().as_bytes()))
    };
    let handed = post("/v1/handoffs", &json!({"site": site, "visitor": visitor})).body;
    let handoff = handed["token"].as_str().expect("a token").to_owned();
    assert_eq!(post("/v1/handoffs/redeem", &json!({"site": site, "token": handoff})).code, 200);
    assert_eq!(post("/v1/handoffs/redeem", &json!({"site": site, "token": MARK})).code, 422);
    vec![key, secret, handoff]
}

/// Posts a mail to the address of a provider, and to a wrong one; the secret in the address.
fn mailed(knock: &Knock) -> String {
    let draft = json!({"way": "hook", "address": "canary@secret.example"});
    let saved = knock.ask("PUT", "/api/v1/mail/inbound", &knock.admin_key(), &draft);
    let url = saved.body["hook_url"].as_str().expect("an address").to_owned();
    let path = url.strip_prefix(&knock.url).expect("this server");
    let raw = ("content-type", "message/rfc822");
    let mail = format!("From: {MARK}@secret.example\r\nSubject: {MARK}\r\n\r\n{MARK}\r\n");
    let post = |path: &str| knock.send("POST", path, &[raw, VISITOR], Some(mail.as_bytes())).code;
    assert_eq!((post(path), post("/hooks/mail/canary")), (200, 404));
    path.rsplit('/').next().expect("a secret").to_owned()
}

#[test]
fn the_loudest_log_is_json_and_holds_nothing_that_people_sent() {
    let mut knock = start_logged("trace", &[("KNOCK_HTTP_TRUSTED_PROXIES", "1")]);
    let site = knock.site();
    let mut secrets = vec![MARK.to_owned(), "secret.example".into(), VISITOR.1.into()];
    signals(&knock, &site);
    secrets.push(chat(&knock, &site));
    secrets.extend(sessions(&knock));
    secrets.extend(team(&knock, &site));
    secrets.push(mailed(&knock));
    // A store that fails while visitors and members send requests.
    let now = knock.now();
    knock.execute("ALTER TABLE signals RENAME TO gone");
    let mut lost = signal(now, 20, "page_view", "/");
    lost["title"] = json!(MARK);
    assert_eq!(knock.post_signals(&batch(&site, 1, now, &[lost])).code, 500);
    knock.ask_to_stop();
    assert_eq!(knock.ended().code(), Some(0));

    let text = knock.said();
    for secret in &secrets {
        let found = text.lines().find(|line| line.to_lowercase().contains(&secret.to_lowercase()));
        assert_eq!(found, None, "{secret} is logged");
    }
    let logged = answers(&text);
    for (method, route, code, problem) in [
        ("POST", "/v1/signals", 202, ""),
        ("POST", "/v1/signals", 400, "malformed"),
        ("POST", "/v1/signals", 403, "forbidden"),
        ("POST", "/v1/signals", 413, "too-large"),
        ("POST", "/v1/signals", 415, "media-type"),
        ("POST", "/v1/signals", 500, "internal"),
        ("GET", "/v1/chat/{conversation}/live", 101, ""),
        ("POST", "/v1/chat/{conversation}/messages", 201, ""),
        ("GET", "/api/v1/contacts/{id}", 404, "not-found"),
        ("GET", "/api/v1/contacts", 401, "signed-out"),
        ("POST", "/hooks/mail/{secret}", 200, ""),
        ("POST", "/hooks/mail/{secret}", 404, "not-found"),
        ("GET", "/app/{*page}", 200, ""),
        ("GET", "none", 404, "not-found"),
    ] {
        let wanted = (method.to_owned(), route.to_owned(), code, problem.to_owned());
        assert!(logged.contains(&wanted), "{wanted:?} is not among {logged:#?}");
    }
    let events = events(&text);
    let failed = events.iter().find(|event| event["message"] == "a request met a failing store").expect("logged");
    assert_eq!((&failed["level"], &failed["span"]["route"]), (&json!("WARN"), &json!("/v1/signals")));
    let greeting = events.iter().find(|event| event["message"] == "Knock is running").expect("logged");
    assert_eq!(greeting["url"], json!(knock.url));
    assert!(!text.contains("sign-in?"), "a log holds no credentials");
}

#[test]
fn the_usual_log_tells_where_the_server_is_and_what_failed_and_no_more() {
    let knock = start_logged("warn", &[]);
    assert_eq!(knock.send("GET", "/healthz", &[], None).code, 200);
    knock.execute("ALTER TABLE timers RENAME TO gone");
    assert_eq!(knock.send("GET", "/readyz", &[], None).code, 503);
    let said = knock.said();
    let logged = events(&said);
    let failed = logged.iter().find(|event| event["message"] == "a request met a failing store").expect("logged");
    assert_eq!(failed["span"]["route"], "/readyz");
    assert_eq!(answers(&said), [], "of answers only bugs are logged");
}

#[test]
fn a_server_that_cannot_start_says_so_as_json_too() {
    let knock = Knock::start();
    let mut second = Binary::built().command(&["serve", "--listen", "127.0.0.1:0", "--data"]);
    second.arg(knock.data()).env("KNOCK_LOG_FORMAT", "json");
    let output = second.output().expect("the binary runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let logged: Value = serde_json::from_slice(&output.stderr).expect("one line of JSON");
    assert_eq!(logged["level"], "ERROR");
    assert!(logged["message"].as_str().is_some_and(|message| message.contains("another knock is running")), "{logged}");
}
