//! Cross-site requests: a foreign page cannot make a signed-in browser change anything.

use crate::support::Knock;
use serde_json::json;

fn cookie(knock: &Knock) -> String {
    let body = json!({"token": knock.token}).to_string();
    let headers = [("content-type", "application/json"), ("origin", knock.url.as_str())];
    let reply = knock.send("POST", "/api/v1/session", &headers, Some(body.as_bytes()));
    let set = reply.header("set-cookie").expect("a cookie");
    assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax"), "{set}");
    set.split(';').next().expect("a cookie").to_owned()
}

#[test]
fn only_pages_of_the_server_itself_change_anything() {
    let knock = Knock::start();
    let cookie = cookie(&knock);
    let own = knock.url.clone();
    let draft = json!({"name": "Shop", "origins": ["https://shop.example"]}).to_string();
    let json_type = "application/json";
    let cases = [
        (vec![("content-type", json_type), ("origin", own.as_str())], 201),
        (vec![("content-type", json_type), ("sec-fetch-site", "same-origin")], 201),
        (vec![("content-type", json_type), ("origin", "https://evil.example")], 403),
        (vec![("content-type", json_type), ("origin", "null")], 403),
        (vec![("content-type", json_type), ("sec-fetch-site", "cross-site")], 403),
        (vec![("content-type", json_type), ("sec-fetch-site", "same-site")], 403),
        // A form of another page can send these types without a CORS preflight.
        (vec![("content-type", "text/plain"), ("origin", own.as_str())], 415),
        (vec![("content-type", "application/x-www-form-urlencoded"), ("origin", own.as_str())], 415),
        (vec![("content-type", "multipart/form-data; boundary=x"), ("origin", own.as_str())], 415),
        (vec![("origin", own.as_str())], 415),
    ];
    for (headers, code) in cases {
        let all: Vec<_> = headers.iter().copied().chain([("cookie", cookie.as_str())]).collect();
        let reply = knock.send("POST", "/api/v1/sites", &all, Some(draft.as_bytes()));
        assert_eq!(reply.code, code, "{headers:?} {}", reply.body);
    }
    let foreign = [("cookie", cookie.as_str()), ("origin", "https://evil.example")];
    assert_eq!(knock.send("DELETE", "/api/v1/session", &foreign, None).code, 403);
    assert_eq!(knock.send("GET", "/api/v1/session", &[("cookie", cookie.as_str())], None).code, 200, "still in");
    for path in ["/api/v1/sites", "/api/v1/contacts"] {
        let read = knock.send("GET", path, &foreign, None);
        assert_eq!(read.header("access-control-allow-origin"), None, "{path}");
    }
}
