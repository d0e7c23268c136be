//! The look of a site: what the team sets, and what pages get.

use crate::members::Browser;
use crate::profile::png;
use crate::support::{Knock, ORIGIN, Reply};
use knock_testing::eventually;
use serde_json::{Value, json};

struct Shop {
    knock: Knock,
    key: String,
    site: String,
}

impl Shop {
    /// A server with a site whose look was never changed.
    fn start() -> Shop {
        let knock = Knock::start();
        let key = knock.admin_key();
        let made = knock.ask("POST", "/api/v1/sites", &key, &json!({"name": "Shop", "origins": [ORIGIN]}));
        let site = made.text("key");
        Shop { knock, key, site }
    }

    fn path(&self) -> String {
        format!("/api/v1/sites/{}/look", self.site)
    }

    fn sets(&self, look: &Value) -> Reply {
        self.knock.ask("PUT", &self.path(), &self.key, look)
    }

    /// What a page of the site gets.
    fn shown(&self, query: &str) -> Reply {
        self.knock.send("GET", &format!("/v1/look?site={}{query}", self.site), &[("origin", ORIGIN)], None)
    }

    fn sends_picture(&self, kind: &str, content: &[u8]) -> Reply {
        let bearer = format!("Bearer {}", self.key);
        let headers = [("content-type", "image/png"), ("authorization", bearer.as_str())];
        self.knock.send("PUT", &format!("{}/{kind}", self.path()), &headers, Some(content))
    }
}

#[test]
fn a_page_gets_the_default_until_the_team_changes_the_look() {
    let shop = Shop::start();
    let first = shop.shown("&lang=de-AT");
    assert_eq!(first.code, 200, "{}", first.body);
    assert_eq!(first.header("access-control-allow-origin"), Some(ORIGIN));
    assert_eq!(first.header("cache-control"), Some("public, max-age=60"));
    let expected = json!({"language": "de", "name": "Shop", "scheme": "system", "rating": false, "transcript": false,
        "can_end": false, "history": false, "launcher": {"icon": "chat", "corner": "end", "x": 16, "y": 16,
        "z": 2_147_483_000, "is_hidden": false, "signed_in_only": false}});
    assert_eq!(first.body, expected);

    let look = json!({
        "colour": "#FF7A00", "title": {"en": "Ask us"}, "teaser": {"text": {"en": "Hi"}, "delay_s": 5},
        "languages": ["en", "fr"], "transcript": true, "form": {"when": "before", "fields": [{"field": "email"}]},
        "words": {"en": {"chat.send": "Go"}}, "reply_sound": false,
    });
    let saved = shop.sets(&look);
    assert_eq!((saved.code, &saved.body["colour"]), (200, &json!("#ff7a00")), "{}", saved.body);
    assert_eq!(shop.knock.get(&shop.path(), &shop.key).body, saved.body);
    let page = shop.shown("&lang=de");
    let seen = &page.body;
    assert_eq!((&seen["language"], &seen["title"]), (&json!("en"), &json!("Ask us")), "{seen}");
    assert_eq!(seen["colours"]["light"]["ink"], "#14162b", "{seen}");
    assert_eq!((&seen["words"], &seen["teaser"]["text"]), (&json!({"chat.send": "Go"}), &json!("Hi")));
    assert_eq!(seen["form"]["fields"], json!([{"field": "email", "label": "E-mail address", "is_required": false}]));
    assert_eq!(seen["transcript"], false, "no mail server is set");
    let replies = (&seen["launcher"]["is_silent"], &seen["launcher"]["keeps_title"]);
    assert_eq!(replies, (&json!(true), &Value::Null), "one is off");
    assert_eq!(shop.shown("&lang=fr").body["title"], Value::Null, "the standard text of that language");
    // The page that has it gets nothing again.
    let tag = page.header("etag").expect("a tag");
    let path = format!("/v1/look?site={}&lang=de", shop.site);
    let again = shop.knock.send("GET", &path, &[("origin", ORIGIN), ("if-none-match", tag)], None);
    assert_eq!((again.code, again.header("etag")), (304, Some(tag)));

    let audit = shop.knock.get("/api/v1/audit?limit=1", &shop.key).body["entries"][0].clone();
    assert_eq!((&audit["action"], &audit["after"]["colour"]), (&json!("site.look_changed"), &json!("#ff7a00")));
    assert_eq!(audit["after"]["corner"], Value::Null, "only what changed");
}

#[test]
fn a_wrong_look_is_refused_by_its_fields_and_changes_nothing() {
    let shop = Shop::start();
    let wrong = json!({"colour": "red", "words": {"en": {"chat.whom.rep": "{name"}}, "privacy_url": "mailto:x"});
    let refused = shop.sets(&wrong);
    let errors = refused.body["errors"].as_array().expect("errors");
    let pointers: Vec<_> = errors.iter().map(|one| one["pointer"].as_str().expect("a pointer")).collect();
    assert_eq!((refused.code, pointers), (422, vec!["/colour", "/privacy_url", "/words/en/chat.whom.rep"]));
    assert_eq!(shop.sets(&json!({"color": "#ff7a00"})).code, 400, "a field that a look does not have");
    assert_eq!(shop.shown("").body["colours"], Value::Null);
    let words = shop.knock.get("/api/v1/look/words", &shop.key).body;
    let word = words["words"].as_array().expect("words").iter().find(|word| word["key"] == "chat.whom.rep");
    assert_eq!(word.expect("a word")["texts"]["en"], "{name} has joined the chat.");
}

#[test]
fn pictures_are_kept_small_with_their_transparency_and_are_read_by_any_page() {
    let shop = Shop::start();
    let set = shop.sends_picture("logo", &png(1_200, 300));
    assert_eq!(set.code, 200, "{}", set.body);
    let logo = set.text("logo");
    assert_eq!(shop.shown("").body["logo"], *logo);
    let picture = shop.knock.send("GET", &logo, &[("origin", "https://elsewhere.example")], None);
    assert_eq!((picture.code, picture.header("content-type")), (200, Some("image/png")));
    assert_eq!(picture.header("cross-origin-resource-policy"), Some("cross-origin"));
    assert_eq!(picture.header("cache-control"), Some("public, max-age=31536000, immutable"));

    assert_eq!(shop.sets(&json!({"icon": "picture", "logo": "/elsewhere"})).body["logo"], *logo, "uploaded apart");
    assert_eq!(shop.shown("").body["launcher"]["icon"], "chat", "no picture yet");
    let icon = shop.sends_picture("icon", &png(20, 20)).text("icon_picture");
    let launcher = shop.shown("").body["launcher"].clone();
    assert_eq!((&launcher["icon"], &launcher["picture"]), (&json!("picture"), &json!(icon)));

    for (content, reason) in [(&b"<svg onload=alert(1)>"[..], "SVG"), (b"%PDF-1.4\n", "of a type"), (b"", "empty")] {
        let refused = shop.sends_picture("logo", content);
        assert_eq!(refused.code, 422, "{}", refused.body);
        assert!(refused.body["errors"][0]["reason"].as_str().is_some_and(|said| said.contains(reason)), "{reason}");
    }
    assert_eq!(shop.sends_picture("logo", &vec![0; 6 << 20]).code, 413);
    let removed = shop.knock.ask("DELETE", &format!("{}/logo", shop.path()), &shop.key, &Value::Null);
    assert_eq!((removed.code, &removed.body["logo"]), (200, &json!("")));
    assert_eq!(shop.knock.send("GET", &logo, &[], None).code, 404);
    let audit = shop.knock.get("/api/v1/audit?limit=10", &shop.key).body.to_string();
    for part in ["site.look_changed", "\"logo\":true", "\"logo\":false"] {
        assert!(audit.contains(part), "{part}: {audit}");
    }
}

/// Monday to Friday from nine to five in Berlin.
fn weekdays() -> Value {
    let day = json!([["09:00", "17:00"]]);
    json!({"hours": {"zone": "Europe/Berlin", "mon": day, "tue": day, "wed": day, "thu": day, "fri": day}})
}

#[test]
fn the_launcher_is_hidden_outside_of_hours_and_the_page_knows_until_when() {
    let shop = Shop::start();
    // A Wednesday in January, at ten in Berlin.
    assert_eq!(shop.knock.set_clock(&json!({"now": "2027-01-13T09:00:00Z"})).code, 200);
    let admin = Browser::admin(&shop.knock);
    let set = |availability: &Value| {
        assert_eq!(admin.ask(&shop.knock, "PUT", "/api/v1/availability", availability).code, 200);
    };
    set(&weekdays());
    assert_eq!(shop.sets(&json!({"shows_hours": true, "hidden": {"outside_hours": true}})).code, 200);
    let state = |seen: &Value| {
        let at = seen["launcher"]["changes_at"].as_i64().map(|at| at - shop.knock.now());
        (seen["launcher"]["is_hidden"].clone(), at.map(|left| (left + 30_000) / 60_000))
    };
    let open = shop.shown("&tz=America/New_York").body;
    assert_eq!(state(&open), (json!(false), Some(7 * 60)), "{open}");
    assert_eq!(open["hours"], "Mon\u{2013}Fri 03:00\u{2013}11:00");
    shop.knock.advance(8 * 3_600_000);
    let closed = shop.shown("&lang=de");
    assert_eq!(state(&closed.body), (json!(true), Some(15 * 60)), "{}", closed.body);
    let back = "Wir sind am Donnerstag um 9:00 Uhr wieder da";
    let said = format!("Mo\u{2013}Fr 09:00\u{2013}17:00 Uhr (Europe/Berlin) \u{b7} {back}");
    assert_eq!(closed.body["hours"], *said);
    // Twenty seconds later it appears: no page keeps the answer for longer.
    shop.knock.advance(15 * 3_600_000 - 20_000);
    let last = shop.shown("");
    assert_eq!(last.body["launcher"]["is_hidden"], true);
    let kept = last.header("cache-control").and_then(|kept| kept.rsplit('=').next()?.parse::<i64>().ok());
    assert!(kept.is_some_and(|seconds| seconds <= 20), "{kept:?}");
    // A look that shows the hours alone changes then, too.
    assert_eq!(shop.sets(&json!({"shows_hours": true})).code, 200);
    let (is_hidden, changes) = state(&shop.shown("").body);
    assert!(!is_hidden.as_bool().unwrap_or(true) && changes.is_some(), "{changes:?}");
    assert_eq!(shop.sets(&json!({"shows_hours": true, "hidden": {"outside_hours": true}})).code, 200);
    // Without hours a member takes chats at any time.
    set(&json!({}));
    assert_eq!(state(&shop.shown("").body), (json!(false), None));
    set(&json!({"state": "away"}));
    assert_eq!(state(&shop.shown("").body), (json!(true), None));
}

#[test]
fn a_look_is_for_pages_of_its_site_and_for_links_of_it() {
    let shop = Shop::start();
    let code = |query: &str, origin: &str| {
        let headers = [("origin", origin)];
        shop.knock.send("GET", &format!("/v1/look?{query}"), &headers, None).code
    };
    let own = format!("site={}", shop.site);
    assert_eq!(code(&own, "https://elsewhere.example"), 403);
    assert_eq!(code("site=0123456789abcdef0123456789abcdef", ORIGIN), 403);
    assert_eq!((code("", ORIGIN), code(&format!("{own}&link=chat"), ORIGIN)), (400, 400));
    let url = shop.knock.url.clone();
    assert_eq!((code("link=chat", &url), code("link=nothing", &url)), (200, 404));
    assert_eq!(shop.sets(&json!({"colour": "#ff7a00"})).code, 200);
    let of_link = json!({"name": "Ours", "funnel": "chat", "slug": "ours", "site": shop.site});
    assert_eq!(shop.knock.ask("POST", "/api/v1/links", &shop.key, &of_link).code, 201);
    let seen = shop.knock.send("GET", "/v1/look?link=ours", &[], None);
    assert_eq!(seen.body["colours"]["light"]["accent"], "#ff7a00", "the hosted page names no origin: {}", seen.body);

    let removed = shop.knock.ask("DELETE", &format!("/api/v1/sites/{}", shop.site), &shop.key, &Value::Null);
    assert_eq!(removed.code, 204);
    eventually("the site is gone", || code(&own, ORIGIN) == 410);
    assert_eq!((shop.knock.get(&shop.path(), &shop.key).code, shop.sets(&json!({})).code), (404, 404));
}
