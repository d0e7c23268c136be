//! Passwords over HTTP: set by their members, for sign-in where no mail is set up, slow to guess.

use crate::members::Browser;
use crate::support::{Knock, Reply};
use knock_model::Role;
use knock_testing::JSON;
use serde_json::{Value, json};

const EMAIL: &str = "bo@us.example";
const PASSWORD: &str = "heron-granite-41";
const OTHER: &str = "walnut-harbour-77";

fn sign_in(knock: &Knock, email: &str, password: &str) -> Reply {
    let body = json!({"email": email, "password": password}).to_string();
    knock.send("POST", "/api/v1/session/password", &[JSON, ("origin", &knock.url)], Some(body.as_bytes()))
}

fn set(knock: &Knock, browser: &Browser, current: Option<&str>, password: &str) -> Reply {
    let mut body = json!({"password": password});
    if let Some(current) = current {
        body["current"] = json!(current);
    }
    browser.ask(knock, "PUT", "/api/v1/password", &body)
}

fn problem(reply: &Reply) -> (u16, &str) {
    let kind = reply.body["type"].as_str().and_then(|kind| kind.rsplit(':').next());
    (reply.code, kind.unwrap_or_default())
}

fn cookie(reply: &Reply) -> Browser {
    let cookie = reply.header("set-cookie").and_then(|set| set.split(';').next()).expect("a cookie");
    Browser { cookie: cookie.to_owned() }
}

/// A rep with a password.
fn rep(knock: &Knock, admin: &Browser) -> Browser {
    let rep = Browser::member(knock, admin, EMAIL, Role::Rep);
    assert_eq!(set(knock, &rep, None, PASSWORD).code, 204);
    rep
}

#[test]
fn who_was_invited_sets_a_password_and_signs_in_by_it() {
    let knock = Knock::start();
    let admin = Browser::admin(&knock);
    assert_eq!(knock.send("GET", "/api/v1/session/methods", &[], None).body, json!({"mail": false, "password": true}));
    let invited = admin.ask(&knock, "POST", "/api/v1/members", &json!({"email": EMAIL, "role": "rep"})).body;
    let first =
        knock.sign_in(invited["invitation"].as_str().and_then(|link| link.split("token=").nth(1)).expect("one"));
    assert_eq!((first.code, &first.body["offers_password"]), (200, &json!(true)), "{}", first.body);
    let rep = cookie(&first);
    assert_eq!(rep.get(&knock, "/api/v1/password").body, json!({"is_set": false, "signs_in": true}));
    assert_eq!(problem(&sign_in(&knock, EMAIL, PASSWORD)), (401, "wrong-password"), "there is none yet");
    assert_eq!(set(&knock, &rep, None, PASSWORD).code, 204);
    assert_eq!(rep.get(&knock, "/api/v1/password").body["is_set"], true);
    let signed_in = sign_in(&knock, " Bo@US.example ", PASSWORD);
    assert_eq!((signed_in.code, &signed_in.body["role"]), (200, &json!("rep")), "{}", signed_in.body);
    assert_eq!(signed_in.body.get("offers_password"), None);
    assert_eq!(cookie(&signed_in).get(&knock, "/api/v1/session").body["email"], EMAIL);
}

#[test]
fn wrong_ones_are_all_answered_alike() {
    let knock = Knock::start();
    let admin = Browser::admin(&knock);
    rep(&knock, &admin);
    Browser::member(&knock, &admin, "cy@us.example", Role::Rep);
    let answers = [
        sign_in(&knock, EMAIL, OTHER),
        sign_in(&knock, "cy@us.example", PASSWORD),
        sign_in(&knock, "unknown@us.example", PASSWORD),
        sign_in(&knock, "", ""),
    ];
    for answer in &answers {
        assert_eq!((problem(answer), &answer.body), ((401, "wrong-password"), &answers[0].body));
    }
    let removed = admin.id_of(&knock, EMAIL);
    assert_eq!(admin.ask(&knock, "DELETE", &format!("/api/v1/members/{removed}"), &Value::Null).code, 204);
    assert_eq!(problem(&sign_in(&knock, EMAIL, PASSWORD)), (401, "wrong-password"), "who was removed is out");
    let back = Browser::member(&knock, &admin, EMAIL, Role::Rep);
    assert_eq!(back.get(&knock, "/api/v1/password").body["is_set"], false, "who comes back starts anew");
    let foreign = [JSON, ("origin", "https://evil.example")];
    let body = json!({"email": EMAIL, "password": PASSWORD}).to_string();
    assert_eq!(knock.send("POST", "/api/v1/session/password", &foreign, Some(body.as_bytes())).code, 403);
}

#[test]
fn another_password_ends_all_other_sessions_and_links() {
    let knock = Knock::start();
    let admin = Browser::admin(&knock);
    let rep = rep(&knock, &admin);
    let elsewhere = cookie(&sign_in(&knock, EMAIL, PASSWORD));
    let path = format!("/api/v1/members/{}/link", admin.id_of(&knock, EMAIL));
    let link = admin.ask(&knock, "POST", &path, &Value::Null).text("link");
    for (current, code, pointer) in [(None, 422, "/current"), (Some(OTHER), 422, "/current")] {
        let refused = set(&knock, &rep, current, OTHER);
        assert_eq!((refused.code, &refused.body["errors"][0]["pointer"]), (code, &json!(pointer)), "{}", refused.body);
    }
    assert_eq!(elsewhere.get(&knock, "/api/v1/session").code, 200);
    assert_eq!(set(&knock, &rep, Some(PASSWORD), OTHER).code, 204);
    let state = |browser: &Browser| browser.get(&knock, "/api/v1/session").code;
    assert_eq!((state(&rep), state(&elsewhere), state(&admin)), (200, 401, 200));
    assert_eq!(knock.sign_in(link.split("token=").nth(1).expect("a token")).code, 401);
    assert_eq!((sign_in(&knock, EMAIL, PASSWORD).code, sign_in(&knock, EMAIL, OTHER).code), (401, 200));

    let remove = |current: &str| rep.ask(&knock, "POST", "/api/v1/password/remove", &json!({"current": current})).code;
    assert_eq!((remove(PASSWORD), remove(OTHER), remove(OTHER)), (422, 204, 204));
    assert_eq!(problem(&sign_in(&knock, EMAIL, OTHER)), (401, "wrong-password"));
    let entries = knock.get("/api/v1/audit", &knock.admin_key()).body;
    let entries = entries["entries"].as_array().expect("a list");
    let of_passwords: Vec<&Value> = entries
        .iter()
        .filter(|entry| entry["action"].as_str().is_some_and(|action| action.starts_with("password.")))
        .collect();
    let actions: Vec<&Value> = of_passwords.iter().map(|entry| &entry["action"]).collect();
    assert_eq!(actions, ["password.removed", "password.set", "password.set"]);
    for entry in of_passwords {
        assert_eq!((&entry["actor"]["name"], &entry["subject"]["name"]), (&json!(EMAIL), &json!(EMAIL)));
    }
    assert!(!json!(entries).to_string().contains("argon2"), "no entry has a hash");
}

#[test]
fn a_password_is_checked_before_it_is_taken() {
    let knock = Knock::start();
    let admin = Browser::admin(&knock);
    for wrong in ["short", "password12345", "Admin@Localhost"] {
        let reply = set(&knock, &admin, None, wrong);
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (422, &json!("/password")), "{}", reply.body);
    }
    let key = knock.admin_key();
    let by_key = knock.ask("PUT", "/api/v1/password", &key, &json!({"password": PASSWORD}));
    assert_eq!((by_key.code, &by_key.body["errors"][0]["pointer"]), (403, &json!("header/Authorization")));
    assert_eq!(knock.get("/api/v1/password", &key).code, 403);
}

#[test]
fn guessing_is_slow_for_an_address_and_from_an_address() {
    let knock = Knock::start_with(&[("KNOCK_HTTP_TRUSTED_PROXIES", "127.0.0.0/8")]);
    let admin = Browser::admin(&knock);
    rep(&knock, &admin);
    let from = |address: &str, email: &str| {
        let body = json!({"email": email, "password": OTHER}).to_string();
        let headers = [JSON, ("origin", knock.url.as_str()), ("x-forwarded-for", address)];
        knock.send("POST", "/api/v1/session/password", &headers, Some(body.as_bytes()))
    };
    let tried = |address: &dyn Fn(usize) -> String, email: &dyn Fn(usize) -> String| {
        let refused = (1..60).map(|n| (n, from(&address(n), &email(n)))).find(|(_, reply)| reply.code == 429);
        let (number, refused) = refused.expect("sooner or later");
        assert!(refused.header("retry-after").is_some(), "{}", refused.body);
        number
    };
    assert_eq!(tried(&|n| format!("198.51.100.{n}"), &|_| EMAIL.into()), 11, "one e-mail address, from anywhere");
    assert_eq!(
        tried(&|n| format!("198.51.100.{n}"), &|_| "unknown@us.example".into()),
        11,
        "also one that no member has"
    );
    let of_address = tried(&|_| "203.0.113.9".into(), &|n| format!("rep{n}@us.example"));
    assert!((20..30).contains(&of_address), "{of_address}");
}

#[test]
fn where_mail_is_set_up_or_the_configuration_says_so_passwords_are_refused() {
    let mail = [("KNOCK_SMTP_URL", "smtp://127.0.0.1:9"), ("KNOCK_SMTP_FROM", "Acme <hello@acme.example>")];
    let with = |policy: &'static str| ("KNOCK_SIGN_IN_PASSWORD", policy);
    for (settings, expected) in [
        (vec![with("never")], (false, false)),
        (mail.to_vec(), (true, false)),
        ([&mail[..], &[with("always")]].concat(), (true, true)),
    ] {
        let knock = Knock::start_with(&settings);
        let methods = knock.send("GET", "/api/v1/session/methods", &[], None).body;
        assert_eq!(methods, json!({"mail": expected.0, "password": expected.1}));
        let admin = Browser::admin(&knock);
        let codes =
            (set(&knock, &admin, None, PASSWORD).code, problem(&sign_in(&knock, "admin@localhost", PASSWORD)).0);
        assert_eq!(codes, if expected.1 { (204, 200) } else { (403, 403) });
        if !expected.1 {
            assert_eq!(problem(&sign_in(&knock, "admin@localhost", PASSWORD)).1, "no-password-sign-in");
        }
    }
}

#[test]
fn an_admin_makes_a_link_for_a_member_who_lost_access() {
    let knock = Knock::start();
    let admin = Browser::admin(&knock);
    let rep = Browser::member(&knock, &admin, EMAIL, Role::Rep);
    let path = format!("/api/v1/members/{}/link", admin.id_of(&knock, EMAIL));
    assert_eq!(rep.ask(&knock, "POST", &path, &Value::Null).code, 403);
    let made = admin.ask(&knock, "POST", &path, &Value::Null);
    assert_eq!(made.code, 201, "{}", made.body);
    let lives = made.body["expires_at"].as_i64().expect("an instant") - knock.now();
    assert!((3_540_000..=3_600_000).contains(&lives), "{lives}");
    let token = made.text("link").split("token=").nth(1).expect("a token").to_owned();
    assert_eq!(knock.sign_in(&token).body["email"], EMAIL);
    assert_eq!(knock.sign_in(&token).code, 401, "once");
    let entries = knock.get("/api/v1/audit?action=sign_in_link.created", &knock.admin_key()).body;
    let newest = &entries["entries"][0];
    assert_eq!((&newest["actor"]["name"], &newest["subject"]["name"]), (&json!("admin@localhost"), &json!(EMAIL)));
    assert_eq!(admin.ask(&knock, "POST", "/api/v1/members/x/link", &Value::Null).code, 404);
    let mail = [("KNOCK_SMTP_URL", "smtp://127.0.0.1:9"), ("KNOCK_SMTP_FROM", "Acme <hello@acme.example>")];
    let knock = Knock::start_with(&mail);
    let admin = Browser::admin(&knock);
    let own = format!("/api/v1/members/{}/link", admin.id_of(&knock, "admin@localhost"));
    assert_eq!(problem(&admin.ask(&knock, "POST", &own, &Value::Null)), (409, "mail-is-set-up"));
}
