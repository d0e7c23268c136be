//! The colours that follow from the one that a team chooses, on a light and on a dark ground.

use super::colour::{Colour, contrast};

/// The contrast of a text with its ground (WCAG 2, AA).
pub const READABLE: f64 = 4.5;
/// The contrast of a button with the ground around it (WCAG 2, AA).
pub const VISIBLE: f64 = 3.0;

const BLACK: Colour = Colour::new(0, 0, 0);
const WHITE: Colour = Colour::new(0xff, 0xff, 0xff);
/// The dark text on a bright button, `--k-accent-ink` of `www/css/tokens.css`.
const NIGHT: Colour = Colour::new(0x14, 0x16, 0x2b);

/// The colours of `www/css/tokens.css` that stand around an accent.
struct Ground {
    surface: Colour,
    raised: Colour,
    ink: Colour,
    /// The percentage of the surface in the soft ground.
    of_surface: u16,
}

const LIGHT: Ground = Ground {
    surface: WHITE,
    raised: Colour::new(0xf2, 0xf2, 0xf1),
    ink: Colour::new(0x1c, 0x1d, 0x21),
    of_surface: 90,
};
const DARK: Ground = Ground {
    surface: Colour::new(0x18, 0x19, 0x1c),
    raised: Colour::new(0x21, 0x23, 0x27),
    ink: Colour::new(0xec, 0xec, 0xef),
    of_surface: 82,
};

/// An accent with what stands on it and beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shades {
    /// The ground of buttons.
    pub accent: Colour,
    /// Texts on it.
    pub ink: Colour,
    /// A pale ground of the same hue.
    pub soft: Colour,
    /// The accent as a text: on the surface, on raised parts of it and on `soft`.
    pub text: Colour,
}

/// The shades on a light ground. The accent stays as it is, however pale: [`contrast`] with white shows it.
pub fn on_light(accent: Colour) -> Shades {
    shades(accent, &LIGHT)
}

/// The shades on a dark ground: of the colour chosen for it, else of the one for a light ground, made lighter until it is
/// [`VISIBLE`].
pub fn on_dark(accent: Colour, own: Option<Colour>) -> Shades {
    let lighter = || first(accent, WHITE, |colour| contrast(colour, DARK.surface) >= VISIBLE);
    shades(own.unwrap_or_else(lighter), &DARK)
}

fn shades(accent: Colour, ground: &Ground) -> Shades {
    let soft = accent.mixed(ground.surface, ground.of_surface);
    let grounds = [ground.surface, ground.raised, soft];
    let is_text = |colour: Colour| grounds.iter().all(|ground| contrast(colour, *ground) >= READABLE);
    Shades { accent, ink: ink(accent), soft, text: first(accent, ground.ink, is_text) }
}

/// The first mix of a colour with another that is good enough; the other one if none is.
fn first(colour: Colour, other: Colour, is_good: impl Fn(Colour) -> bool) -> Colour {
    let mixes = (0..100).map(|percent| colour.mixed(other, percent));
    mixes.into_iter().find(|mix| is_good(*mix)).unwrap_or(other)
}

/// The colour of texts on a ground: white, or nearly black, or black where neither is readable.
fn ink(ground: Colour) -> Colour {
    let better = if contrast(NIGHT, ground) > contrast(WHITE, ground) { NIGHT } else { WHITE };
    if contrast(better, ground) >= READABLE { better } else { BLACK }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).expect("a colour")
    }

    #[test]
    fn the_colours_of_knock_are_kept() {
        let light = on_light(colour("#3f4fc4"));
        assert_eq!([light.accent, light.ink, light.text].map(Colour::to_text), ["#3f4fc4", "#ffffff", "#3f4fc4"]);
        let dark = on_dark(colour("#3f4fc4"), Some(colour("#a0adff")));
        assert_eq!([dark.accent, dark.ink, dark.text].map(Colour::to_text), ["#a0adff", "#14162b", "#a0adff"]);
    }

    #[test]
    fn a_dark_colour_is_made_lighter_on_a_dark_ground_alone() {
        let navy = colour("#0b1f4b");
        assert_eq!(on_light(navy).accent, navy);
        let dark = on_dark(navy, None).accent;
        assert!(dark != navy && contrast(dark, DARK.surface) >= VISIBLE, "{}", dark.to_text());
        assert_eq!(on_dark(navy, Some(navy)).accent, navy, "one that was chosen stays");
        let orange = colour("#ff7a00");
        assert_eq!(on_dark(orange, None).accent, orange);
    }

    #[test]
    fn a_pale_colour_stays_a_ground_and_is_no_text() {
        let yellow = on_light(colour("#ffe600"));
        assert_eq!((yellow.accent.to_text().as_str(), yellow.ink), ("#ffe600", NIGHT));
        assert_ne!(yellow.text, yellow.accent);
    }

    proptest! {
        #[test]
        fn every_colour_has_readable_texts(parts: [u8; 3], own: Option<[u8; 3]>) {
            let of = |[red, green, blue]: [u8; 3]| Colour::new(red, green, blue);
            for (shades, ground) in [(on_light(of(parts)), &LIGHT), (on_dark(of(parts), own.map(of)), &DARK)] {
                let readable = |text, on| contrast(text, on) >= READABLE;
                prop_assert!(readable(shades.ink, shades.accent), "{shades:?}");
                prop_assert!(readable(ground.ink, shades.soft), "{shades:?}");
                for on in [ground.surface, ground.raised, shades.soft] {
                    prop_assert!(readable(shades.text, on), "{shades:?}");
                }
            }
        }
    }
}
