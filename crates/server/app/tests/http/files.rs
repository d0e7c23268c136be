//! The files that browsers load: the loader, its pinned copy, the files of a version.

use crate::support::{Knock, Reply};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::json;
use sha2::{Digest, Sha384};

const FOR_EVER: &str = "public, max-age=31536000, immutable";

fn get(knock: &Knock, path: &str) -> Reply {
    knock.send("GET", path, &[("origin", "https://shop.example")], None)
}

/// The value of an attribute of the pinned snippet.
fn attribute(snippet: &str, name: &str) -> String {
    let (_, rest) = snippet.split_once(&format!(" {name}=\"")).unwrap_or_else(|| panic!("{name} in {snippet}"));
    rest.split('"').next().expect("a quote").to_owned()
}

#[test]
fn the_pinned_snippet_names_the_hash_of_what_is_served() {
    let knock = Knock::start();
    let site = knock.get("/api/v1/sites", &knock.admin_key()).body["sites"][0].clone();
    let pinned = site["snippet_pinned"].as_str().expect("a snippet");
    assert_eq!(attribute(pinned, "data-site"), site["key"].as_str().expect("a key"));
    assert_eq!(attribute(pinned, "data-base"), "/demo");
    assert!(pinned.starts_with("<script async crossorigin src="), "{pinned}");
    let path = attribute(pinned, "src").strip_prefix(&knock.url).expect("this server").to_owned();
    let (loader, copy) = (get(&knock, "/k.js"), get(&knock, &path));
    assert_eq!((loader.code, copy.code), (200, 200));
    assert_eq!(loader.body, copy.body);
    let hash = BASE64_STANDARD.encode(Sha384::digest(copy.body.as_str().expect("a script")));
    assert_eq!(attribute(pinned, "integrity"), format!("sha384-{hash}"));
    assert_eq!(copy.header("cache-control"), Some(FOR_EVER));
    assert!(loader.header("cache-control").is_some_and(|kept| kept.contains("max-age=300,")));
    let old = get(&knock, "/t/0/k.js");
    assert_eq!((old.code, old.header("cache-control")), (200, Some("no-cache")));
}

/// Checks that each header is there once: browsers refuse a file that has it twice.
fn is_open(reply: &Reply, file: &str) {
    for name in ["access-control-allow-origin", "timing-allow-origin"] {
        let values: Vec<_> = reply.headers.iter().filter(|(known, _)| known == name).map(|(_, value)| value).collect();
        assert_eq!(json!(values), json!(["*"]), "{name} of {file}");
    }
}

#[test]
fn a_chunk_is_given_to_its_own_module_under_any_version() {
    let knock = Knock::start();
    let script = get(&knock, "/t/0/widget.js").body.as_str().expect("a script").to_owned();
    // A build without chunks has all in one module.
    let Some((_, rest)) = script.split_once(".wasm?of=") else { return };
    let hash = &rest[..16];
    assert_eq!(get(&knock, &format!("/t/0/widget.booking.wasm?of={hash}")).code, 200);
    for wrong in ["", "?of=", "?of=0123456789abcdef", "?of=function"] {
        assert_eq!(get(&knock, &format!("/t/0/widget.booking.wasm{wrong}")).code, 404, "{wrong}");
    }
}

#[test]
fn files_for_visitors_can_be_loaded_checked_and_measured_from_any_site() {
    let knock = Knock::start();
    let loader = get(&knock, "/k.js").body.as_str().expect("a script").to_owned();
    let version = loader.split_once("/t/").and_then(|(_, rest)| rest.split('/').next()).expect("a version").to_owned();
    is_open(&get(&knock, "/k.js"), "the loader");
    for file in [
        "k.js",
        "tracker.js",
        "tracker.wasm",
        "launcher.js",
        "clear.js",
        "failure.js",
        "frame.js",
        "framed.js",
        "hiding.js",
        "invitation.js",
        "nudge.js",
        "teaser.js",
        "widget.js",
        "widget.wasm",
        "widget.css",
        "extras.js",
        "booking.js",
        "booking.de.js",
    ] {
        let reply = get(&knock, &format!("/t/{version}/{file}"));
        assert_eq!((reply.code, reply.header("cache-control")), (200, Some(FOR_EVER)), "{file}");
        is_open(&reply, file);
    }
    for file in ["app.js", "dashboard.wasm", "tracker.js.br", "nothing.js", "app.html", "..%2fknock.toml"] {
        assert_eq!(get(&knock, &format!("/t/{version}/{file}")).code, 404, "{file}");
    }
}
