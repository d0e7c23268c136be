//! What visitors did in their chats beside writing, as the team reads it.

use super::Presenter;
use knock_model::{ConversationId, LeadId, SignalId};
use knock_ports::{StoreError, VisitorAct, VisitorFact};
use knock_wire::{ConsentGiven, FormAnswer, VisitorActShown};

/// What the names of custom fields begin with in forms.
const CUSTOM: &str = "custom.";
/// In the place of a member's name, after "by".
const VISITOR: &str = "the visitor";

impl Presenter<'_> {
    /// Returns the acts of the visitor of a conversation that had arrived by now, oldest first.
    pub(super) fn acts(&self, id: ConversationId) -> Result<Vec<VisitorActShown>, StoreError> {
        let facts = self.view.visitor_facts(id)?.into_iter().filter(|fact| fact.at <= self.arrived_by);
        facts.map(|fact| self.act(fact)).collect()
    }

    /// Returns the consents that a person gave with forms of their chats, oldest first.
    pub(super) fn consents(&self, lead: LeadId) -> Result<Vec<ConsentGiven>, StoreError> {
        let mut given = Vec::new();
        for conversation in self.view.conversations_of_lead(lead)? {
            given.extend(self.view.visitor_facts(conversation.id)?.into_iter().filter_map(consent));
        }
        given.sort_by_key(|given| given.at);
        Ok(given)
    }

    /// Returns who said that the work on a chat is done, where no member did: the visitor who ended it; empty for a program.
    pub(super) fn ended_by(&self, lead: LeadId, done: SignalId) -> Result<String, StoreError> {
        for conversation in self.view.conversations_of_lead(lead)? {
            let facts = self.view.visitor_facts(conversation.id)?;
            if facts.iter().any(|fact| fact.id == done && fact.what == VisitorAct::Ended) {
                return Ok(VISITOR.to_owned());
            }
        }
        Ok(String::new())
    }

    fn act(&self, VisitorFact { at, what, .. }: VisitorFact) -> Result<VisitorActShown, StoreError> {
        let shown = |what: &str| VisitorActShown {
            at,
            what: what.to_owned(),
            values: Vec::new(),
            consent: String::new(),
            rating: None,
            comment: String::new(),
            rep: String::new(),
            to: String::new(),
        };
        Ok(match what {
            VisitorAct::Form { values, consent } => {
                VisitorActShown { values: self.answers(values)?, consent, ..shown("form") }
            }
            VisitorAct::Ended => shown("ended"),
            VisitorAct::Rated { rating, comment, rep } => {
                let rep = rep.map(|rep| self.rep_name(rep)).transpose()?.unwrap_or_default();
                VisitorActShown { rating: Some(rating), comment, rep, ..shown("rated") }
            }
            VisitorAct::Transcript { to } => VisitorActShown { to, ..shown("transcript") },
        })
    }

    /// The answers of a form, those of custom fields with their labels.
    fn answers(&self, values: Vec<(String, String)>) -> Result<Vec<FormAnswer>, StoreError> {
        let has_custom = values.iter().any(|(field, _)| field.starts_with(CUSTOM));
        let known = if has_custom { self.view.custom_fields()?.fields } else { Vec::new() };
        let label = |field: &str| {
            let name = field.strip_prefix(CUSTOM)?;
            known.iter().find(|known| known.name == name).map(|known| known.label.clone())
        };
        let answer =
            |(field, value): (String, String)| FormAnswer { label: label(&field).unwrap_or_default(), field, value };
        Ok(values.into_iter().map(answer).collect())
    }
}

fn consent(fact: VisitorFact) -> Option<ConsentGiven> {
    match fact.what {
        VisitorAct::Form { consent, .. } if !consent.is_empty() => Some(ConsentGiven { at: fact.at, text: consent }),
        VisitorAct::Form { .. } | VisitorAct::Ended | VisitorAct::Rated { .. } | VisitorAct::Transcript { .. } => None,
    }
}
