//! Settings by subject: the groups of their pages, and the words by which a search finds each.

use knock_model::Permission;
use knock_model::Permission::{
    EditRouting, EditTags, ManageConnections, ManagePersons, ManageSites, ManageTeam, ManageWorkflows, SeeAudit,
    SeeKnowledge, SeeReports, SeeTeam, UseInbox, UseSession,
};

use crate::kit::letters::lower;

/// The start of the addresses of settings.
pub(crate) const SETTINGS: &str = "/app/settings";

/// A page of settings, or one elsewhere that has settings too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Subject {
    /// The end of the address; a page elsewhere has its whole address.
    address: &'static str,
    pub(crate) name: &'static str,
    pub(crate) needs: Permission,
    /// What the page has: phrases in small letters, with commas between.
    holds: &'static str,
}

const fn page(address: &'static str, name: &'static str, needs: Permission, holds: &'static str) -> Subject {
    Subject { address, name, needs, holds }
}

/// The groups of the list, in its order.
pub(crate) const GROUPS: [(&str, &[Subject]); 6] = [
    ("You", &YOU),
    ("Workspace", &WORKSPACE),
    ("Chat and agent", &CHAT),
    ("Meetings", &MEETINGS),
    ("Integrations", &INTEGRATIONS),
    ("Privacy and data", &PRIVACY),
];

const YOU: [Subject; 4] = [
    page(
        "account",
        "Your account",
        UseSession,
        "name, title, picture, photo, avatar, password, booking link, sessions, signed-in browsers, profile",
    ),
    page(
        "notifications",
        "Notifications",
        UseSession,
        "sound, push, this browser, mail when a lead waits, mentions, reminders, quiet hours, escalation, unassigned chats",
    ),
    page(
        "availability",
        "Availability",
        UseInbox,
        "away, status, working hours, opening hours, time zone, days off, other dates, travel, public holidays, capacity, hand over chats",
    ),
    page(
        "calendars",
        "Calendars",
        UseInbox,
        "google calendar, gmail, outlook, microsoft 365, caldav, nextcloud, icloud, fastmail, busy times, write meetings into",
    ),
];

const WORKSPACE: [Subject; 6] = [
    page("team", "Team", SeeTeam, "members, users, roles, permissions, invite, remove a member, sign-in link"),
    page(
        "sites",
        "Sites",
        ManageSites,
        "addresses of the site, origins, domains, categories of pages, identification, identify secret, site key",
    ),
    page("fields", "Custom fields", EditRouting, "fields of leads, identify, form field, properties, api"),
    page("replies", "Saved replies", UseInbox, "canned responses, templates, shortcuts, placeholders"),
    page("tags", "Tags", EditTags, "labels, colours"),
    page("/app/links", "Knock Links", EditRouting, "links, qr code, campaign, greeting, mail merge"),
];

const CHAT: [Subject; 7] = [
    page(
        "look",
        "Look",
        ManageSites,
        "appearance, theme, colours, dark mode, logo, branding, launcher, chat button, hide the chat, teaser, sound, title of the page, unread replies, notification, welcome, title, languages, translation, texts of the chat, privacy policy, consent, form before the chat, rating, transcript, css",
    ),
    page("/app/agents", "Agents", SeeKnowledge, "ai agent, knowledge, answers, sources, files, unanswered questions"),
    page(
        "/app/agents/playbooks",
        "Playbooks",
        SeeKnowledge,
        "greeting, texts of the agent, questions, steps, languages",
    ),
    page("/app/routing-rules", "Routing Rules", EditRouting, "assign leads, pools, round robin, segments, fallback"),
    page(
        "/app/workflows",
        "Workflows",
        ManageWorkflows,
        "automation, bubble, nudge, follow up, mail to leads, quiet hours, cap, frequency, dry run, unsubscribe",
    ),
    page("reject-reasons", "Reject reasons", EditRouting, "reject a lead, not a fit"),
    page("backtest", "Backtest", SeeReports, "intent score, buckets, rates, history"),
];

const MEETINGS: [Subject; 1] = [page(
    "meetings",
    "Meetings",
    EditRouting,
    "booking, duration, slot interval, notice, buffer, meetings a day, holidays, reminders, invitation, title, location, video room, spam, confirm first bookings, unreachable calendars, changes in calendars",
)];

const INTEGRATIONS: [Subject; 6] = [
    page("slack", "Slack", ManageConnections, "bot token, signing secret, channel, people in slack"),
    page(
        "crm",
        "CRM Sync",
        ManageConnections,
        "hubspot, access token, mapping, properties, contacts, companies, dry run",
    ),
    page(
        "mail",
        "Mail",
        ManageConnections,
        "smtp, mail server, sender, test mail, outbox, answers by mail, inbound mail, imap",
    ),
    page("webhooks", "Webhooks", ManageConnections, "events, deliveries, signing secret, address, url"),
    page("keys", "Keys", ManageTeam, "api key, api keys, token, integration, ingest"),
    page("enrichment", "Enrichment", ManageConnections, "company data, provider, header, fields in the answer"),
];

const PRIVACY: [Subject; 2] = [
    page(
        "privacy",
        "Privacy",
        ManagePersons,
        "consent, gdpr, export a person, erase a person, delete data, retention, data protection",
    ),
    page("audit", "Audit log", SeeAudit, "changes, history, export csv, security"),
];

/// A page that a search has found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) subject: Subject,
    /// The matching phrases, with commas between; empty where only the name matches.
    pub(crate) matching: String,
}

impl Subject {
    pub(crate) fn href(&self) -> String {
        if self.is_elsewhere() { self.address.to_owned() } else { format!("{SETTINGS}/{}", self.address) }
    }

    /// Whether it is a page outside the settings.
    pub(crate) fn is_elsewhere(&self) -> bool {
        self.address.starts_with('/')
    }

    /// How well the page matches: 0 by the start of its name, 1 by its name, 2 by what it has; none if a term is nowhere.
    fn rank(&self, terms: &[&str]) -> Option<usize> {
        let name = self.name.to_ascii_lowercase();
        if terms.iter().all(|term| has_word(&name, term)) {
            return Some(usize::from(!name.starts_with(terms[0])));
        }
        terms.iter().all(|term| has_word(&name, term) || has_word(self.holds, term)).then_some(2)
    }

    fn matching(&self, terms: &[&str]) -> String {
        let phrases = self.holds.split(", ").filter(|phrase| terms.iter().any(|term| has_word(phrase, term)));
        phrases.collect::<Vec<_>>().join(", ")
    }
}

/// The pages that have all words of a typed text, best first, of those that `may` permits.
pub(crate) fn found(typed: &str, may: impl Fn(Permission) -> bool) -> Vec<Found> {
    let typed = lower(typed).replace("e-mail", "mail").replace("email", "mail");
    let terms: Vec<&str> = words_of(&typed).collect();
    if terms.is_empty() {
        return Vec::new();
    }
    let permitted = || GROUPS.iter().flat_map(|(_, pages)| pages.iter()).filter(|subject| may(subject.needs));
    let mut all = Vec::new();
    for rank in 0..=2 {
        let of_rank = permitted().filter(|subject| subject.rank(&terms) == Some(rank));
        all.extend(of_rank.map(|subject| Found { subject: *subject, matching: subject.matching(&terms) }));
    }
    all
}

/// The number of found pages, for screen readers.
pub(crate) fn found_words(count: usize) -> String {
    match count {
        0 => "No setting has this name.".to_owned(),
        1 => "1 page".to_owned(),
        more => format!("{more} pages"),
    }
}

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Whether a word of the text starts with the term.
fn has_word(text: &str, term: &str) -> bool {
    words_of(text).any(|word| word.starts_with(term))
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn names(typed: &str) -> Vec<&'static str> {
        found(typed, |_| true).iter().map(|found| found.subject.name).collect()
    }

    #[wasm_bindgen_test]
    fn pages_are_found_by_their_names_and_by_what_they_have() {
        for (typed, first) in [
            ("password", "Your account"),
            ("API key", "Keys"),
            ("working hours", "Availability"),
            ("gdpr", "Privacy"),
            ("smtp", "Mail"),
            ("E-Mail", "Mail"),
            ("origins", "Sites"),
            ("meet", "Meetings"),
            ("log audit", "Audit log"),
            ("rules", "Routing Rules"),
        ] {
            assert_eq!(names(typed).first(), Some(&first), "{typed}: {:?}", names(typed));
        }
        assert!(["", " ", "zebra", "password zebra"].iter().all(|typed| names(typed).is_empty()));
    }

    #[wasm_bindgen_test]
    fn a_name_comes_before_a_phrase_and_the_phrase_is_shown() {
        assert_eq!(names("tea").first(), Some(&"Team"));
        let secret = found("secret", |_| true);
        assert_eq!(secret[0].matching, "identify secret");
        assert_eq!(found("tags", |_| true)[0].matching, "");
    }

    #[wasm_bindgen_test]
    fn only_permitted_pages_are_found() {
        assert!(found("smtp", |needs| needs != ManageConnections).is_empty());
    }

    #[wasm_bindgen_test]
    fn every_page_has_a_name_and_an_address_of_its_own() {
        let all = || GROUPS.iter().flat_map(|(_, pages)| pages.iter());
        for of in [Subject::href as fn(&Subject) -> String, |subject| subject.name.to_owned()] {
            let mut each: Vec<_> = all().map(of).collect();
            each.sort();
            each.dedup();
            assert_eq!(each.len(), all().count());
        }
        assert!(all().all(|subject| subject.holds.chars().all(|c| !c.is_uppercase())));
    }
}
