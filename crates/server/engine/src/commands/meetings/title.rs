//! Title, location and description of a meeting: templates with the placeholders of saved replies, and its own id.

use crate::commands::meeting_status::settings;
use knock_agent::meeting_title;
use knock_model::{Email, MEETING, MailKind, Placeholder, fill_by, first_name};
use knock_ports::{Meeting, Member, Site, StoreError, View};
use knock_wire::MeetingSettings;

/// Fills in the texts of a meeting by its current owner, as at the booking and at every change of it.
pub(super) fn word(view: &dyn View, meeting: &mut Meeting) -> Result<(), StoreError> {
    let (settings, places) = (settings(view)?, Places::of(view, meeting)?);
    // The standard title is known in all languages of leads; another one is the team's own.
    let is_standard = settings.title == MeetingSettings::default().title;
    let title = if is_standard { meeting_title(meeting.details.language) } else { settings.title };
    let own = meeting.details.by_hand.clone().unwrap_or_default();
    let either = |own: String, usual: String| if own.is_empty() { usual } else { own };
    meeting.details.title = places.fill(&either(own.title, title)).into();
    let location = places.fill(&either(own.location, settings.location));
    meeting.details.location = if location.is_empty() { meeting.details.conference.clone() } else { location.into() };
    meeting.details.description = places.fill(&settings.description).into();
    Ok(())
}

/// The values of the placeholders in the texts of a meeting.
struct Places {
    lead: String,
    rep: String,
    company: String,
    site: String,
    meeting: String,
}

impl Places {
    fn of(view: &dyn View, meeting: &Meeting) -> Result<Places, StoreError> {
        let details = &meeting.details;
        let site = view.site(details.site)?.as_ref().map(Site::title).unwrap_or_default().to_owned();
        let member = view.member(meeting.owner)?;
        let named = member.as_ref().map(Member::public_name).filter(|name| !name.is_empty());
        // A rep without a name is their company: an address is no name.
        let rep = named.unwrap_or(&site).to_owned();
        let lead = if details.name.is_empty() { details.email.clone() } else { details.name.to_string() };
        let domain = Email::parse(&details.email).ok().map(|email| email.domain().to_owned());
        let company = domain.filter(|domain| MailKind::of(domain) == MailKind::Company).unwrap_or_else(|| lead.clone());
        // Without hyphens it is one word in the address of a room.
        let meeting = meeting.id.to_string().replace('-', "");
        Ok(Places { lead, rep, company, site, meeting })
    }

    /// Returns a template with its placeholders filled in.
    fn fill(&self, template: &str) -> String {
        fill_by(template, |name| match Placeholder::parse(name) {
            Some(Placeholder::Name) => self.lead.clone(),
            Some(Placeholder::FirstName) => first_name(&self.lead).to_owned(),
            Some(Placeholder::Company) => self.company.clone(),
            Some(Placeholder::Rep) => self.rep.clone(),
            Some(Placeholder::Site) => self.site.clone(),
            None if name == MEETING => self.meeting.clone(),
            None => String::new(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_of_a_text_has_its_value() {
        let places = Places {
            lead: "Ann Lee".into(),
            rep: "Bo".into(),
            company: "globex.test".into(),
            site: "Acme".into(),
            meeting: "0197".into(),
        };
        for (template, expected) in [
            ("{{name}} and {{rep}}", "Ann Lee and Bo"),
            ("{{first_name|there}} of {{company}} at {{ site }}", "Ann of globex.test at Acme"),
            ("https://meet.example/{{rep}}/{{meeting}}", "https://meet.example/Bo/0197"),
            ("{{room|hall}} {{room}}", "hall {{room}}"),
        ] {
            assert_eq!(places.fill(template), expected);
        }
    }
}
