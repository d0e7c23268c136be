//! Actions of a Slack user on a lead, as the member whom the user is matched with.

use crate::http::problem::Problem;
use crate::http::state::AppState;
use knock_engine::commands::ActOnLead;
use knock_model::{ConversationId, SignalId};
use knock_ports::{Actor, Member};
use knock_status::chat::Event;

pub(super) const NO_MEMBER: &str = "Nothing was done: no member of Knock who answers chats has the e-mail address of your Slack \
                         account. An admin can invite you under Settings > Team.";
pub(super) const GONE: &str = "Nothing was done: there is no such chat any more.";

pub(super) fn actor(member: &Member) -> Actor {
    Actor::Member { id: member.id, email: member.email.clone() }
}

pub(super) async fn act(
    state: &AppState,
    member: &Member,
    (conversation, what): (ConversationId, Event),
    bits: [u8; 10],
) -> Result<Option<String>, Problem> {
    let now = state.core.clock.now();
    let mut other = bits;
    other[9] ^= 1;
    let (id, follow_up) = (SignalId::new(now, &bits), SignalId::new(now, &other));
    let is_known = state.core.make(actor(member), ActOnLead { conversation, id, what, follow_up, now }).await?;
    Ok((!is_known).then(|| GONE.to_owned()))
}
