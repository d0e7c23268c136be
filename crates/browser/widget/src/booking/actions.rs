//! The visitor's actions as requests, one after the other.

use knock_model::MessageId;
use knock_wire::{BookingStarted, MeetingShown};
use leptos::prelude::*;

use super::api::{Call, path_of};
use super::handle::Booking;
use super::month::{Day, Month};
use super::origin::Origin;
use super::requests::Request;
use super::responses::{hold_end, read};
use super::state::{Slot, State, Step};
use crate::browser::{self, encoded};

impl Booking {
    pub(super) fn origin(self) -> Origin {
        self.entry(|entry| Origin::of(&entry.entry_point))
    }

    /// Opens the booking: the meeting of a token, or one that this browser has booked, or a new one.
    pub(crate) fn open(self) {
        if self.entry(|entry| entry.token.is_some()) || self.is_kept() {
            return self.look();
        }
        let body = self.entry(|entry| Request::open(self.origin(), entry, self.words.code));
        self.act(Booking::open, Call::post("/v1/meetings/open", &body), move |text| {
            let started: BookingStarted = read(text)?;
            self.name(&started.title);
            self.go(|state| state.open(started));
            if self.peek(|state| state.is_known() && state.questions().is_empty()) {
                self.submit();
            }
            Some(())
        });
    }

    /// Sets the title of the panel to the name of the workspace.
    fn name(self, name: &str) {
        self.entry(|entry| entry.view.name.try_set(name.to_owned()));
    }

    /// Loads the meeting again.
    pub(super) fn look(self) {
        let Some(path) = self.path("") else { return };
        self.act(Booking::look, Call::get(path), move |text| self.show(text));
    }

    fn show(self, text: &str) -> Option<()> {
        let meeting: MeetingShown = read(text)?;
        self.keep(&meeting);
        self.name(&meeting.workspace);
        if meeting.is_over && self.is_kept() && self.peek(|state| state.meeting.is_none()) {
            self.forget();
            return Some(());
        }
        self.zone.set(meeting.tz.clone());
        self.go(|state| state.shown(meeting));
        Some(())
    }

    /// A path below the meeting; none before there is one.
    fn path(self, rest: &str) -> Option<String> {
        let token = self.peek(|state| state.meeting.as_ref().map(|meeting| meeting.token.clone()));
        let token = token.or_else(|| self.entry(|entry| entry.token.clone()));
        Some(path_of(&token.or_else(|| self.around(|around| around.kept.first().cloned())?)?, rest))
    }

    /// Sends the address and the answers.
    pub(crate) fn submit(self) {
        self.update(|state| state.is_taken = false);
        if self.update(State::check_form) != Some(true) {
            return self.focus("[aria-invalid=true]");
        }
        if self.peek(|state| state.has_agreed) {
            self.entry(|entry| entry.entry_point.keep_consent(&entry.view.look().consent));
        }
        let body = self.draft().address_only().of(self.origin());
        self.act(Booking::submit, Call::post("/v1/meetings/email", &body), move |text| {
            let verdict = read(text)?;
            self.go(|state| {
                state.judged(verdict);
            });
            if self.peek(|state| state.step == Step::Slots) {
                self.update(|state| state.slots = None);
                self.load(true);
            }
            Some(())
        });
    }

    /// The id of the message by whose card it was opened; empty for the calendars of the rules.
    fn card(self) -> String {
        self.entry(|entry| entry.card).map(|card| card.to_string()).unwrap_or_default()
    }

    /// The visitor's input and the chosen start.
    fn draft(self) -> Request {
        let conversation = self.entry(|entry| entry.chat.as_ref().map(|chat| chat.conversation.to_string()));
        let card = self.card();
        let (language, tz) = (self.words.code.to_owned(), self.zone.get_untracked());
        self.peek(|state| {
            let start = state.chosen.as_ref().map(|slot| slot.start.clone()).unwrap_or_default();
            let (email, name) = (state.email.trim().to_owned(), state.name.trim().to_owned());
            let answers = state.answers.iter().filter(|(_, answer)| !answer.trim().is_empty()).cloned().collect();
            let (conversation, email_is_right) = (conversation.unwrap_or_default(), state.right_email == email);
            Request {
                email,
                email_is_right,
                name,
                start,
                tz,
                language,
                answers,
                conversation,
                card,
                ..Request::default()
            }
        })
    }

    /// Loads the slots of the month; if it has none and `jumps`, those of the first month with slots.
    pub(crate) fn load(self, jumps: bool) {
        let zone = self.zone.get_untracked();
        let today = Day::parse(&self.tools().today(&zone)).unwrap_or(Day(0));
        self.update(|state| {
            state.today = Some(today);
            state.month.get_or_insert(today.month());
        });
        let Some(month) = self.peek(|state| state.month) else { return };
        let (before, after) = (month.plus(-1), month.plus(1));
        let (from, to) = (format!("{}-{}", before.text(), before.last().number()), after.text() + "-02");
        let window = format!("from={from}T00:00:00Z&to={to}T00:00:00Z&tz={}", encoded(&zone));
        let path = match self.path("/slots?").filter(|_| self.peek(|state| state.is_moving)) {
            Some(path) => path,
            None => {
                "/v1/meetings/slots?".to_owned()
                    + &self.origin().query(&self.peek(|state| state.email.trim().to_owned()), &self.card())
            }
        };
        let again: fn(Booking) = if jumps { |booking| booking.load(true) } else { |booking| booking.load(false) };
        self.act(again, Call::get(path + &window), move |text| {
            let list = read(text)?;
            let mut goes_on = false;
            self.go(|state| goes_on = state.listed(list, jumps));
            // The month or the zone may have changed meanwhile.
            let is_other =
                self.peek(|state| state.month) != Some(month) || self.zone.with_untracked(|now| *now != zone);
            if self.peek(|state| state.step) == Step::Slots && (goes_on || is_other) {
                self.load(goes_on && jumps);
            }
            Some(())
        });
    }

    /// Shows another month.
    pub(crate) fn turn(self, month: Month) {
        self.pick(month.first());
    }

    /// Shows a day of any month.
    pub(crate) fn pick(self, day: Day) {
        let is_new = self.update(|state| {
            state.day = Some(day);
            let is_new = state.month != Some(day.month());
            if is_new {
                (state.month, state.slots, state.next) = (Some(day.month()), None, None);
            }
            is_new
        });
        if is_new == Some(true) {
            self.load(false);
        }
    }

    /// Shows times in another time zone.
    pub(crate) fn live_in(self, zone: String) {
        self.zone.set(zone);
        self.update(|state| state.slots = None);
        self.load(false);
    }

    /// Chooses a slot: it is held, unless a meeting is rescheduled to it.
    pub(crate) fn choose(self, slot: Slot) {
        self.update(|state| {
            (state.chosen, state.is_taken, state.wrong) = (Some(slot), false, Vec::new());
        });
        if self.peek(|state| state.is_moving) {
            return self.go(|state| state.step = Step::Confirm);
        }
        self.hold();
    }

    fn hold(self) {
        let body = self.draft().of(self.origin());
        self.act(Booking::hold, Call::post("/v1/meetings/holds", &body), move |text| self.held(text, Step::Confirm));
    }

    /// Takes the hold in a response; none if the response is another one.
    fn held(self, text: &str, step: Step) -> Option<()> {
        let end = hold_end(text)?;
        let now = browser::now();
        self.now.set(now);
        self.go(|state| state.held(&end, now, step));
        Some(())
    }

    /// Books the chosen slot, or reschedules the meeting to it. A retry is the same request.
    pub(crate) fn confirm(self) {
        if self.peek(|state| state.is_moving) {
            return self.reschedule();
        }
        let draft = self.draft();
        if draft.name.is_empty() {
            self.update(|state| state.wrong = vec![("name".to_owned(), "name.missing", String::new())]);
            return self.focus("[aria-invalid=true]");
        }
        self.update(|state| state.wrong.clear());
        let key = self.key();
        let body = draft.of(self.origin());
        self.act(Booking::confirm, Call::post("/v1/meetings", &body).with_key(key), move |text| {
            self.update_around(|around| around.key.clear());
            // A first booking may wait for the link in a mail.
            self.held(text, Step::Mailed).or_else(|| self.show(text))
        });
    }

    /// The idempotency key of this attempt.
    fn key(self) -> String {
        let made = || MessageId::new(browser::now(), &browser::random()).to_string();
        self.update_around(|around| {
            if around.key.is_empty() {
                around.key = made();
            }
            around.key.clone()
        })
        .unwrap_or_default()
    }

    /// Changes the input; the next attempt gets a new idempotency key.
    pub(crate) fn edit(self, change: impl FnOnce(&mut State)) {
        self.update_around(|around| around.key.clear());
        self.update(change);
    }

    fn reschedule(self) {
        let Some(path) = self.path("/reschedule") else { return };
        let body = Request::reschedule(self.draft().start);
        self.act(Booking::confirm, Call::post(&path, &body), move |text| {
            self.update(|state| state.was_moved = true);
            self.show(text)
        });
    }

    /// Starts rescheduling the meeting.
    pub(crate) fn start_move(self) {
        self.go(|state| {
            (state.is_moving, state.step, state.slots, state.trouble) = (true, Step::Slots, None, None);
            (state.is_taken, state.was_moved, state.day, state.month) = (false, false, None, None);
        });
        self.load(true);
    }

    /// Opens the confirmation of a cancellation.
    pub(crate) fn start_cancel(self) {
        self.go(|state| (state.step, state.trouble) = (Step::Cancel, None));
    }

    /// Cancels the meeting.
    pub(crate) fn cancel(self) {
        let Some(path) = self.path("/cancel") else { return };
        let body = Request::cancel(self.peek(|state| state.reason.trim().to_owned()));
        self.act(Booking::cancel, Call::post(&path, &body), move |text| self.show(text));
    }

    /// Starts over with the same address; where the meeting was only looked at, from the start.
    pub(crate) fn start_again(self) {
        self.update_around(|around| {
            around.has_left = false;
            around.kept.clear();
        });
        self.update(|state| {
            (state.meeting, state.was_moved, state.slots, state.day, state.month) = (None, false, None, None, None);
            state.is_moving = false;
        });
        if self.peek(|state| state.started.is_some()) {
            return self.submit();
        }
        self.update_around(|around| around.entry.token = None);
        self.zone.set(self.tools().zone());
        self.open();
    }
}
