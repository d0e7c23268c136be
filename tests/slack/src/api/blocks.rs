//! The rules of Slack for blocks.

use serde_json::Value;
use std::collections::BTreeSet;

/// The most characters of all texts of a message together.
pub(super) const ALL_LIMIT: usize = 13_200;

const BLOCKS: usize = 50;
const VIEW_BLOCKS: usize = 100;

/// Checks blocks of a message.
pub(super) fn check(blocks: &[Value]) -> Result<(), String> {
    if blocks.len() > BLOCKS {
        return Err(format!("no more than {BLOCKS} items allowed [json-pointer:/blocks]"));
    }
    all(blocks)
}

/// Checks a modal.
pub(super) fn check_view(view: &Value) -> Result<(), String> {
    if view["type"] != "modal" {
        return Err("unsupported type [json-pointer:/view/type]".to_owned());
    }
    text(&view["title"], "/view/title", 24, Markup::No)?;
    for label in ["submit", "close"] {
        if !view[label].is_null() {
            text(&view[label], &format!("/view/{label}"), 24, Markup::No)?;
        }
    }
    if view["private_metadata"].as_str().is_some_and(|text| text.chars().count() > 3_000) {
        return Err("must be less than 3001 characters [json-pointer:/view/private_metadata]".to_owned());
    }
    let blocks = view["blocks"].as_array().ok_or("missing required field: blocks [json-pointer:/view]")?;
    if blocks.len() > VIEW_BLOCKS {
        return Err(format!("no more than {VIEW_BLOCKS} items allowed [json-pointer:/view/blocks]"));
    }
    if blocks.iter().any(|block| block["type"] == "input") && view["submit"].is_null() {
        return Err("missing required field: submit [json-pointer:/view]".to_owned());
    }
    all(blocks)
}

fn all(blocks: &[Value]) -> Result<(), String> {
    let mut ids = BTreeSet::new();
    for (index, block) in blocks.iter().enumerate() {
        let at = format!("/blocks/{index}");
        if let Some(id) = block["block_id"].as_str() {
            if id.len() > 255 {
                return Err(format!("must be less than 256 characters [json-pointer:{at}/block_id]"));
            }
            if !ids.insert(id) {
                return Err(format!("block_id {id} already exists [json-pointer:{at}]"));
            }
        }
        one(block, &at)?;
    }
    Ok(())
}

fn one(block: &Value, at: &str) -> Result<(), String> {
    match block["type"].as_str() {
        Some("divider" | "rich_text" | "image") => Ok(()),
        Some("header") => text(&block["text"], &format!("{at}/text"), 150, Markup::No),
        Some("section") => section(block, at),
        Some("context") => {
            let elements = list(&block["elements"], &format!("{at}/elements"), 10)?;
            let mut elements = elements.iter().filter(|element| element["type"] != "image");
            elements.try_for_each(|element| text(element, &format!("{at}/elements"), 3_000, Markup::Yes))
        }
        Some("actions") => {
            let elements = list(&block["elements"], &format!("{at}/elements"), 25)?;
            let mut names = BTreeSet::new();
            elements.iter().try_for_each(|element| {
                if element["action_id"].as_str().is_some_and(|name| !names.insert(name)) {
                    return Err(format!("`action_id` must be unique within a block [json-pointer:{at}/elements]"));
                }
                self::element(element, &format!("{at}/elements"))
            })
        }
        Some("input") => {
            text(&block["label"], &format!("{at}/label"), 2_000, Markup::No)?;
            element(&block["element"], &format!("{at}/element"))
        }
        other => Err(format!("unsupported type: {} [json-pointer:{at}/type]", other.unwrap_or_default())),
    }
}

fn section(block: &Value, at: &str) -> Result<(), String> {
    if block["text"].is_null() && block["fields"].is_null() {
        return Err(format!("missing required field: text [json-pointer:{at}]"));
    }
    if !block["text"].is_null() {
        text(&block["text"], &format!("{at}/text"), 3_000, Markup::Yes)?;
    }
    if !block["fields"].is_null() {
        let fields = list(&block["fields"], &format!("{at}/fields"), 10)?;
        fields.iter().try_for_each(|field| text(field, &format!("{at}/fields"), 2_000, Markup::Yes))?;
    }
    if block["accessory"].is_null() { Ok(()) } else { element(&block["accessory"], &format!("{at}/accessory")) }
}

fn element(element: &Value, at: &str) -> Result<(), String> {
    if element["action_id"].as_str().is_some_and(|id| id.len() > 255) {
        return Err(format!("must be less than 256 characters [json-pointer:{at}/action_id]"));
    }
    match element["type"].as_str() {
        Some("button") => {
            text(&element["text"], &format!("{at}/text"), 75, Markup::No)?;
            if element["value"].as_str().is_some_and(|value| value.chars().count() > 2_000) {
                return Err(format!("must be less than 2001 characters [json-pointer:{at}/value]"));
            }
            let style = element["style"].as_str();
            if style.is_some_and(|style| !["primary", "danger"].contains(&style)) {
                return Err(format!("must be a valid enum value [json-pointer:{at}/style]"));
            }
            Ok(())
        }
        Some("static_select" | "overflow" | "radio_buttons") => {
            let options = list(&element["options"], &format!("{at}/options"), 100)?;
            options.iter().try_for_each(|option| {
                if option["value"].as_str().is_none_or(|value| value.is_empty() || value.chars().count() > 150) {
                    return Err(format!("must be less than 151 characters [json-pointer:{at}/options/value]"));
                }
                text(&option["text"], &format!("{at}/options/text"), 75, Markup::No)
            })
        }
        Some("plain_text_input" | "users_select" | "conversations_select" | "channels_select" | "datepicker") => Ok(()),
        other => Err(format!("unsupported type: {} [json-pointer:{at}/type]", other.unwrap_or_default())),
    }
}

fn list<'b>(json: &'b Value, at: &str, most: usize) -> Result<&'b [Value], String> {
    let items = json.as_array().map(Vec::as_slice).unwrap_or_default();
    match items.len() {
        0 => Err(format!("no fewer than 1 items allowed [json-pointer:{at}]")),
        count if count > most => Err(format!("no more than {most} items allowed [json-pointer:{at}]")),
        _ => Ok(items),
    }
}

/// Whether a text may be markup.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Markup {
    Yes,
    No,
}

fn text(json: &Value, at: &str, most: usize, markup: Markup) -> Result<(), String> {
    let is_kind = json["type"] == "plain_text" || json["type"] == "mrkdwn" && markup == Markup::Yes;
    if !is_kind {
        return Err(format!("must be a valid text object [json-pointer:{at}]"));
    }
    let has_other = if json["type"] == "plain_text" { "verbatim" } else { "emoji" };
    if !json[has_other].is_null() {
        return Err(format!("no more than 2 keys allowed: {has_other} [json-pointer:{at}]"));
    }
    let length = json["text"].as_str().map(|text| text.encode_utf16().count());
    match length {
        None | Some(0) => Err(format!("must be more than 0 characters [json-pointer:{at}/text]")),
        Some(length) if length > most => {
            Err(format!("must be less than {} characters [json-pointer:{at}/text]", most + 1))
        }
        Some(_) => Ok(()),
    }
}

/// The characters of all texts.
pub(super) fn texts(blocks: &[Value]) -> usize {
    fn of(json: &Value) -> usize {
        match json {
            Value::Array(items) => items.iter().map(of).sum(),
            Value::Object(fields) => fields
                .iter()
                .map(|(name, value)| match value {
                    Value::String(text) if name == "text" => text.encode_utf16().count(),
                    other => of(other),
                })
                .sum(),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
        }
    }
    blocks.iter().map(of).sum()
}
