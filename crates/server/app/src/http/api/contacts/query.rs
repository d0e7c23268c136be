//! Filter and order of the list of contacts.

use crate::http::api::parameter::{known, order, tag, wrong};
use crate::http::auth::Caller;
use crate::http::problem::Problem;
use knock_model::{Bucket, IntentType, LeadId, Millis, RepId};
use knock_ports::{LeadCursor, LeadFilter, LeadQuery, LeadSort, OwnerFilter};
use knock_routing::Condition;
use knock_status::chat::ChatStatus;
use knock_status::meeting::MeetingStatus;
use serde::Deserialize;

/// The largest number of ids in one query.
const MOST_IDS: usize = 200;

/// The filter and the order of contacts.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ContactQuery {
    /// Part of the address or the name, or the whole of a name such as `Visitor 3f9a`.
    #[serde(default)]
    q: String,
    /// `true`: only those who have given an address; `false`: only those who have not.
    named: Option<bool>,
    /// Only those with this `Knock: Intent Score`: `High`, `Medium` or `Low`.
    score: Option<String>,
    /// Only those with this `Knock: Intent Type`.
    r#type: Option<String>,
    /// A condition in JSON, as in a routing rule: `{"field": "attribution.utm_campaign", "op": "eq", "value": "spring"}`.
    /// Fields of the session and of the link are those of the last routing decision, all others are as of now.
    r#where: Option<String>,
    /// Only those whose chat has this owner: the id of a member, `me`, `ai_agent`, or `unassigned` for those without one.
    owner: Option<String>,
    /// Only those who have the tag with this id.
    tag: Option<String>,
    /// Only those with this `Chat Status`.
    chat_status: Option<String>,
    /// Only those with this `Meeting Status`.
    meeting_status: Option<String>,
    /// `true`: only those for whom a deal was opened after their chat began; `false`: only the others.
    deal: Option<String>,
    /// Only those whose chat was rejected for this reason, in exactly these words.
    reject_reason: Option<String>,
    /// Only contacts with these ids, separated by commas, at most 200.
    ids: Option<String>,
    /// The sort key, descending after a `-`: `last_seen`, `first_seen`, `contact`, `name`, `account`, `score`, `type`,
    /// `channel`, `source`, `campaign`, `landing_page`, `signals`, `chat_status`, `meeting_status`, `deal`,
    /// `reject_reason`, `last_reply` or `last_message`; `-last_seen` without it.
    sort: Option<String>,
}

impl ContactQuery {
    /// The query for the store; `me` is the calling member, `after` the cursor of the page before.
    pub(super) fn read(self, me: Option<RepId>, after: Option<&str>, limit: u32) -> Result<LeadQuery, Problem> {
        let (sort, is_descending) = match self.sort.as_deref() {
            Some(text) => order(text, LeadSort::ALL, LeadSort::as_str)?,
            None => (LeadSort::LastSeen, true),
        };
        let after =
            after.map(|text| LeadCursor::parse(text, sort.kind()).ok_or_else(|| super::super::page::no_place("after")));
        let after = after.transpose()?;
        Ok(LeadQuery { filter: self.filter(me)?, sort, is_descending, after, limit, now: Millis(0), crms: Vec::new() })
    }

    /// The given parameter that lists of the past do not support: a condition, an order, or a filter by the chat or the
    /// meetings.
    pub(super) fn is_of_now(&self) -> Option<&'static str> {
        let given = [
            ("where", self.r#where.is_some()),
            ("sort", self.sort.is_some()),
            ("owner", self.owner.is_some()),
            ("tag", self.tag.is_some()),
            ("chat_status", self.chat_status.is_some()),
            ("meeting_status", self.meeting_status.is_some()),
            ("deal", self.deal.is_some()),
            ("reject_reason", self.reject_reason.is_some()),
        ];
        given.into_iter().find(|(_, is_given)| *is_given).map(|(name, _)| name)
    }

    fn filter(self, me: Option<RepId>) -> Result<LeadFilter, Problem> {
        let bucket = self.score.as_deref().map(|word| known("score", word, Bucket::ALL, Bucket::as_str)).transpose()?;
        let kinds = IntentType::ALL;
        let intent_type =
            self.r#type.as_deref().map(|word| known("type", word, kinds, IntentType::as_str)).transpose()?;
        let condition = self.r#where.as_deref().map(condition).transpose()?;
        let ids = self.ids.as_deref().map(ids).transpose()?;
        let chats = ChatStatus::ALL;
        let chat_status = self
            .chat_status
            .as_deref()
            .map(|word| known("chat_status", word, chats, ChatStatus::as_str))
            .transpose()?;
        let flows = MeetingStatus::ALL;
        let meeting_status = self
            .meeting_status
            .as_deref()
            .map(|word| known("meeting_status", word, flows, MeetingStatus::as_str))
            .transpose()?;
        let deals = [true, false];
        let has_deal = self.deal.as_deref().map(|word| known("deal", word, &deals, is_or_not)).transpose()?;
        let owner = self.owner.as_deref().map(|word| owner(word, me)).transpose()?;
        let reject_reason = self.reject_reason.filter(|reason| !reason.is_empty());
        Ok(LeadFilter {
            search: self.q,
            is_named: self.named,
            bucket,
            intent_type,
            owner,
            tag: self.tag.as_deref().map(tag).transpose()?,
            chat_status,
            meeting_status,
            has_deal,
            reject_reason,
            ids,
            condition,
        })
    }
}

/// The member who asks; none for a program.
pub(super) const fn member(caller: &Caller) -> Option<RepId> {
    caller.who.member_id()
}

const fn is_or_not(is: bool) -> &'static str {
    if is { "true" } else { "false" }
}

fn owner(word: &str, me: Option<RepId>) -> Result<OwnerFilter, Problem> {
    match word {
        "unassigned" => Ok(OwnerFilter::Unassigned),
        "ai_agent" => Ok(OwnerFilter::AiAgent),
        "me" => me.map(OwnerFilter::Rep).ok_or_else(|| wrong("owner", "an API key has no contacts of its own".into())),
        id => RepId::parse(id)
            .map(OwnerFilter::Rep)
            .map_err(|_| wrong("owner", "is neither the id of a member nor `me`, `ai_agent` or `unassigned`".into())),
    }
}

fn condition(text: &str) -> Result<Condition, Problem> {
    let condition: Condition = serde_json::from_str(text).map_err(|error| wrong("where", error.to_string()))?;
    condition.check().map_err(|error| wrong("where", error.to_string()))?;
    Ok(condition)
}

fn ids(text: &str) -> Result<Vec<LeadId>, Problem> {
    let ids: Vec<&str> = text.split(',').filter(|id| !id.is_empty()).collect();
    if ids.len() > MOST_IDS {
        return Err(wrong("ids", format!("has more than {MOST_IDS} ids")));
    }
    let ids = ids.into_iter().map(LeadId::parse).collect::<Result<_, _>>();
    ids.map_err(|_| wrong("ids", "has what is no id of a contact".into()))
}
