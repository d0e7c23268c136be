//! HTML: the main content of a page, without the content repeated on every page of its site.

mod boilerplate;
mod table;
#[cfg(test)]
mod tests;

use super::language_of_tag;
use super::outline::{Builder, Outline};
use boilerplate::is_left_out;
use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{ElementRef, Html, Node, Selector};
use std::collections::HashSet;
use std::sync::LazyLock;

/// Elements that other elements close, or that are empty: a page may contain any number of them without an end tag.
const ENDED_BY_OTHERS: [&str; 27] = [
    "area", "base", "br", "col", "colgroup", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta",
    "optgroup", "option", "p", "rp", "rt", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "wbr",
];
/// The maximum nesting of elements, as in browsers: each one searches those around it.
const DEEPEST: usize = 512;
/// The longest bold text that is a heading, in bytes.
const LONGEST_BOLD: usize = 120;
/// Words of the classes of titles.
const TITLES: [&str; 6] = ["heading", "headline", "name", "question", "title", "tier"];
/// Elements that begin and end a block.
const BLOCKS: [&str; 29] = [
    "address",
    "article",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "menu",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "thead",
    "tfoot",
    "tr",
    "ul",
];

static MAIN: LazyLock<Option<Selector>> = LazyLock::new(|| Selector::parse("main, [role=main]").ok());
static ARTICLE: LazyLock<Option<Selector>> = LazyLock::new(|| Selector::parse("article").ok());
static TITLE: LazyLock<Option<Selector>> = LazyLock::new(|| Selector::parse("head > title, body > title").ok());

/// Returns the outline of a page; none if its elements are nested too deeply.
pub(super) fn outline(text: &str) -> Option<Outline> {
    if depth(text) > DEEPEST {
        return None;
    }
    let page = Html::parse_document(text);
    let mut builder = Builder::default();
    if let Some(title) = first(&page, &TITLE) {
        builder.title(&title.text().collect::<String>());
    }
    builder.language(page.root_element().attr("lang").and_then(language_of_tag));
    let walk = Walk { builder, opened: opened(&page), left_out: None, heading: None };
    Some(walk.walk(content(&page)).end())
}

/// The maximum nesting of elements, as far as it shows without parsing the page.
fn depth(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for tag in text.split('<').skip(1) {
        let (is_end, name) = tag.strip_prefix('/').map_or((false, tag), |name| (true, name));
        let end = name.find(|sign: char| !sign.is_ascii_alphanumeric()).unwrap_or(name.len());
        let name = name[..end].to_ascii_lowercase();
        if name.is_empty() || ENDED_BY_OTHERS.contains(&name.as_str()) {
            continue;
        }
        depth = if is_end { depth.saturating_sub(1) } else { depth + 1 };
        deepest = deepest.max(depth);
    }
    deepest
}

/// The main content of the page: its main element, its only article, or all of it.
fn content(page: &Html) -> ElementRef<'_> {
    let only_article = || {
        let mut articles = ARTICLE.as_ref().map(|selector| page.select(selector)).into_iter().flatten();
        articles.next().filter(|_| articles.next().is_none())
    };
    first(page, &MAIN).or_else(only_article).unwrap_or_else(|| page.root_element())
}

fn first<'p>(page: &'p Html, selector: &'static LazyLock<Option<Selector>>) -> Option<ElementRef<'p>> {
    page.select(selector.as_ref()?).next()
}

/// Reads the content of a page into an outline.
struct Walk<'p> {
    builder: Builder,
    /// The ids of panels that a question opens.
    opened: HashSet<&'p str>,
    /// The element that is left out, while its content passes.
    left_out: Option<NodeId>,
    /// The heading, while its text passes.
    heading: Option<(NodeId, u8)>,
}

impl<'p> Walk<'p> {
    /// Walks through an element of any depth.
    fn walk(mut self, of: ElementRef<'p>) -> Builder {
        for edge in of.traverse() {
            match edge {
                Edge::Open(node) if self.left_out.is_none() => match (node.value(), ElementRef::wrap(node)) {
                    (Node::Text(text), _) => self.builder.text(text),
                    (_, Some(element)) => self.open(element, node.id() == of.id()),
                    _ => {}
                },
                Edge::Close(node) if self.left_out == Some(node.id()) => self.left_out = None,
                Edge::Close(node) if self.left_out.is_none() => {
                    if let Node::Element(element) = node.value() {
                        self.close(node.id(), element);
                    }
                }
                Edge::Open(_) | Edge::Close(_) => {}
            }
        }
        self.builder
    }

    fn open(&mut self, of: ElementRef<'p>, is_whole: bool) {
        let name = of.value().name();
        if self.heading.is_some() {
            self.separate(name);
            // Of a question that is a button its own text counts, and not an icon's.
            let is_icon = matches!(name, "svg" | "style" | "script") || of.value().attr("aria-hidden") == Some("true");
            self.left_out = is_icon.then(|| of.id());
        } else if let Some(level) = level(of) {
            self.builder.begin_heading();
            self.heading = Some((of.id(), level));
        } else if !is_whole && is_left_out(of, &self.opened) {
            self.left_out = Some(of.id());
            self.separate(name);
        } else if let Some(lines) = (name == "table").then(|| table::lines(of)).flatten() {
            self.builder.end_block();
            self.builder.lines(lines);
            self.left_out = Some(of.id());
        } else {
            self.separate(name);
            match name {
                "a" => self.builder.begin_link(!leads_to_person(of.value())),
                "dt" => self.builder.begin_term(),
                _ => {}
            }
        }
    }

    fn close(&mut self, id: NodeId, element: &Element) {
        match self.heading {
            Some((heading, level)) if heading == id => {
                self.builder.end_heading(level);
                self.heading = None;
            }
            Some(_) => self.separate(element.name()),
            None => match element.name() {
                "a" => self.builder.end_link(),
                "dt" => self.builder.end_term(),
                name => self.separate(name),
            },
        }
    }

    /// The effect of an element's start or end on the text.
    fn separate(&mut self, name: &str) {
        let is_block = BLOCKS.contains(&name);
        if is_block && self.heading.is_none() {
            self.builder.end_block();
        } else if is_block || matches!(name, "br" | "td" | "th") {
            self.builder.text(" ");
        }
    }
}

/// Whether a link is an address or a number, which is content.
fn leads_to_person(link: &Element) -> bool {
    link.attr("href").is_some_and(|to| to.starts_with("mailto:") || to.starts_with("tel:"))
}

/// The ids of the panels that are opened by something on the page.
fn opened(page: &Html) -> HashSet<&str> {
    let elements = page.tree.nodes().filter_map(|node| node.value().as_element());
    elements.filter_map(|element| element.attr("aria-controls")).flat_map(str::split_whitespace).collect()
}

/// Returns the level of a heading: questions of an accordion or a list are below all others.
fn level(of: ElementRef<'_>) -> Option<u8> {
    let element = of.value();
    let is_opening = || element.attr("aria-expanded").is_some() && !is_menu(of);
    match element.name() {
        "h1" => Some(1),
        "h2" => Some(2),
        "h3" => Some(3),
        "h4" => Some(4),
        "h5" => Some(5),
        "h6" => Some(6),
        "summary" => Some(7),
        "dt" => is_question(of).then_some(7),
        "button" => (element.attr("aria-controls").is_some() && is_opening()).then_some(7),
        "p" | "div" => (element.name() == "p" && is_bold(of) || is_titled(of)).then_some(7),
        _ => (element.attr("role") == Some("button") && is_opening()).then_some(7),
    }
}

/// Whether what opens is a menu.
fn is_menu(of: ElementRef<'_>) -> bool {
    let has_popup = of.value().attr("aria-haspopup").is_some_and(|popup| popup != "false");
    has_popup || of.ancestors().filter_map(ElementRef::wrap).take(8).any(|above| above.value().name() == "nav")
}

fn is_question(of: ElementRef<'_>) -> bool {
    of.text().collect::<String>().trim_end().ends_with('?')
}

/// Whether a block is a short text with the class of a title: the name of a plan, of a person, a question.
fn is_titled(of: ElementRef<'_>) -> bool {
    let element = of.value();
    let mut words = element.classes().flat_map(boilerplate::class_words);
    if !words.any(|word| TITLES.contains(&word.as_str())) {
        return false;
    }
    let mut within = of.descendants().skip(1).filter_map(ElementRef::wrap).map(|inner| inner.value().name());
    if within.any(|name| BLOCKS.contains(&name) || matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "summary"))
    {
        return false;
    }
    let text = of.text().collect::<String>();
    let text = text.trim();
    !text.is_empty() && text.len() <= LONGEST_BOLD && !text.ends_with('.')
}

/// Whether a paragraph is nothing but a short bold text without an end: a heading in disguise.
fn is_bold(of: ElementRef<'_>) -> bool {
    let mut children = of.children().filter(|node| node.value().as_text().is_none_or(|text| !text.trim().is_empty()));
    let (Some(only), None) = (children.next().and_then(ElementRef::wrap), children.next()) else { return false };
    let text = only.text().collect::<String>();
    let text = text.trim();
    let is_short = !text.is_empty() && text.len() <= LONGEST_BOLD && !text.contains(|sign: char| sign.is_ascii_digit());
    matches!(only.value().name(), "b" | "strong") && is_short && !text.ends_with(['.', '!', ','])
}
