//! The filter and the order of the inbox, as they stand in its address and in the request, and in words. Pure: no calls
//! of the browser.

use knock_model::{Bucket, IntentType, Millis};
use knock_status::chat::{ChatStatus, InboxOrder};
use knock_wire::{Assignee, ConversationRow, KnowledgeSite, TagRow};

use super::playbook::PLAYBOOK_LANGUAGES;
use crate::api::encode;

/// The owner: `me`, `unassigned`, `ai_agent`, or the id of a member.
pub(crate) const OWNER: &str = "owner";
/// Values of Chat Status, separated by commas.
pub(crate) const STATUS: &str = "status";
pub(crate) const TYPE: &str = "type";
pub(crate) const SCORE: &str = "score";
/// The id of a tag.
pub(crate) const TAG: &str = "tag";
/// The key of a site.
pub(crate) const SITE: &str = "site";
pub(crate) const LANGUAGE: &str = "language";
pub(crate) const WAITING: &str = "waiting";
pub(crate) const ON_SITE: &str = "on_site";
pub(crate) const ORDER: &str = "order";
const NAMES: [&str; 10] = [OWNER, STATUS, TYPE, SCORE, TAG, SITE, LANGUAGE, WAITING, ON_SITE, ORDER];

/// The value of a parameter that is yes or no.
pub(crate) const YES: &str = "true";

/// A value and its label.
pub(crate) type Labelled = (String, String);

/// The given parameters in their order; those without a value are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct InboxFilter(Vec<(&'static str, String)>);

/// What members, tags and sites are called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Names {
    pub(crate) members: Vec<Assignee>,
    pub(crate) tags: Vec<TagRow>,
    pub(crate) sites: Vec<KnowledgeSite>,
}

/// A part of a filter that can be removed by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chip {
    pub(crate) label: String,
    /// The filter without it.
    pub(crate) rest: InboxFilter,
}

impl InboxFilter {
    /// Reads the parameters of an address.
    pub(crate) fn read(given: impl Fn(&str) -> Option<String>) -> InboxFilter {
        let value = |name: &'static str| Some((name, given(name)?)).filter(|(_, value)| !value.is_empty());
        InboxFilter(NAMES.into_iter().filter_map(value).collect())
    }

    /// The value of a parameter; empty without one.
    pub(crate) fn value(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value)
    }

    /// The same with another value of a parameter; an empty one removes it.
    pub(crate) fn with(&self, name: &str, value: &str) -> InboxFilter {
        InboxFilter::read(|known| Some(if known == name { value } else { self.value(known) }.to_owned()))
    }

    /// The order alone.
    pub(crate) fn cleared(&self) -> InboxFilter {
        InboxFilter::default().with(ORDER, self.value(ORDER))
    }

    pub(crate) fn order(&self) -> InboxOrder {
        InboxOrder::parse(self.value(ORDER)).unwrap_or_default()
    }

    /// Whether it can leave out conversations of a view.
    pub(crate) fn is_narrow(&self) -> bool {
        *self != self.cleared()
    }

    /// The parameters for an address, each after an `&`.
    pub(crate) fn query(&self) -> String {
        self.0.iter().map(|(name, value)| format!("&{name}={}", encode(value))).collect()
    }

    pub(crate) fn has_status(&self, status: &str) -> bool {
        self.value(STATUS).split(',').any(|known| known == status)
    }

    /// The same with or without a value of Chat Status.
    pub(crate) fn with_status(&self, status: &str, is_chosen: bool) -> InboxFilter {
        let all = self.value(STATUS).split(',').filter(|known| !known.is_empty() && *known != status);
        let all: Vec<&str> = all.chain(is_chosen.then_some(status)).collect();
        self.with(STATUS, &all.join(","))
    }

    /// Its parts in words.
    pub(crate) fn chips(&self, names: &Names) -> Vec<Chip> {
        let mut chips = Vec::new();
        for (name, value) in self.0.iter().filter(|(name, _)| *name != ORDER) {
            if *name == STATUS {
                let statuses = value.split(',').filter(|status| !status.is_empty());
                chips.extend(
                    statuses.map(|status| Chip {
                        label: format!("Status: {status}"),
                        rest: self.with_status(status, false),
                    }),
                );
            } else {
                chips.push(Chip { label: chip_words(name, value, names), rest: self.with(name, "") });
            }
        }
        chips
    }

    /// Whether a changed conversation that did fit still does. What no line says, site and language, never changes.
    pub(crate) fn still_fits(&self, before: &ConversationRow, row: &ConversationRow, now: Millis) -> bool {
        let is = |name: &str, value: &str| self.value(name).is_empty() || self.value(name) == value;
        (self.value(OWNER).is_empty() || before.state.rep_owner == row.state.rep_owner)
            && (self.value(STATUS).is_empty() || self.has_status(&row.state.status.spelling()))
            && is(TYPE, row.intent.kind.as_str())
            && is(SCORE, row.intent.bucket.as_str())
            && (self.value(TAG).is_empty() || row.tags.iter().any(|tag| tag.id.to_string() == self.value(TAG)))
            && (self.value(WAITING) != YES || row.waiting_since.is_some())
            && (self.value(ON_SITE) != YES || row.on_site_until.is_some_and(|until| until > now))
    }
}

fn chip_words(name: &str, value: &str, names: &Names) -> String {
    let labelled = |label: &str, of: Vec<Labelled>| {
        let word = of.into_iter().find(|(known, _)| known == value).map_or_else(|| value.to_owned(), |(_, word)| word);
        format!("{label}: {word}")
    };
    match name {
        OWNER => labelled("Owner", owners(names)),
        TAG => labelled("Tag", tags(names)),
        SITE => labelled("Site", sites(names)),
        LANGUAGE => labelled("Language", languages()),
        WAITING => "Waiting".to_owned(),
        ON_SITE => "On the site".to_owned(),
        TYPE => format!("Type: {value}"),
        SCORE => format!("Score: {value}"),
        _ => format!("{name}: {value}"),
    }
}

fn labelled(value: &str, label: &str) -> Labelled {
    (value.to_owned(), label.to_owned())
}

/// The owners to choose from.
pub(crate) fn owners(names: &Names) -> Vec<Labelled> {
    let fixed = [labelled("me", "You"), labelled("unassigned", "Unassigned"), labelled("ai_agent", "AI agent")];
    let members = names.members.iter().map(|member| (member.id.to_string(), member.name.clone()));
    fixed.into_iter().chain(members).collect()
}

pub(crate) fn tags(names: &Names) -> Vec<Labelled> {
    names.tags.iter().map(|tag| (tag.id.to_string(), tag.name.clone())).collect()
}

pub(crate) fn sites(names: &Names) -> Vec<Labelled> {
    names.sites.iter().map(|site| (site.key.clone(), site.name.clone())).collect()
}

pub(crate) fn languages() -> Vec<Labelled> {
    PLAYBOOK_LANGUAGES.iter().map(|(language, label)| labelled(language, label)).collect()
}

pub(crate) fn types() -> Vec<Labelled> {
    IntentType::ALL.iter().map(|kind| labelled(kind.as_str(), kind.as_str())).collect()
}

/// The scores, the highest first.
pub(crate) fn scores() -> Vec<Labelled> {
    Bucket::ALL.iter().rev().map(|score| labelled(score.as_str(), score.as_str())).collect()
}

/// The values of Chat Status; spam has a view of its own.
pub(crate) fn statuses() -> Vec<&'static str> {
    let all = ChatStatus::ALL.iter().filter(|status| **status != ChatStatus::Spam);
    all.map(|status| status.as_str()).collect()
}

/// The label of an order.
pub(crate) const fn order_words(order: InboxOrder) -> &'static str {
    match order {
        InboxOrder::Urgent => "Most urgent",
        InboxOrder::Waiting => "Waiting longest",
        InboxOrder::Active => "Last active",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn filter(parts: &[(&str, &str)]) -> InboxFilter {
        parts.iter().fold(InboxFilter::default(), |filter, (name, value)| filter.with(name, value))
    }

    #[wasm_bindgen_test]
    fn a_filter_is_read_from_an_address_and_written_to_one() {
        let given = filter(&[(STATUS, "New,AI Discovery"), (OWNER, "me"), (ORDER, "active")]);
        assert_eq!(given.query(), "&owner=me&status=New%2CAI%20Discovery&order=active");
        assert_eq!(given, InboxFilter::read(|name| Some(given.value(name).to_owned())));
        assert_eq!(given.order(), InboxOrder::Active);
        assert_eq!(given.cleared().query(), "&order=active");
        assert!(given.is_narrow() && !given.cleared().is_narrow());
        assert_eq!(given.with(OWNER, "").with(STATUS, "").with(ORDER, ""), InboxFilter::default());
    }

    #[wasm_bindgen_test]
    fn each_chip_removes_its_part_alone() {
        let given = filter(&[(OWNER, "unassigned"), (STATUS, "New,Closed"), (ON_SITE, YES), (LANGUAGE, "de")]);
        let chips = given.chips(&Names::default());
        let labels: Vec<&str> = chips.iter().map(|chip| chip.label.as_str()).collect();
        let expected = ["Owner: Unassigned", "Status: New", "Status: Closed", "Language: German", "On the site"];
        assert_eq!(labels, expected);
        assert_eq!(chips[1].rest, given.with(STATUS, "Closed"));
        assert_eq!(chips[4].rest, given.with(ON_SITE, ""));
        assert_eq!(given.with_status("Rejected", true).value(STATUS), "New,Closed,Rejected");
    }

    #[wasm_bindgen_test]
    fn a_changed_conversation_fits_by_what_its_line_says() {
        let before = sample::conversation();
        let fits = |parts: &[(&str, &str)], row: &ConversationRow| filter(parts).still_fits(&before, row, Millis(5));
        let status = before.state.status.spelling().into_owned();
        for parts in [
            &[][..],
            &[(OWNER, "me"), (SITE, "x"), (LANGUAGE, "en")],
            &[(STATUS, &status)],
            &[(TYPE, before.intent.kind.as_str()), (SCORE, before.intent.bucket.as_str())],
        ] {
            assert!(fits(parts, &before), "{parts:?}");
        }
        let mut taken = before.clone();
        taken.state.rep_owner = Some("new@us.test".to_owned());
        assert!(!fits(&[(OWNER, "me")], &taken) && fits(&[], &taken));
        let other = if status == "Closed" { "New" } else { "Closed" };
        assert!(!fits(&[(STATUS, other)], &before));
        let mut row = ConversationRow { waiting_since: None, on_site_until: Some(Millis(5)), ..before.clone() };
        assert!(!fits(&[(WAITING, YES)], &row) && !fits(&[(ON_SITE, YES)], &row));
        (row.waiting_since, row.on_site_until) = (Some(Millis(1)), Some(Millis(6)));
        assert!(fits(&[(WAITING, YES), (ON_SITE, YES)], &row));
    }
}
