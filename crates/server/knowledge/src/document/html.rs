//! HTML: the main content of a page, without the content repeated on every page of its site.

use super::language_of_tag;
use super::outline::{Builder, Outline};
use scraper::node::Element;
use scraper::{ElementRef, Html, Node, Selector};
use std::sync::LazyLock;

/// Elements without readable text, or with content repeated on every page.
const LEFT_OUT: [&str; 20] = [
    "aside", "audio", "button", "canvas", "dialog", "footer", "head", "iframe", "label", "math", "nav", "noscript",
    "object", "script", "select", "style", "svg", "template", "textarea", "video",
];
/// Elements that other elements close, or that are empty: a page may contain any number of them without an end tag.
const ENDED_BY_OTHERS: [&str; 27] = [
    "area", "base", "br", "col", "colgroup", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta",
    "optgroup", "option", "p", "rp", "rt", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "wbr",
];
/// The maximum nesting of elements, as in browsers: each one searches those around it.
const DEEPEST: usize = 512;
/// Roles with the same meaning.
const LEFT_OUT_ROLES: [&str; 6] = ["navigation", "banner", "contentinfo", "search", "dialog", "alertdialog"];
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
    walk(content(&page), &mut builder);
    Some(builder.end())
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

/// Walks through an element of any depth.
fn walk(of: ElementRef<'_>, builder: &mut Builder) {
    use ego_tree::iter::Edge;
    let (mut left_out, mut heading) = (None, None);
    for edge in of.traverse() {
        match edge {
            Edge::Open(node) if left_out.is_none() => match node.value() {
                Node::Text(text) => builder.text(text),
                Node::Element(element) if is_left_out(element) && heading.is_none() && node.id() != of.id() => {
                    left_out = Some(node.id());
                }
                Node::Element(element) => match level(element) {
                    Some(level) if heading.is_none() => {
                        builder.begin_heading();
                        heading = Some((node.id(), level));
                    }
                    _ => open(element, heading.is_some(), builder),
                },
                _ => {}
            },
            Edge::Close(node) if left_out == Some(node.id()) => left_out = None,
            Edge::Close(node) if left_out.is_none() => match (heading, node.value()) {
                (Some((id, level)), _) if id == node.id() => {
                    builder.end_heading(level);
                    heading = None;
                }
                (_, Node::Element(element)) => open(element, heading.is_some(), builder),
                _ => {}
            },
            Edge::Open(_) | Edge::Close(_) => {}
        }
    }
}

/// The effect of an element's start or end on the text.
fn open(element: &Element, is_in_heading: bool, builder: &mut Builder) {
    let name = element.name();
    if BLOCKS.contains(&name) && !is_in_heading {
        builder.end_block();
    } else if matches!(name, "br" | "td" | "th") || BLOCKS.contains(&name) {
        builder.text(" ");
    }
}

/// Returns the level of a heading: questions of an accordion or a list are below all others.
fn level(element: &Element) -> Option<u8> {
    match element.name() {
        "h1" => Some(1),
        "h2" => Some(2),
        "h3" => Some(3),
        "h4" => Some(4),
        "h5" => Some(5),
        "h6" => Some(6),
        "summary" | "dt" => Some(7),
        "button" if element.attr("aria-controls").is_some() && element.attr("aria-expanded").is_some() => Some(7),
        _ => None,
    }
}

fn is_left_out(element: &Element) -> bool {
    let is_named = LEFT_OUT.contains(&element.name()) && level(element).is_none();
    let is_of_role = element.attr("role").is_some_and(|role| LEFT_OUT_ROLES.contains(&role));
    let is_asking = || {
        let names = element.classes().chain(element.attr("id"));
        names.map(str::to_ascii_lowercase).any(|name| name.contains("cookie") || name.contains("consent"))
    };
    // An icon beside a text; a collapsed panel is hidden too, but read.
    let is_icon = element.attr("aria-hidden") == Some("true") && matches!(element.name(), "i" | "span");
    is_named || is_of_role || is_icon || is_asking()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(page: &str, expected: &[(&str, &[&str])]) {
        let outline = outline(page).expect("it is not too deep");
        let found: Vec<(&str, Vec<&str>)> = outline
            .sections
            .iter()
            .map(|section| (section.heading.as_str(), section.blocks.iter().map(String::as_str).collect()))
            .collect();
        let expected: Vec<(&str, Vec<&str>)> =
            expected.iter().map(|(heading, blocks)| (*heading, blocks.to_vec())).collect();
        assert_eq!(found, expected, "{page}");
    }

    #[test]
    fn the_content_is_read_and_the_rest_is_not() {
        check(
            "<title>Shop</title><nav>Home</nav><script>x()</script><h1>Plans</h1><p>Two <b>plans</b>.<footer>Imprint</footer>",
            &[("Plans", &["Two plans."])],
        );
        check("<body><div>All<main><p>Main</p></main></div>", &[("", &["Main"])]);
        check("<body>All<article>One</article>", &[("", &["One"])]);
        check("<body><article>One</article><article>Two</article>", &[("", &["One", "Two"])]);
        check("<div id=cookie-banner>We use cookies</div><p>Text", &[("", &["Text"])]);
        check("<form><p>a<label>Name<input></label><p>c</form>", &[("", &["a", "c"])]);
    }

    #[test]
    fn headings_stay_with_those_above_them_and_questions_of_accordions_are_headings() {
        check(
            "<h1>Help</h1><h2>Returns</h2><p>Free.</p><h3>Abroad</h3><p>Paid.</p><h2>Gifts</h2><p>Yes.</p>",
            &[("Returns", &["Free."]), ("Returns › Abroad", &["Paid."]), ("Gifts", &["Yes."])],
        );
        check("<details><summary>Why?</summary>Because.</details>", &[("Why?", &["Because."])]);
        check("<dl><dt>Why?<dd>Because.<dt>How?<dd>So.</dl>", &[("Why?", &["Because."]), ("How?", &["So."])]);
        check(
            "<h3><button aria-expanded=false aria-controls=a>Why?</button></h3><div id=a hidden>Because.</div>",
            &[("Why?", &["Because."])],
        );
        check("<button>Buy</button><p>Text", &[("", &["Text"])]);
    }

    #[test]
    fn rows_and_breaks_keep_words_apart() {
        check("<table><tr><td>Starter<td>49 €<tr><td>Team<td>99 €</table>", &[("", &["Starter 49 €", "Team 99 €"])]);
        check("<p>One<br>two</p>", &[("", &["One two"])]);
    }

    #[test]
    fn a_page_may_be_as_deep_and_as_broken_as_it_likes() {
        let deep = |count: usize| format!("{}x", "<div>".repeat(count));
        check(&deep(DEEPEST), &[("", &["x"])]);
        assert_eq!(outline(&deep(DEEPEST + 1)), None);
        assert_eq!(outline(&"<p>x".repeat(2 * DEEPEST)).expect("not deep").sections[0].blocks.len(), 2 * DEEPEST);
        check("<h1><h2><p", &[]);
        check("", &[]);
        check("</html></body><p>After", &[("", &["After"])]);
    }
}
