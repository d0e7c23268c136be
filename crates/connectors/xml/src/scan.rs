//! The tags of a text, without the text between them. Malformed texts have some tags too: the parser refuses them later.

/// A tag.
pub(crate) enum Tag {
    Start { attributes: usize, is_empty: bool },
    End,
}

/// Returns the tags of a text, in its order.
pub(crate) fn tags(text: &str) -> impl Iterator<Item = Tag> + '_ {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            rest = after(rest, "<")?;
            if let Some(comment) = rest.strip_prefix("!--") {
                rest = after(comment, "-->")?;
            } else if let Some(data) = rest.strip_prefix("![CDATA[") {
                rest = after(data, "]]>")?;
            } else if let Some(instruction) = rest.strip_prefix('?') {
                rest = after(instruction, "?>")?;
            } else if let Some(end) = rest.strip_prefix('/') {
                rest = after(end, ">").unwrap_or_default();
                return Some(Tag::End);
            } else {
                let (tag, length) = start(rest);
                rest = &rest[length..];
                return Some(tag);
            }
        }
    })
}

fn after<'t>(text: &'t str, mark: &str) -> Option<&'t str> {
    text.find(mark).map(|at| &text[at + mark.len()..])
}

/// Reads a start tag up to its end or the end of the text; returns its length too.
fn start(text: &str) -> (Tag, usize) {
    let (mut attributes, mut quote, mut before) = (0, None, b' ');
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'=') => attributes += 1,
            (None, b'>') => return (Tag::Start { attributes, is_empty: before == b'/' }, at + 1),
            (None, _) => {}
        }
        before = byte;
    }
    (Tag::Start { attributes, is_empty: false }, text.len())
}
