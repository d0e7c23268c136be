//! Knock Links.

use knock_agent::Language;
use knock_model::{Millis, RepId, SiteId};
use knock_routing::{Funnel, Utm};
use knock_wire::{LinkQuestion, Texts};

/// The link of the sites' launchers, which every workspace has; forms are routed by its rule too.
pub const WEBSITE: &str = "Website";

/// A Knock Link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The last part of its address.
    pub slug: String,
    /// The name that the team gave it.
    pub name: String,
    /// The funnel that it opens.
    pub funnel: Funnel,
    /// The channel in which it is published.
    pub channel: String,
    /// The id of its own rule (RR-24); otherwise the default rule applies.
    pub rule: Option<String>,
    /// The language of its page; that of the visitor's browser otherwise.
    pub language: Option<Language>,
    /// The greeting of its page: the first message of a chat, the headline of a meeting. Without it, the standard text.
    pub greeting: Option<String>,
    /// Greetings in place of it, by the code of their language.
    pub greetings: Texts,
    /// The site of its chats and meetings; otherwise the first one in use.
    pub site: Option<SiteId>,
    /// The campaign of visitors who arrive without one.
    pub utm: Utm,
    /// The duration of a meeting, in minutes; without it, that of its rule.
    pub duration_min: Option<u32>,
    /// The questions before a meeting.
    pub questions: Vec<LinkQuestion>,
    /// The member whose booking link it is: it offers their own calendar.
    pub owner: Option<RepId>,
    /// The instant of archiving: its page then shows that it is no longer in use.
    pub archived_at: Option<Millis>,
}

impl Link {
    /// Creates a link with the required values.
    pub fn new(slug: &str, name: &str, funnel: Funnel, channel: &str) -> Link {
        Link {
            slug: slug.to_owned(),
            name: name.to_owned(),
            funnel,
            channel: channel.to_owned(),
            rule: None,
            language: None,
            greeting: None,
            greetings: Texts::new(),
            site: None,
            utm: Utm::default(),
            duration_min: None,
            questions: Vec::new(),
            owner: None,
            archived_at: None,
        }
    }

    /// The greeting in a language; none for the standard text.
    pub fn greeting_in(&self, language: Language) -> Option<&str> {
        self.greetings.get(language.as_str()).or(self.greeting.as_ref()).map(String::as_str)
    }

    /// Whether it is the launcher of the sites, whose hosted page gets the site in its address.
    pub fn is_launcher(&self) -> bool {
        self.slug == WEBSITE
    }
}
