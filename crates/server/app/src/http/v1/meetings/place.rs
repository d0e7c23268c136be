//! The entry point of a booking (a link or a site's launcher), and the visitor.

use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use crate::http::v1::chat::{arrival, site_of_link};
use crate::http::v1::refused_email::{mistyped, unread};
use crate::http::v1::site::site_for;
use axum::http::HeaderMap;
use knock_agent::Language;
use knock_context::random10;
use knock_context::{BrowserSession, Who};
use knock_engine::commands::{Arrival, EmailStep};
use knock_model::{Answer, CardCalendar, Email, MessageId, PersonName, RepId, SessionId, SignalId, VisitorId};
use knock_ports::{Link, Message, MessageAuthor, Site, WEBSITE};
use knock_wire::{BookingEmail, FieldError, LinkQuestion};
use std::sync::Arc;

/// A link or a launcher, and its site.
pub(super) struct Place {
    pub(super) site: Arc<Site>,
    pub(super) link: String,
    /// The member whose own calendar the card offers.
    pub(super) calendar_of: Option<RepId>,
    record: Option<Link>,
}

impl Place {
    /// Finds it; exactly one of link and site is given. `card` is the id of the message whose card is booked by: known
    /// only in that chat, it says whose calendar is offered.
    pub(super) async fn find(
        state: &AppState,
        headers: &HeaderMap,
        site: Option<String>,
        link: Option<String>,
        card: Option<&str>,
    ) -> Result<Place, Problem> {
        let (site, link) = match (site, link) {
            (Some(key), None) => (site_for(state, headers, &key)?, WEBSITE.to_owned()),
            (None, Some(slug)) => (site_of_link(state, headers, &slug).await?, slug),
            (Some(_), Some(_)) | (None, None) => {
                return Err(malformed("/site", "give either `site` or `link`"));
            }
        };
        let (slug, id) = (link.clone(), card.and_then(|id| MessageId::parse(id).ok()));
        let found = read(state.core.store.clone(), move |view| {
            Ok((view.link(&slug)?, id.map(|id| view.message_with_card(id)).transpose()?.flatten()))
        });
        let (record, message) = found.await?;
        if card.is_some() && message.is_none() {
            return Err(Problem::not_found());
        }
        Ok(Place { site, link, calendar_of: message.as_ref().and_then(own_calendar), record })
    }

    pub(super) fn questions(&self) -> &[LinkQuestion] {
        self.record.as_ref().map_or(&[], |link| &link.questions)
    }

    /// The greeting of the page; none for the standard text.
    pub(super) fn greeting(&self, language: Language) -> Option<&str> {
        self.record.as_ref().and_then(|link| link.greeting_in(language))
    }

    /// The duration of a meeting, in minutes, if the link sets it.
    pub(super) fn duration_min(&self) -> Option<u32> {
        self.record.as_ref().and_then(|link| link.duration_min)
    }

    /// A browser that comes here.
    pub(super) fn arrival(&self, state: &AppState, browser: (VisitorId, SessionId)) -> Arrival {
        arrival(state, &self.site, self.link.clone(), browser)
    }
}

/// The author of a card that offers their own calendar.
fn own_calendar(message: &Message) -> Option<RepId> {
    match (message.author, message.card) {
        (MessageAuthor::Rep(rep), Some(card)) if card.calendar == CardCalendar::Mine => Some(rep),
        _ => None,
    }
}

pub(super) fn malformed(pointer: &str, reason: impl Into<String>) -> Problem {
    Problem::malformed(FieldError { pointer: pointer.into(), reason: reason.into() })
}

pub(super) fn invalid(pointer: &str, reason: impl Into<String>) -> Problem {
    Problem::invalid(FieldError { pointer: pointer.into(), reason: reason.into() })
}

/// The browser and the session; a session begins where none is named.
pub(super) fn browser(
    state: &AppState,
    visitor: &str,
    session: Option<&str>,
) -> Result<(VisitorId, SessionId), Problem> {
    let visitor = VisitorId::parse(visitor).map_err(|error| malformed("/visitor", error.to_string()))?;
    let session = match session {
        Some(session) => SessionId::parse(session).map_err(|error| malformed("/session", error.to_string()))?,
        None => SessionId::new(state.core.clock.now(), &random10(&*state.core.chance)),
    };
    Ok((visitor, session))
}

/// The e-mail step that a body asks for, if every field can be used; `answers` by the fields that they fill.
pub(super) fn step(
    state: &AppState,
    place: &Place,
    given: &BookingEmail,
    answers: Vec<(String, Answer)>,
) -> Result<EmailStep, Problem> {
    let browser = browser(state, &given.visitor, given.session.as_deref())?;
    let email = Email::parse(given.email.trim()).map_err(|error| invalid("/email", error.to_string()))?;
    if email.is_unread() {
        return Err(unread("/email"));
    }
    if let Some(meant) = email.meant().filter(|_| !given.email_is_right) {
        return Err(mistyped("/email", &meant));
    }
    if given.name.trim().chars().count() > PersonName::MAX {
        return Err(invalid("/name", format!("is longer than {} characters", PersonName::MAX)));
    }
    let name = PersonName::parse(&given.name);
    let arrival = place.arrival(state, browser);
    let ids = std::array::from_fn(|_| SignalId::new(arrival.now, &random10(&*state.core.chance)));
    Ok(EmailStep { arrival, email, name, answers, calendar_of: place.calendar_of, enriched: None, ids })
}

/// The same with what the provider of data says of the address, as far as it says it in time.
pub(super) async fn enriched(state: &AppState, step: EmailStep) -> EmailStep {
    let Arrival { site, visitor, session, now, .. } = step.arrival;
    let who = Who::Address(step.email.clone(), BrowserSession { site, visitor, session });
    let enriched = state.lead_data.at_once(who).await.map(|(_, said)| said);
    // Time has passed meanwhile.
    let now = state.core.clock.now().max(now);
    EmailStep { enriched, arrival: Arrival { now, ..step.arrival }, ..step }
}
