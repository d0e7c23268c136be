//! The card of a chat: who it is, what they say, how they came, what they want, who has it and why, and what can be done.

use super::notified::{notification, said};
use super::plan::Plan;
use super::routed::routed;
use crate::OTHER_REASON;
use jiff::Timestamp;
use knock_model::Millis;
use knock_slack::blocks::{self, Style};
use knock_slack::text::Mrkdwn;
use knock_wire::{Author, ContactRow, DecisionShown, FormShown, Message};
use serde_json::Value;

/// Reasons of a score that are shown.
const REASONS: usize = 3;
/// The longest excerpt of a message, in characters of Slack's.
const EXCERPT: usize = 600;

/// The text and the blocks of a card. What changes by itself from minute to minute is left out: each change is a call.
/// `also` is a line about the place of the card.
pub(super) fn card(plan: &Plan, also: Option<Mrkdwn>) -> (String, Vec<Value>) {
    let (text, mut shown) = facts(plan, also);
    shown.extend(actions(plan));
    (text, shown)
}

/// The card for the owner in the CRM, who may join.
pub(super) fn question(plan: &Plan) -> (String, Vec<Value>) {
    let (text, mut shown) = facts(plan, None);
    let why = Mrkdwn::new().text("You are the owner of this contact in the CRM. The chat is assigned to ");
    let why = assignee(plan, why).text(". To answer, press Join; until then nothing written here reaches the lead.");
    let id = plan.id().to_string();
    let join = blocks::button("join", "Join", &id, Style::Primary);
    shown.push(blocks::section(&why));
    shown.push(blocks::actions(&format!("join:{id}"), vec![join, open_button(plan)]));
    (text, shown)
}

/// The facts about the chat.
fn facts(plan: &Plan, also: Option<Mrkdwn>) -> (String, Vec<Value>) {
    let row = &plan.conversation.conversation;
    let status = row.state.status.spelling();
    let contact = plan.contact.as_ref().map(|record| &record.contact);
    let intent = format!("{} \u{b7} {}", row.intent.bucket.as_str(), row.intent.kind.as_str());
    let mut fields = vec![
        blocks::field("Came by", &came_by(plan, contact)),
        blocks::field("Intent", &intent),
        blocks::field("Status", if plan.is_by_form() { status_by_form(row.state.is_spam) } else { &status }),
        assignee(plan, Mrkdwn::new().bold("Assigned to").line()),
    ];
    if let Some(company) = plan.company() {
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
    let mut shown = vec![blocks::header(&plan.name()), blocks::fields(&fields)];
    shown.extend(words(plan));
    let small: Vec<Mrkdwn> = [also, waits(plan), why(plan), reasons(plan)].into_iter().flatten().collect();
    if !small.is_empty() {
        shown.push(blocks::context(&small));
    }
    (notification(plan), shown)
}

/// What stands in place of the status of a lead by form.
const fn status_by_form(is_spam: bool) -> &'static str {
    if is_spam { "Lead by form, spam" } else { "Lead by form, has not chatted" }
}

/// The first and the last message of the lead; none of spam.
fn words(plan: &Plan) -> Vec<Value> {
    if plan.conversation.conversation.state.is_spam {
        return Vec::new();
    }
    let mut of_lead = plan.conversation.messages.iter().filter(|message| message.author == Author::Lead);
    let Some(first) = of_lead.next() else { return Vec::new() };
    let last = of_lead.next_back();
    let labelled = |label: &str, message: &Message| {
        let excerpt = blocks::excerpt(&said(message), EXCERPT)?;
        Some([blocks::context(&[Mrkdwn::new().bold(label)]), excerpt])
    };
    let shown = [labelled("First message", first), last.and_then(|last| labelled("Last message", last))];
    shown.into_iter().flatten().flatten().collect()
}

/// Whether the card alone shows all of a message: the first one of the lead, if it fits and has no files.
pub(super) fn is_whole_on_card(plan: &Plan, message: &Message) -> bool {
    let first = plan.conversation.messages.iter().find(|message| message.author == Author::Lead);
    let fits = knock_slack::text::cut(message.text.trim(), EXCERPT).is_whole;
    first.is_some_and(|first| first.id == message.id) && fits && message.files.is_empty() && message.card.is_none()
}

/// Who has to answer, and since when.
fn waits(plan: &Plan) -> Option<Mrkdwn> {
    let since = plan.conversation.conversation.waiting_since?;
    let who = Mrkdwn::new().text("Waits for ");
    let who = if plan.rep.is_some() { assignee(plan, who) } else { who.text("the team") };
    Some(who.text(" since ").instant(since, &in_utc(since)))
}

fn in_utc(at: Millis) -> String {
    let at = Timestamp::from_millisecond(at.0).unwrap_or_default();
    at.strftime("%-d %b %Y, %H:%M UTC").to_string()
}

/// The name of a form, its page and the names of its fields.
fn form_words(form: &FormShown) -> String {
    let fields = form.fields.join(", ");
    let parts = [form.name.as_str(), form.page.as_str(), fields.as_str()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" \u{b7} ")
}

/// The link, the channel, the source and the campaign, each once.
fn came_by(plan: &Plan, contact: Option<&ContactRow>) -> String {
    let attribution = contact.map(|contact| &contact.attribution);
    let parts = attribution.map(|of| [of.channel.as_str(), of.source.as_str(), of.campaign.as_str()]);
    let mut named: Vec<&str> = Vec::new();
    for part in std::iter::once(plan.link_name.as_str()).chain(parts.into_iter().flatten()) {
        if !part.is_empty() && !named.iter().any(|known| known.eq_ignore_ascii_case(part)) {
            named.push(part);
        }
    }
    named.join(" \u{b7} ")
}

/// Names who has the chat: by a mention where they are known in Slack.
fn assignee(plan: &Plan, text: Mrkdwn) -> Mrkdwn {
    match (&plan.rep, &plan.user) {
        (Some(_), Some(user)) => text.mention(user),
        (Some(rep), None) => text.text(&rep.display_name()),
        (None, _) => {
            let owner = plan.conversation.conversation.state.rep_owner.clone();
            text.text(&owner.unwrap_or_else(|| "unassigned".to_owned()))
        }
    }
}

/// The rule that decided it.
fn why(plan: &Plan) -> Option<Mrkdwn> {
    let last = plan.conversation.decisions.iter().max_by_key(|decision| decision.at)?;
    let DecisionShown { rule, segment, reason, assignee: decided, .. } = last;
    let by_rule = routed(rule, segment, reason);
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
    if plan.is_by_form() {
        // Without a chat there is nothing for an agent, and no status that these would change.
        buttons.drain(1..4);
    }
    let mut reasons: Vec<_> = plan.reject_reasons.iter().map(|reason| (reason.clone(), reason.clone())).collect();
    reasons.push((OTHER_REASON.to_owned(), "Other...".to_owned()));
    let mut choices = vec![blocks::select("reject", "Reject as ...", &reasons)];
    choices.retain(|_| !plan.is_by_form());
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
