//! Sync rules: leads that may be written to the CRM, and those that may become contacts (IU-08, IU-09, IU-14, IU-20,
//! MS-14).

use knock_model::{spelled, vocabulary};
use knock_status::chat::ChatStatus;
use knock_status::meeting::MeetingStatus;

vocabulary! {
    /// From when on a lead without a contact in the CRM gets one. A booked meeting makes one in every case.
    CreateContact {
        /// Once they have sent a form with their address, have written a message, or have qualified for a meeting: the
        /// address on the page of bookings is one that they gave, too.
        Form = "form",
        /// Once they have written a message.
        FirstMessage = "first_message",
        /// Once they have qualified: in a chat by a deal, for a meeting before they book one (MS-14).
        NotBooked = "qualified_not_booked",
    }
}

spelled!(CreateContact);

vocabulary! {
    /// The source of a lead.
    Source {
        /// By a Knock Link, the launcher or a chat.
        Knock = "knock",
        /// In another way, such as a web form that was seen.
        Other = "other",
    }
}

spelled!(Source);

vocabulary! {
    /// The reason for which a lead is held.
    Why {
        /// The switch is off.
        Off = "The CRM sync is switched off.",
        /// The lead did not connect via Knock, and other sources are off.
        OtherSource = "The lead did not connect via Knock, and leads of other sources are not synced.",
        /// No segment of the accept-list matches.
        NotAccepted = "The lead is in none of the segments that are accepted for the CRM.",
        /// The site wants consent, and the lead has not given it.
        NoConsent = "The lead has not given the consent that the site asks for.",
        /// There is nothing to find them by.
        NoEmail = "The lead has given no e-mail address.",
    }
}

/// The settings that decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// The switch; off at first.
    pub is_on: bool,
    /// The second switch: leads who did not connect via Knock.
    pub other_sources: bool,
    /// The event that creates a contact.
    pub create: CreateContact,
}

/// The facts about a lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeadFacts {
    pub source: Source,
    /// Whether there is an address to find them by.
    pub has_email: bool,
    /// Whether they gave the consent that the site asks for; true where it asks for none.
    pub has_consent: bool,
    /// Whether a segment of the accept-list matches; true where there is no list.
    pub is_accepted: bool,
    pub has_written: bool,
    /// Whether they sent a form with their address, one that is neither a throw-away nor a made-up address.
    pub has_sent_form: bool,
    /// Whether a human or the classifier calls them spam.
    pub is_spam: bool,
    pub chat: Option<ChatStatus>,
    pub meeting: Option<MeetingStatus>,
}

/// Whether a lead is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leave {
    /// Written.
    Yes {
        /// Whether a contact is created where there is none.
        may_create: bool,
    },
    /// Held.
    No(Why),
}

/// Whether a lead is written, and whether that may create a contact.
pub fn may_write(rules: &Rules, lead: &LeadFacts) -> Leave {
    if !rules.is_on {
        Leave::No(Why::Off)
    } else if lead.source == Source::Other && !rules.other_sources {
        Leave::No(Why::OtherSource)
    } else if !lead.has_consent {
        Leave::No(Why::NoConsent)
    } else if !lead.is_accepted {
        Leave::No(Why::NotAccepted)
    } else if !lead.has_email {
        Leave::No(Why::NoEmail)
    } else {
        Leave::Yes { may_create: may_create(rules.create, lead) }
    }
}

/// Spam and disqualified leads change contacts that are there, and make none.
fn may_create(from: CreateContact, lead: &LeadFacts) -> bool {
    let is_spam = lead.is_spam || lead.chat == Some(ChatStatus::Spam) || lead.meeting == Some(MeetingStatus::Spam);
    if is_spam || lead.meeting == Some(MeetingStatus::Unqualified) {
        return false;
    }
    let has_booked = matches!(lead.meeting, Some(MeetingStatus::Booked | MeetingStatus::Cancelled));
    let is_qualified = lead.meeting == Some(MeetingStatus::NotBooked) || lead.chat == Some(ChatStatus::Qualified);
    match from {
        CreateContact::Form => has_booked || is_qualified || lead.has_written || lead.has_sent_form,
        CreateContact::FirstMessage => has_booked || lead.has_written,
        CreateContact::NotBooked => has_booked || is_qualified,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: Rules = Rules { is_on: true, other_sources: false, create: CreateContact::FirstMessage };
    const LEAD: LeadFacts = LeadFacts {
        source: Source::Knock,
        has_email: true,
        has_consent: true,
        is_accepted: true,
        has_written: true,
        has_sent_form: false,
        is_spam: false,
        chat: Some(ChatStatus::AiDiscovery),
        meeting: None,
    };

    #[test]
    fn every_condition_holds_a_lead_back_alone() {
        let yes = Leave::Yes { may_create: true };
        let other = LeadFacts { source: Source::Other, ..LEAD };
        for (rules, lead, expected) in [
            (RULES, LEAD, yes),
            (Rules { is_on: false, ..RULES }, LEAD, Leave::No(Why::Off)),
            (RULES, other, Leave::No(Why::OtherSource)),
            (Rules { other_sources: true, ..RULES }, other, yes),
            (RULES, LeadFacts { has_consent: false, ..LEAD }, Leave::No(Why::NoConsent)),
            (RULES, LeadFacts { is_accepted: false, ..LEAD }, Leave::No(Why::NotAccepted)),
            (RULES, LeadFacts { has_email: false, ..LEAD }, Leave::No(Why::NoEmail)),
        ] {
            assert_eq!(may_write(&rules, &lead), expected, "{rules:?} {lead:?}");
        }
    }

    #[test]
    fn a_setting_says_what_makes_a_contact() {
        let check = |lead: LeadFacts, expected: [bool; 3]| {
            let create = |create| may_write(&Rules { create, ..RULES }, &lead);
            let by = [CreateContact::Form, CreateContact::FirstMessage, CreateContact::NotBooked].map(create);
            assert_eq!(by, expected.map(|may_create| Leave::Yes { may_create }), "{lead:?}");
        };
        let silent = LeadFacts { has_written: false, chat: None, ..LEAD };
        let by_form = LeadFacts { has_sent_form: true, ..silent };
        let meeting = |status| LeadFacts { meeting: Some(status), ..silent };
        check(LEAD, [true, true, false]);
        check(silent, [false, false, false]);
        check(by_form, [true, false, false]);
        check(LeadFacts { chat: Some(ChatStatus::New), ..by_form }, [true, false, false]);
        check(LeadFacts { meeting: Some(MeetingStatus::NotBooked), ..by_form }, [true, false, true]);
        check(LeadFacts { chat: Some(ChatStatus::Qualified), ..LEAD }, [true, true, true]);
        check(LeadFacts { chat: Some(ChatStatus::Rejected), ..LEAD }, [true, true, false]);
        check(meeting(MeetingStatus::New), [false, false, false]);
        check(meeting(MeetingStatus::NotBooked), [true, false, true]);
        check(meeting(MeetingStatus::Booked), [true, true, true]);
        check(meeting(MeetingStatus::Cancelled), [true, true, true]);
        for held in [
            meeting(MeetingStatus::Spam),
            meeting(MeetingStatus::Unqualified),
            LeadFacts { chat: Some(ChatStatus::Spam), ..LEAD },
            LeadFacts { is_spam: true, ..meeting(MeetingStatus::Booked) },
            LeadFacts { meeting: Some(MeetingStatus::Unqualified), ..LEAD },
            LeadFacts { is_spam: true, ..by_form },
            LeadFacts { meeting: Some(MeetingStatus::Spam), ..by_form },
        ] {
            check(held, [false, false, false]);
        }
    }

    #[test]
    fn a_form_makes_a_contact_only_of_who_may_be_written() {
        let form = Rules { create: CreateContact::Form, ..RULES };
        let lead = LeadFacts { source: Source::Other, has_written: false, has_sent_form: true, chat: None, ..LEAD };
        assert_eq!(may_write(&form, &lead), Leave::No(Why::OtherSource));
        let form = Rules { other_sources: true, ..form };
        assert_eq!(may_write(&form, &lead), Leave::Yes { may_create: true });
        assert_eq!(may_write(&form, &LeadFacts { is_accepted: false, ..lead }), Leave::No(Why::NotAccepted));
    }
}
