//! Guessing secrets is slow, and does not slow down other clients.

use crate::chat::open_as;
use crate::support::{Knock, ORIGIN, Reply, batch};
use knock_testing::JSON;
use serde_json::json;

/// Guesses until the rate limit refuses one; the number of that guess and its response.
fn guess(mut one: impl FnMut(u32) -> Reply) -> (u32, Reply) {
    let refused = (1..200).map(|number| (number, one(number))).find(|(_, reply)| reply.code == 429);
    refused.expect("sooner or later")
}

fn server() -> Knock {
    Knock::start_with(&[("KNOCK_HTTP_TRUSTED_PROXIES", "127.0.0.0/8")])
}

const GUESSER: (&str, &str) = ("x-forwarded-for", "203.0.113.9");
const OTHER: (&str, &str) = ("x-forwarded-for", "198.51.100.7");

#[test]
fn wrong_secrets_of_every_kind_make_their_address_wait() {
    let knock = server();
    let site = knock.site();
    let chat = open_as(&knock, &site, 1);
    let page = batch(&site, 1, knock.now(), &[]).to_string();
    let bearer = |number: u32| format!("Bearer wrong-{number}");
    let address = |kind: u8| format!("203.0.113.{kind}");
    let key = |n| {
        knock.send("GET", "/api/v1/contacts", &[("authorization", &bearer(n)), ("x-forwarded-for", &address(1))], None)
    };
    let cookie = |n| {
        let cookie = format!("knock_session=wrong-{n}");
        knock.send("GET", "/api/v1/session", &[("cookie", &cookie), ("x-forwarded-for", &address(2))], None)
    };
    let link = |n| {
        let body = json!({"token": format!("wrong-{n}")}).to_string();
        let headers = [JSON, ("origin", knock.url.as_str()), ("x-forwarded-for", &address(3))];
        knock.send("POST", "/api/v1/session", &headers, Some(body.as_bytes()))
    };
    let token = |n| {
        let path = format!("{}/messages", chat.path());
        knock.send("GET", &path, &[("authorization", &bearer(n)), ("x-forwarded-for", &address(4))], None)
    };
    let ingest = |n| {
        let headers = [JSON, ("origin", ORIGIN), ("authorization", &bearer(n)), ("x-forwarded-for", &address(5))];
        knock.send("POST", "/v1/signals", &headers, Some(page.as_bytes()))
    };
    let meeting = |n| knock.send("GET", &format!("/v1/bookings/wrong-{n}"), &[("x-forwarded-for", &address(6))], None);
    let kinds: [(&str, &dyn Fn(u32) -> Reply); 6] = [
        ("key", &key),
        ("cookie", &cookie),
        ("link", &link),
        ("token", &token),
        ("ingest key", &ingest),
        ("link of a meeting", &meeting),
    ];
    for (kind, one) in kinds {
        let (number, refused) = guess(one);
        assert!((15..30).contains(&number), "{kind}: {number}");
        assert!(refused.header("retry-after").is_some(), "{kind}: {}", refused.body);
    }
    assert!(knock.metric("knock_wrong_secrets_total") >= 100.0);
}

#[test]
fn who_is_known_behind_the_same_address_goes_on_and_others_sign_in() {
    let knock = server();
    let (cookie, key) = (knock.session(), format!("Bearer {}", knock.admin_key()));
    let session = |from| knock.send("GET", "/api/v1/session", &[("cookie", &cookie), from], None).code;
    let list = |from| knock.send("GET", "/api/v1/contacts", &[("authorization", &key), from], None).code;
    assert_eq!((session(GUESSER), list(GUESSER)), (200, 200));
    guess(|n| knock.send("GET", "/api/v1/contacts", &[("authorization", &format!("Bearer no-{n}")), GUESSER], None));
    assert_eq!(session(GUESSER), 200, "a colleague of the guesser");
    assert_eq!(list(GUESSER), 200, "and their program");
    let body = json!({"token": knock.login_link()}).to_string();
    let sign_in =
        |from| knock.send("POST", "/api/v1/session", &[JSON, ("origin", &knock.url), from], Some(body.as_bytes()));
    assert_eq!(sign_in(GUESSER).code, 429, "an unknown secret cannot be tried from there");
    assert_eq!(sign_in(OTHER).code, 200);
    assert_eq!(knock.send("GET", "/readyz", &[GUESSER], None).code, 200, "what needs no secret is served");
}

#[test]
fn a_wrong_sign_in_writes_nothing() {
    let knock = Knock::start();
    // The first scrape adds families of its own.
    knock.metric("knock_ready");
    let commits = || knock.metric("knock_commit_commands_count");
    let before = commits();
    for number in 0..10 {
        assert_eq!(knock.sign_in(&format!("wrong-{number}")).code, 401);
    }
    assert_eq!(commits(), before);
}
