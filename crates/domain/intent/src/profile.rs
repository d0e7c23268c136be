//! The constants of each category: a reasoned start, not fitted to any data.

use knock_model::Category;

/// The parameters of a category.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Profile {
    /// The most points it can ever give.
    pub ceiling: f64,
    /// Days after which an action counts half.
    pub half_life_days: f64,
    /// The evidence that gives 63 % of the ceiling.
    pub saturation: f64,
}

/// The profile of a category (`docs/domain.md`, Categories).
pub const fn profile(category: Category) -> Profile {
    let (ceiling, half_life_days, saturation) = match category {
        Category::Demo | Category::ChatBuying => (60.0, 7.0, 5.0),
        Category::Pricing => (35.0, 7.0, 4.0),
        Category::Security | Category::Comparison => (20.0, 14.0, 4.0),
        Category::Integrations => (15.0, 14.0, 5.0),
        Category::CaseStudy => (15.0, 14.0, 4.0),
        Category::Product => (12.0, 10.0, 6.0),
        Category::Docs => (10.0, 10.0, 8.0),
        Category::Partner => (5.0, 14.0, 4.0),
        Category::Blog => (4.0, 7.0, 8.0),
        Category::Support => (3.0, 10.0, 6.0),
        Category::Home => (3.0, 5.0, 6.0),
        Category::Login => (0.0, 7.0, 4.0),
        Category::Job => (0.0, 14.0, 4.0),
    };
    Profile { ceiling, half_life_days, saturation }
}
