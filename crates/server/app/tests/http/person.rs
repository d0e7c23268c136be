//! `knock export` and `knock erase` by the command line.

use crate::chat::{open_as, rep_writes};
use crate::stored_files::{contents, file_id, store_files};
use crate::support::{Knock, batch, identify, signal};
use base64::prelude::{BASE64_STANDARD, Engine};
use knock_model::{LeadId, Millis, SignalId, SignalType, SiteId};
use knock_ports::{Batch, EVER, Files, NewSignal, StoredSignal, TimelineScope};
use knock_store::Scratch;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tungstenite::Message;
use tungstenite::protocol::frame::coding::CloseCode;

const EMAIL: &str = "zephyrine.quill@canary-mail.example";
const SAID: &str = "We need a quote for xylophone marmalade 7731";
const ORDERED: &str = "Forty jars of plum jam, to 12 Quince Lane";
const BOB: &str = "bob@hollis.example";

/// Whether a text or bytes are in any file of the data directory or of its `files`, used or not.
fn is_in_files(knock: &Knock, needle: impl AsRef<[u8]>) -> bool {
    let needle = needle.as_ref();
    let here = [knock.data(), knock.data().join("files")];
    let files = here.iter().filter_map(|dir| std::fs::read_dir(dir).ok()).flatten();
    let files = files.map(|entry| entry.expect("one").path());
    // The reserve is large, and was never written to.
    files.filter(|path| path.is_file() && !path.ends_with("reserve")).any(|path| {
        let bytes = std::fs::read(path).expect("it is read");
        bytes.windows(needle.len()).any(|window| window == needle)
    })
}

fn said(knock: &Knock, args: &[&str]) -> String {
    let output = knock.command(args);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("text")
}

fn refused(knock: &Knock, args: &[&str]) -> String {
    let output = knock.command(args);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    String::from_utf8(output.stderr).expect("text")
}

/// A contact as shown, without the values that depend on the instant of the request.
fn contact(knock: &Knock, key: &str, email: &str) -> Option<Value> {
    let mut contacts = knock.get("/api/v1/contacts", key).body["contacts"].as_array().expect("a list").clone();
    contacts.iter_mut().for_each(|contact| contact["intent"] = contact["intent"]["bucket"].clone());
    contacts.into_iter().find(|contact| contact["email"] == email)
}

/// Sends the signals of two browsers of Zephyrine, the second one Bob's at first, with a chat in the first.
fn lived(knock: &Knock, site: &str, key: &str) -> Vec<Value> {
    let now = knock.now();
    let before = now - 60_000;
    let mut noted = signal(before, 1, "track", "/pricing");
    (noted["name"], noted["props"]) = (json!("note"), json!({"colour": "heliotrope"}));
    let batches = vec![
        batch(site, 1, now, &[noted, identify(before, 2, EMAIL)]),
        batch(site, 2, now, &[signal(before - 2, 3, "form_submit", "/demo"), identify(before - 1, 4, BOB)]),
        batch(site, 2, now, &[identify(before, 5, EMAIL), signal(now, 6, "page_view", "/docs")]),
    ];
    for batch in &batches {
        assert_eq!(knock.post_signals(batch).code, 202);
    }
    let chat = open_as(knock, site, 1);
    assert_eq!(chat.write(knock, 7, SAID).code, 201);
    assert_eq!(rep_writes(knock, &chat, 8, "Hello"), 201);
    assert_eq!(contact(knock, key, EMAIL).expect("known")["signals"], 6);
    batches
}

#[test]
fn who_is_erased_is_in_no_file_and_comes_back_by_no_resend() {
    let knock = Knock::start_in(Scratch::sqlite(), &[]);
    let (site, key) = (knock.site(), knock.admin_key());
    let batches = lived(&knock, &site, &key);
    let [hers, his] = [1, 2].map(|n| file_id(knock.now(), n));
    let mut knock = store_files(knock, &[(hers, EMAIL, ORDERED), (his, BOB, "Nothing, thank you")]);
    let bob = contact(&knock, &key, BOB);
    let company =
        |knock: &Knock| knock.get("/api/v1/accounts", &key).body["accounts"].as_array().expect("a list").len();
    let id = contact(&knock, &key, EMAIL).expect("known")["id"].as_str().expect("an id").to_owned();
    let bytes = *LeadId::parse(&id).expect("an id").as_bytes();
    assert!(bob.is_some() && [EMAIL, SAID, ORDERED].iter().all(|text| is_in_files(&knock, text)));
    assert!(is_in_files(&knock, bytes));
    assert_eq!(company(&knock), 2);

    let output = said(&knock, &["erase", "--person", "Zephyrine.Quill@canary-mail.example"]);
    assert!(output.starts_with("erased: 6 signals of 2 browsers, 1 conversations with "), "{output}");
    assert!(output.contains(" messages, 1 files; "), "{output}");
    assert_eq!(contents(&knock.data()).ids().expect("listed"), [his]);
    for text in [EMAIL, "canary-mail", SAID, "heliotrope", ORDERED, &id] {
        assert!(!is_in_files(&knock, text), "{text}");
    }
    assert!(!is_in_files(&knock, bytes));
    assert_eq!((contact(&knock, &key, EMAIL), contact(&knock, &key, BOB)), (None, bob.clone()));
    let listed = knock.get("/api/v1/conversations", &key).body["conversations"].clone();
    let left: Vec<&Value> = listed.as_array().expect("a list").iter().map(|row| &row["contact"]["email"]).collect();
    assert_eq!((company(&knock), left), (1, vec![&json!(BOB)]));
    for batch in &batches {
        assert_eq!(knock.post_signals(batch).code, 202);
    }
    assert_eq!((contact(&knock, &key, EMAIL), contact(&knock, &key, BOB)), (None, bob));
    for line in said(&knock, &["rebuild"]).lines() {
        assert!(line.ends_with(" 0 changed"), "{line}");
    }
    assert!(!is_in_files(&knock, EMAIL));
    let again = refused(&knock, &["erase", "--person", EMAIL]);
    assert!(again.contains("nothing is stored of anybody with the address"), "{again}");

    knock.kill();
    said(&knock, &["erase", "--person", BOB]);
    assert_eq!(contents(&knock.data()).ids().expect("listed"), []);
    assert!(!is_in_files(&knock, BOB) && !is_in_files(&knock, "hollis.example"));
}

#[test]
fn an_address_that_was_not_believed_is_erased_where_it_was_said() {
    let knock = Knock::start_in(Scratch::sqlite(), &[]);
    let (site, key, now) = (knock.site(), knock.admin_key(), knock.now());
    let saved = json!({"name": "Demo", "origins": [crate::support::ORIGIN], "identify": "verified"}).to_string();
    let bearer = format!("Bearer {key}");
    let headers = [("content-type", "application/json"), ("authorization", bearer.as_str())];
    assert_eq!(knock.send("PUT", &format!("/api/v1/sites/{site}"), &headers, Some(saved.as_bytes())).code, 200);
    assert_eq!(knock.post_signals(&batch(&site, 1, now, &[identify(now, 1, EMAIL)])).code, 202);
    assert!(contact(&knock, &key, EMAIL).is_none() && is_in_files(&knock, EMAIL));
    let output = said(&knock, &["erase", "--person", EMAIL]);
    assert!(output.contains("; 1 signals of others no longer name them"), "{output}");
    assert!(!is_in_files(&knock, EMAIL));
}

#[test]
fn an_export_is_one_document_with_all_that_is_stored() {
    let knock = Knock::start_in(Scratch::sqlite(), &[]);
    let (site, key) = (knock.site(), knock.admin_key());
    lived(&knock, &site, &key);
    let file = file_id(knock.now(), 1);
    let knock = store_files(knock, &[(file, EMAIL, ORDERED)]);
    let document: Value = serde_json::from_str(&said(&knock, &["export", "--person", EMAIL])).expect("JSON");
    let members: Vec<_> = document.as_object().expect("an object").keys().map(String::as_str).collect();
    assert_eq!(
        members,
        [
            "audit",
            "claims",
            "contact_details",
            "conversations",
            "crm",
            "custom_values",
            "decisions",
            "deliveries",
            "enrichment",
            "exported_at",
            "files",
            "format",
            "former_ids",
            "mail_bounces",
            "mail_stopped_at",
            "meetings",
            "merges",
            "person",
            "read_by_team",
            "reminders",
            "signals",
            "slack_posts",
            "suggested_wordings",
            "summed_up",
            "tags",
            "waits_told",
            "workflows"
        ]
    );
    assert_eq!(document["person"]["contact"]["email"], EMAIL);
    let count = |member: &str| document[member].as_array().expect("a list").len();
    assert_eq!((count("signals"), count("claims"), count("conversations"), count("decisions")), (6, 2, 1, 1));
    let digits: String = Sha256::digest(ORDERED).iter().map(|byte| format!("{byte:02x}")).collect();
    let exported = json!([{"id": file.to_string(), "conversation": null, "name": "order.txt", "media_type": "text/plain",
        "bytes": ORDERED.len(), "sha256": digits, "stored_at": file.at().0, "content": BASE64_STANDARD.encode(ORDERED)}]);
    assert_eq!(document["files"], exported);
    let signal = &document["signals"][0];
    assert_eq!((&signal["type"], &signal["site"]), (&json!("track"), &json!(site)));
    assert!(signal["detail"]["props"].to_string().contains("heliotrope"), "{signal}");
    let chat = &document["conversations"][0];
    assert!(chat["messages"].as_array().expect("a list").iter().any(|message| message["text"] == SAID), "{chat}");
    assert_eq!(chat["history"].as_array().and_then(|all| all.last()).expect("one")["status"], "Rep Discovery");
    assert!(!document.to_string().contains(BOB));
    let unknown = refused(&knock, &["export", "--person", "unknown@example.com"]);
    assert!(unknown.contains("unknown@example.com"), "{unknown}");
    assert!(refused(&knock, &["export", "--person", "no-address"]).contains("--person no-address: "));
}

#[test]
fn an_erasure_that_cannot_remove_a_file_says_so_and_a_rebuild_does_it_later() {
    let knock = Knock::start_in(Scratch::sqlite(), &[]);
    let (site, now) = (knock.site(), knock.now());
    assert_eq!(knock.post_signals(&batch(&site, 1, now, &[identify(now, 1, EMAIL)])).code, 202);
    let [file, other] = [1, 2].map(|n| file_id(now, n));
    let knock = store_files(knock, &[(file, EMAIL, ORDERED), (other, EMAIL, ORDERED)]);
    let path = knock.data().join("files").join(file.to_string());
    // Removing a file fails where a directory has its name.
    std::fs::rename(&path, knock.data().join("aside")).expect("moved");
    std::fs::create_dir(&path).expect("made");
    let output = refused(&knock, &["erase", "--person", EMAIL]);
    assert!(output.contains("may be left in the data directory until `knock rebuild`"), "{output}");
    assert_eq!(contents(&knock.data()).ids().expect("listed"), [file], "a failure does not stop the others");
    std::fs::remove_dir(&path).expect("removed");
    std::fs::rename(knock.data().join("aside"), &path).expect("moved");
    knock.set_clock(&json!({"advance_ms": 3_600_000}));
    let rebuilt = said(&knock, &["rebuild"]);
    assert!(rebuilt.ends_with("1 orphaned rows and files dropped\n"), "{rebuilt}");
    assert_eq!(contents(&knock.data()).ids().expect("listed"), []);
}

/// Defers batches of the browser of the newest signal, one page view each, like a server that was killed in a burst.
fn defer(knock: &Knock, batches: u64) {
    let store = knock.store();
    let mut newest = Vec::new();
    let read = store.read(&mut |view| {
        newest = view.timeline(TimelineScope::All, None, EVER, 1)?;
        Ok(())
    });
    read.expect("it is read");
    let StoredSignal { visitor, signal, .. } = newest.pop().expect("one was sent");
    let kept = store.write(&mut |ledger| {
        for number in 1..=batches {
            let mut random = [0; 10];
            random[2..].copy_from_slice(&number.to_be_bytes());
            let id = SignalId::new(signal.at, &random);
            let view = NewSignal {
                id,
                kind: SignalType::PageView,
                seq: Some(number),
                at: Millis(signal.at.0 + 1),
                ..signal.clone()
            };
            ledger.defer(Batch { site: SiteId(1), visitor, signals: &[view] })?;
        }
        Ok(())
    });
    kept.expect("it is kept");
}

#[test]
fn an_export_has_what_was_deferred() {
    let mut knock = Knock::start();
    let (site, now) = (knock.site(), knock.now());
    assert_eq!(knock.post_signals(&batch(&site, 1, now, &[identify(now, 1_000, EMAIL)])).code, 202);
    knock.kill();
    defer(&knock, 200);
    let document: Value = serde_json::from_str(&said(&knock, &["export", "--person", EMAIL])).expect("JSON");
    assert_eq!(document["signals"].as_array().expect("a list").len(), 201);
}

#[test]
fn a_lead_without_an_address_is_exported_and_erased_by_their_contact() {
    let knock = Knock::start_in(Scratch::sqlite(), &[]);
    let (site, key, now) = (knock.site(), knock.admin_key(), knock.now());
    assert_eq!(knock.post_signals(&batch(&site, 1, now, &[signal(now, 1, "page_view", "/pricing")])).code, 202);
    assert_eq!(knock.post_signals(&batch(&site, 2, now, &[identify(now, 2, BOB)])).code, 202);
    let chat = open_as(&knock, &site, 1);
    assert_eq!(chat.write(&knock, 7, SAID).code, 201);
    let nameless = chat.record(&knock, &key)["conversation"]["lead"].clone();
    let ask = |what: &str, body: &Value| knock.ask("POST", &format!("/api/v1/persons/{what}"), &key, body);
    let by_contact = json!({"contact": nameless});
    let exported = ask("export", &by_contact);
    assert_eq!((exported.code, &exported.body["person"]["contact"]["id"]), (200, &nameless), "{}", exported.body);
    assert!(exported.body["conversations"].to_string().contains(SAID));
    let receipt = ask("erase", &by_contact);
    assert_eq!(receipt.code, 200, "{}", receipt.body);
    assert_eq!((&receipt.body["conversations"], &receipt.body["browsers"]), (&json!(1), &json!(1)));
    assert!(!is_in_files(&knock, SAID));
    assert!(contact(&knock, &key, BOB).is_some(), "others stay");
    assert_eq!((ask("erase", &by_contact).code, ask("export", &by_contact).code), (404, 404));
    assert_eq!(knock.get(&format!("/api/v1/contacts/{}", nameless.as_str().expect("an id")), &key).code, 404);

    let bob = contact(&knock, &key, BOB).expect("known")["id"].clone();
    for (body, code, pointer) in [
        (json!({}), 422, "/email"),
        (json!({"email": BOB, "contact": bob}), 422, "/contact"),
        (json!({"contact": "x"}), 400, "/contact"),
        (json!({"email": "bob"}), 422, "/email"),
    ] {
        let reply = ask("erase", &body);
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (code, &json!(pointer)), "{body} {}", reply.body);
    }
    assert_eq!(ask("erase", &json!({"contact": bob})).code, 200);
    assert!(!is_in_files(&knock, BOB), "where a contact has an address, all that names it goes too");
    for line in said(&knock, &["rebuild"]).lines() {
        assert!(line.ends_with(" 0 changed"), "{line}");
    }
}

#[test]
fn the_open_connections_to_an_erased_persons_chat_end_at_once() {
    let knock = Knock::start();
    let chat = open_as(&knock, &knock.site(), 1);
    assert_eq!(chat.write(&knock, 7, SAID).code, 201);
    let mut live = chat.live(&knock, 0);
    live.hear();
    let key = knock.admin_key();
    let lead = chat.record(&knock, &key)["conversation"]["lead"].clone();
    assert_eq!(knock.ask("POST", "/api/v1/persons/erase", &key, &json!({"contact": lead})).code, 200);
    let ending = loop {
        if let Message::Close(frame) = live.socket.read().expect("it is ended in good order") {
            break frame.expect("with a reason").code;
        }
    };
    assert_eq!(ending, CloseCode::Library(4_401));
}
