//! Forwarded messages and edits reach the lead, each once.

use super::{Office, once};
use contract_slack::seed;
use knock_testing::Chat;
use serde_json::{Value, json};

fn open() -> (Office, Chat) {
    let office = Office::with_ann();
    let chat = office.visitor_writes(1, "We are 200 people and need a quote");
    (office, chat)
}

impl Office {
    /// Forwards messages in Ann's thread, with a text of hers.
    fn ann_forwards(&self, chat: &Chat, text: &str, attachments: &Value) {
        let (channel, thread) = self.thread(chat);
        let given = json!({"user": seed::ANN, "channel": channel, "thread": thread, "text": text,
            "attachments": attachments});
        self.slack.control("POST", "write", &given);
    }

    fn ann_edits(&self, chat: &Chat, ts: &str, text: &str) {
        let (channel, _) = self.thread(chat);
        self.slack.control("POST", "edit", &json!({"channel": channel, "ts": ts, "text": text}));
    }

    /// The texts of reps that the lead sees.
    fn of_reps(&self, chat: &Chat) -> Vec<String> {
        self.seen(chat).into_iter().filter(|(author, _)| author == "rep").map(|(_, text)| text).collect()
    }
}

fn shared(text: &str) -> Value {
    json!({"is_share": true, "is_msg_unfurl": true, "author_name": "Bo", "text": text, "fallback": text,
        "from_url": "https://x.slack.example/p1"})
}

#[test]
fn a_forwarded_message_reaches_the_lead_marked_as_such() {
    let (office, chat) = open();
    office.ann_forwards(&chat, "", &json!([shared("Price is 20 &amp; more")]));
    office.until_seen(&chat, "Forwarded message:\nPrice is 20 & more");
    office.ann_forwards(&chat, "see this:", &json!([shared("Price is 30")]));
    office.until_seen(&chat, "see this:\n\nForwarded message:\nPrice is 30");
    // The preview of a link is no message.
    office.ann_forwards(
        &chat,
        "our page",
        &json!([{"service_name": "Example", "text": "secret", "fallback": "secret"}]),
    );
    office.until_seen(&chat, "our page");
    // Of an app: its words are in blocks.
    let rich = json!([{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [
        {"type": "text", "text": "Seats < 40"}]}]}]);
    let of_app = json!({"is_share": true, "text": "", "fallback": "[no preview available]",
        "message_blocks": [{"message": {"blocks": rich}}]});
    office.ann_forwards(&chat, "", &json!([of_app]));
    office.until_seen(&chat, "Forwarded message:\nSeats < 40");
    office.settle();
    assert_eq!(office.of_reps(&chat).len(), 4);
    once(&office);
}

#[test]
fn a_forwarded_note_stays_inside_and_one_without_words_is_explained() {
    let (office, chat) = open();
    office.ann_forwards(&chat, "", &json!([shared("// secret discount")]));
    office.until_noted(&chat, "secret discount");
    office.ann_forwards(&chat, "// secret look", &json!([shared("Price is 20")]));
    office.until_noted(&chat, "secret look");
    let nothing = json!({"is_share": true, "text": null, "fallback": "[no preview available]", "files": null});
    office.ann_forwards(&chat, "", &json!([nothing]));
    office.until_shown_alone(seed::ANN, "the message that you forwarded has no text");
    assert_eq!(office.of_reps(&chat), Vec::<String>::new());
}

#[test]
fn an_edit_reaches_the_lead_as_a_correction_once() {
    let (office, chat) = open();
    office.slack.control("PUT", "delivery", &json!({"duplicates": 2, "other_ids": true}));
    let ts = office.ann_writes(&chat, "It is 20");
    office.until_seen(&chat, "It is 20");
    office.ann_edits(&chat, &ts, "It is 25");
    office.until_seen(&chat, "Correction: It is 25");
    // An edit that changes no word, then one back to the first words.
    office.ann_edits(&chat, &ts, "It is 25");
    office.ann_edits(&chat, &ts, "It is *25* ");
    office.ann_edits(&chat, &ts, "It is 20");
    office.until_seen(&chat, "Correction: It is 20");
    office.settle();
    assert_eq!(office.of_reps(&chat), ["It is 20", "Correction: It is 25", "Correction: It is 20"]);
    // A deletion is noted, as before.
    let (channel, _) = office.thread(&chat);
    office.slack.control("POST", "delete", &json!({"channel": channel, "ts": ts}));
    office.until_noted(&chat, "Deleted in Slack; the lead still sees it");
    assert_eq!(office.of_reps(&chat).len(), 3);
    once(&office);
}

#[test]
fn edits_that_arrive_in_the_wrong_order_end_with_the_last_one() {
    let (office, chat) = open();
    let ts = office.ann_writes(&chat, "It is 20");
    office.until_seen(&chat, "It is 20");
    office.slack.control("PUT", "delivery", &json!({"hold": true}));
    office.ann_edits(&chat, &ts, "It is 25");
    office.passes(5);
    office.ann_edits(&chat, &ts, "It is 30");
    office.slack.control("POST", "release", &json!({"order": "backward"}));
    office.slack.control("PUT", "delivery", &json!({"hold": false}));
    office.until_seen(&chat, "Correction: It is 30");
    office.settle();
    assert_eq!(office.of_reps(&chat), ["It is 20", "Correction: It is 30"]);
}
