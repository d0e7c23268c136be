//! The voice of the agent in a chat: its texts, its language, and the names that it says.

use super::flow::ChatFlow;
use super::route::member_of;
use super::thread::Thread;
use knock_agent::{Language, Playbooks, Speaker, kind_for};
use knock_intent::{Action, categorise_with};
use knock_model::{Category, Millis, SignalType};
use knock_ports::{Conversation, Member, StoreError, View};
use knock_routing::{AgentKind, Assignee, Reason};
use knock_status::chat::RepOwner;

/// The maximum number of page views of a session searched for one about open positions.
const VIEWS: u32 = 200;

/// The texts, the language and the names for the agent's messages in a chat.
pub(in crate::commands) struct Voice {
    playbooks: Playbooks,
    members: Vec<Member>,
    kind: AgentKind,
    language: Language,
    rep: Option<String>,
    email: Option<String>,
    pub(super) is_agents: bool,
}

impl Voice {
    /// As of the owner that the chat has so far, without the address of the lead.
    pub(super) fn load(
        view: &dyn View,
        flow: &mut ChatFlow,
        thread: &Thread,
        of: &Conversation,
    ) -> Result<Voice, StoreError> {
        let mut voice = Voice {
            playbooks: view.playbooks(of.site)?,
            members: view.members()?,
            kind: AgentKind::General,
            language: thread.language(of.language),
            rep: None,
            email: None,
            is_agents: false,
        };
        voice.follow(flow);
        Ok(voice)
    }

    /// The names of the owner that the chat has now.
    fn follow(&mut self, flow: &mut ChatFlow) {
        let fields = &flow.derived().fields;
        let rep = fields.standing_rep().and_then(|rep| member_of(rep, &self.members)).map(Member::public_name);
        self.rep = rep.filter(|name| !name.is_empty()).map(str::to_owned);
        self.is_agents = matches!(fields.rep_owner, Some(RepOwner::AiAgent));
        self.kind = flow.agent_kind(self.is_agents);
    }

    /// The same, with the address of the lead.
    pub(super) fn settle(
        &mut self,
        view: &dyn View,
        flow: &mut ChatFlow,
        thread: &Thread,
        of: &Conversation,
    ) -> Result<(), StoreError> {
        self.follow(flow);
        self.email = flow.record.as_ref().map(|lead| thread.recipient(view, of, lead)).transpose()?.flatten();
        Ok(())
    }

    pub(super) fn speaker<'a>(&'a self, said: &'a [&'a str]) -> Speaker<'a> {
        let Voice { playbooks, kind, language, .. } = self;
        let (rep, email) = (self.rep.as_deref(), self.email.as_deref());
        Speaker { playbooks, kind: *kind, language: *language, rep, email, said }
    }

    /// Returns the last page about open positions that the lead viewed in the session of the chat.
    pub(super) fn careers(
        &self,
        view: &dyn View,
        of: &Conversation,
        now: Millis,
    ) -> Result<Option<String>, StoreError> {
        if self.kind != AgentKind::Hiring {
            return Ok(None);
        }
        let views = view.views_of_session(of.site, of.visitor, of.session, now + Millis(1), VIEWS)?;
        let site = view.site(of.site)?;
        let (categories, base) = site.as_ref().map_or((&[][..], ""), |site| (&site.categories, &site.base));
        let is_about_jobs = |url: &str| {
            let (kind, none) = (SignalType::PageView, "");
            let view = Action { kind, url, base, href: none, referrer: none, name: none, label: none, form: none };
            categorise_with(categories, &view).category == Category::Job
        };
        // Data of browsers is not trusted: only a web page may become a link.
        let is_page = |url: &str| url.starts_with("https://") || url.starts_with("http://");
        let mut pages = views.into_iter().rev().map(|page| page.url);
        Ok(pages.find(|url| is_page(url) && is_about_jobs(url)))
    }
}

impl ChatFlow {
    /// Returns the kind of the agent that replies: the one that a nudge asked for, else the owner of the chat, else the one
    /// for the lead's type.
    pub(super) fn agent_kind(&self, is_agents: bool) -> AgentKind {
        if let Some(asked) = self.asked_type() {
            return kind_for(asked);
        }
        let decision = self.decided.as_ref().filter(|_| is_agents).map(|decided| &decided.decision);
        // Of a chat that was only left to it, the type decides, which may have changed since.
        match decision.filter(|decision| decision.reason != Reason::AnsweredByAgent).map(|decision| &decision.assignee)
        {
            Some(Some(Assignee::AiAgent { id })) => *id,
            _ => kind_for(self.intent_type()),
        }
    }
}
