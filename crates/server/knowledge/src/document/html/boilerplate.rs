//! Parts of a page that are no content: what is repeated on every page of a site, what is operated, and what is hidden.

use scraper::node::Element;
use scraper::{ElementRef, Node};
use std::collections::HashSet;

/// Elements without readable text, or with content repeated on every page.
const NAMES: [&str; 20] = [
    "aside", "audio", "button", "canvas", "dialog", "footer", "head", "iframe", "label", "math", "nav", "noscript",
    "object", "script", "select", "style", "svg", "template", "textarea", "video",
];
/// Roles with the same meaning.
const ROLES: [&str; 14] = [
    "alertdialog",
    "banner",
    "button",
    "complementary",
    "contentinfo",
    "dialog",
    "menu",
    "menubar",
    "navigation",
    "search",
    "status",
    "tablist",
    "toolbar",
    "tooltip",
];
/// Parts of the names of classes and ids of banners about cookies.
const ASKING: [&str; 3] = ["cookie", "consent", "gdpr"];
/// Words of the names of classes and ids with the same meaning as the elements: as sites and frameworks name them.
const CLASS_WORDS: [&str; 31] = [
    "breadcrumb",
    "breadcrumbs",
    "btn",
    "button",
    "buttons",
    "cta",
    "footer",
    "lightbox",
    "menubar",
    "modal",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "pager",
    "pagination",
    "popup",
    "share",
    "sharing",
    "sidebar",
    "signup",
    "sitemap",
    "testimonial",
    "testimonials",
    "skip",
    "skiplink",
    "skipnav",
    "social",
    "subscribe",
    "toast",
    "toc",
];
/// The number of words from which an element is content, whatever its class says: some pages are one form, or carry the
/// state of a menu in a class around everything.
const MUCH: usize = 100;
/// The most nodes that are looked at for that.
const MOST_NODES: usize = 1_000;

/// Whether an element and all in it is no content. `opened` has the ids of panels that a question opens.
pub(super) fn is_left_out(of: ElementRef<'_>, opened: &HashSet<&str>) -> bool {
    let element = of.value();
    let name = element.name();
    if matches!(name, "html" | "body" | "main" | "h1") {
        return false;
    }
    let is_of_role = element.attr("role").is_some_and(|role| ROLES.contains(&role));
    NAMES.contains(&name)
        || is_of_role
        || is_hidden(element, opened)
        || name == "header" && !is_content(of, &["h1", "h2", "h3", "main"])
        || (is_asking(element) || name == "form" || is_of_class(element)) && !is_content(of, &["h1", "main"])
}

/// Hidden, and not the panel of an accordion or a tab, which is shown on demand.
fn is_hidden(element: &Element, opened: &HashSet<&str>) -> bool {
    let is_hidden = element.attr("aria-hidden") == Some("true")
        || element.attr("hidden").is_some_and(|kind| !kind.eq_ignore_ascii_case("until-found"));
    let is_panel = element.id().is_some_and(|id| opened.contains(id))
        || element.attr("aria-labelledby").is_some()
        || matches!(element.attr("role"), Some("region" | "tabpanel"));
    is_hidden && !is_panel
}

fn is_asking(element: &Element) -> bool {
    let mut names = element.classes().chain(element.id()).map(str::to_ascii_lowercase);
    names.any(|name| ASKING.iter().any(|part| name.contains(part)))
}

fn is_of_class(element: &Element) -> bool {
    let names = element.classes().chain(element.id());
    names.flat_map(class_words).any(|word| CLASS_WORDS.contains(&word.as_str()))
}

/// The words of `accordion-button`, `accordion_button` and `accordionButton`.
pub(super) fn class_words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_small = false;
    for sign in name.chars() {
        if !sign.is_ascii_alphanumeric() || (sign.is_ascii_uppercase() && was_small) {
            words.push(String::new());
        }
        was_small = sign.is_ascii_lowercase();
        if let Some(word) = words.last_mut().filter(|_| sign.is_ascii_alphanumeric()) {
            word.push(sign.to_ascii_lowercase());
        }
    }
    words
}

/// Whether an element contains one of these elements, or many words.
fn is_content(of: ElementRef<'_>, elements: &[&str]) -> bool {
    let mut words = 0;
    for node in of.descendants().take(MOST_NODES) {
        match node.value() {
            Node::Element(element) if elements.contains(&element.name()) => return true,
            Node::Text(text) if !is_in_code(&node) => words += text.split_whitespace().count(),
            _ => {}
        }
        if words >= MUCH {
            return true;
        }
    }
    false
}

fn is_in_code(node: &ego_tree::NodeRef<'_, Node>) -> bool {
    let parent = node.parent().and_then(ElementRef::wrap);
    parent.is_some_and(|parent| matches!(parent.value().name(), "script" | "style" | "template" | "option"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_classes_have_words() {
        assert_eq!(class_words("accordion-button"), ["accordion", "button"]);
        assert_eq!(class_words("heroCtaBox"), ["hero", "cta", "box"]);
        assert_eq!(class_words("carousel__btn2"), ["carousel", "", "btn2"]);
    }
}
