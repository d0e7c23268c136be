//! The team's own categories, which come before every list.

use super::address::Address;
use super::tables::fold;
use super::{Action, Categorised, CategoryRule, Matched, categorise, inside};
use alloc::string::String;
use knock_model::{Category, vocabulary};

vocabulary! {
    /// The property that an override is compared with.
    OverrideBy {
        /// The path of the page, with all below it, after the site's base path: `/rechner`.
        Path = "path",
        /// The name or the label of a call to action.
        Cta = "cta",
        /// The name of a form.
        Form = "form",
        /// The channel of a Knock Link.
        Channel = "channel",
    }
}

knock_model::spelled!(OverrideBy);

/// A category of the team's own.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct CategoryOverride {
    /// The property.
    pub by: OverrideBy,
    /// The path, name or channel, without regard to case.
    pub matches: String,
    pub category: Category,
}

/// Decides the category of an action: the team's own first, in their order (`docs/domain.md`, Categories).
pub fn categorise_with<'a>(overrides: &'a [CategoryOverride], action: &Action<'_>) -> Categorised<'a> {
    let path = inside(Address::parse(action.url).path, action.base);
    let is_of = |one: &&CategoryOverride| match one.by {
        OverrideBy::Path => is_below(path, &one.matches),
        OverrideBy::Cta => is_named(action.name, one) || is_named(action.label, one),
        OverrideBy::Form => is_named(action.form, one),
        OverrideBy::Channel => false,
    };
    overrides.iter().find(is_of).map_or_else(|| categorise(action), decided)
}

/// The category of a Knock Link by where it is spread: the team's own first, then review sites and job boards.
pub fn categorise_channel<'a>(overrides: &'a [CategoryOverride], channel: &str) -> Categorised<'a> {
    let own = overrides.iter().find(|one| one.by == OverrideBy::Channel && is_named(channel, one));
    own.map_or_else(|| super::by_channel(channel), decided)
}

fn decided(own: &CategoryOverride) -> Categorised<'_> {
    Categorised { category: own.category, rule: CategoryRule::Override, matched: Matched::Own(&own.matches) }
}

fn is_named(name: &str, own: &CategoryOverride) -> bool {
    !name.is_empty() && fold(name) == fold(&own.matches)
}

fn is_below(path: &[u8], top: &str) -> bool {
    let top = top.strip_suffix('/').unwrap_or(top);
    let Some((start, rest)) = path.split_at_checked(top.len()) else { return false };
    start.eq_ignore_ascii_case(top.as_bytes()) && matches!(rest, [] | [b'/', ..])
}
