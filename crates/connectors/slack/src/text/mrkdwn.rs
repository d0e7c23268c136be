//! Text in which only what we mean is markup.

use super::cut::{MORE, unit, width};
use super::to_slack;
use knock_model::Millis;
use std::borrow::Cow;
use std::ops::Range;

/// Markup, made of parts that say what they are. What comes from outside is a text in it and no more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mrkdwn {
    text: String,
    /// The ranges that must not be split, in bytes from the start.
    whole: Vec<Range<usize>>,
}

/// Breaks a formatting mark up without showing.
const NOTHING: char = '\u{200b}';

impl Mrkdwn {
    /// An empty one.
    pub fn new() -> Mrkdwn {
        Mrkdwn::default()
    }

    /// With a text as it is, on one line.
    #[must_use]
    pub fn text(mut self, text: &str) -> Mrkdwn {
        self.text.push_str(&inert(text));
        self
    }

    /// With a text in bold; nothing where it is empty.
    #[must_use]
    pub fn bold(self, text: &str) -> Mrkdwn {
        let text = inert(text);
        if text.trim().is_empty() { self } else { self.with_whole(&format!("*{}*", text.trim())) }
    }

    /// With a link to an address of ours.
    #[must_use]
    pub fn link(self, url: &str, label: &str) -> Mrkdwn {
        // A bar would end the address, a space and a line break too.
        let url = url.replace('|', "%7C").replace(char::is_whitespace, "%20");
        let label = inert(label).replace('|', "\u{2502}");
        let label = if label.trim().is_empty() { "link" } else { &label };
        self.with_whole(&format!("<{}|{label}>", to_slack(&url)))
    }

    /// With a mention of a user, who is notified.
    #[must_use]
    pub fn mention(self, user: &str) -> Mrkdwn {
        let user: String = user.chars().filter(char::is_ascii_alphanumeric).collect();
        self.with_whole(&format!("<@{user}>"))
    }

    /// With a channel, by its name to who may see it.
    #[must_use]
    pub fn channel(self, channel: &str) -> Mrkdwn {
        let channel: String = channel.chars().filter(char::is_ascii_alphanumeric).collect();
        self.with_whole(&format!("<#{channel}>"))
    }

    /// With an instant, in the time zone of who reads it; `otherwise` is for clients that show no dates.
    #[must_use]
    pub fn instant(self, at: Millis, otherwise: &str) -> Mrkdwn {
        let otherwise = inert(otherwise).replace('|', "\u{2502}");
        self.with_whole(&format!("<!date^{}^{{date_short_pretty}} at {{time}}|{otherwise}>", at.0 / 1_000))
    }

    /// With a line break.
    #[must_use]
    pub fn line(mut self) -> Mrkdwn {
        self.text.push('\n');
        self
    }

    fn with_whole(mut self, part: &str) -> Mrkdwn {
        let from = self.text.len();
        self.text.push_str(part);
        self.whole.push(from..self.text.len());
        self
    }

    /// The markup.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The markup in so many characters, with an ellipsis where it was cut: never within a link, a mention or what is
    /// bold.
    pub fn cut(&self, limit: usize) -> Cow<'_, str> {
        if width(&self.text) <= limit {
            return Cow::Borrowed(&self.text);
        }
        let room = limit.saturating_sub(width(MORE));
        let (mut end, mut used) = (0, 0);
        while let Some(step) = self.step(end) {
            used += width(&self.text[end..end + step]);
            if used > room {
                break;
            }
            end += step;
        }
        Cow::Owned(format!("{}{MORE}", self.text[..end].trim_end()))
    }

    /// The bytes from here on that stay together.
    fn step(&self, from: usize) -> Option<usize> {
        let whole = self.whole.iter().find(|whole| whole.start == from).map(|whole| whole.len());
        whole.or_else(|| unit(&self.text[from..]))
    }
}

/// A text on one line, escaped, whose formatting marks format nothing.
fn inert(text: &str) -> String {
    let mut inert = String::with_capacity(text.len());
    let (mut before, mut rest) = (None, text.chars());
    while let Some(character) = rest.next() {
        let is_inside = |of: Option<char>| of.is_some_and(char::is_alphanumeric);
        match character {
            // Within a word it formats nothing, and addresses are copied from here.
            '_' if is_inside(before) && is_inside(rest.clone().next()) => inert.push('_'),
            '*' | '_' | '~' | '`' => inert.extend([NOTHING, character, NOTHING]),
            // At the beginning of a line it would be a quotation, even escaped.
            '>' => inert.extend([NOTHING, character]),
            other if other.is_control() || other == '\u{2028}' || other == '\u{2029}' => inert.push(' '),
            other => inert.push(other),
        }
        before = Some(character);
    }
    to_slack(&inert)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_is_cut_between_its_parts() {
        let made = Mrkdwn::new().bold("Ann & co").text(": a & b ").mention("U1").text(" end");
        let check = |limit, expected: &str| assert_eq!(made.cut(limit), expected, "{limit}");
        check(100, "*Ann &amp; co*: a &amp; b <@U1> end");
        check(35, "*Ann &amp; co*: a &amp; b <@U1> end");
        check(34, "*Ann &amp; co*: a &amp; b <@U1> e\u{2026}");
        check(29, "*Ann &amp; co*: a &amp; b\u{2026}");
        check(22, "*Ann &amp; co*: a\u{2026}");
        check(14, "\u{2026}");
    }

    #[test]
    fn only_what_is_meant_is_markup() {
        let check = |made: Mrkdwn, expected: &str| assert_eq!(made.as_str().replace(NOTHING, "|"), expected);
        check(Mrkdwn::new().text("<!channel> & co"), "&lt;!channel|&gt; &amp; co");
        check(Mrkdwn::new().text("a*b_c"), "a|*|b_c");
        check(Mrkdwn::new().text("_a_ ann_b@acme.example c_"), "|_|a|_| ann_b@acme.example c|_|");
        check(Mrkdwn::new().text("> one\n>two"), "|&gt; one |&gt;two");
        check(Mrkdwn::new().bold(" Ann ").text(": hi"), "*Ann*: hi");
        check(Mrkdwn::new().bold(" ").text("x"), "x");
        check(Mrkdwn::new().mention("U1>\u{20}<!here"), "<@U1here>");
        check(Mrkdwn::new().channel("C1|x>"), "<#C1x>");
        let since = Mrkdwn::new().text("since ").instant(Millis(1_500), "1|2");
        check(since, "since <!date^1^{date_short_pretty} at {time}|1\u{2502}2>");
        check(Mrkdwn::new().text("one").line().text("two"), "one\ntwo");
        let link = Mrkdwn::new().link("https://k.example/a?b=1&c=<d>|e f", "Open > here");
        check(link, "<https://k.example/a?b=1&amp;c=&lt;d&gt;%7Ce%20f|Open |&gt; here>");
        let hidden = Mrkdwn::new().link("https://k.example/", "a|b");
        assert_eq!(hidden.as_str(), "<https://k.example/|a\u{2502}b>");
        assert_eq!(Mrkdwn::new().link("https://k.example/", " ").as_str(), "<https://k.example/|link>");
    }
}
