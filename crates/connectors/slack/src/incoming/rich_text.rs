//! The words of blocks, in Slack's markup: of messages that have no other text.

use crate::text::to_slack;
use serde_json::Value;

/// The deepest nesting that is read.
const DEEPEST: u8 = 16;

/// The words of blocks, a line for each part.
pub(super) fn words(blocks: &[Value]) -> String {
    let mut lines = Vec::new();
    for block in blocks {
        read(block, DEEPEST, &mut lines);
    }
    lines.retain(|line| !line.trim().is_empty());
    lines.join("\n")
}

/// Adds the lines of a block, or of a part of one.
fn read(part: &Value, depth: u8, lines: &mut Vec<String>) {
    let Some(depth) = depth.checked_sub(1) else { return };
    let parts = |name: &str| part.get(name).and_then(Value::as_array).into_iter().flatten();
    match text(part, "type") {
        "rich_text_section" | "rich_text_preformatted" => lines.push(parts("elements").map(inline).collect()),
        "rich_text_quote" => {
            let quoted: String = parts("elements").map(inline).collect();
            lines.push(format!("&gt; {quoted}"));
        }
        "rich_text_list" => {
            for item in parts("elements") {
                let mut inside = Vec::new();
                read(item, depth, &mut inside);
                lines.push(format!("\u{2022} {}", inside.join(" ")));
            }
        }
        "table" => lines.extend(parts("rows").map(|row| row_of(row, depth))),
        "markdown" => lines.push(to_slack(text(part, "text"))),
        "plain_text" => lines.push(to_slack(text(part, "text"))),
        "mrkdwn" => lines.push(text(part, "text").to_owned()),
        // The rest have parts, or texts with a type of their own: `rich_text`, `section`, `header`, `context`.
        _ => {
            let inner = part.get("text").filter(|text| text.is_object());
            inner.into_iter().chain(parts("fields")).chain(parts("elements")).for_each(|one| read(one, depth, lines));
        }
    }
}

/// The cells of a row in one line.
fn row_of(row: &Value, depth: u8) -> String {
    let cell = |cell: &Value| {
        let mut inside = Vec::new();
        match text(cell, "type") {
            "raw_text" => inside.push(to_slack(text(cell, "text"))),
            _ => read(cell, depth, &mut inside),
        }
        inside.join(" ")
    };
    row.as_array().into_iter().flatten().map(cell).collect::<Vec<_>>().join(" | ")
}

/// An element within a line.
fn inline(element: &Value) -> String {
    let escaped = |name: &str| to_slack(text(element, name));
    match text(element, "type") {
        "text" => escaped("text"),
        "emoji" => format!(":{}:", escaped("name")),
        "user" => format!("<@{}>", escaped("user_id")),
        "channel" => format!("<#{}>", escaped("channel_id")),
        "broadcast" => format!("<!{}>", escaped("range")),
        "usergroup" => "<!subteam>".to_owned(),
        "date" => escaped("fallback"),
        "link" => match text(element, "text") {
            "" => format!("<{}>", escaped("url")),
            label => format!("<{}|{}>", escaped("url"), to_slack(label)),
        },
        _ => String::new(),
    }
}

fn text<'v>(part: &'v Value, name: &str) -> &'v str {
    part.get(name).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn blocks_have_the_words_that_people_see() {
        let section = |elements: Value| json!({"type": "rich_text_section", "elements": elements});
        let said = |text: &str| json!({"type": "text", "text": text});
        let rich = |elements: Value| json!([{"type": "rich_text", "elements": elements}]);
        for (blocks, expected) in [
            (json!([]), ""),
            (
                rich(json!([section(json!([said("a <b> & "), {"type": "emoji", "name": "wave"}]))])),
                "a &lt;b&gt; &amp; :wave:",
            ),
            (
                rich(json!([section(
                    json!([{"type": "user", "user_id": "U1"}, said(" "), {"type": "broadcast", "range": "here"}])
                )])),
                "<@U1> <!here>",
            ),
            (
                rich(json!([section(json!([{"type": "link", "url": "https://a.example/?a=1&b", "text": "page"}]))])),
                "<https://a.example/?a=1&amp;b|page>",
            ),
            (
                rich(
                    json!([{"type": "rich_text_list", "elements": [section(json!([said("one")])), section(json!([said("two")]))]}]),
                ),
                "\u{2022} one\n\u{2022} two",
            ),
            (rich(json!([{"type": "rich_text_quote", "elements": [said("as said")]}])), "&gt; as said"),
            (rich(json!([{"type": "rich_text_preformatted", "elements": [said("x = 1")]}])), "x = 1"),
            (json!([{"type": "section", "text": {"type": "mrkdwn", "text": "*a* &amp; b"}}]), "*a* &amp; b"),
            (
                json!([{"type": "header", "text": {"type": "plain_text", "text": "A & B"}}, {"type": "divider"}]),
                "A &amp; B",
            ),
            (
                json!([{"type": "section", "fields": [{"type": "plain_text", "text": "x"}, {"type": "mrkdwn", "text": "y"}]}]),
                "x\ny",
            ),
            (json!([{"type": "context", "elements": [{"type": "image"}, {"type": "mrkdwn", "text": "z"}]}]), "z"),
            (
                json!([{"type": "table", "rows": [[{"type": "raw_text", "text": "Seats"},
                    {"type": "rich_text", "elements": [section(json!([said("Price")]))]}]]}]),
                "Seats | Price",
            ),
            (json!([7, null, {"type": "new_block", "odd": 1}, {"type": "section", "text": null}]), ""),
        ] {
            let list = blocks.as_array().expect("a list");
            assert_eq!(words(list), expected, "{blocks}");
        }
    }

    #[test]
    fn nesting_has_an_end() {
        let deep = (0..64).fold(json!({"type": "plain_text", "text": "x"}), |inside, _| json!({"elements": [inside]}));
        assert_eq!(words(&[deep]), "");
    }
}
