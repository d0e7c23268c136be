//! The account of a calendar, and a meeting as an event in it.

use knock_caldav::{Account, Answers, CalDav};
use knock_context::{PublicAddress, Seal, ServerKey};
use knock_ical::{Invitation, Party};
use knock_model::{PersonName, RepId};
use knock_outbound::Outbound;
use knock_ports::{CalendarDetails, CalendarProvider, Chance, Meeting};
use std::sync::Arc;
use url::Url;

const PURPOSE: &str = "calendar";

/// Opens accounts with the credentials that members gave.
#[derive(Clone)]
pub struct Accounts {
    pub outbound: Outbound,
    pub answers: Arc<dyn Answers>,
    pub key: Arc<ServerKey>,
}

impl Accounts {
    /// A password as it is stored.
    pub fn sealed(&self, member: RepId, password: &str, chance: &dyn Chance) -> String {
        self.seal(&member).close(password, chance)
    }

    /// The stored password; none if `secret.key` has changed since.
    pub fn password(&self, member: RepId, details: &CalendarDetails) -> Option<String> {
        self.seal(&member).open(&details.secret)
    }

    pub fn open(&self, member: RepId, details: &CalendarDetails) -> Result<CalDav, String> {
        let CalendarProvider::CalDav = details.provider;
        let password = self.password(member, details);
        let password =
            password.ok_or("its password cannot be read with the secret.key of this server; save it again")?;
        let url = address(&details.url)?;
        Ok(self.with(Account { url, user: details.user.clone(), password }))
    }

    /// An account that may not be stored for a member yet.
    pub fn with(&self, account: Account) -> CalDav {
        CalDav::new(self.outbound.clone(), Arc::clone(&self.answers), account)
    }

    fn seal<'s>(&'s self, member: &'s RepId) -> Seal<'s> {
        Seal { key: &self.key, purpose: PURPOSE, of: member.as_bytes() }
    }
}

/// The address of a calendar, as it is stored.
pub(crate) fn address(text: &str) -> Result<Url, String> {
    Url::parse(text).map_err(|error| format!("`{text}` is no address: {error}"))
}

/// A meeting as an event in the calendar of a rep. It lists no guests: a calendar server would mail them.
pub(crate) fn event(meeting: &Meeting, address: &PublicAddress) -> String {
    let details = &meeting.details;
    let who =
        if details.name.is_empty() { details.email.clone() } else { format!("{} <{}>", details.name, details.email) };
    let answers = details.answers.iter().map(|answered| format!("{}: {}", answered.question, answered.answer));
    let contact = format!("{}/app/contacts/{}", address.url, meeting.lead);
    let lines: Vec<String> =
        [who].into_iter().chain(answers).chain([details.description.to_string(), contact]).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).filter(|line| !line.is_empty()).collect();
    let invitation = Invitation {
        uid: meeting.uid(),
        sequence: meeting.sequence,
        at: meeting.updated_at,
        start: meeting.start,
        end: meeting.end,
        title: details.title.clone(),
        description: lines.join("\n").into(),
        place: details.location.clone(),
        organizer: Party { name: PersonName::default(), email: String::new() },
        guests: Vec::new(),
    };
    invitation.stored()
}
