//! The category of an action: the first rule that answers decides (`docs/domain.md`, Categories).

mod address;
mod lists;
mod overrides;
mod tables;

use address::Address;
use knock_model::{Category, SignalType};
use lists::Found;
pub use overrides::{CategoryOverride, OverrideBy, categorise_channel, categorise_with};
pub(crate) use tables::{fold, holds};
use tables::{of_channel, of_host, of_label, of_segment, of_words};

/// The properties of an action that decide its category. Absent texts are empty.
#[derive(Clone, Copy, Debug)]
pub struct Action<'a> {
    pub kind: SignalType,
    /// The address of the page.
    pub url: &'a str,
    /// The path under which the site lives (`/demo`), empty for a whole host.
    pub base: &'a str,
    /// The target of a clicked link, resolved.
    pub href: &'a str,
    /// The address from which the page was reached.
    pub referrer: &'a str,
    /// The name of a call to action.
    pub name: &'a str,
    /// The visible label of what was clicked.
    pub label: &'a str,
    pub form: &'a str,
}

/// The rule that gave a category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CategoryRule {
    /// The team said so.
    Override,
    /// The channel of the Knock Link.
    Channel,
    /// The name of the call to action.
    CtaName,
    /// The label of the call to action.
    CtaLabel,
    /// The name of the form.
    Form,
    /// The host a link leads to.
    Host,
    /// The path a link leads to.
    LinkPath,
    /// The path of the page.
    Path,
    /// The host the visitor came from.
    Referrer,
    /// No other rule matched.
    Rest,
}

impl CategoryRule {
    /// The word stored and sent.
    pub const fn as_str(self) -> &'static str {
        match self {
            CategoryRule::Override => "override",
            CategoryRule::Channel => "channel",
            CategoryRule::CtaName => "cta_name",
            CategoryRule::CtaLabel => "cta_label",
            CategoryRule::Form => "form",
            CategoryRule::Host => "host",
            CategoryRule::LinkPath => "link_path",
            CategoryRule::Path => "path",
            CategoryRule::Referrer => "referrer",
            CategoryRule::Rest => "rest",
        }
    }
}

/// A category and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Categorised<'a> {
    pub category: Category,
    /// The rule that gave it.
    pub rule: CategoryRule,
    matched: Matched<'a>,
}

/// The match of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Matched<'a> {
    Nothing,
    Own(&'a str),
    Listed(Found),
}

impl<'a> Categorised<'a> {
    /// The words of the action that the rule found in its table.
    pub fn matched(&self) -> &'a str {
        match self.matched {
            Matched::Nothing => "",
            Matched::Own(words) => words,
            Matched::Listed(found) => found.word(),
        }
    }
}

/// The category if no other rule matches.
const REST: Categorised<'static> =
    Categorised { category: Category::Home, rule: CategoryRule::Rest, matched: Matched::Nothing };

/// Decides the category of an action.
pub fn categorise(action: &Action<'_>) -> Categorised<'static> {
    let page = Address::parse(action.url);
    by_cta(action)
        .or_else(|| by_form(action))
        .or_else(|| by_link(action, &page))
        .or_else(|| of_path(page.path, action.base).map(|found| (CategoryRule::Path, found)))
        .or_else(|| of_host(Address::parse(action.referrer).host).map(|found| (CategoryRule::Referrer, found)))
        .map_or(REST, decided)
}

/// Whether the label of a link or button is one that calls to action.
pub fn is_cta_label(label: &str) -> bool {
    of_label(label).is_some()
}

fn by_cta(action: &Action<'_>) -> Option<(CategoryRule, Found)> {
    if action.kind != SignalType::Cta {
        return None;
    }
    of_label(action.name)
        .or_else(|| of_words(action.name))
        .map(|found| (CategoryRule::CtaName, found))
        .or_else(|| of_label(action.label).map(|found| (CategoryRule::CtaLabel, found)))
}

fn by_form(action: &Action<'_>) -> Option<(CategoryRule, Found)> {
    if !matches!(action.kind, SignalType::FormStart | SignalType::FormSubmit | SignalType::FormAbandon) {
        return None;
    }
    of_words(action.form).map(|found| (CategoryRule::Form, found))
}

fn by_link(action: &Action<'_>, page: &Address<'_>) -> Option<(CategoryRule, Found)> {
    if !matches!(action.kind, SignalType::Click | SignalType::Cta) {
        return None;
    }
    let target = Address::parse(action.href);
    of_host(target.host).map(|found| (CategoryRule::Host, found)).or_else(|| {
        let is_own = !target.host.is_empty() && target.host == page.host;
        if is_own { of_path(target.path, action.base).map(|found| (CategoryRule::LinkPath, found)) } else { None }
    })
}

/// The category of a link by its channel: `G2` and `g2.com` are the review site.
fn by_channel(channel: &str) -> Categorised<'static> {
    of_channel(channel).map_or(REST, |found| decided((CategoryRule::Channel, found)))
}

fn of_path(path: &[u8], base: &str) -> Option<Found> {
    inside(path, base).split(|byte| *byte == b'/').find_map(of_segment)
}

/// The path within the site.
fn inside<'a>(path: &'a [u8], base: &str) -> &'a [u8] {
    let base = base.as_bytes();
    let base = base.strip_suffix(b"/").unwrap_or(base);
    match path.split_at_checked(base.len()) {
        Some((start, inside @ ([] | [b'/', ..]))) if start == base => inside,
        _ => path,
    }
}

fn decided((rule, found): (CategoryRule, Found)) -> Categorised<'static> {
    Categorised { category: found.category(), rule, matched: Matched::Listed(found) }
}
