//! What a connector may send.

use proptest::test_runner::TestCaseError;
use serde_json::Value;

/// A word that only secrets hold.
pub(super) const SECRET: &str = "SESAME";
/// Markup that would notify a whole channel, if Slack took it for such.
const SHOUT: &str = "<!channel>";
/// Markup that a timeline of HubSpot would load.
const PICTURE: &str = "<img";

/// Checks every text in what a connector sent.
pub(super) fn check(connector: &str, what: &Value) -> Result<(), TestCaseError> {
    match what {
        Value::String(text) => clean(connector, text),
        Value::Array(items) => items.iter().try_for_each(|item| check(connector, item)),
        // It has no markup.
        Value::Object(fields) if fields.get("type").is_some_and(|kind| kind == "plain_text") => {
            check("plain", &fields["text"])
        }
        Value::Object(fields) => fields.values().try_for_each(|value| check(connector, value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(()),
    }
}

fn clean(connector: &str, text: &str) -> Result<(), TestCaseError> {
    let wrong = |c: &char| {
        // Lines of a mail end with both.
        let is_line = matches!(c, '\n' | '\t') || connector == "mail" && *c == '\r';
        let is_turn = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}');
        (c.is_control() && !is_line) || is_turn
    };
    let fail = |what: &str| Err(TestCaseError::fail(format!("{connector} sent {what}: {text:?}")));
    if let Some(wrong) = text.chars().find(wrong) {
        return fail(&format!("{wrong:?}"));
    }
    let is_markup = |mark: &str, of: &str| connector == of && text.contains(mark);
    if text.contains(SECRET) || is_markup(SHOUT, "slack") || is_markup(PICTURE, "hubspot") {
        return fail("a secret or markup");
    }
    Ok(())
}
