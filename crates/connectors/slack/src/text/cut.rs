//! Texts cut to what Slack takes, after they were escaped.

use super::to_slack;

/// The most characters of a section: one more, and the whole message is refused.
pub const SECTION_LIMIT: usize = 3_000;
/// The most characters of a message with all its blocks. Slack has refused messages of little more than 13,000.
pub const TEXT_LIMIT: usize = 12_000;

/// The mark of a cut.
pub(super) const MORE: &str = "\u{2026}";
/// A piece may end with a line or a word when that is at most this part shorter.
const SHORTER: usize = 4;

/// A text for Slack that fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The text, escaped.
    pub text: String,
    /// Whether that is all of it.
    pub is_whole: bool,
}

/// Escapes a text, and cuts it to so many characters, with an ellipsis at the end where something is missing.
pub fn cut(text: &str, limit: usize) -> Cut {
    let escaped = to_slack(text);
    if width(&escaped) <= limit {
        return Cut { text: escaped, is_whole: true };
    }
    let (kept, _) = split(&escaped, limit.saturating_sub(width(MORE)));
    Cut { text: format!("{}{MORE}", kept.trim_end()), is_whole: false }
}

/// Escapes a text, and takes it apart into pieces of so many characters, at the ends of lines or words where there are
/// some. Put together again they are the text.
pub fn pieces(text: &str, limit: usize) -> Vec<String> {
    let escaped = to_slack(text);
    let mut pieces = Vec::new();
    let mut rest = escaped.as_str();
    while !rest.is_empty() {
        let (piece, after) = split(rest, limit);
        pieces.push(piece.to_owned());
        rest = after;
    }
    pieces
}

/// Slack counts as JavaScript does.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// The beginning that fits and the rest. Nothing that is escaped is taken apart, and the beginning is never empty.
fn split(escaped: &str, limit: usize) -> (&str, &str) {
    let mut ends = Ends::default();
    let mut used = 0;
    let mut rest = escaped;
    while let Some(step) = unit(rest) {
        let (unit, after) = rest.split_at(step);
        used += width(unit);
        let end = escaped.len() - after.len();
        if used > limit && ends.anywhere > 0 {
            return escaped.split_at(ends.best());
        }
        ends.anywhere = end;
        match unit {
            "\n" => ends.line = end,
            " " => ends.word = end,
            _ => {}
        }
        rest = after;
    }
    (escaped, "")
}

/// The positions at which a text can be split, in bytes from its start.
#[derive(Default)]
struct Ends {
    anywhere: usize,
    word: usize,
    line: usize,
}

impl Ends {
    /// The end of a line, else of a word, unless too little is left then.
    fn best(&self) -> usize {
        let enough = self.anywhere - self.anywhere / SHORTER;
        let end = [self.line, self.word].into_iter().find(|end| *end >= enough);
        end.unwrap_or(self.anywhere)
    }
}

/// The bytes of what stands at the beginning: a character, or one that is escaped.
pub(super) fn unit(text: &str) -> Option<usize> {
    let escaped = ["&amp;", "&lt;", "&gt;"].into_iter().find(|escaped| text.starts_with(escaped));
    escaped.map(str::len).or_else(|| text.chars().next().map(char::len_utf8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_is_whole() {
        assert_eq!(cut("a & b", 9), Cut { text: "a &amp; b".into(), is_whole: true });
        assert_eq!(cut("", 0), Cut { text: String::new(), is_whole: true });
    }

    #[test]
    fn what_is_escaped_is_never_taken_apart() {
        for (limit, expected) in [(8, "a &amp;\u{2026}"), (7, "a\u{2026}"), (6, "a\u{2026}"), (3, "a\u{2026}")] {
            assert_eq!(cut("a & b", limit), Cut { text: expected.into(), is_whole: false }, "{limit}");
        }
        assert_eq!(pieces("<<<", 5), ["&lt;", "&lt;", "&lt;"]);
        assert_eq!(pieces("<<<", 1), ["&lt;", "&lt;", "&lt;"]);
    }

    #[test]
    fn lines_and_words_stay_whole_where_they_can() {
        assert_eq!(pieces("one two three", 9), ["one two ", "three"]);
        assert_eq!(pieces("one two\nthree", 10), ["one two\n", "three"]);
        assert_eq!(pieces("a verylongword", 8), ["a verylo", "ngword"]);
        assert_eq!(pieces("", 8), [""; 0]);
    }

    #[test]
    fn wide_characters_count_twice() {
        assert_eq!(pieces("\u{1f600}\u{1f600}\u{1f600}", 5), ["\u{1f600}\u{1f600}", "\u{1f600}"]);
    }
}
