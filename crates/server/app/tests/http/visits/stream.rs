//! The event stream of a visible page.

use super::{Events, Scene};
use crate::support::{Knock, id};
use knock_testing::{eventually, visitor_id};
use serde_json::json;

const DAY: i64 = 24 * 3_600_000;

#[test]
fn an_invitation_comes_at_once_again_after_a_reconnect_and_to_its_visitor_alone() {
    let scene = Scene::start();
    for visitor in [1, 2] {
        scene.views(visitor, visitor, "/pricing");
    }
    let (mut own, mut other) = (scene.listens(1), scene.listens(2));
    scene.invited(1, 11, "Can I help you?");
    let shown = own.invitation();
    assert_eq!((&shown["text"], &shown["name"]), (&json!("Can I help you?"), &json!("Bo")));
    assert_eq!(scene.listens(1).invitation(), shown);
    scene.invited(2, 12, "Hello, visitor two");
    assert_eq!(other.invitation()["text"], "Hello, visitor two", "and not the words to another");
    // The latest words are shown.
    scene.advance(1_000);
    scene.invited(1, 13, "The docs are here");
    assert_eq!(own.invitation()["text"], "The docs are here");
}

#[test]
fn one_that_is_closed_answered_or_erased_is_withdrawn_and_an_old_one_is_not_shown() {
    let scene = Scene::start();
    for visitor in 1..=4 {
        scene.views(visitor, visitor, "/pricing");
        scene.invited(visitor, 10 + visitor, "Hello");
    }
    let mut streams = [1, 2, 3].map(|visitor| scene.listens(visitor));
    let shown = streams.each_mut().map(Events::invitation);
    assert_eq!(scene.notes(1, &shown[0], true), 204);
    let chat = scene.opens(2, &shown[1], Some('a'));
    assert_eq!(chat.write(&scene.knock, 22, "Yes please").code, 201);
    let lead = scene.visits("").into_iter().find(|row| row["visitor"] == visitor_id(3)).expect("a row");
    let lead = lead["contact"]["id"].clone();
    let erased = scene.admin.ask(&scene.knock, "POST", "/api/v1/persons/erase", &json!({"contact": lead}));
    assert!((200..300).contains(&erased.code), "{}", erased.body);
    for (stream, shown) in streams.iter_mut().zip(&shown) {
        let (name, withdrawn) = stream.next().expect("an event");
        assert_eq!((name.as_str(), &withdrawn["id"]), ("withdrawn", &shown["id"]));
    }
    assert_eq!(scene.invites(&scene.bo, 3, 23, "Hello").code, 404, "nothing of the erased one is known");
    scene.advance(7 * DAY);
    let mut late = scene.listens(4);
    scene.invited(4, 24, "Are you still interested?");
    assert_eq!(late.invitation()["text"], "Are you still interested?", "the one of last week is over");
}

#[test]
fn a_page_that_listens_on_another_server_hears_it_too() {
    let scene = Scene::start();
    let Some(other) = scene.knock.start_beside() else { return };
    scene.views(1, 1, "/pricing");
    let path = format!("/v1/visits/events?site={}&visitor={}", scene.site, visitor_id(1));
    let mut stream = Events::open(&other, &path);
    assert!(stream.status.starts_with("HTTP/1.1 200"));
    scene.invited(1, 2, "Hello");
    assert_eq!(stream.invitation()["text"], "Hello");
}

#[test]
fn streams_are_limited_for_a_visitor_and_in_all() {
    let scene = Scene::by(Knock::start_with(&[("KNOCK_HTTP_VISIT_STREAMS", "5")]));
    let own: Vec<Events> = (0..4).map(|_| scene.listens(1)).collect();
    assert!(own.iter().all(|stream| stream.status.starts_with("HTTP/1.1 200")));
    assert!(scene.listens(1).status.starts_with("HTTP/1.1 204"));
    let other = scene.listens(2);
    assert!(other.status.starts_with("HTTP/1.1 200"));
    assert!(scene.listens(3).status.starts_with("HTTP/1.1 204"));
    drop(own);
    eventually("a place is free", || scene.listens(3).status.starts_with("HTTP/1.1 200"));
    let off = Scene::by(Knock::start_with(&[("KNOCK_HTTP_VISIT_STREAMS", "0")]));
    assert!(off.listens(1).status.starts_with("HTTP/1.1 204"));
}

#[test]
fn a_foreign_page_hears_nothing_and_a_stopping_server_ends_the_streams() {
    let scene = Scene::start();
    let wrong = |query: String| Events::open(&scene.knock, &format!("/v1/visits/events?{query}")).status;
    assert!(wrong(format!("site=x&visitor={}", visitor_id(1))).starts_with("HTTP/1.1 403"));
    assert!(wrong(format!("site={}&visitor=x", scene.site)).starts_with("HTTP/1.1 400"));
    let path = format!("/v1/visits/events?site={}&visitor={}", scene.site, visitor_id(1));
    assert_eq!(scene.knock.send("GET", &path, &[("origin", "https://evil.example")], None).code, 403);
    let note = json!({"site": scene.site, "visitor": visitor_id(1), "is_closed": false});
    let path = format!("/v1/visits/invitations/{}", id(scene.knock.now(), 1));
    let headers = [("content-type", "text/plain"), ("origin", "https://evil.example")];
    assert_eq!(scene.knock.send("POST", &path, &headers, Some(note.to_string().as_bytes())).code, 403);
    let mut stream = scene.listens(1);
    assert!(stream.status.starts_with("HTTP/1.1 200"));
    scene.knock.ask_to_stop();
    assert_eq!(stream.next(), None);
    assert_eq!(scene.knock.stopped().0, Some(0));
}
