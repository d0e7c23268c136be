//! The actions of a member on leads.

use super::{START, Story, rep};
use knock_engine::commands::{ActOnLead, MendContact};
use knock_model::{ContactField, LeadId, Millis, SignalId};
use knock_status::chat::{Event, Rejecter};
use std::collections::BTreeMap;

impl Story {
    pub(super) fn act(&mut self, visitor: u8, action: usize) {
        let Some(conversation) = self.conversations.get(&visitor).copied() else { return };
        let (what, now) = (action_of(action), self.now);
        let id = SignalId::new(now, &self.random());
        let follow_up = SignalId::new(now, &self.random());
        self.change(ActOnLead { conversation, id, what, follow_up, now });
    }

    pub(super) fn mend(&mut self, visitor: u8, detail: usize) {
        let Some(conversation) = self.conversations.get(&visitor).copied() else { return };
        let mut lead = None;
        let read = self.store().read(&mut |view| {
            lead = view.conversation(conversation)?.map(|conversation| conversation.lead);
            Ok(())
        });
        read.expect("it reads");
        let Some(lead) = lead else { return };
        let (field, value) = detail_of(detail);
        self.mend_lead(lead, field, value);
    }

    /// The rep sets a detail of a lead.
    pub(crate) fn mend_lead(&mut self, lead: LeadId, field: ContactField, value: &str) {
        let (values, now) = (BTreeMap::from([(field, value.to_owned())]), self.now);
        let id = SignalId::new(now, &self.random());
        self.change(MendContact { lead, values, member: Some(rep()), id, now });
    }
}

fn detail_of(detail: usize) -> (ContactField, &'static str) {
    match detail {
        0 => (ContactField::Name, "Mended Name"),
        1 => (ContactField::Name, ""),
        2 => (ContactField::Phone, "+49 30 7654321"),
        3 => (ContactField::Phone, ""),
        _ => (ContactField::Company, "Mended Works"),
    }
}

fn action_of(action: usize) -> Event {
    match action {
        0 => Event::Rejected { by: Rejecter::Rep, reason: None, member: None },
        1 => Event::RejectionReversed,
        2 | 3 => Event::SpamDetected,
        4 => Event::SpamReversed,
        5 => Event::DealOpened,
        6 => Event::Done { by: None },
        7 => Event::Snoozed { until: START + Millis::days(3), by: Some(rep().to_string()) },
        _ => Event::Reopened { by: None },
    }
}
