//! Name, title and picture of members: who sees them, who sets them.

use crate::chat::open_as;
use crate::members::Browser;
use crate::support::{Knock, Reply, id};
use image::{DynamicImage, ImageFormat};
use knock_model::Role;
use serde_json::{Value, json};
use std::io::Cursor;

const PROFILE: &str = "/api/v1/profile";
const PICTURE: &str = "/api/v1/profile/picture";

pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    DynamicImage::new_rgba8(width, height).write_to(&mut out, ImageFormat::Png).expect("it is encoded");
    out.into_inner()
}

fn sends(knock: &Knock, browser: &Browser, path: &str, content: &[u8]) -> Reply {
    let headers = [("content-type", "image/png"), ("cookie", browser.cookie.as_str()), ("origin", knock.url.as_str())];
    knock.send("PUT", path, &headers, Some(content))
}

/// A chat in which a rep has written.
fn answered(knock: &Knock, rep: &Browser) -> crate::chat::Chat {
    let chat = open_as(knock, &knock.site(), 1);
    assert_eq!(chat.write(knock, 1, "We are 200 people and need a quote").code, 201);
    let body = json!({"id": id(knock.now(), 9), "text": "Hello!"});
    let path = format!("/api/v1/conversations/{}/messages", chat.id);
    assert_eq!(rep.ask(knock, "POST", &path, &body).code, 201);
    chat
}

fn last(messages: Vec<Value>) -> Value {
    messages.into_iter().last().expect("a message")
}

#[test]
fn visitors_read_the_name_that_a_member_has_set_and_never_a_part_of_an_address() {
    let knock = Knock::start();
    let admin = Browser::admin(&knock);
    let rep = Browser::nameless(&knock, &admin, "jp.mueller@us.example", Role::Rep);
    let chat = answered(&knock, &rep);
    let seen = last(chat.messages(&knock, 0));
    assert_eq!((&seen["author"], &seen["name"]), (&json!("rep"), &json!("")), "{seen}");
    assert!(!seen.to_string().to_lowercase().contains("mueller"), "{seen}");
    // The team knows who wrote.
    let of_team = || last(chat.record(&knock, &knock.admin_key())["messages"].as_array().expect("a list").clone());
    assert_eq!(of_team()["name"], "jp.mueller@us.example");

    let named = rep.ask(&knock, "PUT", PROFILE, &json!({"name": " Jana Müller ", "title": "Account executive"}));
    let expected = json!({"email": "jp.mueller@us.example", "name": "Jana Müller", "title": "Account executive"});
    assert_eq!((named.code, &named.body), (200, &expected));
    assert_eq!(rep.get(&knock, PROFILE).body, expected);
    assert_eq!(rep.get(&knock, "/api/v1/session").body["name"], "Jana Müller");
    let seen = last(chat.messages(&knock, 0));
    assert_eq!((&seen["name"], &seen["title"]), (&json!("Jana Müller"), &json!("Account executive")));
    assert_eq!(of_team()["name"], "Jana Müller");
    let reps = rep.get(&knock, "/api/v1/reps").body;
    assert_eq!(reps["reps"][1]["name"], "Jana Müller", "{reps}");
}

#[test]
fn a_picture_is_a_small_square_under_an_address_of_its_own() {
    let knock = Knock::start();
    let admin = Browser::admin(&knock);
    let rep = Browser::member(&knock, &admin, "bo@us.example", Role::Rep);
    let chat = answered(&knock, &rep);
    let set = sends(&knock, &rep, PICTURE, &png(640, 300));
    assert_eq!(set.code, 200, "{}", set.body);
    let address = set.body["picture"].as_str().expect("an address").to_owned();
    assert_eq!(last(chat.messages(&knock, 0))["picture"], *address);
    let shown = knock.send("GET", &address, &[("origin", "https://shop.example")], None);
    assert_eq!((shown.code, shown.header("content-type")), (200, Some("image/jpeg")));
    assert_eq!(shown.header("cache-control"), Some("public, max-age=31536000, immutable"));
    assert_eq!(shown.header("cross-origin-resource-policy"), Some("cross-origin"));

    // Another picture has another address, and the former one is gone.
    let other = sends(&knock, &rep, PICTURE, &png(20, 20)).body["picture"].clone();
    assert_ne!(other, *address);
    assert_eq!(knock.send("GET", &address, &[], None).code, 404);
    let removed = rep.ask(&knock, "DELETE", PICTURE, &Value::Null);
    assert_eq!((removed.code, &removed.body["picture"]), (200, &Value::Null));
    assert_eq!(knock.send("GET", other.as_str().expect("an address"), &[], None).code, 404);

    for (content, reason) in [(&b"<svg onload=alert(1)>"[..], "SVG"), (b"%PDF-1.4\n", "of a type"), (b"", "empty")] {
        let refused = sends(&knock, &rep, PICTURE, content);
        assert_eq!(refused.code, 422, "{}", refused.body);
        assert!(refused.body["errors"][0]["reason"].as_str().is_some_and(|said| said.contains(reason)), "{reason}");
    }
    assert_eq!(sends(&knock, &rep, PICTURE, &vec![0; 6 << 20]).code, 413);
}

#[test]
fn admins_name_others_and_every_change_is_in_the_audit_log() {
    let knock = Knock::start();
    let admin = Browser::admin(&knock);
    let rep = Browser::member(&knock, &admin, "bo@us.example", Role::Rep);
    let member = format!("/api/v1/members/{}", admin.id_of(&knock, "bo@us.example"));
    let changed = admin.ask(&knock, "PATCH", &member, &json!({"name": "Bo Lund"}));
    assert_eq!((&changed.body["name"], &changed.body["role"]), (&json!("Bo Lund"), &json!("rep")));
    let both = admin.ask(&knock, "PATCH", &member, &json!({"title": "Sales", "role": "manager"}));
    assert_eq!((&both.body["name"], &both.body["title"]), (&json!("Bo Lund"), &json!("Sales")));
    assert_eq!(both.body["role"], "manager");
    let picture = format!("{member}/picture");
    assert_eq!(sends(&knock, &admin, &picture, &png(8, 8)).code, 200);
    assert_eq!(admin.ask(&knock, "DELETE", &picture, &Value::Null).code, 200);
    let audit = knock.get("/api/v1/audit?limit=20", &knock.admin_key()).body.to_string();
    for part in ["member.profile_changed", "Bo Lund", "\"picture\":true", "\"picture\":false"] {
        assert!(audit.contains(part), "{part}: {audit}");
    }
    // Others name themselves only, and a program has no name.
    assert_eq!(sends(&knock, &rep, &picture, &png(8, 8)).code, 403);
    assert_eq!(knock.get(PROFILE, &knock.admin_key()).code, 403);
}

#[test]
fn a_wrong_name_is_refused_by_its_field() {
    let knock = Knock::start();
    let admin = Browser::admin(&knock);
    for (body, pointer) in [
        (json!({"name": "jp.mueller@us.example"}), "/name"),
        (json!({"name": "x".repeat(61)}), "/name"),
        (json!({"name": "Ann", "title": "x".repeat(61)}), "/title"),
    ] {
        let refused = admin.ask(&knock, "PUT", PROFILE, &body);
        assert_eq!((refused.code, &refused.body["errors"][0]["pointer"]), (422, &json!(pointer)), "{body}");
    }
    let removed = admin.ask(&knock, "PUT", PROFILE, &json!({"name": ""}));
    assert_eq!((removed.code, &removed.body["name"]), (200, &json!("")));
}
