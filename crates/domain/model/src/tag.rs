//! Tags of leads: their colours, and the rule for their names.

use crate::{spelled, vocabulary};
use alloc::borrow::ToOwned;
use alloc::string::String;

vocabulary! {
    /// The colour of a tag. Pages show each one with a contrast that suffices in light and dark.
    #[derive(Default)]
    TagColor {
        /// Without a hue.
        #[default]
        Gray = "gray",
        Red = "red",
        Orange = "orange",
        Green = "green",
        Teal = "teal",
        Blue = "blue",
        Purple = "purple",
        Pink = "pink",
    }
}

spelled!(TagColor);

/// The longest name of a tag, in characters.
pub const LONGEST_TAG: usize = 40;

/// The name of a tag as it is stored: without spaces around it. None for a name without characters, with more than
/// [`LONGEST_TAG`], or on several lines.
pub fn tag_name(text: &str) -> Option<String> {
    let name = text.trim();
    let is_right = !name.is_empty() && name.chars().count() <= LONGEST_TAG && !name.chars().any(char::is_control);
    is_right.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_to_forty_characters_on_one_line() {
        let longest = "\u{fc}".repeat(LONGEST_TAG);
        for (text, expected) in [
            (" Key account ", Some("Key account")),
            (&*longest, Some(&*longest)),
            ("", None),
            ("  ", None),
            ("two\nlines", None),
            (&*"x".repeat(LONGEST_TAG + 1), None),
        ] {
            assert_eq!(tag_name(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn each_colour_reads_back() {
        for color in TagColor::ALL {
            assert_eq!(TagColor::parse(color.as_str()), Some(*color));
        }
        assert_eq!((TagColor::ALL.len(), TagColor::parse("beige")), (8, None));
    }
}
