//! The API of the team: sign-in, sites, the live feed, refusals.

use crate::support::{Knock, batch, signal};
use serde_json::json;
use tungstenite::client::IntoClientRequest;

const JSON: (&str, &str) = ("content-type", "application/json");

fn sign_in(knock: &Knock, token: &str) -> crate::support::Reply {
    let body = json!({"token": token}).to_string();
    knock.send("POST", "/api/v1/session", &[JSON, ("origin", &knock.url)], Some(body.as_bytes()))
}

fn cookie(reply: &crate::support::Reply) -> String {
    let set = reply.header("set-cookie").expect("a cookie");
    assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax"), "{set}");
    set.split(';').next().expect("a part").to_owned()
}

#[test]
fn a_sign_in_link_works_once_and_the_session_ends_with_sign_out() {
    let knock = Knock::start();
    assert_eq!(knock.send("GET", "/api/v1/session", &[], None).code, 401);
    let reply = sign_in(&knock, &knock.token);
    assert_eq!((reply.code, &reply.body["role"]), (200, &json!("admin")));
    assert_eq!(sign_in(&knock, &knock.token).code, 401);
    let cookie = cookie(&reply);
    let ask =
        |method: &str| knock.send(method, "/api/v1/session", &[("cookie", &cookie), ("origin", &knock.url)], None).code;
    assert_eq!((ask("GET"), ask("DELETE"), ask("GET")), (200, 204, 401));
}

#[test]
fn a_sign_in_link_expires() {
    let knock = Knock::start();
    knock.set_clock(&json!({"advance_ms": 3_600_000}));
    assert_eq!(sign_in(&knock, &knock.token).code, 401);
}

#[test]
fn login_link_works_with_and_without_a_running_server() {
    let mut knock = Knock::start();
    let with_server = knock.command(&["login-link"]);
    let text = String::from_utf8(with_server.stdout).expect("text");
    let token = text.lines().next().and_then(|line| line.split("token=").nth(1)).expect("a token").to_owned();
    assert_eq!(sign_in(&knock, &token).code, 200);
    let unknown = knock.command(&["login-link", "--email", "x@y.z"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("x@y.z"));
    knock.kill();
    let without = knock.command(&["login-link"]);
    assert!(without.status.success(), "{without:?}");
}

#[test]
fn pages_of_other_sites_cannot_act_for_a_signed_in_member() {
    let knock = Knock::start();
    let cookie = cookie(&sign_in(&knock, &knock.token));
    let body = json!({"name": "x", "origins": ["https://x.example"]}).to_string();
    let post = |headers: &[(&str, &str)]| {
        let mut all = vec![("cookie", cookie.as_str())];
        all.extend(headers);
        knock.send("POST", "/api/v1/sites", &all, Some(body.as_bytes())).code
    };
    assert_eq!(post(&[JSON, ("origin", "https://evil.example")]), 403);
    assert_eq!(post(&[JSON, ("sec-fetch-site", "cross-site")]), 403);
    assert_eq!(post(&[("content-type", "text/plain"), ("origin", &knock.url)]), 415);
    assert_eq!(post(&[JSON, ("origin", &knock.url)]), 201);
    assert_eq!(
        knock
            .send("POST", "/api/v1/session", &[JSON, ("origin", "https://evil.example")], Some(br#"{"token":"x"}"#))
            .code,
        403
    );
}

#[test]
fn a_new_site_takes_signals_from_its_origins_only() {
    let knock = Knock::start();
    let bearer = format!("Bearer {}", knock.admin_key());
    let admin = [JSON, ("authorization", bearer.as_str())];
    let draft = json!({"name": "Shop", "origins": ["https://Shop.example:443"], "base": "/de/"}).to_string();
    let made = knock.send("POST", "/api/v1/sites", &admin, Some(draft.as_bytes()));
    assert_eq!(made.code, 201, "{}", made.body);
    assert_eq!(made.body["origins"], json!(["https://shop.example"]));
    let key = made.body["key"].as_str().expect("a key");
    let snippet = made.body["snippet"].as_str().expect("a snippet");
    assert_eq!(
        snippet,
        format!("<script async crossorigin src=\"{}/k.js\" data-site=\"{key}\" data-base=\"/de\"></script>", knock.url)
    );

    let now = knock.now();
    let post = |origin: &str| {
        let body = batch(key, 1, now, &[signal(now, 1, "page_view", "/")]).to_string();
        knock.send("POST", "/v1/signals", &[JSON, ("origin", origin)], Some(body.as_bytes())).code
    };
    assert_eq!((post("https://shop.example"), post("http://127.0.0.1:4000")), (202, 403));
    let wrong =
        json!({"name": "Shop", "origins": ["https://www.shop.example", "https://*.example", "https://a.example\n"]});
    let refused = knock.send("PUT", &format!("/api/v1/sites/{key}"), &admin, Some(wrong.to_string().as_bytes()));
    let pointers = [&refused.body["errors"][0]["pointer"], &refused.body["errors"][1]["pointer"]];
    assert_eq!((refused.code, pointers), (422, [&json!("/origins/1"), &json!("/origins/2")]), "{}", refused.body);
    let draft = json!({"name": "Shop", "origins": ["https://www.shop.example"]}).to_string();
    assert_eq!(knock.send("PUT", &format!("/api/v1/sites/{key}"), &admin, Some(draft.as_bytes())).code, 200);
    assert_eq!((post("https://shop.example"), post("https://www.shop.example")), (403, 202));
}

#[test]
fn wrong_drafts_and_queries_name_every_field() {
    let knock = Knock::start();
    let bearer = format!("Bearer {}", knock.admin_key());
    let admin = [JSON, ("authorization", bearer.as_str())];
    let post = |body: &str| knock.send("POST", "/api/v1/sites", &admin, Some(body.as_bytes()));
    let wrong = post(&json!({"name": " ", "origins": ["https://a.example", "a example"], "base": "x"}).to_string());
    assert_eq!(wrong.code, 422);
    let pointers: Vec<_> =
        wrong.body["errors"].as_array().expect("a list").iter().map(|error| &error["pointer"]).collect();
    assert_eq!(pointers, ["/name", "/origins/1", "/base"]);
    for (body, pointer) in
        [("{", ""), ("{}", "/name"), (r#"{"name":1}"#, "/name"), (r#"{"name":"x","origins":[],"color":1}"#, "/color")]
    {
        let reply = post(body);
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (400, &json!(pointer)), "{body} {}", reply.body);
    }
    for (path, code) in [
        ("/api/v1/contacts?limit=0", 400),
        ("/api/v1/contacts?limit=x", 400),
        ("/api/v1/contacts?after=x", 400),
        ("/api/v1/contacts/x", 404),
        ("/api/v1/accounts/9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d", 404),
        ("/api/v1/timeline?contact=x", 404),
        ("/api/v1/timeline?contact=a&account=b", 400),
        ("/api/v1/live", 426),
        ("/api/v1/nothing", 404),
    ] {
        let reply = knock.send("GET", path, &admin, None);
        assert_eq!((reply.code, reply.header("content-type")), (code, Some("application/problem+json")), "{path}");
    }
    assert_eq!(knock.send("PATCH", "/api/v1/sites", &admin, None).code, 405);
    assert_eq!(knock.set_clock(&json!({"now": "soon"})).code, 422);
    assert_eq!(knock.set_clock(&json!({"now": "0001-06-01T12:00:00Z"})).code, 422);
    assert_eq!(knock.set_clock(&json!({})).code, 422);
    assert_eq!(knock.set_clock(&json!({"advance": 1})).code, 400);
}

#[test]
fn an_open_dashboard_hears_of_a_signal_at_once() {
    let knock = Knock::start();
    let (site, key, now) = (knock.site(), knock.admin_key(), knock.now());
    let address = format!("{}/api/v1/live", knock.url.replace("http:", "ws:"));
    let mut request = address.into_client_request().expect("a request");
    request.headers_mut().insert("authorization", format!("Bearer {key}").parse().expect("a header"));
    let (mut socket, _) = tungstenite::connect(request).expect("it opens");
    knock.post_signals(&batch(
        &site,
        1,
        now,
        &[signal(now, 1, "page_view", "/pricing"), crate::support::identify(now, 2, "a@b.example")],
    ));
    let mut heard = Vec::new();
    while heard.len() < 4 {
        let message = socket.read().expect("a frame");
        if let tungstenite::Message::Text(text) = message {
            heard.push(serde_json::from_str::<serde_json::Value>(&text).expect("JSON"));
        }
    }
    let signals: Vec<_> = heard.iter().filter_map(|event| event.get("signal")).collect();
    assert_eq!(signals[0]["category"], "Pricing");
    assert_eq!(signals[0]["contact"]["email"], "a@b.example");
    assert!(heard.iter().any(|event| event["contact"]["email"] == "a@b.example"), "{heard:?}");
    assert!(heard.iter().any(|event| event["account"]["domain"] == "b.example"), "{heard:?}");
}
