//! Escaping, both ways.

/// A text as Slack wants it: `&`, `<` and `>` escaped, so that nothing in it is a mention, a link or a command.
pub fn to_slack(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// The reverse of [`to_slack`], applied once.
pub(super) fn unescaped(text: &str) -> String {
    let mut read = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        read.push_str(&rest[..start]);
        rest = &rest[start..];
        let known = [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>')].into_iter().find(|(name, _)| rest.starts_with(name));
        let (name, character) = known.unwrap_or(("&", '&'));
        read.push(character);
        rest = &rest[name.len()..];
    }
    read.push_str(rest);
    read
}
