//! Browsers that belong to no lead: a trigger can enrol them, which makes an unnamed contact of each.

use super::past::{Past, Timeline};
use super::reader::Reader;
use super::tally::Tally;
use super::{AT_ONCE, fields};
use crate::present::Presenter;
use knock_intent::History;
use knock_model::{IntentType, Label, LeadId, Millis, PersonName};
use knock_ports::{FirstTouch, LeadCandidate, StoreError, UnnamedBrowser};
use knock_workflow::{Lead, Mailable, State};

/// The most browsers of a site that are looked at.
const MOST_BROWSERS: u32 = 100_000;

impl Presenter<'_> {
    /// Runs a draft for the browsers of all sites.
    pub(super) fn browsers_of(&self, reader: &Reader<'_>, tally: &mut Tally<'_>) -> Result<(), StoreError> {
        for (site, _) in &self.sites {
            let browsers = self.view.browsers_since(*site, reader.from, MOST_BROWSERS)?;
            for some in browsers.chunks(AT_ONCE) {
                for browser in self.view.unnamed_browsers(*site, some, reader.signals_from())? {
                    if let Some(past) = past(reader, &browser) {
                        tally.take_browser(browser.visitor, past, self.now);
                    }
                }
            }
        }
        Ok(())
    }
}

/// The history of a browser; none where nothing happened since the first instant.
fn past(reader: &Reader<'_>, browser: &UnnamedBrowser) -> Option<Past> {
    let (mut lead, mut timeline) = (Lead::default(), Timeline::default());
    reader.signals(&browser.signals, &mut lead, &mut timeline);
    lead.mailable = Mailable::NoAddress;
    lead.fields = fields::at_first(reader, &candidate(browser));
    let moments = timeline.into_moments();
    (!moments.is_empty()).then_some(Past { state: State { lead, runs: Vec::new() }, moments })
}

/// The contact that the browser would become.
fn candidate(browser: &UnnamedBrowser) -> LeadCandidate {
    let seen = |place: Option<&knock_ports::PastSignal>| place.map_or(Millis(0), |signal| signal.at);
    LeadCandidate {
        lead: knock_ports::Lead {
            id: LeadId::new(*browser.visitor.as_bytes()),
            email: None,
            is_spam: false,
            name: PersonName::default(),
            phone: None,
            company: Label::default(),
            account: None,
            first_touch: FirstTouch::default(),
            history: History { evidence: browser.evidence.clone(), ..History::default() },
            signals: 0,
            first_seen_at: seen(browser.signals.first()),
            last_seen_at: seen(browser.signals.last()),
        },
        domain: String::new(),
        intent_type: IntentType::Unknown,
        routed_by: None,
        enriched: [None, None],
        relation: None,
    }
}
