//! The weight of a category in words.

use knock_intent::profile;
use knock_model::Category;

/// The strength of a category's tint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// It can raise the bucket on its own.
    Strong,
    /// Adds to a score.
    Fair,
    /// Adds little or nothing.
    Faint,
}

impl Tone {
    /// The tint by the largest number of points of the category.
    pub(crate) const fn of(category: Category) -> Tone {
        let ceiling = profile(category).ceiling;
        if ceiling >= 35.0 {
            Tone::Strong
        } else if ceiling >= 10.0 {
            Tone::Fair
        } else {
            Tone::Faint
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn prices_stand_out_and_jobs_do_not() {
        assert_eq!(Tone::of(Category::Pricing), Tone::Strong);
        assert_eq!(Tone::of(Category::Docs), Tone::Fair);
        assert_eq!(Tone::of(Category::Job), Tone::Faint);
    }
}
