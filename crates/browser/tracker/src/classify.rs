//! Classifies actions with the server's code (`knock-intent`): category, evidence and provisional intent type.

use alloc::string::String;
use knock_intent::{Action, Evidence, categorise, is_cta_label, provisional_type, strength};
use knock_model::{Millis, SignalType};

/// Reads lines (kind, instant in milliseconds, evidence so far, address, base, address of a link, referrer, name,
/// label, form) and returns lines: kind, category, provisional intent type, evidence. A click on the label of
/// a call to action becomes a CTA. Empty when the kind is unknown.
pub(crate) fn classify(lines: &str) -> String {
    let mut rest = lines;
    let mut next = || next_line(&mut rest);
    let Some(mut kind) = SignalType::parse(next()) else { return String::new() };
    let at = Millis(number(next()));
    let mut evidence = Evidence::from_text(next()).unwrap_or_default();
    let (url, base, href, referrer) = (next(), next(), next(), next());
    let (name, label, form) = (next(), next(), next());
    if kind == SignalType::Click && is_cta_label(label) {
        kind = SignalType::Cta;
    }
    let category = categorise(&Action { kind, url, base, href, referrer, name, label, form }).category;
    evidence.add(category, strength(kind), at);
    let mut out = String::new();
    for text in [kind.as_str(), category.as_str(), provisional_type(&evidence, at).as_str(), &evidence.to_text()] {
        out.push_str(text);
        out.push('\n');
    }
    out
}

/// Takes the first line. The library's own splitting would weigh three times as much.
#[inline(never)]
fn next_line<'a>(rest: &mut &'a str) -> &'a str {
    let end = rest.bytes().position(|c| c == b'\n');
    let (line, after) = rest.split_at_checked(end.unwrap_or(rest.len())).unwrap_or_default();
    *rest = after.get(1..).unwrap_or_default();
    line
}

/// A whole number, as our own script writes it.
fn number(text: &str) -> i64 {
    text.bytes().fold(0i64, |number, c| number.wrapping_mul(10).wrapping_add(i64::from(c.wrapping_sub(b'0'))))
}
