//! Escaping, and text in which only what we mean is markup.

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

/// One line of markup, made of parts that say what they are. What comes from outside is a text in it and no more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mrkdwn(String);

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
        self.0.push_str(&inert(text));
        self
    }

    /// With a text in bold; nothing where it is empty.
    #[must_use]
    pub fn bold(mut self, text: &str) -> Mrkdwn {
        let text = inert(text);
        if !text.trim().is_empty() {
            self.0 = format!("{}*{}*", self.0, text.trim());
        }
        self
    }

    /// With a link to an address of ours.
    #[must_use]
    pub fn link(mut self, url: &str, label: &str) -> Mrkdwn {
        // A bar would end the address, a space and a line break too.
        let url = url.replace('|', "%7C").replace(char::is_whitespace, "%20");
        let label = inert(label).replace('|', "\u{2502}");
        self.0 = format!("{}<{}|{}>", self.0, to_slack(&url), if label.trim().is_empty() { "link" } else { &label });
        self
    }

    /// With a mention of a user, who is notified.
    #[must_use]
    pub fn mention(mut self, user: &str) -> Mrkdwn {
        let user: String = user.chars().filter(char::is_ascii_alphanumeric).collect();
        self.0 = format!("{}<@{user}>", self.0);
        self
    }

    /// With a line break.
    #[must_use]
    pub fn line(mut self) -> Mrkdwn {
        self.0.push('\n');
        self
    }

    /// The markup.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A text on one line, escaped, whose formatting marks format nothing.
fn inert(text: &str) -> String {
    let mut inert = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '*' | '_' | '~' | '`' => inert.extend([NOTHING, character, NOTHING]),
            // At the beginning of a line it would be a quotation, even escaped.
            '>' => inert.extend([NOTHING, character]),
            other if other.is_control() || other == '\u{2028}' || other == '\u{2029}' => inert.push(' '),
            other => inert.push(other),
        }
    }
    to_slack(&inert)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_meant_is_markup() {
        let check = |made: Mrkdwn, expected: &str| assert_eq!(made.as_str().replace(NOTHING, "|"), expected);
        check(Mrkdwn::new().text("<!channel> & co"), "&lt;!channel|&gt; &amp; co");
        check(Mrkdwn::new().text("a*b_c"), "a|*|b|_|c");
        check(Mrkdwn::new().text("> one\n>two"), "|&gt; one |&gt;two");
        check(Mrkdwn::new().bold(" Ann ").text(": hi"), "*Ann*: hi");
        check(Mrkdwn::new().bold(" ").text("x"), "x");
        check(Mrkdwn::new().mention("U1>\u{20}<!here"), "<@U1here>");
        check(Mrkdwn::new().text("one").line().text("two"), "one\ntwo");
        let link = Mrkdwn::new().link("https://k.example/a?b=1&c=<d>|e f", "Open > here");
        check(link, "<https://k.example/a?b=1&amp;c=&lt;d&gt;%7Ce%20f|Open |&gt; here>");
        let hidden = Mrkdwn::new().link("https://k.example/", "a|b");
        assert_eq!(hidden.as_str(), "<https://k.example/|a\u{2502}b>");
        assert_eq!(Mrkdwn::new().link("https://k.example/", " ").as_str(), "<https://k.example/|link>");
    }
}
