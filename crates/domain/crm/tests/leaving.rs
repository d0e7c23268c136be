//! Whatever a lead is: nothing leaves that may not, and what may not make a contact makes none.

use knock_crm::{CreateContact, LeadFacts, Leave, Rules, Source, may_write};
use knock_status::chat::ChatStatus;
use knock_status::meeting::MeetingStatus;
use proptest::prelude::*;

fn rules() -> impl Strategy<Value = Rules> {
    let create = prop::sample::select(CreateContact::ALL);
    (any::<bool>(), any::<bool>(), create).prop_map(|(is_on, other_sources, create)| Rules {
        is_on,
        other_sources,
        create,
    })
}

fn lead() -> impl Strategy<Value = LeadFacts> {
    let chat = prop::option::of(prop::sample::select(ChatStatus::ALL));
    let meeting = prop::option::of(prop::sample::select(MeetingStatus::ALL));
    (any::<[bool; 6]>(), prop::sample::select(Source::ALL), chat, meeting).prop_map(|(flags, source, chat, meeting)| {
        let [has_email, has_consent, is_accepted, has_written, has_sent_form, is_spam] = flags;
        LeadFacts { source, has_email, has_consent, is_accepted, has_written, has_sent_form, is_spam, chat, meeting }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, ..ProptestConfig::default() })]

    #[test]
    fn only_those_who_may_leave_do(rules in rules(), lead in lead()) {
        let is_allowed = rules.is_on
            && (lead.source == Source::Knock || rules.other_sources)
            && lead.has_consent
            && lead.is_accepted
            && lead.has_email;
        prop_assert_eq!(matches!(may_write(&rules, &lead), Leave::Yes { .. }), is_allowed);
    }

    #[test]
    fn spam_and_disqualified_leads_make_no_contact(rules in rules(), lead in lead()) {
        let is_held = lead.is_spam
            || lead.chat == Some(ChatStatus::Spam)
            || matches!(lead.meeting, Some(MeetingStatus::Spam | MeetingStatus::Unqualified));
        let creates = may_write(&rules, &lead) == Leave::Yes { may_create: true };
        prop_assert!(!(is_held && creates));
    }

    /// The earliest choice makes every contact that the later ones make.
    #[test]
    fn from_the_form_makes_all_that_the_others_do(rules in rules(), lead in lead()) {
        let by = |create| may_write(&Rules { create, ..rules }, &lead);
        let makes = |leave| leave == Leave::Yes { may_create: true };
        for later in [CreateContact::FirstMessage, CreateContact::NotBooked] {
            prop_assert!(makes(by(CreateContact::Form)) || !makes(by(later)));
        }
    }

    /// Turning a switch off, or losing what is needed, never lets more out.
    #[test]
    fn less_given_is_never_more_written(rules in rules(), lead in lead()) {
        for less in [
            LeadFacts { has_email: false, ..lead },
            LeadFacts { has_consent: false, ..lead },
            LeadFacts { is_accepted: false, ..lead },
        ] {
            prop_assert!(matches!(may_write(&rules, &less), Leave::No(_)));
        }
        let off = Rules { is_on: false, ..rules };
        prop_assert!(matches!(may_write(&off, &lead), Leave::No(_)));
    }
}
