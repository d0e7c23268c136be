//! Messages that a message forwards.

use super::file::{File, LISTED};
use super::or_default;
use super::rich_text::words;
use serde::Deserialize;
use serde_json::Value;

/// What is attached to a message: the preview of a link, or a message that is forwarded.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Attached {
    #[serde(deserialize_with = "or_default")]
    is_share: bool,
    #[serde(deserialize_with = "or_default")]
    text: String,
    #[serde(deserialize_with = "or_default")]
    fallback: String,
    #[serde(deserialize_with = "or_default")]
    pub(super) files: Vec<File>,
    #[serde(deserialize_with = "or_default")]
    blocks: Vec<Value>,
    #[serde(deserialize_with = "or_default")]
    message_blocks: Vec<Value>,
    #[serde(deserialize_with = "or_default")]
    attachments: Vec<Value>,
}

/// Slack's text for clients that show no attachment, where there is none.
const NO_WORDS: &str = "[no preview available]";
/// The messages that a message forwards.
pub(super) fn shared(attachments: &[Value]) -> Vec<Attached> {
    let read = attachments.iter().take(LISTED).filter_map(|attached| Attached::deserialize(attached).ok());
    read.filter(|attached| attached.is_share).collect()
}

/// The words of a forwarded message: its text, else that of its blocks, of what was attached to it, and for clients that show
/// neither. A message of files has the names of these beside it.
pub(super) fn said(attached: &Attached) -> String {
    let of_message = |block: &Value| block.pointer("/message/blocks").and_then(Value::as_array).cloned();
    let inner = || attached.message_blocks.iter().filter_map(of_message).flatten().collect::<Vec<_>>();
    let nested = || {
        let read = attached.attachments.iter().filter_map(|attached| Attached::deserialize(attached).ok());
        read.map(|Attached { text, fallback, .. }| if text.trim().is_empty() { fallback } else { text })
    };
    let candidates =
        [&|| attached.text.clone(), &|| words(&attached.blocks), &|| words(&inner())] as [&dyn Fn() -> String; 3];
    let fallback = Some(attached.fallback.as_str()).filter(|_| attached.files.is_empty()).unwrap_or_default();
    let is_said = |text: &String| !text.trim().is_empty() && text.trim() != NO_WORDS;
    let own = candidates.into_iter().map(|candidate| candidate()).find(&is_said);
    own.or_else(|| nested().find(&is_said)).unwrap_or_else(|| match fallback.trim() {
        NO_WORDS => String::new(),
        text => text.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Message, Written};
    use serde_json::{Value, json};

    fn written(json: &Value) -> Written {
        match Message::of_json(json).expect("its shape").expect("a message of a person") {
            Message::New(written) => written,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn forwarded_messages_are_read_and_previews_of_links_are_not() {
        let json = json!({
            "type": "message", "channel": "D1", "user": "U1", "text": "", "ts": "2.000000", "attachments": [
                {"is_share": true, "is_msg_unfurl": true, "author_name": "Bo", "text": "Price is 20", "fallback": "no"},
                {"is_share": true, "text": "", "fallback": "[Nov 29] Bo: plan.pdf"},
                {"is_msg_unfurl": true, "text": "a link to a message"},
                {"service_name": "Example", "title": "A page", "fallback": "A page"},
                {"is_share": "odd"}, 7]
        });
        let written = written(&json);
        assert_eq!(written.forwarded, ["Price is 20", "[Nov 29] Bo: plan.pdf"]);
    }

    #[test]
    fn the_words_of_a_forwarded_message_are_found_wherever_they_are() {
        let rich = json!([{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [
            {"type": "text", "text": "Price < 20"}]}]}]);
        for (attached, expected) in [
            (json!({"text": "a", "fallback": "b"}), "a"),
            (json!({"text": null, "fallback": "b"}), "b"),
            (json!({"text": " ", "fallback": "[no preview available]"}), ""),
            (json!({"fallback": "[no preview available]", "blocks": rich}), "Price &lt; 20"),
            (
                json!({"text": "", "fallback": "b", "message_blocks": [{"team": "T1", "message": {"blocks": rich}}]}),
                "Price &lt; 20",
            ),
            (
                json!({"fallback": "[no preview available]", "attachments": [{"fallback": "Alert: disk"}]}),
                "Alert: disk",
            ),
            (json!({"fallback": "b", "attachments": [{"text": "Build 7 failed", "fallback": "c"}]}), "Build 7 failed"),
            (json!({"fallback": "[Nov 29] Bo: plan.pdf", "files": [{"id": "F1", "name": "plan.pdf"}]}), ""),
            (json!({"text": "the plan", "files": [{"id": "F1", "name": "plan.pdf"}]}), "the plan"),
            (json!({"blocks": null, "message_blocks": {}, "files": null, "fallback": "b"}), "b"),
        ] {
            let mut shared = attached.clone();
            shared["is_share"] = json!(true);
            let json = json!({"type": "message", "channel": "D1", "user": "U1", "text": null, "ts": "2.000000",
                "files": null, "blocks": null, "edited": null, "attachments": [shared]});
            let written = written(&json);
            assert_eq!(written.forwarded, [expected], "{attached}");
            let files = if attached["files"].is_array() { 1 } else { 0 };
            assert_eq!(written.files.len(), files, "{attached}");
        }
    }
}
