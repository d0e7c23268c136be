//! Search, filter and order of the list of conversations.

use crate::http::api::page::Page;
use crate::http::api::parameter::{known, tag, wrong};
use crate::http::problem::Problem;
use crate::sites::SiteDirectory;
use knock_agent::Language;
use knock_model::search::Search;
use knock_model::{Bucket, IntentType, Millis, RepId, SiteId};
use knock_ports::{InboxFilter, InboxQuery, OwnerFilter};
use knock_status::chat::{ChatStatus, InboxOrder, InboxView};
use serde::Deserialize;

/// The longest search, in characters.
const LONGEST: usize = 200;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// A view: `mine`, `unassigned`, `waiting`, `follow_up` and `open` are of open conversations, `snoozed`, `done`,
    /// `closed`, `rejected` and `spam` of the others; `mentions` is of those whose notes mention the caller. Without one, all that are not marked as spam, last active first.
    view: Option<String>,
    /// Words that a conversation must have: each in the lead's name, address, telephone number or company, in a message
    /// or in a note, whatever its case and accents. A part in double quotes is one word. Without a view all that are
    /// not marked as spam are searched. `hits` of a conversation are the texts that have them.
    #[serde(default)]
    q: String,
    /// Without a view: those marked as spam instead of the others.
    #[serde(default)]
    pub(super) spam: bool,
    /// Of the view, only those of this owner: the id of a member, `me`, `ai_agent`, or `unassigned` for those without.
    owner: Option<String>,
    /// Of the view, only those with one of these values of Chat Status, separated by commas.
    status: Option<String>,
    /// Of the view, only those with this `Knock: Intent Type`.
    r#type: Option<String>,
    /// Of the view, only those with this `Knock: Intent Score`: `High`, `Medium` or `Low`.
    score: Option<String>,
    /// Of the view, only those whose lead has the tag with this id.
    tag: Option<String>,
    /// Of the view, only those of the site with this key.
    site: Option<String>,
    /// Of the view, only those in this language: `en`, `de`, `fr` or `es`.
    language: Option<String>,
    /// `true`: of the view, only those whose lead waits for a human.
    waiting: Option<String>,
    /// `true`: of the view, only those whose lead has a page of a site open.
    on_site: Option<String>,
    /// The order of the view: `urgent` (without it), `waiting` for the longest wait whatever the score, or `active` for
    /// the last activity.
    order: Option<String>,
    /// The cursor: `next` of the page before.
    pub(super) after: Option<String>,
    /// The number of items, 1 to 200.
    pub(super) limit: Option<u32>,
}

/// The request beside its parameters.
pub(super) struct Asked<'a> {
    /// The calling member; none for an API key.
    pub(super) member: Option<RepId>,
    pub(super) sites: &'a SiteDirectory,
    pub(super) now: Millis,
}

impl Asked<'_> {
    /// The requested view; none without one.
    pub(super) fn query(&self, asked: &Filter, page: &Page) -> Result<Option<InboxQuery>, Problem> {
        let search = asked.q.trim();
        if search.chars().count() > LONGEST {
            return Err(wrong("q", format!("is longer than {LONGEST} characters")));
        }
        let search = Search::parse(search);
        let is_everywhere = asked.view.is_none() && !asked.spam;
        let view = match &asked.view {
            Some(word) => known("view", word, InboxView::ALL, InboxView::as_str)?,
            None if !search.is_empty() && asked.spam => InboxView::Spam,
            None if !search.is_empty() => InboxView::Open,
            None => {
                return asked.of_views().map_or(Ok(None), |name| Err(wrong(name, "is for a view or a search".into())));
            }
        };
        if matches!(view, InboxView::Mine | InboxView::Mentions) && self.member.is_none() {
            return Err(wrong("view", "an API key has no conversations of its own".into()));
        }
        let order = asked.order.as_deref().map(|word| known("order", word, InboxOrder::ALL, InboxOrder::as_str));
        let (filter, order) = (self.filter(asked)?, order.transpose()?.unwrap_or_default());
        let (member, after, limit) = (self.member, page.from, page.limit);
        Ok(Some(InboxQuery { view, member, search, is_everywhere, filter, order, after, limit }))
    }

    fn filter(&self, asked: &Filter) -> Result<InboxFilter, Problem> {
        let (types, languages) = (IntentType::ALL, Language::ALL);
        Ok(InboxFilter {
            owner: asked.owner.as_deref().map(|word| self.owner(word)).transpose()?,
            statuses: asked.status.as_deref().map(statuses).transpose()?.unwrap_or_default(),
            intent_type: one("type", asked.r#type.as_deref(), types, IntentType::as_str)?,
            score: one("score", asked.score.as_deref(), Bucket::ALL, Bucket::as_str)?,
            tag: asked.tag.as_deref().map(tag).transpose()?,
            site: asked.site.as_deref().map(|key| self.site(key)).transpose()?,
            language: one("language", asked.language.as_deref(), languages, Language::as_str)?,
            is_waiting: flag("waiting", asked.waiting.as_deref())?,
            on_site_at: flag("on_site", asked.on_site.as_deref())?.then_some(self.now),
        })
    }

    fn owner(&self, word: &str) -> Result<OwnerFilter, Problem> {
        match word {
            "unassigned" => Ok(OwnerFilter::Unassigned),
            "ai_agent" => Ok(OwnerFilter::AiAgent),
            "me" => {
                let member = self.member.map(OwnerFilter::Rep);
                member.ok_or_else(|| wrong("owner", "an API key has no conversations of its own".into()))
            }
            id => RepId::parse(id)
                .map(OwnerFilter::Rep)
                .map_err(|_| wrong("owner", "expected the id of a member, me, ai_agent or unassigned".into())),
        }
    }

    /// The site with a key, also a removed one: its conversations are still there.
    fn site(&self, key: &str) -> Result<SiteId, Problem> {
        let site = self.sites.all().iter().find(|site| site.key == key).map(|site| site.id);
        site.ok_or_else(|| wrong("site", "is the key of no site".into()))
    }
}

impl Filter {
    /// The first given parameter that only a view or a search has.
    fn of_views(&self) -> Option<&'static str> {
        let given = [
            ("owner", self.owner.is_some()),
            ("status", self.status.is_some()),
            ("type", self.r#type.is_some()),
            ("score", self.score.is_some()),
            ("tag", self.tag.is_some()),
            ("site", self.site.is_some()),
            ("language", self.language.is_some()),
            ("waiting", self.waiting.is_some()),
            ("on_site", self.on_site.is_some()),
            ("order", self.order.is_some()),
        ];
        given.into_iter().find_map(|(name, is_given)| is_given.then_some(name))
    }
}

fn statuses(words: &str) -> Result<Vec<ChatStatus>, Problem> {
    words.split(',').map(|word| known("status", word.trim(), ChatStatus::ALL, ChatStatus::as_str)).collect()
}

/// The value of a vocabulary that a parameter names, if it is given.
fn one<T: Copy>(
    name: &str,
    word: Option<&str>,
    all: &[T],
    spelling: fn(T) -> &'static str,
) -> Result<Option<T>, Problem> {
    word.map(|word| known(name, word, all, spelling)).transpose()
}

fn flag(name: &str, word: Option<&str>) -> Result<bool, Problem> {
    match word {
        None | Some("false") => Ok(false),
        Some("true") => Ok(true),
        Some(_) => Err(wrong(name, "expected true or false".into())),
    }
}
