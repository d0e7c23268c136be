//! The state of a chat and its transitions by facts.

use knock_model::{ConversationId, Millis};
use knock_wire::{Author, ChatStarted, Message};

use super::catch_up::CatchUp;
use super::live_socket::LiveSocket;
use super::opening::Opening;
use super::outbox::Outbox;
use super::thread::Thread;
use super::{Draft, Effect, Fact, Moment, Remembered};

#[derive(Clone, Debug)]
pub(crate) struct Chat {
    pub(super) conversation: Option<ChatStarted>,
    pub(super) thread: Thread,
    pub(super) outbox: Outbox,
    pub(super) opening: Opening,
    pub(super) socket: LiveSocket,
    pub(super) catch_up: CatchUp,
    pub(super) read: u64,
    pub(super) is_online: bool,
    pub(super) has_token: bool,
    /// The name of the rep who types, empty for one without; none if no rep does.
    pub(super) typist: Option<String>,
    /// Whether a mailed link is only looked at: a person is not known to be there yet.
    pub(super) looks: bool,
    /// The conversation that was looked at.
    pub(super) looked_at: Option<ConversationId>,
    /// Whether the panel is shown.
    pub(super) is_open: bool,
    /// Whether the page is in front: what arrives in the background is unread.
    is_visible: bool,
}

impl Chat {
    /// The chat of a mailed link: shown at once, and opened when a person uses the page.
    pub(crate) fn mailed(is_online: bool) -> Chat {
        Chat { looks: true, ..Chat::new(Remembered::default(), is_online) }
    }

    /// A chat that continues the stored state of an earlier page.
    pub(crate) fn new(remembered: Remembered, is_online: bool) -> Chat {
        let mut opening = Opening::default();
        if remembered.started.is_none() && !remembered.unsent.is_empty() {
            opening.want();
        }
        Chat {
            has_token: remembered.started.is_some(),
            conversation: remembered.started,
            thread: Thread::default(),
            outbox: Outbox::restore(remembered.unsent),
            opening,
            socket: LiveSocket::default(),
            catch_up: CatchUp::default(),
            read: remembered.read,
            is_online,
            typist: None,
            looks: false,
            looked_at: None,
            is_open: false,
            is_visible: true,
        }
    }

    pub(crate) fn apply(&mut self, fact: Fact, moment: Moment) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.take(fact, moment, &mut effects);
        self.proceed(moment, &mut effects);
        effects
    }

    /// The name of the rep who types now, empty for one without; none if no rep does.
    pub(crate) fn typist(&self) -> Option<String> {
        self.typist.clone()
    }

    /// The next instant at which an action is due without a fact.
    pub(crate) fn next_change_at(&self) -> Option<Millis> {
        if !self.is_online {
            return None;
        }
        let chat = [self.socket.due(), self.catch_up.due(), self.outbox.due()];
        let chat = chat.into_iter().flatten().filter(|_| self.may_ask());
        chat.chain(self.opening.due().filter(|_| !self.is_asking())).min()
    }

    fn take(&mut self, fact: Fact, moment: Moment, effects: &mut Vec<Effect>) {
        match fact {
            Fact::PanelOpened => {
                self.is_open = true;
                self.opening.want();
                self.hurry();
            }
            Fact::PanelResumed => {
                self.is_open = true;
                self.hurry();
            }
            Fact::Invited(id) => {
                effects.push(Effect::Invite(id));
                self.opening.want_anew();
                self.hurry();
            }
            Fact::Chosen(id) => {
                effects.push(Effect::Choose(id));
                self.opening.want_anew();
                self.hurry();
            }
            Fact::PanelClosed => self.is_open = false,
            Fact::BookingLeft => {
                self.catch_up.from = self.thread.before_card();
                self.catch_up.is_wanted |= self.catch_up.from.is_some();
            }
            Fact::Written(draft) => self.written(draft, effects),
            Fact::Typed => {
                if self.socket.is_open() {
                    effects.push(Effect::Type);
                }
            }
            Fact::RepTypes(name) => self.typist = name,
            Fact::Advanced(percent) => self.outbox.advance(percent),
            Fact::RetryAsked(id) => {
                self.outbox.retry(id);
                self.hurry();
            }
            Fact::ReopenAsked => self.reopen(),
            Fact::Acted => self.acted(),
            Fact::Looked(answer) => self.looked(answer, moment),
            Fact::Started(answer) => self.started(answer, moment, effects),
            Fact::Stored(id, answer) => self.stored(id, answer, moment, effects),
            Fact::Listed(of, answer) => {
                if self.conversation.as_ref().is_some_and(|started| started.conversation == of) {
                    self.listed(answer, moment, effects);
                }
            }
            Fact::SocketOpened(number) => self.socket_opened(number, moment, effects),
            Fact::SocketClosed(number) => self.socket_closed(number, moment),
            Fact::Received(number, message) => self.received(number, message, effects),
            Fact::WentOnline => {
                self.is_online = true;
                // An old socket may never detect the loss of its network.
                self.hang_up(effects);
                self.hurry();
            }
            Fact::WentOffline => {
                self.is_online = false;
                self.hang_up(effects);
            }
            Fact::BecameHidden => self.is_visible = false,
            Fact::ReadElsewhere(of, read) => {
                if self.conversation.as_ref().is_some_and(|started| started.conversation == of) {
                    self.read = self.read.max(read);
                }
            }
            Fact::BecameVisible => {
                self.is_visible = true;
                self.catch_up.is_wanted = true;
                self.catch_up.tests_socket = self.socket.is_open();
                self.hurry();
            }
            Fact::Ticked => {
                if self.socket.is_dead(moment.now) {
                    self.socket.fail(moment);
                    effects.push(Effect::Disconnect);
                }
            }
        }
        self.note_read(effects);
    }

    /// Executes all actions that are due.
    fn proceed(&mut self, Moment { now, .. }: Moment, effects: &mut Vec<Effect>) {
        if !self.is_online {
            return;
        }
        if !self.is_asking() && self.opening.begin_if_due(now) {
            effects.push(if self.looks { Effect::Look } else { Effect::Start });
        }
        let Some(started) = self.conversation.clone().filter(|_| self.may_ask()) else { return };
        if let Some(number) = self.socket.open(now) {
            // A request reveals what a socket cannot: an invalid token, or that only sockets fail.
            self.catch_up.is_wanted |= self.socket.failures() > 1;
            effects.push(Effect::Connect(started.clone(), number));
        }
        if self.catch_up.begin_if_due(now) {
            let from = self.catch_up.from.take().unwrap_or(self.thread.last());
            effects.push(Effect::List(started.clone(), from));
        }
        if let Some(draft) = self.outbox.send(now) {
            effects.push(Effect::Send(started, draft));
        }
    }

    /// Whether the token is good: an opening that is under way replaces it.
    pub(super) fn may_ask(&self) -> bool {
        self.has_token && !self.opening.is_asked()
    }

    /// Whether a request with the token is under way, which an opening would make invalid. An upload can take minutes.
    fn is_asking(&self) -> bool {
        self.catch_up.is_asked || self.outbox.is_sending()
    }

    fn socket_opened(&mut self, number: u64, moment: Moment, effects: &mut Vec<Effect>) {
        if let Some(started) = self.conversation.clone().filter(|_| self.socket.opened(number, moment.now)) {
            effects.push(Effect::Hello(started, self.thread.last()));
        }
    }

    fn socket_closed(&mut self, number: u64, moment: Moment) {
        let was_open = self.socket.is_open();
        if self.socket.closed(number, moment) && was_open {
            self.catch_up.is_answered = false;
        }
    }

    fn written(&mut self, draft: Draft, effects: &mut Vec<Effect>) {
        self.acted();
        if !self.has_token {
            // A panel that was resumed has not opened the chat.
            self.opening.want();
        }
        // The content of a file is held by the page only.
        if draft.file.is_none() {
            effects.push(Effect::Keep(draft.clone()));
        }
        self.outbox.push(draft);
    }

    fn received(&mut self, number: u64, message: Message, effects: &mut Vec<Effect>) {
        if self.socket.receive(number, message.seq) {
            self.opening.backoff.succeed();
            self.add(message, effects);
            self.catch_up.is_wanted |= self.thread.has_gap();
        }
    }

    fn add(&mut self, message: Message, effects: &mut Vec<Effect>) {
        if message.author == Author::Rep {
            self.typist = None;
        }
        self.settle_outbox(&message, effects);
        self.thread.add(message);
    }

    /// Removes messages from the outbox that the server has.
    pub(super) fn settle_outbox(&mut self, message: &Message, effects: &mut Vec<Effect>) {
        if self.outbox.remove(message.id).is_some() {
            effects.push(Effect::Drop(message.id));
        }
    }

    fn acted(&mut self) {
        if self.looks {
            self.looks = false;
            self.opening.want_anew();
            self.hurry();
        }
    }

    fn reopen(&mut self) {
        self.opening.want_again();
        self.hurry();
    }

    pub(super) fn hang_up(&mut self, effects: &mut Vec<Effect>) {
        if self.socket.reset() {
            effects.push(Effect::Disconnect);
        }
    }

    fn hurry(&mut self) {
        self.opening.backoff.hurry();
        self.socket.hurry();
        self.catch_up.backoff.hurry();
        self.outbox.hurry();
    }

    fn note_read(&mut self, effects: &mut Vec<Effect>) {
        let is_seen = self.is_open && self.is_visible;
        if let Some(started) = self.conversation.as_ref().filter(|_| is_seen && self.read < self.thread.last()) {
            self.read = self.thread.last();
            effects.push(Effect::Remember(started.clone(), self.read));
        }
    }
}
