//! The category of an action: the first rule that answers decides (`docs/domain.md`, Categories).

mod address;
mod overrides;
mod tables;

use address::Address;
use alloc::borrow::ToOwned;
use alloc::string::String;
use knock_model::{Category, SignalType};
pub use overrides::{CategoryOverride, OverrideBy, categorise_channel, categorise_with};
pub(crate) use tables::{fold, holds};

/// What is known of an action when its category is decided. Absent texts are empty.
#[derive(Clone, Copy, Debug)]
pub struct Action<'a> {
    /// The kind of signal.
    pub kind: SignalType,
    /// The address of the page.
    pub url: &'a str,
    /// The path under which the site lives (`/demo`), empty for a whole host.
    pub base: &'a str,
    /// Where a clicked link leads, resolved.
    pub href: &'a str,
    /// Where the page was reached from.
    pub referrer: &'a str,
    /// The name of a call to action.
    pub name: &'a str,
    /// The visible label of what was clicked.
    pub label: &'a str,
    /// The name of the form.
    pub form: &'a str,
}

/// Which rule gave a category.
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
    /// Nothing else answered.
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Categorised {
    /// The category.
    pub category: Category,
    /// The rule that gave it.
    pub rule: CategoryRule,
    /// The words of the action that the rule found in its table.
    pub matched: String,
}

/// Decides the category of an action.
pub fn categorise(action: &Action<'_>) -> Categorised {
    let page = Address::parse(action.url);
    by_cta(action)
        .or_else(|| by_form(action))
        .or_else(|| by_link(action, &page))
        .or_else(|| by_path(page.path, action.base, CategoryRule::Path))
        .or_else(|| by_host(Address::parse(action.referrer).host, CategoryRule::Referrer))
        .unwrap_or(Categorised { category: Category::Home, rule: CategoryRule::Rest, matched: String::new() })
}

/// Whether the label of a link or button is one that calls to action.
pub fn is_cta_label(label: &str) -> bool {
    tables::of_label(label).is_some()
}

fn by_cta(action: &Action<'_>) -> Option<Categorised> {
    if action.kind != SignalType::Cta {
        return None;
    }
    let by_name = tables::of_label(action.name).or_else(|| tables::of_words(action.name));
    by_name
        .map(|found| decided(found, CategoryRule::CtaName))
        .or_else(|| tables::of_label(action.label).map(|found| decided(found, CategoryRule::CtaLabel)))
}

fn by_form(action: &Action<'_>) -> Option<Categorised> {
    if !matches!(action.kind, SignalType::FormStart | SignalType::FormSubmit) {
        return None;
    }
    tables::of_words(action.form).map(|found| decided(found, CategoryRule::Form))
}

fn by_link(action: &Action<'_>, page: &Address<'_>) -> Option<Categorised> {
    if !matches!(action.kind, SignalType::Click | SignalType::Cta) {
        return None;
    }
    let target = Address::parse(action.href);
    by_host(target.host, CategoryRule::Host).or_else(|| {
        let is_own = !target.host.is_empty() && target.host == page.host;
        if is_own { by_path(target.path, action.base, CategoryRule::LinkPath) } else { None }
    })
}

fn by_host(host: &str, rule: CategoryRule) -> Option<Categorised> {
    tables::of_host(host).map(|found| decided(found, rule))
}

/// The category of a link by its channel: `G2` and `g2.com` are the review site.
fn by_channel(channel: &str) -> Categorised {
    let found = tables::of_channel(channel).map(|found| decided(found, CategoryRule::Channel));
    found.unwrap_or(Categorised { category: Category::Home, rule: CategoryRule::Rest, matched: String::new() })
}

fn by_path(path: &str, base: &str, rule: CategoryRule) -> Option<Categorised> {
    inside(path, base).split('/').find_map(tables::of_segment).map(|found| decided(found, rule))
}

/// The path within the site.
fn inside<'a>(path: &'a str, base: &str) -> &'a str {
    let base = base.strip_suffix('/').unwrap_or(base);
    match path.strip_prefix(base) {
        Some(inside) if inside.is_empty() || inside.starts_with('/') => inside,
        _ => path,
    }
}

fn decided((category, matched): (Category, &str), rule: CategoryRule) -> Categorised {
    Categorised { category, rule, matched: matched.to_owned() }
}
