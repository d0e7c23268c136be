//! XML of strangers, parsed within limits: the work of the parser grows with the square of the attributes of an element.

mod repair;
mod scan;

pub use repair::{original, repaired};
pub use roxmltree::{Document, Node};

use roxmltree::ParsingOptions;
use scan::Tag;
use thiserror::Error;

/// The maximum of attributes of an element.
pub const MOST_ATTRIBUTES: usize = 100;
/// The maximum nesting of elements.
pub const DEEPEST: usize = 64;

/// The reason for which a text is not parsed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Invalid {
    #[error("an element has more than {MOST_ATTRIBUTES} attributes")]
    TooManyAttributes,
    #[error("its elements are nested more than {DEEPEST} deep")]
    TooDeep,
    /// No XML, XML with a DTD, or more nodes than permitted.
    #[error("{0}")]
    Malformed(String),
}

/// Parses a text with up to `most_nodes` nodes, and without a DTD.
///
/// # Errors
/// [`Invalid`] with the reason.
pub fn parse(text: &str, most_nodes: u32) -> Result<Document<'_>, Invalid> {
    check(text)?;
    let options = ParsingOptions { allow_dtd: false, nodes_limit: most_nodes, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|error| Invalid::Malformed(error.to_string()))
}

/// Checks the limits in one pass, before anything is allocated.
fn check(text: &str) -> Result<(), Invalid> {
    let mut depth = 0_usize;
    for tag in scan::tags(text) {
        match tag {
            Tag::Start { attributes, is_empty } => {
                if attributes > MOST_ATTRIBUTES {
                    return Err(Invalid::TooManyAttributes);
                }
                if depth >= DEEPEST {
                    return Err(Invalid::TooDeep);
                }
                depth += usize::from(!is_empty);
            }
            Tag::End => depth = depth.saturating_sub(1),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> Option<Invalid> {
        parse(text, 1_000).err()
    }

    fn with_attributes(number: usize) -> String {
        let attributes: String = (0..number).map(|n| format!(" a{n}='>/' ")).collect();
        format!("<!-- <a --><?x <b ?><top><![CDATA[<c><d]]><e{attributes}/></top>")
    }

    #[test]
    fn an_element_has_few_attributes() {
        assert_eq!(refused(&with_attributes(MOST_ATTRIBUTES)), None);
        assert_eq!(refused(&with_attributes(MOST_ATTRIBUTES + 1)), Some(Invalid::TooManyAttributes));
        assert_eq!(refused(&with_attributes(120_000)), Some(Invalid::TooManyAttributes));
        assert_eq!(refused(&with_attributes(120_000).replace("/></top>", "")), Some(Invalid::TooManyAttributes));
    }

    #[test]
    fn elements_are_nested_a_few_deep() {
        let nested = |deep: usize| format!("{}{}", "<a>".repeat(deep), "</a>".repeat(deep));
        assert_eq!(refused(&nested(DEEPEST)), None);
        assert_eq!(refused(&nested(DEEPEST + 1)), Some(Invalid::TooDeep));
        assert_eq!(refused(&"<a>".repeat(300_000)), Some(Invalid::TooDeep));
        let siblings = format!("<a>{}</a>", "<b/><c></c>".repeat(DEEPEST * 2));
        assert_eq!(refused(&siblings), None);
    }

    #[test]
    fn nodes_are_counted_and_entities_are_not_defined() {
        assert!(matches!(refused(&format!("<a>{}</a>", "<b/>".repeat(1_000))), Some(Invalid::Malformed(_))));
        assert!(matches!(refused("<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"), Some(Invalid::Malformed(_))));
        for text in ["", "<", "<a", "<a b", "<a b='", "<!--", "<![CDATA[", "<?", "</", "text"] {
            assert!(matches!(refused(text), Some(Invalid::Malformed(_))), "{text}");
        }
    }
}
