//! A file that a rep posts in their thread goes to the visitor, unless it is a note.

use super::{Office, is_reply, once, text};
use contract_slack::seed;
use knock_testing::{Chat, found};
use serde_json::{Value, json};

fn open() -> (Office, Chat) {
    let office = Office::with_ann();
    let chat = office.visitor_writes(1, "We are 200 people and need a quote");
    office.thread(&chat);
    (office, chat)
}

impl Office {
    /// Ann posts files in her thread: the message.
    fn ann_posts(&self, chat: &Chat, text: &str, files: &Value) -> (String, String) {
        let (channel, thread) = self.thread(chat);
        let given = json!({"user": seed::ANN, "channel": channel, "thread": thread, "text": text, "files": files});
        let written = self.slack.control("POST", "write", &given);
        (channel, written["ts"].as_str().expect("a time stamp").to_owned())
    }

    /// The names of the files that the visitor sees.
    fn files_seen(&self, chat: &Chat) -> Vec<String> {
        let messages = chat.messages(&self.knock, 0);
        let files = messages.iter().flat_map(|message| message["files"].as_array().cloned().unwrap_or_default());
        files.map(|file| text(&file, "name")).collect()
    }

    fn until_file(&self, chat: &Chat, name: &str) {
        found("the visitor sees the file", || {
            self.passes(5_000);
            self.files_seen(chat).contains(&name.to_owned()).then_some(())
        });
    }

    /// Waits until Ann is shown this: how often.
    fn until_ann_reads(&self, wanted: &str) -> usize {
        found(&format!("Ann reads: {wanted}"), || {
            self.passes(5_000);
            let state = self.slack.control("GET", "state", &Value::Null);
            let shown = state["ephemeral"].as_array()?.clone();
            let to_ann =
                shown.iter().filter(|one| one["user"] == seed::ANN && one["text"].to_string().contains(wanted));
            Some(to_ann.count()).filter(|count| *count > 0)
        })
    }
}

fn file(name: &str, content: &str) -> Value {
    json!({"name": name, "mimetype": "text/plain", "text": content})
}

#[test]
fn files_go_to_the_visitor_once_with_the_text_beside_them() {
    let (office, chat) = open();
    office.slack.control("PUT", "delivery", &json!({"duplicates": 3, "other_ids": true}));
    office.ann_posts(&chat, "Our offer", &json!([file("offer.txt", "10 EUR"), file("terms.txt", "30 days")]));
    office.until_file(&chat, "terms.txt");
    office.until_seen(&chat, "Our offer");
    office.ann_posts(&chat, "", &json!([file("alone.txt", "alone")]));
    office.until_file(&chat, "alone.txt");
    office.settle();
    assert_eq!(office.files_seen(&chat), ["offer.txt", "terms.txt", "alone.txt"]);
    let state = &chat.record(&office.knock, &office.key)["conversation"]["state"];
    assert_eq!(state["responding_rep"], "ann@acme.example");
    // They stand in her thread already.
    let (_, thread) = office.thread(&chat);
    let messages = office.slack.messages();
    let shown = messages.iter().filter(|message| is_reply(message, &json!(thread)));
    assert!(shown.clone().all(|message| !text(message, "text").contains("[file]")), "{messages:#?}");
    once(&office);
}

#[test]
fn a_file_that_is_not_taken_is_refused_with_the_reason() {
    let (office, chat) = open();
    let program = json!({"name": "tool.exe", "mimetype": "text/plain", "hex": format!("4d5a90{}", "00".repeat(80))});
    office.ann_posts(&chat, "", &json!([program]));
    assert_eq!(office.until_ann_reads("tool.exe was not sent: is a program"), 1);
    office.ann_posts(&chat, "", &json!([file("page.txt", "<html><script>alert(1)</script></html>")]));
    office.until_ann_reads("page.txt was not sent");
    office.ann_posts(&chat, "", &json!([file("large.txt", &"x".repeat((10 << 20) + 1))]));
    office.until_ann_reads("large.txt was not sent: is larger than 10 MB");
    office.slack.control("POST", "token", &json!({"without": "files:read"}));
    office.ann_posts(&chat, "", &json!([file("denied.txt", "denied")]));
    office.until_ann_reads("denied.txt was not sent");
    assert_eq!(office.files_seen(&chat), Vec::<String>::new());
}

#[test]
fn a_file_with_a_note_stays_inside() {
    let (office, chat) = open();
    office.ann_posts(&chat, "// secret comment", &json!([file("secret.txt", "secret")]));
    office.until_noted(&chat, "secret comment\n[file in Slack] secret.txt");
    office.ann_posts(&chat, "", &json!([file("// secret name.txt", "secret")]));
    office.until_noted(&chat, "[file in Slack] // secret name.txt");
    let (channel, thread) = office.thread(&chat);
    let given = json!({"user": seed::ANN, "channel": channel, "thread": thread, "text": "// secret shared",
        "files": [file("secret shared.txt", "secret")], "subtype": "file_share"});
    office.slack.control("POST", "write", &given);
    office.until_noted(&chat, "secret shared.txt");
    // A comment on a file, as Slack had them once, is no message.
    let given = json!({"user": seed::ANN, "channel": channel, "thread": thread, "text": "secret file comment",
        "subtype": "file_comment"});
    office.slack.control("POST", "write", &given);
    office.ann_writes(&chat, "The end");
    office.until_seen(&chat, "The end");
    office.settle();
    assert_eq!(office.files_seen(&chat), Vec::<String>::new());
    assert!(office.seen(&chat).iter().all(|(_, text)| !text.contains("secret")), "{:?}", office.seen(&chat));
}

#[test]
fn a_file_whose_message_becomes_a_note_or_is_deleted_before_it_was_fetched_is_not_sent() {
    let (office, chat) = open();
    office.settle();
    office.slack.control("PUT", "outage", &json!({"on": true, "status": 503}));
    let (channel, with_text) = office.ann_posts(&chat, "Look", &json!([file("secret one.txt", "secret")]));
    let (_, alone) = office.ann_posts(&chat, "", &json!([file("secret two.txt", "secret")]));
    office.until_seen(&chat, "Look");
    office.slack.control("POST", "quiet", &Value::Null);
    office.slack.control("POST", "edit", &json!({"channel": channel, "ts": with_text, "text": "// secret look"}));
    office.slack.control("POST", "delete", &json!({"channel": channel, "ts": alone}));
    office.until_noted(&chat, "secret look");
    office.until_noted(&chat, "was deleted in Slack before it was sent");
    office.slack.control("PUT", "outage", &json!({"on": false}));
    office.until_ann_reads("secret one.txt was not sent: its message was deleted or became a note");
    office.until_ann_reads("secret two.txt was not sent");
    assert_eq!(office.files_seen(&chat), Vec::<String>::new());
}

#[test]
fn a_file_that_is_edited_into_a_note_after_it_was_sent_is_noted() {
    let (office, chat) = open();
    let (channel, ts) = office.ann_posts(&chat, "", &json!([file("offer.txt", "10 EUR")]));
    office.until_file(&chat, "offer.txt");
    office.slack.control("POST", "edit", &json!({"channel": channel, "ts": ts, "text": "// secret caption"}));
    office.until_noted(&chat, "secret caption");
    office.slack.control("POST", "delete", &json!({"channel": channel, "ts": ts}));
    office.until_noted(&chat, "the lead still sees it: [file] offer.txt");
    assert_eq!(office.files_seen(&chat), ["offer.txt"]);
}

#[test]
fn a_file_posted_in_an_outage_arrives_once_after_a_restart() {
    let (office, chat) = open();
    office.settle();
    office.slack.control("PUT", "outage", &json!({"on": true, "status": 503}));
    office.ann_posts(&chat, "Here it is", &json!([file("offer.txt", "10 EUR")]));
    office.until_seen(&chat, "Here it is");
    let office = Office { knock: office.knock.kill_and_restart(), ..office };
    office.slack.tell(&format!("http://{}", office.knock.address()));
    office.slack.control("PUT", "outage", &json!({"on": false}));
    office.until_file(&chat, "offer.txt");
    office.settle();
    assert_eq!(office.files_seen(&chat), ["offer.txt"]);
    once(&office);
}
