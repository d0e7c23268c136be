//! Transitions of a chat by the server's responses.

use knock_model::{MessageId, Millis};
use knock_wire::{Author, ChatStarted, MailedChat, Message};

use super::catch_up::CatchUp;
use super::thread::Thread;
use super::{Chat, Draft, Effect, Failure, Moment};

impl Chat {
    pub(super) fn looked(&mut self, answer: Result<MailedChat, Failure>, moment: Moment) {
        match answer {
            Ok(mailed) => {
                self.opening.succeed();
                self.looked_at = Some(mailed.conversation);
                // A booking belongs to an open chat.
                let shown = mailed.messages.into_iter().map(|message| Message { card: None, ..message });
                self.thread.settle(shown.collect());
            }
            Err(Failure::Later(pause)) => {
                self.opening.fail();
                self.opening.backoff.fail_for(moment, pause);
            }
            // Too old, or gone: a chat without it is opened once somebody writes.
            Err(Failure::SignedOut | Failure::Replaced(_) | Failure::Refused(_)) => self.opening.succeed(),
        }
    }

    pub(super) fn started(&mut self, answer: Result<ChatStarted, Failure>, moment: Moment, effects: &mut Vec<Effect>) {
        match answer {
            Ok(started) => {
                let looked_at = self.looked_at.take();
                let before = self.conversation.as_ref().map(|before| before.conversation).or(looked_at);
                if before.is_some_and(|before| before != started.conversation) {
                    self.forget(effects);
                }
                if looked_at.is_some() {
                    // Now with its cards.
                    self.catch_up.from = Some(0);
                    self.catch_up.is_wanted = true;
                }
                self.opening.succeed();
                effects.push(Effect::Remember(started.clone(), self.read));
                self.conversation = Some(started);
                self.has_token = true;
            }
            Err(Failure::Later(pause)) => {
                self.opening.fail();
                self.opening.backoff.fail_for(moment, pause);
            }
            Err(Failure::SignedOut | Failure::Replaced(_)) => self.opening.refuse(String::new()),
            Err(Failure::Refused(reason)) => self.opening.refuse(reason),
        }
    }

    pub(super) fn stored(
        &mut self,
        id: MessageId,
        answer: Result<u64, Failure>,
        moment: Moment,
        effects: &mut Vec<Effect>,
    ) {
        self.outbox.landed(id);
        match answer {
            Ok(seq) => {
                self.opening.backoff.succeed();
                if let Some(Draft { id, text, file }) = self.outbox.remove(id) {
                    effects.push(Effect::Drop(id));
                    // The details of a file come from the server.
                    self.catch_up.is_wanted |= file.is_some();
                    if file.is_none() && !self.thread.has(seq) {
                        self.thread.add(Message::plain(seq, id, Author::Lead, text, moment.now));
                    }
                }
                self.socket.expect(seq, moment.now);
                self.catch_up.is_wanted |= self.thread.has_gap();
            }
            Err(failure) => {
                let failure = match failure {
                    Failure::SignedOut => {
                        self.signed_out(moment, effects);
                        Failure::SignedOut
                    }
                    Failure::Replaced(started) => {
                        self.take_over(started, effects);
                        Failure::Later(Millis(0))
                    }
                    other @ (Failure::Later(_) | Failure::Refused(_)) => other,
                };
                self.outbox.fail(id, failure, moment);
            }
        }
    }

    pub(super) fn listed(&mut self, answer: Result<Vec<Message>, Failure>, moment: Moment, effects: &mut Vec<Effect>) {
        self.catch_up.is_asked = false;
        self.catch_up.is_answered = answer.is_ok();
        let tests_socket = std::mem::take(&mut self.catch_up.tests_socket);
        match answer {
            Ok(list) => {
                self.opening.backoff.succeed();
                self.catch_up.backoff.succeed();
                let has_news = list.iter().any(|message| !self.thread.has(message.seq));
                for message in &list {
                    self.settle_outbox(message, effects);
                }
                self.thread.settle(list);
                if !self.catch_up.is_wanted {
                    self.thread.close_gap();
                }
                if has_news && tests_socket {
                    self.hang_up(effects);
                    self.socket.hurry();
                }
            }
            Err(Failure::SignedOut) => self.signed_out(moment, effects),
            Err(Failure::Replaced(started)) => {
                self.take_over(started, effects);
                self.catch_up.is_wanted = true;
            }
            Err(failure) => {
                let pause = if let Failure::Later(pause) = failure { pause } else { Millis(0) };
                self.catch_up.is_wanted = true;
                self.catch_up.backoff.fail_for(moment, pause);
            }
        }
    }

    /// Takes over the token that another tab received.
    fn take_over(&mut self, started: ChatStarted, effects: &mut Vec<Effect>) {
        self.hang_up(effects);
        self.socket.hurry();
        self.conversation = Some(started);
    }

    /// Handles an invalid token: opens the chat again if it is wanted on this page, else removes the conversation.
    fn signed_out(&mut self, moment: Moment, effects: &mut Vec<Effect>) {
        self.hang_up(effects);
        self.has_token = false;
        self.catch_up = CatchUp::default();
        if self.opening.is_unwanted() && !self.outbox.is_waiting() && !self.is_open {
            effects.push(Effect::Forget);
        } else {
            self.opening.backoff.fail(moment);
            self.opening.want_again();
        }
    }

    /// Resets the state for another conversation.
    fn forget(&mut self, effects: &mut Vec<Effect>) {
        self.hang_up(effects);
        self.socket.renew();
        self.catch_up = CatchUp::default();
        self.thread = Thread::default();
        self.read = 0;
    }
}
