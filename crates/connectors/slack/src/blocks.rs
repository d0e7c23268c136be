//! Blocks: how a message or a modal looks. Each is cut to what Slack takes, since one that is too long is refused with
//! all the others.

use crate::text::{Mrkdwn, SECTION_LIMIT, TEXT_LIMIT, cut, pieces};
use serde_json::{Value, json};

/// The most blocks of a message.
pub const BLOCKS_LIMIT: usize = 50;

const HEADER_LIMIT: usize = 150;
const LABEL_LIMIT: usize = 75;
const INPUT_LABEL_LIMIT: usize = 2_000;
const FIELD_LIMIT: usize = 2_000;
const TITLE_LIMIT: usize = 24;
const FIELDS: usize = 10;
const OPTIONS: usize = 100;
const BUTTONS: usize = 25;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// The default.
    Plain,
    /// The most likely choice: at most one.
    Primary,
    /// A choice that cannot easily be undone.
    Danger,
}

/// A text of which nothing is markup.
pub fn plain(text: &str, limit: usize) -> Value {
    let cut = cut(text, limit);
    // Slack refuses an empty text.
    let text = if cut.text.trim().is_empty() { "\u{a0}".to_owned() } else { cut.text };
    json!({ "type": "plain_text", "text": text, "emoji": false })
}

fn marked(text: &Mrkdwn, limit: usize) -> Value {
    let text = text.cut(limit);
    let text = if text.trim().is_empty() { "\u{a0}" } else { &*text };
    json!({ "type": "mrkdwn", "text": text, "verbatim": true })
}

pub fn header(text: &str) -> Value {
    json!({ "type": "header", "text": plain(text, HEADER_LIMIT) })
}

/// A paragraph of ours.
pub fn section(text: &Mrkdwn) -> Value {
    json!({ "type": "section", "text": marked(text, SECTION_LIMIT) })
}

/// A paragraph of ours in columns, ten at most.
pub fn fields(texts: &[Mrkdwn]) -> Value {
    let fields: Vec<_> = texts.iter().take(FIELDS).map(|text| marked(text, FIELD_LIMIT)).collect();
    json!({ "type": "section", "fields": fields })
}

/// A label in bold with a value below it, as one of the `fields`.
pub fn field(label: &str, value: &str) -> Mrkdwn {
    Mrkdwn::new().bold(label).line().text(value)
}

/// A text as its author wrote it, in as many sections as needed, none if it is empty. A text longer than a message is
/// cut with an ellipsis.
pub fn quoted(text: &str) -> Quoted {
    quoted_within(text, TEXT_LIMIT)
}

/// The same in so many characters of Slack's, where `&` is five of them: for a message that quotes several.
pub fn quoted_within(text: &str, limit: usize) -> Quoted {
    let mut room = limit;
    let mut sections = Vec::new();
    for piece in pieces(text.trim(), SECTION_LIMIT.min(limit)) {
        // Pieces are escaped already.
        let width = piece.encode_utf16().count();
        let is_last = room < width;
        let piece = if is_last { "\u{2026}".to_owned() } else { piece };
        room = room.saturating_sub(width);
        if !piece.trim().is_empty() {
            let text = json!({ "type": "plain_text", "text": piece, "emoji": false });
            sections.push(json!({ "type": "section", "text": text }));
        }
        if is_last {
            return Quoted { sections, is_whole: false };
        }
    }
    Quoted { sections, is_whole: true }
}

/// Sections with what somebody wrote.
#[derive(Clone, Debug, PartialEq)]
pub struct Quoted {
    pub sections: Vec<Value>,
    pub is_whole: bool,
}

/// A text as its author wrote it in one section, cut with an ellipsis; none if it is empty.
pub fn excerpt(text: &str, limit: usize) -> Option<Value> {
    let is_there = !text.trim().is_empty();
    is_there.then(|| json!({ "type": "section", "text": plain(text.trim(), limit.min(SECTION_LIMIT)) }))
}

/// Small print, ten at most.
pub fn context(texts: &[Mrkdwn]) -> Value {
    let elements: Vec<_> = texts.iter().take(FIELDS).map(|text| marked(text, FIELD_LIMIT)).collect();
    json!({ "type": "context", "elements": elements })
}

/// A line across.
pub fn divider() -> Value {
    json!({ "type": "divider" })
}

/// Buttons and selects beside each other.
pub fn actions(block_id: &str, elements: Vec<Value>) -> Value {
    let elements: Vec<_> = elements.into_iter().take(BUTTONS).collect();
    json!({ "type": "actions", "block_id": block_id, "elements": elements })
}

/// A button. `value` comes back when it is pressed.
pub fn button(action_id: &str, label: &str, value: &str, style: Style) -> Value {
    let mut button =
        json!({ "type": "button", "action_id": action_id, "text": plain(label, LABEL_LIMIT), "value": value });
    match style {
        Style::Plain => {}
        Style::Primary => button["style"] = json!("primary"),
        Style::Danger => button["style"] = json!("danger"),
    }
    button
}

/// A button that opens an address. Slack tells of it too; there is nothing to do then.
pub fn link_button(action_id: &str, label: &str, url: &str) -> Value {
    json!({ "type": "button", "action_id": action_id, "text": plain(label, LABEL_LIMIT), "url": url })
}

/// The same with a question before it is done.
pub fn confirmed(mut element: Value, title: &str, text: &str, yes: &str) -> Value {
    element["confirm"] = json!({
        "title": plain(title, 100), "text": plain(text, 300), "confirm": plain(yes, 30), "deny": plain("Cancel", 30),
    });
    element
}

/// One of a list, of which a hundred are shown: `(value, label)`.
pub fn select(action_id: &str, placeholder: &str, options: &[(String, String)]) -> Value {
    let option = |(value, label): &(String, String)| json!({ "text": plain(label, LABEL_LIMIT), "value": value });
    let options: Vec<_> = options.iter().take(OPTIONS).map(option).collect();
    json!({
        "type": "static_select", "action_id": action_id, "placeholder": plain(placeholder, 150), "options": options,
    })
}

/// A field for a text.
pub fn text_input(action_id: &str, is_multiline: Lines, longest: u32) -> Value {
    let is_multiline = is_multiline == Lines::Many;
    json!({
        "type": "plain_text_input", "action_id": action_id, "multiline": is_multiline, "max_length": longest.min(3_000),
    })
}

/// Whether an input may be empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    One,
    /// Any number.
    Many,
}

/// Whether something must be entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    Required,
    Optional,
}

/// An input of a modal, with its label.
pub fn input(block_id: &str, label: &str, element: Value, need: Need) -> Value {
    json!({
        "type": "input", "block_id": block_id, "label": plain(label, INPUT_LABEL_LIMIT), "element": element,
        "optional": need == Need::Optional,
    })
}

#[derive(Clone, Debug, PartialEq)]
pub struct Modal<'m> {
    /// The id that Knock gave it.
    pub callback_id: &'m str,
    pub title: &'m str,
    /// The label of the button that sends it.
    pub submit: &'m str,
    /// The data that comes back with it.
    pub private_metadata: &'m str,
    pub blocks: Vec<Value>,
}

/// A modal as Slack wants it.
pub fn modal(modal: Modal<'_>) -> Value {
    let Modal { callback_id, title, submit, private_metadata, blocks } = modal;
    json!({
        "type": "modal", "callback_id": callback_id, "private_metadata": private_metadata, "blocks": blocks,
        "title": plain(title, TITLE_LIMIT), "submit": plain(submit, TITLE_LIMIT), "close": plain("Cancel", TITLE_LIMIT),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_wrote_stands_as_text() {
        let quoted = quoted("<!channel> *hi* & :wave:");
        let text = "&lt;!channel&gt; *hi* &amp; :wave:";
        let text = json!({ "type": "plain_text", "text": text, "emoji": false });
        assert_eq!(quoted.sections, [json!({ "type": "section", "text": text })]);
        assert!(quoted.is_whole);
    }

    #[test]
    fn long_texts_are_cut_to_what_slack_takes() {
        for text in ["&".repeat(40_000), "word ".repeat(8_000), "\u{1f600}".repeat(10_000), "line\n".repeat(3_000)] {
            let Quoted { sections, is_whole } = quoted(&text);
            assert!(!is_whole);
            let lengths: Vec<usize> = sections
                .iter()
                .map(|section| section["text"]["text"].as_str().expect("a text").encode_utf16().count())
                .collect();
            assert!(lengths.iter().all(|length| (1..=SECTION_LIMIT).contains(length)), "{lengths:?}");
            assert!(lengths.iter().sum::<usize>() <= TEXT_LIMIT + 1, "{lengths:?}");
        }
        assert_eq!(quoted(" \n ").sections, [Value::Null; 0]);
        assert_eq!(
            button("a", &"x".repeat(80), "v", Style::Plain)["text"]["text"].as_str().map(|t| t.chars().count()),
            Some(75)
        );
    }

    #[test]
    fn markup_is_cut_to_what_slack_takes() {
        let long = Mrkdwn::new().text(&"&".repeat(40_000));
        let length =
            |block: &Value, at: &str| block.pointer(at).and_then(Value::as_str).map(|text| text.encode_utf16().count());
        assert_eq!(length(&section(&long), "/text/text"), Some(2_996));
        assert_eq!(length(&context(std::slice::from_ref(&long)), "/elements/0/text"), Some(1_996));
        assert_eq!(length(&fields(&[field("Page", &"&".repeat(9_000))]), "/fields/0/text"), Some(1_998));
        assert_eq!(section(&Mrkdwn::new())["text"]["text"], "\u{a0}");
    }

    #[test]
    fn an_excerpt_is_one_section_without_markup() {
        let section =
            |text: &str| json!({ "type": "section", "text": { "type": "plain_text", "text": text, "emoji": false } });
        assert_eq!(excerpt(" *40* <seats> ", 300), Some(section("*40* &lt;seats&gt;")));
        assert_eq!(excerpt("one two three", 9), Some(section("one two\u{2026}")));
        assert_eq!(excerpt(" \n", 9), None);
    }

    #[test]
    fn several_quotations_share_a_message() {
        let Quoted { sections, is_whole } = quoted_within(&"&".repeat(1_000), 800);
        let texts: Vec<_> = sections.iter().filter_map(|section| section["text"]["text"].as_str()).collect();
        assert_eq!((texts.len(), texts[0].len(), texts[1]), (2, 800, "\u{2026}"));
        assert!(!is_whole);
    }

    #[test]
    fn empty_labels_are_not_empty_for_slack() {
        assert_eq!(header("")["text"]["text"], "\u{a0}");
        assert_eq!(select("a", "", &[("v".into(), " ".into())])["options"][0]["text"]["text"], "\u{a0}");
    }
}
