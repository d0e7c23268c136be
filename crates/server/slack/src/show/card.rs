//! The card of a chat: who it is, how they came, what they want, who has it and why, and what can be done.

use super::plan::Plan;
use crate::OTHER_REASON;
use knock_slack::blocks::{self, Style};
use knock_slack::text::{Mrkdwn, to_slack};
use knock_wire::{ContactRow, DecisionShown, FormShown};
use serde_json::Value;

/// Reasons of a score that are shown.
const REASONS: usize = 3;

/// The text and the blocks of a card. What changes by itself from minute to minute is left out: each change is a call.
pub(super) fn card(plan: &Plan) -> (String, Vec<Value>) {
    let (text, mut shown) = facts(plan);
    shown.extend(actions(plan));
    (text, shown)
}

/// The card for the owner in the CRM, who may join.
pub(super) fn question(plan: &Plan) -> (String, Vec<Value>) {
    let (text, mut shown) = facts(plan);
    let why = format!("You are the owner of this contact in the CRM. The chat is assigned to {}.", assignee(plan));
    let id = plan.id().to_string();
    let join = blocks::button("join", "Join", &id, Style::Primary);
    shown.push(blocks::section(&Mrkdwn::new().text(&why)));
    shown.push(blocks::actions(&format!("join:{id}"), vec![join, open_button(plan)]));
    (text, shown)
}

/// The facts about the chat.
fn facts(plan: &Plan) -> (String, Vec<Value>) {
    let (name, row) = (plan.name(), &plan.conversation.conversation);
    let status = row.state.status.spelling();
    let contact = plan.contact.as_ref().map(|record| &record.contact);
    let text = match is_by_form(plan) {
        true => format!("Lead by form {name}: {}", assignee(plan)),
        false => format!("Chat with {name}: {status}, {}", assignee(plan)),
    };
    let company = contact.map(|contact| contact.company.as_str()).filter(|company| !company.is_empty());
    let intent = format!("{} · {}", row.intent.bucket.as_str(), row.intent.kind.as_str());
    let mut fields = vec![
        blocks::field("Came by", &came_by(plan, contact)),
        blocks::field("Intent", &intent),
        blocks::field("Status", if is_by_form(plan) { "Lead by form, has not chatted" } else { &status }),
        blocks::field("Assigned to", &assignee(plan)),
    ];
    if let Some(company) = company {
        fields.insert(0, blocks::field("Company", company));
    }
    if let Some(person) = contact.filter(|contact| !contact.phone.is_empty()) {
        fields.insert(0, blocks::field("Phone", &person.phone));
    }
    // The header has the name, if it is known, and else the address.
    if let Some(person) = contact.filter(|contact| !contact.name.is_empty() && !contact.email.is_empty()) {
        fields.insert(0, blocks::field("E-mail", &person.email));
    }
    if let Some(form) = plan.conversation.forms.last() {
        fields.insert(0, blocks::field("Form", &form_words(form)));
    }
    if !plan.funnel_stage.is_empty() {
        fields.push(blocks::field("Funnel stage", &plan.funnel_stage));
    }
    let mut shown = vec![blocks::header(&name), blocks::fields(&fields)];
    let small: Vec<Mrkdwn> = [why(plan), reasons(plan)].into_iter().flatten().collect();
    if !small.is_empty() {
        shown.push(blocks::context(&small));
    }
    (to_slack(&text), shown)
}

/// Whether the lead sent a form and has not chatted: then they have no Chat Status.
fn is_by_form(plan: &Plan) -> bool {
    plan.conversation.conversation.state.status.spelling().is_empty()
}

/// The name of a form, its page and the names of its fields.
fn form_words(form: &FormShown) -> String {
    let fields = form.fields.join(", ");
    let parts = [form.name.as_str(), form.page.as_str(), fields.as_str()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn came_by(plan: &Plan, contact: Option<&ContactRow>) -> String {
    let attribution = contact.map(|contact| &contact.attribution);
    let parts = attribution.map(|of| [of.channel.as_str(), of.source.as_str(), of.campaign.as_str()]);
    let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
    std::iter::once(plan.link_name.as_str()).chain(parts).collect::<Vec<_>>().join(" · ")
}

fn assignee(plan: &Plan) -> String {
    match &plan.rep {
        Some(rep) => rep.display_name(),
        None => plan.conversation.conversation.state.rep_owner.clone().unwrap_or_else(|| "unassigned".to_owned()),
    }
}

/// The rule that decided it.
fn why(plan: &Plan) -> Option<Mrkdwn> {
    let last = plan.conversation.decisions.iter().max_by_key(|decision| decision.at)?;
    let DecisionShown { rule, segment, reason, assignee: decided, .. } = last;
    let by_rule = format!("Routed by {rule}, {segment}: {}", reason.spelling());
    let is_other = plan.rep.as_ref().is_some_and(|rep| *decided != rep.email);
    let text = if is_other { format!("{by_rule}. Assigned by a member since.") } else { by_rule };
    Some(Mrkdwn::new().text(&text))
}

/// The categories with the largest part of the score.
fn reasons(plan: &Plan) -> Option<Mrkdwn> {
    let mut categories = plan.contact.as_ref()?.why.categories.clone();
    categories.retain(|of| of.points > 0.0);
    categories.sort_by(|one, other| other.points.total_cmp(&one.points));
    let names: Vec<&str> = categories.iter().take(REASONS).map(|of| of.category.as_str()).collect();
    (!names.is_empty()).then(|| Mrkdwn::new().text(&format!("Score by: {}", names.join(", "))))
}

/// The buttons. The block contains the id of the conversation.
fn actions(plan: &Plan) -> Vec<Value> {
    let id = plan.id().to_string();
    let button = |action, label, style| blocks::button(action, label, &id, style);
    let spam = button("spam", "Spam", Style::Danger);
    let spam = blocks::confirmed(spam, "Spam?", "The lead is marked as spam.", "Mark as spam");
    let mut buttons = vec![
        button("take_over", "Take over", Style::Primary),
        button("hand_back", "Hand to the AI", Style::Plain),
        button("booking_card", "Offer a meeting", Style::Plain),
        button("deal_opened", "Deal opened", Style::Plain),
        spam,
        open_button(plan),
    ];
    if is_by_form(plan) {
        // Without a chat there is nothing for an agent, and no status that these would change.
        buttons.drain(1..4);
    }
    let mut reasons: Vec<_> = plan.reject_reasons.iter().map(|reason| (reason.clone(), reason.clone())).collect();
    reasons.push((OTHER_REASON.to_owned(), "Other...".to_owned()));
    let mut choices = vec![blocks::select("reject", "Reject as ...", &reasons)];
    choices.retain(|_| !is_by_form(plan));
    if !plan.reps.is_empty() {
        choices.insert(0, blocks::select("assign", "Assign to ...", &plan.reps));
    }
    let mut shown = vec![blocks::actions(&format!("do:{id}"), buttons)];
    if !choices.is_empty() {
        shown.push(blocks::actions(&format!("choose:{id}"), choices));
    }
    shown
}

fn open_button(plan: &Plan) -> Value {
    blocks::link_button("open_record", "Open", &format!("{}/app/inbox/{}", plan.url, plan.id()))
}
