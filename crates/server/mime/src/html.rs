//! HTML of mails as lines of text: quotes get the mark that plain mails have.

use ego_tree::iter::Edge;
use knock_replies::{SEPARATOR, is_forward};
use scraper::node::Element;
use scraper::{ElementRef, Html, Node};

/// Elements without text.
const LEFT_OUT: [&str; 6] = ["head", "script", "style", "title", "noscript", "template"];
/// Elements that begin and end a line.
const BLOCKS: [&str; 22] = [
    "address",
    "article",
    "blockquote",
    "body",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "header",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "tr",
    "ul",
];
/// Classes of what mail programs quote.
const QUOTES: [&str; 5] =
    ["gmail_quote", "yahoo_quoted", "protonmail_quote", "moz-cite-prefix", "gmail_quote_container"];
/// Ids of elements that begin a quoted mail without marks.
const HEADS: [&str; 3] = ["divRplyFwdMsg", "OLK_SRC_BODY_SECTION", "stopSpelling"];
/// Elements that other elements close, or that are empty.
const ENDED_BY_OTHERS: [&str; 16] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "li", "link", "meta", "p", "td", "th", "tr", "wbr"];
/// The deepest nesting of elements, as in browsers: a parser searches those around each.
const DEEPEST: usize = 512;
/// The beginning of a quote in which a forwarded mail says so, in characters.
const BEGINNING: usize = 200;
/// The longest address of a link that is shown, in bytes.
const LONGEST_LINK: usize = 500;

/// The lines of a page; none of one that is nested too deeply.
pub(crate) fn lines(page: &str) -> String {
    if depth(page) > DEEPEST {
        return String::new();
    }
    let page = Html::parse_document(page);
    let mut lines = Lines::default();
    walk(page.root_element(), &mut lines);
    lines.end_line();
    lines.text
}

/// The deepest nesting, as far as it shows without parsing.
fn depth(page: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for tag in page.split('<').skip(1) {
        let (is_end, name) = tag.strip_prefix('/').map_or((false, tag), |name| (true, name));
        let name: String = name.chars().take_while(char::is_ascii_alphanumeric).collect();
        if name.is_empty() || ENDED_BY_OTHERS.contains(&name.to_ascii_lowercase().as_str()) {
            continue;
        }
        depth = if is_end { depth.saturating_sub(1) } else { depth + 1 };
        deepest = deepest.max(depth);
    }
    deepest
}

fn walk(root: ElementRef<'_>, lines: &mut Lines) {
    let mut left_out = None;
    let mut quotes = Vec::new();
    for edge in root.traverse() {
        match edge {
            Edge::Open(node) if left_out.is_none() => match node.value() {
                Node::Text(text) => lines.text(text),
                Node::Element(element) if LEFT_OUT.contains(&element.name()) => left_out = Some(node.id()),
                Node::Element(element) => {
                    open(element, lines);
                    if ElementRef::wrap(node).is_some_and(is_quote) {
                        lines.end_line();
                        lines.depth += 1;
                        quotes.push(node.id());
                    }
                }
                _ => {}
            },
            Edge::Close(node) if left_out == Some(node.id()) => left_out = None,
            Edge::Close(node) if left_out.is_none() => {
                if let Node::Element(element) = node.value() {
                    close(element, lines);
                }
                if quotes.pop_if(|quote| *quote == node.id()).is_some() {
                    lines.end_line();
                    lines.depth = lines.depth.saturating_sub(1);
                }
            }
            Edge::Open(_) | Edge::Close(_) => {}
        }
    }
}

fn open(element: &Element, lines: &mut Lines) {
    if element.attr("id").is_some_and(|id| HEADS.iter().any(|head| id.ends_with(head))) {
        lines.end_line();
        lines.text(SEPARATOR);
        lines.end_line();
    }
    match element.name() {
        "br" => lines.break_line(),
        "td" | "th" => lines.text(" "),
        "a" => lines.link = lines.line.len(),
        "pre" => {
            lines.end_line();
            lines.is_as_written = true;
        }
        name if BLOCKS.contains(&name) => lines.end_line(),
        _ => {}
    }
}

fn close(element: &Element, lines: &mut Lines) {
    match element.name() {
        "a" => lines.show_link(element.attr("href").unwrap_or_default()),
        "pre" => {
            lines.end_line();
            lines.is_as_written = false;
        }
        name if BLOCKS.contains(&name) => lines.end_line(),
        _ => {}
    }
}

/// Whether an element is what a mail program quotes. A forwarded mail is passed on, not quoted.
fn is_quote(element: ElementRef<'_>) -> bool {
    let is_quote =
        element.value().name() == "blockquote" || element.value().classes().any(|class| QUOTES.contains(&class));
    is_quote && {
        let beginning: String = element.text().flat_map(str::chars).take(BEGINNING).collect();
        !beginning.lines().map(str::trim).filter(|line| !line.is_empty()).take(2).any(is_forward)
    }
}

#[derive(Default)]
struct Lines {
    text: String,
    line: String,
    /// The depth of quotes.
    depth: usize,
    /// Whether blanks and line ends count.
    is_as_written: bool,
    /// The place in the line where the text of a link began.
    link: usize,
}

impl Lines {
    fn text(&mut self, text: &str) {
        if self.is_as_written {
            for (at, line) in text.split('\n').enumerate() {
                if at > 0 {
                    self.break_line();
                }
                self.line.push_str(line.trim_end_matches('\r'));
            }
            return;
        }
        for c in text.chars() {
            match c {
                ' ' | '\t' | '\n' | '\r' => {
                    if !self.line.is_empty() && !self.line.ends_with(' ') {
                        self.line.push(' ');
                    }
                }
                c => self.line.push(c),
            }
        }
    }

    /// Ends the line, also an empty one.
    fn break_line(&mut self) {
        let line = self.line.trim_end();
        if !line.is_empty() {
            if self.depth > 0 {
                self.text.extend(std::iter::repeat_n('>', self.depth));
                self.text.push(' ');
            }
            self.text.push_str(line);
        }
        self.text.push('\n');
        self.line.clear();
        self.link = 0;
    }

    /// Ends the line, if there is something on it.
    fn end_line(&mut self) {
        if self.line.trim_matches(' ').is_empty() {
            self.line.clear();
        } else {
            self.break_line();
        }
    }

    /// Shows where a link leads, unless its text says that.
    fn show_link(&mut self, target: &str) {
        let said = self.line.get(self.link..).unwrap_or_default().trim();
        let is_web = target.starts_with("https://") || target.starts_with("http://");
        let bare = |address: &str| address.trim_end_matches('/').rsplit("//").next().unwrap_or_default().to_owned();
        if is_web && target.len() <= LONGEST_LINK && !said.is_empty() && bare(said) != bare(target) {
            self.line.push_str(&format!(" <{target}>"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(page: &str, expected: &str) {
        assert_eq!(lines(page), expected, "{page}");
    }

    #[test]
    fn blocks_and_breaks_are_lines() {
        check("<style>p{}</style><p>One\n two</p><div>three<br>four</div>", "One two\nthree\nfour\n");
        check("<div>a</div><div><br></div><div>b</div>", "a\n\nb\n");
        check("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc\n");
        check("<div>a</div><div>&nbsp;</div><div>b</div>", "a\n\nb\n");
        check("<pre>a\n  b</pre>", "a\n  b\n");
        check("a&nbsp;&amp; b", "a\u{a0}& b\n");
    }

    #[test]
    fn quotes_have_marks() {
        check("Yes<blockquote>a<blockquote>b</blockquote></blockquote>c", "Yes\n> a\n>> b\nc\n");
        check("Yes<div class='gmail_quote'><div>On 3 Bo wrote:</div></div>", "Yes\n> On 3 Bo wrote:\n");
        check(
            "Look<div class='gmail_quote'>---------- Forwarded message ---------<br>From: Cy</div>",
            "Look\n---------- Forwarded message ---------\nFrom: Cy\n",
        );
        check("Yes<div id='x_divRplyFwdMsg'>From: Bo</div>", "Yes\n-----Original Message-----\nFrom: Bo\n");
    }

    #[test]
    fn a_link_shows_where_it_leads() {
        check("See <a href='https://acme.example/a'>this</a>.", "See this <https://acme.example/a>.\n");
        check("<a href='https://acme.example/'>acme.example</a>", "acme.example\n");
        check("<a href='mailto:ann@acme.example'>Ann</a>", "Ann\n");
    }

    #[test]
    fn a_page_that_is_nested_too_deeply_is_not_parsed() {
        check(&"<div>".repeat(100_000), "");
    }
}
