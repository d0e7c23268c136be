//! Pages and sitemaps: their stored content, and the text of each kind of failure.

use super::Team;
use crate::support::Knock;
use knock_testing::{Answer, Heard, Receiver, eventually};
use serde_json::{Value, json};
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tungstenite::Message;
use tungstenite::client::IntoClientRequest;

const DAY: i64 = 86_400_000;
const HTML: &str = "text/html; charset=utf-8";

fn page(content_type: &str, body: impl Into<Vec<u8>>) -> Answer {
    Answer::Full(200, vec![("content-type", content_type.to_owned())], body.into())
}

fn html(title: &str, text: &str) -> Answer {
    page(HTML, format!("<title>{title}</title><nav>Menu of all pages</nav><main><h2>{title}</h2><p>{text}</main>"))
}

/// A site with these pages; without a robots.txt unless `pages` has one.
fn site(pages: impl Fn(&Heard) -> Answer + Send + Sync + 'static) -> Receiver {
    Receiver::start(move |heard, _| pages(heard))
}

fn sitemap(site: &Heard, paths: &[&str]) -> Answer {
    let host = site.header("host");
    let urls: String = paths.iter().map(|path| format!("<url><loc>http://{host}{path}</loc></url>")).collect();
    page("application/xml", format!("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">{urls}</urlset>"))
}

fn error(record: &Value) -> &str {
    record["source"]["error"].as_str().unwrap_or_default()
}

#[test]
fn a_page_is_read_found_and_read_again() {
    let is_new = Arc::new(AtomicBool::new(false));
    let state = Arc::clone(&is_new);
    let site = site(move |heard| match heard.path.as_str() {
        "/help" if state.load(Ordering::SeqCst) => html("Returns", "Parcels can be returned within 60 days."),
        "/help" => html("Returns", "Parcels can be returned within 30 days."),
        _ => Answer::Code(404),
    });
    let team = Team::start();
    let id = team.source("page", &site.url("/help#top"));
    let record = team.until(&id, &["ready", "failed"]);
    assert_eq!((error(&record), &record["source"]["passages"]), ("", &json!(1)), "{record}");
    assert_eq!(record["source"]["address"], site.url("/help"));
    let passage = &record["passages"][0];
    assert_eq!(
        (&passage["title"], &passage["text"]),
        (&json!("Returns"), &json!("Parcels can be returned within 30 days."))
    );
    let found = team.tried("Can I return a parcel?");
    let expected = json!({"page": {"title": "Returns", "url": site.url("/help")}});
    assert_eq!(found["source"], expected, "{found}");
    assert_eq!(found["text"], "Parcels can be returned within 30 days.");
    let said = team.said(1, "Can I return a parcel?");
    assert!(said.contains("within 30 days") && said.contains(&site.url("/help")), "{said}");
    assert_eq!(team.tried("Hello"), Value::Null);

    is_new.store(true, Ordering::SeqCst);
    assert_eq!(team.ask("POST", &format!("/sources/{id}/read"), &Value::Null).code, 202);
    eventually("it was read again", || team.tried("return a parcel")["text"].to_string().contains("60 days"));
    is_new.store(false, Ordering::SeqCst);
    team.until(&id, &["ready"]);
    team.knock.set_clock(&json!({"advance_ms": DAY}));
    eventually("it was read a day later", || team.tried("return a parcel")["text"].to_string().contains("30 days"));

    assert_eq!(team.ask("DELETE", &format!("/sources/{id}"), &Value::Null).code, 204);
    assert_eq!(team.tried("return a parcel"), Value::Null);
    assert_eq!(team.ask("POST", &format!("/sources/{id}/read"), &Value::Null).code, 404);
}

#[test]
fn a_page_that_cannot_be_read_says_why_and_is_tried_again() {
    let inner = site(|_| html("Secret", "Nothing for others."));
    let elsewhere = inner.url("/").replace("127.0.0.1", "localhost");
    let site = site(move |heard| match heard.path.as_str() {
        "/gone" => Answer::Code(404),
        "/broken" => Answer::Code(500),
        "/private" => Answer::With(302, "location", "http://169.254.169.254/latest/meta-data".into()),
        "/elsewhere" => Answer::With(301, "location", elsewhere.clone()),
        "/loop" => Answer::With(302, "location", "/loop".into()),
        "/huge" => page(HTML, "<p>much ".repeat(400_000)),
        "/zip" => page("application/zip", b"PK\x03\x04\0\0\0\0".to_vec()),
        "/empty" => page(HTML, "<script>app()</script>"),
        "/robots.txt" => page("text/plain", "User-agent: *\nDisallow: /closed"),
        "/slow" => Answer::Silence,
        _ => html("Page", "Some text."),
    });
    let team = Team::start();
    let cases = [
        ("/gone", "The server answered 404"),
        ("/broken", "The server answered 500"),
        ("/private", "The address leads on to one that leads into a private network"),
        ("/elsewhere", "The address leads on to another site: localhost"),
        ("/loop", "The address leads on more than 5 times"),
        ("/huge", "The page is larger than 2 MB"),
        ("/zip", "It is neither text, Markdown, HTML nor PDF"),
        ("/empty", "It has no text"),
        ("/closed/page", "The robots.txt of the site does not allow it"),
    ];
    // Read beside the others, under another name: one host is asked one request at a time.
    let slow = team.source("page", &site.url("/slow").replace("127.0.0.1", "localhost"));
    let ids: Vec<String> = cases.iter().map(|(path, _)| team.source("page", &site.url(path))).collect();
    for ((path, expected), id) in cases.iter().zip(&ids) {
        let record = team.until(id, &["ready", "failed"]);
        assert_eq!(record["source"]["state"], "failed", "{path}");
        assert!(error(&record).starts_with(expected), "{path}: {record}");
        assert!(record["source"]["next_read_at"].as_i64() > Some(team.knock.now()), "{record}");
    }
    assert!(inner.all().is_empty() && site.all().iter().all(|heard| !heard.path.starts_with("/closed")));
    let nowhere = team.source("page", "http://127.0.0.1:9/");
    let record = team.until(&nowhere, &["failed"]);
    assert!(error(&record).starts_with("The server could not be reached: "), "{record}");
    let record = team.until(&slow, &["ready", "failed"]);
    assert!(error(&record).starts_with("The server did not answer in time"), "{record}");
    assert!(record["source"]["next_read_at"].as_i64() > Some(team.knock.now()), "{record}");
}

#[test]
fn a_failure_keeps_what_was_read_before() {
    let is_down = Arc::new(AtomicBool::new(false));
    let state = Arc::clone(&is_down);
    let site = site(move |heard| match heard.path.as_str() {
        "/help" if !state.load(Ordering::SeqCst) => html("Returns", "Parcels can be returned within 30 days."),
        "/robots.txt" => Answer::Code(404),
        _ => Answer::Code(503),
    });
    let team = Team::start();
    let id = team.source("page", &site.url("/help"));
    let before = team.until(&id, &["ready"]);
    is_down.store(true, Ordering::SeqCst);
    team.knock.set_clock(&json!({"advance_ms": DAY}));
    let after = team.until(&id, &["failed"]);
    assert_eq!((error(&after), &after["passages"]), ("The server answered 503", &before["passages"]));
    assert_eq!(after["source"]["last_read_at"], before["source"]["last_read_at"]);
    assert_ne!(team.tried("return a parcel"), Value::Null);
    is_down.store(false, Ordering::SeqCst);
    team.knock.set_clock(&json!({"advance_ms": 300_000}));
    assert_eq!(error(&team.until(&id, &["ready"])), "");
}

#[test]
fn a_sitemap_is_read_with_all_it_leads_to_and_says_what_was_left_out() {
    let site = site(|heard| match heard.path.as_str() {
        "/sitemap.xml" => {
            let host = heard.header("host");
            let maps =
                ["/one.xml", "/two.xml.gz"].map(|path| format!("<sitemap><loc>http://{host}{path}</loc></sitemap>"));
            page("application/xml", format!("<sitemapindex>{}</sitemapindex>", maps.concat()))
        }
        "/one.xml" => sitemap(heard, &["/shipping", "/missing", "/shipping#costs"]),
        "/two.xml.gz" => {
            let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            packed
                .write_all(format!("http://{}/latin\nhttp://other.example/page", heard.header("host")).as_bytes())
                .expect("packed");
            page("application/gzip", packed.finish().expect("packed"))
        }
        "/shipping" => html("Shipping", "Parcels leave our warehouse within one day."),
        "/latin" => page(
            "text/html; charset=iso-8859-1",
            b"<html lang=de><h1>Gr\xf6\xdfen</h1><p>Alle Gr\xf6\xdfen sind vorr\xe4tig.".to_vec(),
        ),
        _ => Answer::Code(404),
    });
    let team = Team::start();
    let id = team.source("sitemap", &site.url("/sitemap.xml"));
    let record = team.until(&id, &["ready", "failed"]);
    assert_eq!((&record["source"]["state"], &record["source"]["passages"]), (&json!("ready"), &json!(2)), "{record}");
    let expected = format!("1 of 3 pages could not be read, first {}: The server answered 404", site.url("/missing"));
    assert_eq!(error(&record), expected);
    assert_eq!(record["passages"][1]["text"], "Alle Größen sind vorrätig.");
    assert!(team.tried("Welche Größen sind vorrätig?")["text"].to_string().contains("Alle Größen"));
    let first = team.get(&format!("/sources/{id}?limit=1"));
    assert_eq!((first["passages"].as_array().map(Vec::len), &first["next"]), (Some(1), &json!(1)));
    let second = team.get(&format!("/sources/{id}?limit=1&from=1"));
    assert_eq!((&second["passages"][0]["position"], &second["next"]), (&json!(1), &Value::Null));

    let none = team.source("sitemap", &site.url("/shipping"));
    assert_eq!(error(&team.until(&none, &["failed"])).split(':').next(), Some("The sitemap is no sitemap"));
}

#[test]
fn a_compressed_page_is_read_and_a_bomb_is_not() {
    let packed = |size: usize| {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(b"<h2>Warranty</h2><p>Every lamp has a warranty of ten years.").expect("packed");
        packed.write_all(&vec![b' '; size]).expect("packed");
        let headers = vec![("content-type", HTML.to_owned()), ("content-encoding", "gzip".to_owned())];
        Answer::Full(200, headers, packed.finish().expect("packed"))
    };
    let site = site(move |heard| match heard.path.as_str() {
        "/page" => packed(0),
        "/bomb" => packed(50 << 20),
        _ => Answer::Code(404),
    });
    let team = Team::start();
    let (page, bomb) = (team.source("page", &site.url("/page")), team.source("page", &site.url("/bomb")));
    let record = team.until(&page, &["ready", "failed"]);
    assert_eq!(record["passages"][0]["text"], "Every lamp has a warranty of ten years.", "{record}");
    assert_eq!(error(&team.until(&bomb, &["failed"])), "The page is larger than 2 MB");
}

/// A team whose server was restarted while it read a page, which is answered from then on.
fn restarted_while_reading(restart: fn(Knock) -> Knock) -> (Team, String, Receiver) {
    let is_ready = Arc::new(AtomicBool::new(false));
    let state = Arc::clone(&is_ready);
    let site = site(move |heard| match heard.path.as_str() {
        "/help" if state.load(Ordering::SeqCst) => html("Returns", "Parcels can be returned within 30 days."),
        "/help" => Answer::Silence,
        _ => Answer::Code(404),
    });
    let team = Team::start();
    let id = team.source("page", &site.url("/help"));
    site.until(|heard| heard.iter().any(|heard| heard.path == "/help"));
    assert_eq!(team.get(&format!("/sources/{id}"))["source"]["state"], "reading");
    is_ready.store(true, Ordering::SeqCst);
    let Team { knock, key, site: shop } = team;
    (Team { knock: restart(knock), key, site: shop }, id, site)
}

#[test]
fn a_reading_that_a_killed_server_began_is_begun_again() {
    let (team, id, _site) = restarted_while_reading(Knock::kill_and_restart);
    team.knock.set_clock(&json!({"advance_ms": 120_000}));
    let failed = team.until(&id, &["failed"]);
    assert_eq!(failed["source"]["error"], "The server ended while it was read");
    // Not at once: the page may be what ended it.
    team.knock.set_clock(&json!({"advance_ms": 300_000}));
    team.until(&id, &["ready"]);
}

#[test]
fn a_reading_that_a_stopped_server_began_is_begun_again_at_once() {
    let (team, id, _site) = restarted_while_reading(Knock::stop_and_restart);
    team.until(&id, &["ready"]);
}

#[test]
fn dashboards_are_notified_when_a_source_was_read() {
    let site = site(|heard| match heard.path.as_str() {
        "/help" => html("Returns", "Parcels can be returned within 30 days."),
        _ => Answer::Code(404),
    });
    let team = Team::start();
    let address = format!("{}/api/v1/live", team.knock.url.replace("http:", "ws:"));
    let mut request = address.into_client_request().expect("a request");
    request.headers_mut().insert("authorization", format!("Bearer {}", team.key).parse().expect("a header"));
    let (mut socket, _) = tungstenite::connect(request).expect("it opens");
    let id = team.source("page", &site.url("/help"));
    team.until(&id, &["ready"]);
    for stage in ["waiting", "reading", "ready"] {
        let Message::Text(text) = socket.read().expect("a frame") else { panic!("not a text") };
        let event: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(event, json!({"knowledge": team.site}), "{stage}");
    }
}
