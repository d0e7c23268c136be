//! One event after another: the transition table, row by row.

use super::clocks::{Clocks, ReplyClock};
use super::event::{Assignee, Event};
use super::state::{Flag, Rejecter, Rejection, RepOwner, State};
use super::waiting::Unanswered;
use super::words::ChatStatus;
use super::work::Work;
use knock_model::Millis;

impl State {
    /// Lets one event happen. Reversals are not handled here: they fold the past again (R9b).
    pub(super) fn apply(&mut self, event: &Event, at: Millis) {
        match event {
            Event::LinkClicked => {
                self.first_click_at.get_or_insert(at);
                self.activity(at);
                let first = self.unless_spam(ChatStatus::New);
                self.status.get_or_insert(first);
            }
            Event::ChatActivity => self.activity(at),
            Event::LeadMessage { is_spam } => self.lead_message(*is_spam, at),
            Event::Assigned(assignee) => self.assigned(assignee, at),
            Event::Queued => self.queued(at),
            Event::RepMessage { rep } => self.rep_message(rep, at),
            Event::SpamDetected => self.spam_detected(),
            Event::Rejected { by, reason, member } => {
                self.rejected(Rejection { by: *by, member: member.clone(), reason: reason.clone() });
            }
            Event::DealOpened => self.deal_opened(at),
            Event::FormSent { .. } => self.form_sent(at),
            Event::Done { by } => self.work = Work::Done { by: by.clone() },
            Event::Snoozed { until, by } => self.work = Work::Snoozed { until: *until, by: by.clone() },
            Event::Reopened { .. } => self.work.open(at),
            Event::Invited { rep } => self.invited(rep, at),
            Event::AiMessage | Event::SpamReversed | Event::RejectionReversed | Event::NudgeFollowed { .. } => {}
        }
    }

    /// Clicks and typing (R5, R5b, R5c).
    fn activity(&mut self, at: Millis) {
        match self.status {
            Some(ChatStatus::Closed) => self.reopen(ChatStatus::New),
            Some(ChatStatus::SaveTheLead) => self.status = Some(ChatStatus::New),
            _ => {}
        }
        self.clocks.active_at = Some(at);
    }

    fn lead_message(&mut self, is_spam: bool, at: Millis) {
        self.lead_wrote_at = Some(at);
        self.forget_done();
        self.work.lead_wrote();
        self.status = match self.status {
            Some(ChatStatus::Closed) => {
                self.reopen(ChatStatus::AiDiscovery);
                self.status
            }
            None | Some(ChatStatus::New | ChatStatus::SaveTheLead) => Some(self.unless_spam(ChatStatus::AiDiscovery)),
            Some(ChatStatus::FollowUpNeeded) => Some(ChatStatus::RepDiscovery),
            other => other,
        };
        self.clocks.active_at = Some(at);
        self.clocks.rep_wrote_at = None;
        self.clocks.unanswered_since.get_or_insert(at);
        self.unanswered.lead_wrote(at);
        if self.clocks.reply == ReplyClock::Armed {
            self.clocks.reply = ReplyClock::Running(at);
        }
        if is_spam {
            self.spam_detected();
        }
    }

    /// 7.4: work for a human, and no activity in the chat.
    fn form_sent(&mut self, at: Millis) {
        self.forget_done();
        self.work.open(at);
        self.unanswered.form_sent(at);
        self.has_form = true;
    }

    /// A new episode: what was said and awaited in the old one no longer counts; the standing rep stays (R5).
    fn reopen(&mut self, status: ChatStatus) {
        let reply = if self.fields.standing_rep().is_some() { ReplyClock::Armed } else { ReplyClock::Off };
        self.clocks = Clocks { reply, ..Clocks::default() };
        self.unanswered = Unanswered::default();
        self.status = Some(self.unless_spam(status));
    }

    /// The status to begin with; who is marked as spam stays hidden (R4b), also by a form.
    fn unless_spam(&self, status: ChatStatus) -> ChatStatus {
        if self.is_spam { ChatStatus::Spam } else { status }
    }

    /// What was written before a member said that nothing is left to do needs no answer, once the chat is open again.
    fn forget_done(&mut self) {
        if matches!(self.work, Work::Done { .. }) {
            self.unanswered = Unanswered::default();
        }
    }

    /// R6; a reassignment opens a chat that was done or snoozed (7.5).
    fn assigned(&mut self, assignee: &Assignee, at: Millis) {
        // Whom the agent kept for the team has waited all the time (7.1).
        let was_agents = self.fields.rep_owner == Some(RepOwner::AiAgent) && !self.is_queued;
        let is_same = match assignee {
            Assignee::AiAgent => was_agents,
            Assignee::Rep(rep) => self.fields.standing_rep() == Some(rep),
        };
        if !is_same {
            self.forget_done();
            self.work.open(at);
        }
        self.is_queued = false;
        match assignee {
            Assignee::AiAgent => {
                self.fields.rep_owner = Some(RepOwner::AiAgent);
                self.clocks.reply = ReplyClock::Off;
                if matches!(
                    self.status,
                    Some(ChatStatus::RepReplyNeeded | ChatStatus::RepDiscovery | ChatStatus::FollowUpNeeded)
                ) {
                    self.status = Some(ChatStatus::AiDiscovery);
                }
            }
            Assignee::Rep(_) if is_same => {}
            Assignee::Rep(rep) => {
                if was_agents {
                    self.unanswered.taken_from_agent();
                }
                self.fields.rep_owner = Some(RepOwner::Rep(rep.clone()));
                if self.status != Some(ChatStatus::RepReplyNeeded) {
                    self.clocks.reply = match self.clocks.unanswered_since {
                        Some(_) => ReplyClock::Running(at),
                        None => ReplyClock::Armed,
                    };
                }
            }
        }
    }

    /// 7.1: the AI agent answers, and the lead waits for the team since the first message that only the agent answered.
    fn queued(&mut self, at: Millis) {
        if self.fields.rep_owner == Some(RepOwner::AiAgent) && !self.is_queued {
            self.unanswered.taken_from_agent();
        }
        self.assigned(&Assignee::AiAgent, at);
        self.is_queued = true;
    }

    /// 7.6: work of the rep without a status. The lead's answer starts the wait for their reply, as of an assigned chat
    /// (R6).
    fn invited(&mut self, rep: &str, at: Millis) {
        self.is_invited = true;
        if self.status.is_none() && self.clocks.reply == ReplyClock::Off {
            self.clocks.reply = ReplyClock::Armed;
        }
        self.rep_message(rep, at);
    }

    /// R6, R6b, R6c, R7. Without a chat it is only stored, and answers a form or is another message of who wrote first.
    fn rep_message(&mut self, rep: &str, at: Millis) {
        self.rep_wrote_at = Some(at);
        let Some(status) = self.status else {
            if self.is_work() {
                self.answered_by(rep);
            }
            return;
        };
        if let ReplyClock::Running(since) = self.clocks.reply {
            self.fields.response_time.get_or_insert(at - since);
        }
        self.clocks.reply = ReplyClock::Off;
        self.clocks.unanswered_since = None;
        self.clocks.rep_wrote_at = Some(at);
        self.fields.responding_rep.get_or_insert_with(|| rep.into());
        self.answered_by(rep);
        match status {
            ChatStatus::Rejected | ChatStatus::Qualified => {}
            ChatStatus::Closed => self.is_spam = false,
            _ => {
                self.is_spam = false;
                self.status = Some(ChatStatus::RepDiscovery);
            }
        }
    }

    /// Ends the wait; the rep is the owner of the chat, unless another member is.
    fn answered_by(&mut self, rep: &str) {
        self.unanswered = Unanswered::default();
        self.is_queued = false;
        if self.fields.standing_rep().is_none() {
            self.fields.rep_owner = Some(RepOwner::Rep(rep.into()));
        }
    }

    /// R8. Without a chat it is only stored, and hides a lead who sent a form or to whom a member wrote first.
    fn spam_detected(&mut self) {
        match self.status {
            None => self.is_spam = self.is_work(),
            Some(ChatStatus::Rejected | ChatStatus::Qualified) => {}
            Some(ChatStatus::Closed) => self.is_spam = true,
            Some(_) => {
                self.is_spam = true;
                self.status = Some(ChatStatus::Spam);
            }
        }
    }

    /// R9, R10. Without a chat it is only stored.
    fn rejected(&mut self, rejection: Rejection) {
        match (self.status, rejection.by) {
            (None, _) => {}
            (Some(ChatStatus::Qualified), Rejecter::Ai) => {
                self.flags.insert(Flag::AiRejectOnQualified);
            }
            (Some(_), _) => {
                self.fields.rejected = Some(rejection);
                self.status = Some(ChatStatus::Rejected);
            }
        }
    }

    /// R9, R10: only a deal opened after the first click says something of this chat.
    fn deal_opened(&mut self, at: Millis) {
        if self.first_click_at.is_none_or(|click| at <= click) {
            return;
        }
        if self.status.is_some() {
            self.deal_opened_at.get_or_insert(at);
        }
        match self.status {
            None | Some(ChatStatus::Qualified) => {}
            Some(ChatStatus::Rejected) => {
                self.flags.insert(Flag::DealOnRejected);
            }
            Some(_) => {
                self.is_spam = false;
                self.status = Some(ChatStatus::Qualified);
            }
        }
    }
}
