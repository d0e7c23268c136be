//! The visible text of a message, and its effects in Slack: an implementation of its markup that is independent of
//! Knock's.

use serde_json::Value;

/// A text with how it is read.
struct Text<'t> {
    text: &'t str,
    is_markup: bool,
}

/// All texts that are shown: those of the blocks, or where there are none the message's own.
fn shown<'t>(text: &'t str, blocks: &'t [Value]) -> Vec<Text<'t>> {
    if blocks.is_empty() {
        return vec![Text { text, is_markup: true }];
    }
    let mut found = Vec::new();
    blocks.iter().for_each(|block| collect(block, &mut found));
    found
}

fn collect<'t>(json: &'t Value, found: &mut Vec<Text<'t>>) {
    match json {
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Object(fields) => match (fields.get("type").and_then(Value::as_str), fields.get("text")) {
            (Some("mrkdwn"), Some(Value::String(text))) => found.push(Text { text, is_markup: true }),
            (Some("plain_text" | "text"), Some(Value::String(text))) => found.push(Text { text, is_markup: false }),
            _ => fields.values().for_each(|value| collect(value, found)),
        },
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The elements between angle brackets.
fn elements(text: &str) -> Vec<&str> {
    text.split('<').skip(1).filter_map(|rest| rest.split_once('>').map(|(inside, _)| inside)).collect()
}

/// The visible text, a line for each text.
pub(crate) fn seen(text: &str, blocks: &[Value]) -> String {
    let lines = shown(text, blocks).into_iter().map(|text| {
        if !text.is_markup {
            return unescaped(text.text);
        }
        let mut line = String::new();
        for (index, part) in text.text.split('<').enumerate() {
            match part.split_once('>').filter(|_| index > 0) {
                Some((inside, after)) => {
                    line.push_str(inside.split_once('|').map_or(inside, |(_, label)| label));
                    line.push_str(after);
                }
                None => line.push_str(part),
            }
        }
        unescaped(&line.replace('\u{200b}', ""))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The notified users, and words such as `!channel`.
pub(crate) fn notified(text: &str, blocks: &[Value]) -> Vec<String> {
    let texts = shown(text, blocks).into_iter().filter(|text| text.is_markup);
    let found = texts.flat_map(|text| elements(text.text)).filter_map(|inside| {
        let target = inside.split('|').next().unwrap_or_default();
        let is_called = target.starts_with("@U") || target.starts_with("@W");
        let is_broadcast = ["!channel", "!here", "!everyone"].contains(&target) || target.starts_with("!subteam");
        (is_called || is_broadcast).then(|| target.trim_start_matches('@').to_owned())
    });
    found.collect()
}

/// The targets of its links.
pub(crate) fn links(text: &str, blocks: &[Value]) -> Vec<String> {
    let texts = shown(text, blocks).into_iter().filter(|text| text.is_markup);
    let found = texts.flat_map(|text| elements(text.text)).filter(|inside| !inside.starts_with(['@', '#', '!']));
    found.map(|inside| unescaped(inside.split('|').next().unwrap_or_default())).collect()
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn markup_is_read() {
        let text = "<!here> <@U1|ann> see <https://a.example/?b&amp;c|offer> &lt;!channel&gt;";
        assert_eq!(seen(text, &[]), "!here ann see offer <!channel>");
        assert_eq!(notified(text, &[]), ["!here", "U1"]);
        assert_eq!(links(text, &[]), ["https://a.example/?b&c"]);
    }

    #[test]
    fn plain_text_has_no_markup() {
        let blocks = [
            json!({ "type": "section", "text": { "type": "plain_text", "text": "<!here> &lt;b" } }),
            json!({ "type": "context", "elements": [{ "type": "mrkdwn", "text": "<@U1>" }] }),
        ];
        assert_eq!(seen("<!channel>", &blocks), "<!here> <b\n@U1");
        assert_eq!(notified("<!channel>", &blocks), ["U1"]);
    }
}
