//! Files in chats, over HTTP: both ways, once, downloaded safely, limited, erased.

mod disk;
mod hostile;
mod made;

use crate::support::{Knock, Reply};
use image::ImageFormat;
use knock_testing::{Chat, FORM, eventually, form};
use made::{PLACE, holds, photograph, picture};
use serde_json::{Value, json};

/// A conversation on a server of its own.
struct Shop {
    knock: Knock,
    chat: Chat,
    key: String,
}

impl Shop {
    fn start() -> Shop {
        Shop::start_with(&[])
    }

    fn start_with(settings: &[(&str, &str)]) -> Shop {
        let knock = Knock::start_with(settings);
        let (chat, key) = (crate::chat::open_as(&knock, &knock.site(), 1), knock.admin_key());
        Shop { knock, chat, key }
    }

    /// The last message as the lead sees it.
    fn last_file(&self) -> Value {
        let messages = self.chat.messages(&self.knock, 0);
        let file = messages.iter().rev().find_map(|message| message["files"].get(0)).expect("a file");
        file.clone()
    }

    /// The content at an address, and the headers of the response.
    fn download(&self, url: &Value) -> (Reply, Vec<u8>) {
        let path = url.as_str().expect("an address");
        let reply = self.knock.send("GET", path, &[], None);
        assert_eq!(reply.code, 200, "{}", reply.body);
        let address = format!("{}{path}", self.knock.url);
        let content = ureq::get(&address).call().expect("an answer").into_body().read_to_vec().expect("bytes");
        (reply, content)
    }
}

/// The field that a refusal names, with its code.
fn refused(reply: &Reply) -> (u16, String) {
    (reply.code, reply.body["errors"][0]["pointer"].as_str().unwrap_or_default().to_owned())
}

#[test]
fn a_visitors_photograph_is_a_message_once_and_says_nothing_of_where_it_was_taken() {
    let shop = Shop::start();
    let (body, sent) = (form(&knock_testing::id(shop.knock.now(), 9), "my hose.JPEG", &photograph()), photograph());
    assert!(holds(&sent, PLACE));
    let first = shop.chat.post_form(&shop.knock, &body);
    assert_eq!((first.code, first.text("name"), first.text("type")), (201, "my hose.jpg".into(), "image/jpeg".into()));
    let again = shop.chat.post_form(&shop.knock, &body);
    assert_eq!((again.code, &again.body), (200, &first.body));

    let record = shop.chat.record(&shop.knock, &shop.key);
    let messages = record["messages"].as_array().expect("a list");
    let with_files: Vec<&Value> = messages.iter().filter(|message| message.get("files").is_some()).collect();
    assert_eq!(with_files.len(), 1);
    assert_eq!((&with_files[0]["text"], &with_files[0]["author"]), (&json!(""), &json!("lead")));
    assert!(messages.last().is_some_and(|last| last["author"] == "ai_agent"), "the agent answers it");
    assert_eq!(record["conversation"]["state"]["status"], "AI Discovery");

    let file = shop.last_file();
    assert_eq!((&file["preview"]["width"], &file["preview"]["height"]), (&json!(320), &json!(640)));
    for url in [&file["url"], &file["preview"]["url"], &with_files[0]["files"][0]["url"]] {
        let (_, content) = shop.download(url);
        assert!(content.starts_with(b"\xff\xd8\xff") && !holds(&content, PLACE) && !holds(&content, b"Exif"));
    }
}

#[test]
fn contents_are_given_out_under_exact_headers() {
    let shop = Shop::start();
    assert_eq!(shop.chat.sends_file(&shop.knock, 9, "a%22b.png", &picture(20, 10, ImageFormat::Png)).code, 201);
    let file = shop.last_file();
    let ((whole, content), (preview, small)) = (shop.download(&file["url"]), shop.download(&file["preview"]["url"]));
    let expected = |kind: &'static str, length: usize, rest: [&'static str; 3]| {
        [
            ("content-type", kind.to_owned()),
            ("content-length", length.to_string()),
            ("content-disposition", rest[0].to_owned()),
            ("content-security-policy", "default-src 'none'; sandbox".to_owned()),
            ("x-content-type-options", "nosniff".to_owned()),
            ("cross-origin-resource-policy", rest[1].to_owned()),
            ("cache-control", rest[2].to_owned()),
            ("referrer-policy", "no-referrer".to_owned()),
        ]
    };
    let attachment = "attachment; filename=\"a_b.png\"; filename*=UTF-8''a%22b.png";
    for (name, value) in expected("image/png", content.len(), [attachment, "same-origin", "private, no-store"]) {
        assert_eq!(whole.header(name), Some(value.as_str()), "{name}");
    }
    for (name, value) in expected("image/jpeg", small.len(), ["inline", "cross-origin", "private, max-age=3600"]) {
        assert_eq!(preview.header(name), Some(value.as_str()), "{name} of the preview");
    }
    // No cookie is needed, none is set.
    assert_eq!((whole.header("set-cookie"), whole.header("vary")), (None, preview.header("vary")));
}

#[test]
fn a_reps_file_reaches_the_visitor_and_its_link_ends() {
    let shop = Shop::start();
    assert_eq!(shop.chat.write(&shop.knock, 3, "What does it cost?").code, 201);
    let offer = [&b"%PDF-1.4\n"[..], &[b' '; 300_000], b"%%EOF"].concat();
    let sent = shop.chat.rep_sends_file(&shop.knock, 9, "offer.pdf", &offer);
    assert_eq!((sent.code, &sent.body["size"]), (201, &json!(offer.len())));
    let file = shop.last_file();
    assert_eq!((file.get("preview"), &file["type"]), (None, &json!("application/pdf")));
    assert_eq!(shop.download(&file["url"]).1, offer, "in several pieces");
    let path = file["url"].as_str().expect("an address");
    for wrong in [&path[..path.len() - 1], "/v1/files/", "/v1/files/x", "/v1/files/..%2Fsecret.key"] {
        assert_eq!(shop.knock.send("GET", wrong, &[], None).code, 404, "{wrong}");
    }
    shop.knock.advance(2 * 86_400_000);
    assert_eq!(shop.knock.send("GET", path, &[], None).code, 404);
    assert_eq!(shop.download(&shop.last_file()["url"]).1, offer, "a new link");
}

#[test]
fn who_is_not_of_the_conversation_sends_nothing() {
    let shop = Shop::start();
    let other = crate::chat::open_as(&shop.knock, &shop.knock.site(), 2);
    let foreign = shop.chat.with_token_of(&other);
    assert_eq!(foreign.sends_file(&shop.knock, 9, "a.txt", b"hello").code, 401);
    let path = format!("/api/v1/conversations/{}/files", shop.chat.id);
    let (bearer, body) = (format!("Bearer {}", shop.key), form("x", "a.txt", b"hello"));
    let by_key = [("content-type", FORM), ("authorization", bearer.as_str())];
    assert_eq!(shop.knock.send("POST", &path, &by_key, Some(&body)).code, 403);
    let cookie = shop.knock.session();
    let foreign_page = [("content-type", FORM), ("cookie", cookie.as_str()), ("origin", "https://evil.example")];
    assert_eq!(shop.knock.send("POST", &path, &foreign_page, Some(&body)).code, 403);
    let unknown = "/api/v1/conversations/06060606-0606-4606-8606-060606060606/files";
    let own = [("content-type", FORM), ("cookie", cookie.as_str()), ("origin", shop.knock.url.as_str())];
    let body = form(&knock_testing::id(shop.knock.now(), 8), "a.txt", b"hello");
    assert_eq!(shop.knock.send("POST", unknown, &own, Some(&body)).code, 404);
    let left = || std::fs::read_dir(shop.knock.data().join("files")).map_or(0, Iterator::count);
    eventually("nothing is left", || left() == 0);
}

#[test]
fn limits_have_an_answer_each() {
    let settings = [("KNOCK_FILES_PER_CHAT", "3"), ("KNOCK_FILES_MAX_MB", "1"), ("KNOCK_FILES_TOTAL_MB", "1")];
    let shop = Shop::start_with(&settings);
    let text = "a line of text\n".repeat(65_000);
    assert_eq!(shop.chat.sends_file(&shop.knock, 1, "a.txt", text.as_bytes()).code, 201);
    assert_eq!(shop.chat.sends_file(&shop.knock, 2, "b.txt", text.as_bytes()).code, 201, "until it is full");
    let full = shop.chat.sends_file(&shop.knock, 3, "c.txt", b"a line");
    assert_eq!(refused(&full), (507, "/file".into()));
    let often = shop.chat.sends_file(&shop.knock, 4, "d.txt", b"a line");
    assert_eq!((often.code, often.header("retry-after").is_some()), (429, true));
    // Files of visitors do not count against the limit of the team.
    assert_eq!(shop.chat.rep_sends_file(&shop.knock, 5, "e.txt", b"a line").code, 201);
    let large = shop.chat.rep_sends_file(&shop.knock, 6, "f.txt", &vec![b'a'; (1 << 20) + 1]);
    assert_eq!((refused(&large), large.text("detail")), ((413, "/file".into()), "/file: holds more than 1 MiB".into()));
    let larger = shop.chat.rep_sends_file(&shop.knock, 7, "f.txt", &vec![b'a'; 3 << 20]);
    assert_eq!(refused(&larger), (413, "/file".into()));
}

#[test]
fn forms_are_refused_by_what_is_wrong_with_them() {
    let shop = Shop::start();
    let post = |body: &[u8]| refused(&shop.chat.post_form(&shop.knock, body));
    let id = knock_testing::id(shop.knock.now(), 1);
    assert_eq!(post(b"no form"), (400, String::new()));
    assert_eq!(post(&form("not-an-id", "a.txt", b"hello")), (422, "/id".into()));
    assert_eq!(post(&form(&"1".repeat(100), "a.txt", b"hello")), (422, "/id".into()));
    assert_eq!(post(&form(&id, "a.txt", b"")), (422, "/file".into()));
    let without =
        |name: &str| String::from_utf8(form(&id, "a.txt", b"hello")).expect("text").replace(name, "name=\"x\"");
    assert_eq!(post(without("name=\"id\"").as_bytes()), (422, "/id".into()));
    assert_eq!(post(without("name=\"file\"").as_bytes()), (422, "/file".into()));
    assert_eq!(post(without("name=\"id\"").replace("name=\"x\"", "name=\"file\"").as_bytes()), (422, "/file".into()));
    let headers = [("content-type", "application/json"), ("authorization", shop.chat.token())];
    let json = shop.knock.send("POST", &format!("{}/files", shop.chat.path()), &headers, Some(b"{}"));
    assert_eq!(json.code, 415);
    assert_eq!(shop.chat.post(&shop.knock, &json!({"id": id, "text": "Hello"}).to_string()).code, 201);
    assert_eq!(post(&form(&id, "a.txt", b"hello")), (422, "/id".into()), "the id of a text");
}

#[test]
fn an_erased_persons_files_are_gone_with_their_links() {
    let shop = Shop::start();
    let (knock, email) = (&shop.knock, "ann@acme.example");
    assert_eq!(shop.chat.write(knock, 1, &format!("I am {email}")).code, 201);
    assert_eq!(shop.chat.sends_file(knock, 2, "hose.png", &picture(50, 50, ImageFormat::Png)).code, 201);
    let file = shop.last_file();
    let export = knock.ask("POST", "/api/v1/persons/export", &shop.key, &json!({"email": email})).body;
    let exported = export["files"].as_array().expect("a list");
    assert_eq!(exported.len(), 2, "the picture and its preview");
    assert!(exported.iter().all(|file| file["name"] == "hose.png" && file["content"].is_string()));
    let erased = knock.ask("POST", "/api/v1/persons/erase", &shop.key, &json!({"email": email}));
    assert_eq!((erased.code, &erased.body["files"]), (200, &json!(2)));
    for url in [&file["url"], &file["preview"]["url"]] {
        assert_eq!(knock.send("GET", url.as_str().expect("an address"), &[], None).code, 404);
    }
    assert_eq!(std::fs::read_dir(knock.data().join("files")).map_or(0, Iterator::count), 0);
}
