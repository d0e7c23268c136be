//! The list of those who are on a site.

use super::{BO, Scene};
use crate::support::{ORIGIN, batch, id, identify, signal};
use knock_testing::visitor_id;
use serde_json::{Value, json};

const MINUTE: i64 = 60_000;

fn visitors(rows: &[Value]) -> Vec<Value> {
    rows.iter().map(|row| row["visitor"].clone()).collect()
}

#[test]
fn everybody_with_an_open_page_is_listed_known_or_not_and_who_left_is_not() {
    let scene = Scene::start();
    scene.views(1, 1, "/docs");
    scene.advance(4 * MINUTE);
    scene.views(1, 2, "/pricing");
    scene.views(3, 3, "/pricing");
    scene.advance(1_000);
    let now = scene.knock.now();
    let view = signal(now, 4, "page_view", "/careers");
    scene.knock.post_signals(&batch(&scene.site, 2, now, &[view, identify(now, 5, "ann@first.example")]));
    let mut left = signal(now, 6, "engagement", "/pricing");
    (left["view"], left["props"]) = (json!(id(now - 1_000, 3)), json!({"ms": 900}));
    scene.knock.post_signals(&batch(&scene.site, 3, now, &[left]));
    let rows = scene.visits("");
    assert_eq!(visitors(&rows), [2, 1].map(|number| json!(visitor_id(number))));
    let (known, unknown) = (&rows[0], &rows[1]);
    assert_eq!(known["contact"]["email"], "ann@first.example");
    assert_eq!(known["account"]["domain"], "first.example");
    assert_eq!((&unknown["contact"], &unknown["pages"]), (&Value::Null, &json!(2)));
    assert_eq!((&unknown["url"], &unknown["title"]), (&json!(format!("{ORIGIN}/demo/pricing")), &json!("Pricing")));
    let spent = unknown["viewed_at"].as_i64().expect("an instant") - unknown["since_at"].as_i64().expect("an instant");
    assert!((4 * MINUTE..5 * MINUTE).contains(&spent), "{spent}");
    assert_eq!(unknown["intent"]["provisional_type"], "Buying");
    assert_eq!((&unknown["site"], unknown.get("refusal")), (&json!(scene.site), None));
    scene.advance(31 * MINUTE);
    assert_eq!(scene.visits(""), [Value::Null; 0]);
}

#[test]
fn the_list_is_narrowed_by_what_is_asked_for() {
    let scene = Scene::start();
    scene.views(1, 1, "/pricing");
    let now = scene.knock.now();
    let view = signal(now, 2, "page_view", "/careers");
    scene.knock.post_signals(&batch(&scene.site, 2, now, &[view, identify(now, 3, "ann@first.example")]));
    scene.invited(1, 9, "Hello");
    let bo = scene.admin.id_of(&scene.knock, BO);
    let (one, two) = (vec![json!(visitor_id(1))], vec![json!(visitor_id(2))]);
    for (query, expected) in [
        ("known=true".to_owned(), &two),
        ("known=false".to_owned(), &one),
        ("type=Job%20seeker".to_owned(), &two),
        ("type=Buying".to_owned(), &one),
        ("q=first.example".to_owned(), &two),
        ("q=PRICING".to_owned(), &one),
        (format!("owner={bo}"), &one),
        ("owner=me".to_owned(), &one),
        ("owner=none".to_owned(), &two),
        (format!("site={}&known=true", scene.site), &two),
        ("score=High".to_owned(), &Vec::new()),
    ] {
        assert_eq!(&visitors(&scene.visits(&query)), expected, "{query}");
    }
    for (query, pointer) in
        [("known=yes", "query/known"), ("type=x", "query/type"), ("owner=x", "query/owner"), ("site=x", "query/site")]
    {
        let reply = scene.bo.get(&scene.knock, &format!("/api/v1/visits?{query}"));
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (400, &json!(pointer)));
    }
}

#[test]
fn a_row_says_who_wrote_first_and_spam_has_none() {
    let scene = Scene::start();
    scene.views(1, 1, "/pricing");
    let conversation = scene.invited(1, 2, "Hello");
    let row = |scene: &Scene| scene.visits("").remove(0);
    let own = row(&scene);
    assert_eq!((&own["conversation"], &own["owner"]), (&json!(conversation), &json!("Bo")));
    let invitation = &own["invitation"];
    assert_eq!((&invitation["by"], &invitation["is_own"]), (&json!("Bo"), &json!(true)));
    assert_eq!(invitation["state"].get("shown_at"), None);
    let of_admin = scene.admin.get(&scene.knock, "/api/v1/visits").body["visits"][0]["invitation"].clone();
    assert_eq!(of_admin["is_own"], false);
    let path = format!("/api/v1/conversations/{conversation}/actions");
    assert_eq!(scene.bo.ask(&scene.knock, "POST", &path, &json!("mark_spam")).code, 204);
    assert_eq!(scene.visits(""), Vec::<Value>::new());
    assert_eq!(scene.bo.ask(&scene.knock, "POST", &path, &json!("unmark_spam")).code, 204);
    assert_eq!(row(&scene)["conversation"], json!(conversation));
}
