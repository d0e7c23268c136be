//! The booking link of a member: on and off by the member alone, booking that member alone.

use crate::meetings::{Office, browser};
use crate::members::Browser;
use crate::support::{Knock, Reply};
use knock_model::Role;
use serde_json::{Value, json};

const PATH: &str = "/api/v1/profile/booking-link";

struct Scene {
    office: Office,
    lena: Browser,
}

impl Scene {
    /// Tom, by the rule, and Lena work in Berlin.
    fn open() -> Scene {
        let office = Office::of(Knock::start());
        let tom = office.rep("tom");
        office.offers("single", &[tom]);
        let lena = Browser::member(&office.knock, &office.admin, "lena@us.example", Role::Rep);
        office.works(&lena);
        Scene { office, lena }
    }

    fn turns(&self, draft: &Value) -> Reply {
        self.lena.ask(&self.office.knock, "PUT", PATH, draft)
    }

    fn turned(&self, draft: &Value) -> Value {
        let reply = self.turns(draft);
        assert_eq!(reply.code, 200, "{}", reply.body);
        reply.body
    }

    /// A stranger opens the address.
    fn opens(&self, slug: &str, visitor: u64) -> u16 {
        let own = browser(visitor);
        self.office.post("/v1/meetings/open", &json!({"link": slug, "visitor": own, "session": own})).code
    }

    fn by_admin(&self, method: &str, path: &str, body: &Value) -> Reply {
        self.office.admin.ask(&self.office.knock, method, path, body)
    }
}

fn refused(reply: &Reply, pointer: &str) {
    assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (422, &json!(pointer)), "{}", reply.body);
}

#[test]
fn a_member_turns_a_link_on_that_offers_their_own_calendar_and_off_again() {
    let scene = Scene::open();
    let knock = &scene.office.knock;
    let before = scene.lena.get(knock, PATH).body;
    let url = format!("{}/l/lena", knock.url);
    let expected = json!({"slug": "lena", "url": url, "is_on": false, "is_made": false, "has_hours": true, "clicks": 0,
        "conversions": 0});
    assert_eq!(before, expected);
    assert_eq!((scene.opens("lena", 1), scene.turned(&json!({"is_on": false}))), (404, expected), "nothing is made");

    let on = scene.turned(&json!({"is_on": true}));
    assert_eq!((&on["url"], &on["is_on"], &on["is_made"]), (&json!(url), &json!(true), &json!(true)), "{on}");
    assert_eq!(scene.opens("lena", 1), 201);
    let list = "/v1/meetings/slots?link=lena&email=ann@gmail.com&tz=Europe/Berlin";
    let slots = knock.send("GET", list, &[("origin", &knock.url)], None).body;
    assert_eq!((&slots["verdict"], &slots["with"]), (&json!("ok"), &json!(["Lena"])), "{slots}");
    let own = browser(1);
    let request = json!({"link": "lena", "visitor": own, "session": own, "email": "ann@gmail.com", "name": "Ann",
        "start": slots["slots"][0]["start"], "tz": "Europe/Berlin"});
    let booked = scene.office.post("/v1/meetings", &request);
    assert_eq!(booked.code, 201, "{}", booked.body);
    let meetings = scene.office.meetings();
    assert_eq!((&meetings[0]["owner_name"], &meetings[0]["link"]), (&json!("Lena"), &json!("lena")));
    let counted = scene.lena.get(knock, PATH).body;
    assert_eq!((&counted["clicks"], &counted["conversions"]), (&json!(1), &json!(1)), "{counted}");

    assert_eq!(scene.turned(&json!({"is_on": false}))["is_on"], false);
    assert_eq!(scene.opens("lena", 2), 404);
    let again = scene.turned(&json!({"is_on": true}));
    assert_eq!((&again["slug"], scene.opens("lena", 2)), (&json!("lena"), 201));
    let log = knock.get("/api/v1/audit?limit=200", &scene.office.key).body;
    let of_links = log["entries"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|entry| entry["action"].as_str().is_some_and(|action| action.starts_with("link.")));
    let kept: Vec<_> = of_links.map(|entry| json!([entry["action"], entry["actor"]["name"]])).collect();
    let by_lena = |action: &str| json!([action, "lena@us.example"]);
    assert_eq!(kept, ["link.restored", "link.archived", "link.created"].map(by_lena));
}

#[test]
fn an_address_is_free_and_stays() {
    let scene = Scene::open();
    let tim = Browser::nameless(&scene.office.knock, &scene.office.admin, "tim@us.example", Role::Rep);
    let proposed = tim.get(&scene.office.knock, PATH).body;
    assert_eq!(proposed["slug"], "meet", "no part of an address is shown to visitors");
    refused(&scene.turns(&json!({"is_on": true, "slug": "Lena!"})), "/slug");
    assert_eq!(scene.turned(&json!({"is_on": true, "slug": "talk-to-lena"}))["slug"], "talk-to-lena");
    refused(&scene.turns(&json!({"is_on": true, "slug": "lena"})), "/slug");
    assert_eq!(scene.turned(&json!({"is_on": true, "slug": "talk-to-lena"}))["slug"], "talk-to-lena");
    let ask = |draft: &Value| tim.ask(&scene.office.knock, "PUT", PATH, draft);
    refused(&ask(&json!({"is_on": true, "slug": "talk-to-lena"})), "/slug");
    assert_eq!(tim.ask(&scene.office.knock, "PUT", "/api/v1/profile", &json!({"name": "Talk to Lena"})).code, 200);
    let made = ask(&json!({"is_on": true}));
    assert_eq!((made.code, &made.body["slug"]), (200, &json!("talk-to-lena-2")), "{}", made.body);
    assert_eq!(made.body["has_hours"], false);
}

#[test]
fn the_team_archives_a_booking_link_and_changes_nothing_else_of_it() {
    let scene = Scene::open();
    let knock = &scene.office.knock;
    scene.turned(&json!({"is_on": true}));
    let listed = knock.get("/api/v1/links", &scene.office.key).body;
    let link = listed["links"].as_array().expect("a list").iter().find(|link| link["slug"] == "lena").expect("listed");
    assert_eq!((&link["owner"], &link["name"]), (&json!("Lena"), &json!("Booking link of Lena")));
    for (field, value) in [
        ("name", json!("Other")),
        ("rule", json!("default_meeting")),
        ("greeting", json!("Hello")),
        ("questions", json!([])),
        ("duration_min", json!(15)),
    ] {
        let mut change = json!({});
        change[field] = value;
        refused(&scene.by_admin("PATCH", "/api/v1/links/lena", &change), &format!("/{field}"));
    }
    refused(&scene.by_admin("PUT", "/api/v1/links/lena/rule", &json!({"rule": "default_meeting"})), "/rule");
    let archived = scene.by_admin("PATCH", "/api/v1/links/lena", &json!({"archived": true}));
    assert_eq!((archived.code, &archived.body["owner"]), (200, &json!("Lena")), "{}", archived.body);
    assert_eq!(scene.lena.get(knock, PATH).body["is_on"], false);

    assert_eq!(scene.lena.get(knock, "/api/v1/links").code, 403, "the list is of those who edit routing");
    assert_eq!(scene.lena.get(knock, "/api/v1/links/lena/qr.svg").code, 200, "an address is public");
    assert_eq!(knock.get(PATH, &scene.office.key).code, 403);
    assert_eq!(knock.ask("PUT", PATH, &scene.office.key, &json!({"is_on": true})).code, 403);
}

#[test]
fn the_booking_link_of_who_leaves_is_archived_and_theirs_again_when_they_return() {
    let scene = Scene::open();
    scene.turned(&json!({"is_on": true}));
    let path = format!("/api/v1/members/{}", scene.office.admin.id_of(&scene.office.knock, "lena@us.example"));
    assert_eq!(scene.by_admin("DELETE", &path, &Value::Null).code, 204);
    assert_eq!(scene.opens("lena", 1), 404);
    let archived = scene.office.knock.get("/api/v1/links?archived=yes", &scene.office.key).body;
    assert_eq!((&archived["links"][0]["slug"], &archived["links"][0]["owner"]), (&json!("lena"), &json!("Lena")));
    let back = Browser::nameless(&scene.office.knock, &scene.office.admin, "lena@us.example", Role::Rep);
    let link = back.ask(&scene.office.knock, "PUT", PATH, &json!({"is_on": true}));
    assert_eq!((link.code, &link.body["slug"]), (200, &json!("lena")), "{}", link.body);
}
