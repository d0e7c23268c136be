//! Colours of sRGB, and the contrast between two (WCAG 2).

use alloc::format;
use alloc::string::String;

/// A colour without transparency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    red: u8,
    green: u8,
    blue: u8,
}

impl Colour {
    /// The colour of three parts.
    pub const fn new(red: u8, green: u8, blue: u8) -> Colour {
        Colour { red, green, blue }
    }

    /// Parses `#rrggbb` or `#rgb`, in small or capital letters.
    pub fn parse(text: &str) -> Option<Colour> {
        let digits = text.strip_prefix('#')?.as_bytes();
        let digit = |place: usize| {
            let digit = char::from(*digits.get(place)?).to_digit(16)?;
            u8::try_from(digit).ok()
        };
        match digits.len() {
            3 => Some(Colour::new(digit(0)? * 17, digit(1)? * 17, digit(2)? * 17)),
            6 => {
                let part = |at: usize| Some(digit(at)? * 16 + digit(at + 1)?);
                Some(Colour::new(part(0)?, part(2)?, part(4)?))
            }
            _ => None,
        }
    }

    /// The colour as `#rrggbb`.
    pub fn to_text(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }

    /// A mix with another colour, of which it has `percent` parts of a hundred.
    #[must_use]
    pub fn mixed(self, other: Colour, percent: u16) -> Colour {
        let percent = percent.min(100);
        let part = |own: u8, other: u8| {
            let sum = u16::from(own) * (100 - percent) + u16::from(other) * percent;
            u8::try_from((sum + 50) / 100).unwrap_or(u8::MAX)
        };
        Colour::new(part(self.red, other.red), part(self.green, other.green), part(self.blue, other.blue))
    }

    /// The relative luminance: 0 is black, 1 is white.
    pub fn luminance(self) -> f64 {
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }
}

/// The contrast between two colours, from 1 to 21, in any order.
pub fn contrast(one: Colour, other: Colour) -> f64 {
    let (one, other) = (one.luminance(), other.luminance());
    let (light, dark) = if one < other { (other, one) } else { (one, other) };
    (light + 0.05) / (dark + 0.05)
}

/// A part of a colour as an amount of light, from 0 to 1.
fn linear(part: u8) -> f64 {
    let part = f64::from(part) / 255.0;
    if part <= 0.040_45 { part / 12.92 } else { libm::pow((part + 0.055) / 1.055, 2.4) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).expect("a colour")
    }

    #[test]
    fn colours_are_read_with_three_and_six_digits() {
        for (text, expected) in
            [("#3f4fc4", "#3f4fc4"), ("#3F4FC4", "#3f4fc4"), ("#fA0", "#ffaa00"), ("#000", "#000000")]
        {
            assert_eq!(colour(text).to_text(), expected, "{text}");
        }
        for text in ["", "#", "3f4fc4", "#3f4fc", "#3f4fc4ff", "#gggggg", "red", "#\u{e9}\u{e9}\u{e9}", "rgb(1,2,3)"] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        for (one, other, expected) in [
            ("#000000", "#ffffff", 21.0),
            ("#ffffff", "#ffffff", 1.0),
            ("#767676", "#ffffff", 4.54),
            ("#3f4fc4", "#ffffff", 6.72),
            ("#ff0000", "#ffffff", 4.0),
            ("#ffff00", "#ffffff", 1.07),
            ("#a0adff", "#14162b", 8.41),
        ] {
            let found = contrast(colour(one), colour(other));
            assert!((found - expected).abs() < 0.01, "{one} on {other}: {found}");
            assert!((contrast(colour(other), colour(one)) - found).abs() < 1e-12, "{one} on {other}");
        }
    }

    #[test]
    fn a_mix_has_parts_of_both() {
        let (black, white) = (colour("#000000"), colour("#ffffff"));
        assert_eq!(
            [0, 50, 100, 900].map(|percent| black.mixed(white, percent).to_text()),
            ["#000000", "#808080", "#ffffff", "#ffffff"]
        );
    }
}
