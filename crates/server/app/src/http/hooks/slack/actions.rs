//! `POST /hooks/slack/actions`: a button or a choice of a card. Slack expects 200 also for unknown actions.

use super::lead_actions::{GONE, NO_MEMBER, act, actor};
use super::reject_form;
use super::verified::{Verified, is_ours, member, repeatable, unreadable};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use knock_engine::commands::{AssignChat, ChatGiven, JoinSlackChat, RepMessage, RepWrote, SlackJoined, TellInSlack};
use knock_model::{CardCalendar, CardKind, ConversationId, MessageId, NoteId, RepId, SignalId};
use knock_ports::{Card, Member, SlackTell};
use knock_slack::incoming::{Action, BlockActions, Interaction};
use knock_slack_workspace::OTHER_REASON;
use knock_status::chat::{Event, Rejecter};

pub(super) async fn post(State(state): State<AppState>, Verified(body): Verified) -> Result<Response, Problem> {
    match Interaction::parse(&body).map_err(|error| unreadable(&error))? {
        Interaction::Actions(pressed) if is_ours(&state, &pressed.team).await? => {
            for action in &pressed.actions {
                press(&state, &pressed, action).await?;
            }
        }
        Interaction::Submitted(sent) if is_ours(&state, &sent.team).await? => {
            return reject_form::submitted(&state, &sent).await;
        }
        Interaction::Actions(_) | Interaction::Submitted(_) | Interaction::Ignored(_) => {}
    }
    Ok(StatusCode::OK.into_response())
}

/// Runs the action of a button as the member who pressed it, or explains the refusal to them.
async fn press(state: &AppState, pressed: &BlockActions, action: &Action) -> Result<(), Problem> {
    let Some((conversation, wanted)) = button_action(action) else { return Ok(()) };
    let Some(member) = member(state, &pressed.user.id).await? else {
        return tell(state, pressed, NO_MEMBER).await;
    };
    let ts = pressed.message.map(|ts| ts.to_string()).unwrap_or_default();
    let bits = repeatable(&["action", &pressed.channel, &ts, &action.action_id, &action.at]);
    let said = match wanted {
        ButtonAction::Assign(to) => assign(state, &member, (conversation, to), bits).await?,
        ButtonAction::Act(what) => act(state, &member, (conversation, what), bits).await?,
        ButtonAction::Reject(reason) => {
            let what = Event::Rejected { by: Rejecter::Rep, reason, member: Some(member.id.to_string()) };
            act(state, &member, (conversation, what), bits).await?
        }
        ButtonAction::Join => join(state, &member, conversation, (&pressed.channel, ts), bits).await?,
        ButtonAction::Card => offer(state, &member, conversation, bits).await?,
        ButtonAction::AskReason => reject_form::open(state, &pressed.trigger_id, conversation).await?,
    };
    match said {
        Some(why) => tell(state, pressed, &why).await,
        None => Ok(()),
    }
}

enum ButtonAction {
    /// The new owner of the chat: `None` is the AI agent.
    Assign(Assignee),
    Act(Event),
    /// Reject for a reason of the card.
    Reject(Option<String>),
    Card,
    /// The owner in the CRM joins the chat.
    Join,
    /// A reason for a rejection other than those of the card.
    AskReason,
}

enum Assignee {
    Me,
    Agent,
    Rep(String),
}

/// None for what is none of ours: links, and buttons of another version.
fn button_action(action: &Action) -> Option<(ConversationId, ButtonAction)> {
    let (_, id) = action.block_id.split_once(':')?;
    let conversation = ConversationId::parse(id).ok()?;
    let wanted = match action.action_id.as_str() {
        "take_over" => ButtonAction::Assign(Assignee::Me),
        "hand_back" => ButtonAction::Assign(Assignee::Agent),
        "assign" => ButtonAction::Assign(Assignee::Rep(action.value.clone())),
        "booking_card" => ButtonAction::Card,
        "join" => ButtonAction::Join,
        "deal_opened" => ButtonAction::Act(Event::DealOpened),
        "spam" => ButtonAction::Act(Event::SpamDetected),
        "reject" if action.value == OTHER_REASON => ButtonAction::AskReason,
        "reject" => {
            let reason = Some(action.value.clone()).filter(|reason| !reason.is_empty());
            ButtonAction::Reject(reason)
        }
        _ => return None,
    };
    Some((conversation, wanted))
}

async fn assign(
    state: &AppState,
    member: &Member,
    (conversation, to): (ConversationId, Assignee),
    bits: [u8; 10],
) -> Result<Option<String>, Problem> {
    let to = match to {
        Assignee::Agent => None,
        Assignee::Me => Some(member.id),
        Assignee::Rep(id) => match RepId::parse(&id) {
            Ok(id) => Some(id),
            Err(_) => return Ok(Some("Nothing was done: there is no such member.".to_owned())),
        },
    };
    let now = state.core.clock.now();
    let (seen_owner, reason, id) = (None, String::new(), SignalId::new(now, &bits));
    let change = AssignChat { conversation, to, seen_owner, reason, id, now };
    Ok(match state.core.make(actor(member), change).await? {
        ChatGiven::Given => None,
        ChatGiven::UnknownChat => Some(GONE.to_owned()),
        ChatGiven::UnknownMember => Some("Nothing was done: this member answers no chats.".to_owned()),
        ChatGiven::TakenBy(email) => Some(format!("Nothing was done: {email} has this chat now.")),
    })
}

async fn offer(
    state: &AppState,
    member: &Member,
    conversation: ConversationId,
    bits: [u8; 10],
) -> Result<Option<String>, Problem> {
    let (mail_after, now) = (state.mail_reply_after, state.core.clock.now());
    let id = MessageId::new(now, &bits);
    let send = |calendar| {
        let card = Some(Card { kind: CardKind::Meeting, calendar });
        let (rep, text, seen, file) = (member.id, String::new(), None, None);
        state.core.writer.commit(RepMessage { conversation, id, rep, text, seen, file, card, mail_after, now })
    };
    let mut wrote = send(CardCalendar::Mine).await?;
    if wrote == RepWrote::NoTimes {
        // Slack asks no question back: the team's calendars are better than no offer.
        wrote = send(CardCalendar::Rule).await?;
    }
    Ok(match wrote {
        RepWrote::Numbered(Some(_)) | RepWrote::AnsweredBy(_) => None,
        RepWrote::Numbered(None) => Some(GONE.to_owned()),
        RepWrote::NoTimes => Some("Nothing was sent: there is no free time for a meeting.".to_owned()),
        RepWrote::OutOfReach => Some("Nothing was sent: this lead is not mailed from here.".to_owned()),
    })
}

async fn join(
    state: &AppState,
    member: &Member,
    conversation: ConversationId,
    (channel, ts): (&str, String),
    bits: [u8; 10],
) -> Result<Option<String>, Problem> {
    let (channel, now) = (channel.to_owned(), state.core.clock.now());
    let command = JoinSlackChat { conversation, member: member.id, channel, ts, note: NoteId::new(now, &bits), now };
    Ok(match state.core.writer.commit(command).await? {
        SlackJoined::Joined => None,
        SlackJoined::NotAsked => Some("Nothing was done: you were not asked to join this chat.".to_owned()),
        SlackJoined::UnknownChat => Some(GONE.to_owned()),
    })
}

/// Sends a message that only the user who pressed the button sees (ephemeral).
async fn tell(state: &AppState, pressed: &BlockActions, text: &str) -> Result<(), Problem> {
    let thread = pressed.thread.map(|thread| thread.to_string()).unwrap_or_default();
    let (channel, user, text) = (pressed.channel.clone(), pressed.user.id.clone(), text.to_owned());
    let command = TellInSlack { tell: SlackTell { channel, thread, user, text }, now: state.core.clock.now() };
    Ok(state.core.writer.commit(command).await?)
}
