//! A booking that lives: what the visitor does is asked of the server, and views follow the answers.

use js_sys::Function;
use knock_model::{MessageId, Millis};
use knock_wire::{BookingRequest, BookingStarted, MeetingShown};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::HtmlElement;

use knock_json::parse;

use super::api::{self, Call, Failure, Visit, encoded, path_of};
use super::month::{Day, Month};
use super::state::{Slot, State, Step};
use super::tools::{Tell, Tools, end};
use super::words::Words;
use crate::browser;
use crate::lazy::Entry;

/// What the views of a booking share.
#[derive(Clone, Copy)]
pub(crate) struct Booking {
    /// What is known.
    pub(crate) state: RwSignal<State>,
    /// In which language it is said.
    pub(crate) words: Words,
    /// The instant by which a hold is reckoned.
    pub(crate) now: RwSignal<Millis>,
    /// The visitor's time zone.
    pub(crate) zone: RwSignal<String>,
    /// The weekday that weeks begin with; 0 for Monday.
    pub(crate) first_weekday: i32,
    around: StoredValue<Around, LocalStorage>,
}

/// What is around it.
#[derive(Clone)]
struct Around {
    entry: Entry,
    tools: Tools,
    root: Option<HtmlElement>,
    /// The key of the booking that is tried, until its answer is there.
    key: String,
    has_left: bool,
    /// What is tried again by the button of a notice.
    again: fn(Booking),
}

impl Booking {
    /// A booking that nothing was asked for yet.
    pub(crate) fn new(entry: Entry, tools: Tools) -> Booking {
        let words = Words::of(entry.code);
        let (zone, first_weekday) = (tools.zone(), tools.first_weekday(words.code));
        let around = Around { entry, tools, root: None, key: String::new(), has_left: false, again: Booking::open };
        Booking {
            state: RwSignal::new(State::default()),
            words,
            now: RwSignal::new(browser::now()),
            zone: RwSignal::new(zone),
            first_weekday,
            around: StoredValue::new_local(around),
        }
    }

    /// Something of it, followed.
    pub(crate) fn read<T>(self, read: impl FnOnce(&State) -> T) -> T {
        self.state.with(read)
    }

    /// Something of it as it is now.
    pub(crate) fn peek<T>(self, read: impl FnOnce(&State) -> T) -> T {
        self.state.with_untracked(read)
    }

    /// Something of where it was opened.
    pub(crate) fn entry<T>(self, read: impl FnOnce(&Entry) -> T) -> T {
        self.around.with_value(|around| read(&around.entry))
    }

    /// The script.
    pub(crate) fn tools(self) -> Tools {
        self.around.with_value(|around| around.tools.clone())
    }

    /// A clock that is read as that of UTC, in words.
    pub(crate) fn write(self, kind: &str, clock: f64) -> String {
        self.tools().write(self.words.code, kind, clock)
    }

    /// Goes by the element that it is drawn in: its page, its keys, its clock. It ends with what draws it.
    pub(crate) fn live(self, root: HtmlElement) {
        let tools = self.tools();
        tools.dress(&root);
        let tell = Tell::new(move |what: String| self.hear(&what));
        let endings: [Function; 2] = [tools.watch(&root, &tell), tools.tick(&tell)];
        self.around.update_value(|around| around.root = Some(root));
        let held = StoredValue::new_local((tell, endings));
        on_cleanup(move || {
            held.with_value(|(_, endings)| endings.iter().for_each(end));
            self.abandon();
        });
        self.open();
    }

    fn hear(self, what: &str) {
        match what {
            "leave" => self.abandon(),
            "back" if self.entry(|entry| entry.is_page) => self.back(),
            "back" => {}
            "active" => self.note("active"),
            _ => {
                // Views of the clock are drawn only while a slot is held.
                if self.peek(|state| state.held_until.is_some()) {
                    self.now.set(browser::now());
                }
            }
        }
    }

    /// Moves the focus in what is drawn next.
    pub(crate) fn focus(self, selector: &str) {
        self.around.with_value(|around| {
            if let Some(root) = &around.root {
                around.tools.focus(root, selector);
            }
        });
    }

    /// Goes on to another step; on a page of its own, the browser's back button leads back from it.
    fn go(self, change: impl FnOnce(&mut State)) {
        let Some((before, after)) = self.state.try_update(|state| {
            let before = state.step;
            change(state);
            (before, (state.step, state.previous()))
        }) else {
            return;
        };
        let is_forward = after.1 == Some(before) || (before == Step::Email && after.0 == Step::Slots);
        if is_forward && self.entry(|entry| entry.is_page) {
            self.tools().push();
        }
        self.settle(before);
    }

    /// Shows the beginning of a new step.
    fn settle(self, before: Step) {
        if self.peek(|state| !state.wrong.is_empty()) {
            self.focus("[aria-invalid=true]");
        } else if self.peek(|state| state.step) != before {
            self.focus(".booking-title");
        }
    }

    /// Goes back a step.
    pub(crate) fn back(self) {
        let before = self.peek(|state| state.step);
        self.state.update(|state| {
            if let Some(step) = state.previous() {
                (state.step, state.trouble, state.is_taken) = (step, None, false);
                if step == Step::Shown {
                    state.is_moving = false;
                }
            }
        });
        self.settle(before);
    }

    /// Leads to the chat.
    pub(crate) fn leave(self) {
        self.entry(|entry| entry.view).leave_booking();
    }

    fn note(self, what: &str) {
        self.around.try_with_value(|Around { entry, tools, .. }| {
            if entry.token.is_none() {
                let url = entry.host.clone() + "/v1/meetings/activity";
                tools.beacon(&url, &Visit::of(&entry.place).activity(what));
            }
        });
    }

    /// The visitor leaves; said once, where there is something to abandon.
    fn abandon(self) {
        let is_open = self.state.try_with_untracked(State::is_open).unwrap_or_default();
        if is_open
            && self.around.try_update_value(|around| !std::mem::replace(&mut around.has_left, true)) == Some(true)
        {
            self.note("abandoned");
        }
    }

    /// Tries again what failed.
    pub(crate) fn again(self) {
        let again = self.around.with_value(|around| around.again);
        again(self);
    }

    /// Does one thing at a time: asks, then takes the answer; `None` is one that cannot be read.
    fn act(self, again: fn(Booking), call: Call, take: impl FnOnce(&str) -> Option<()> + 'static) {
        self.act_boxed(again, call, Box::new(take));
    }

    fn act_boxed(self, again: fn(Booking), call: Call, take: Box<dyn FnOnce(&str) -> Option<()>>) {
        if self.peek(|state| state.is_busy) {
            return;
        }
        self.state.update(|state| (state.is_busy, state.trouble) = (true, None));
        let around = self.around.get_value();
        self.around.update_value(|around| around.again = again);
        spawn_local(async move {
            let token = around.entry.chat.map(|chat| chat.token).unwrap_or_default();
            let answer = api::ask(around.tools, &around.entry.host, token.reveal(), call).await;
            // The visitor may have left meanwhile.
            if self.state.try_update(|state| state.is_busy = false).is_none() {
                return;
            }
            // A proxy in between may have sent anything.
            let failed = answer.and_then(|text| take(&text).ok_or(Failure::Away)).err();
            if let Some(failure) = failed {
                self.failed(failure);
            }
        });
    }

    fn failed(self, failure: Failure) {
        let is_taken = matches!(failure, Failure::Taken(_));
        if !matches!(failure, Failure::Away) {
            self.around.update_value(|around| around.key.clear());
        }
        let is_gone = failure == Failure::Gone;
        self.go(|state| state.failed(failure));
        if is_taken {
            self.load(false);
        } else if is_gone && self.peek(|state| state.meeting.is_some()) {
            self.look();
        }
    }

    fn visit(self) -> Visit {
        self.entry(|entry| Visit::of(&entry.place))
    }

    /// Opens it: the meeting of a token, or a new booking.
    pub(crate) fn open(self) {
        if self.entry(|entry| entry.token.is_some()) {
            return self.look();
        }
        let body = self.entry(|entry| self.visit().start(entry));
        self.act(Booking::open, Call::post("/v1/meetings/open", body), move |text| {
            let started: BookingStarted = parse(text)?;
            self.name(&started.title);
            self.go(|state| state.open(started));
            if self.peek(|state| state.is_known() && state.questions().is_empty()) {
                self.submit();
            }
            Some(())
        });
    }

    /// Calls the panel what the workspace is called.
    fn name(self, name: &str) {
        self.entry(|entry| entry.view.name.try_set(name.to_owned()));
    }

    /// Reads the meeting anew.
    fn look(self) {
        let Some(path) = self.path("") else { return };
        self.act(Booking::look, Call::get(path), move |text| self.show(text));
    }

    fn show(self, text: &str) -> Option<()> {
        let meeting: MeetingShown = parse(text)?;
        self.name(&meeting.workspace);
        self.zone.set(meeting.tz.clone());
        self.go(|state| state.shown(meeting));
        Some(())
    }

    /// The path of the meeting; none before there is one.
    fn path(self, rest: &str) -> Option<String> {
        let token = self.peek(|state| state.meeting.as_ref().map(|meeting| meeting.token.clone()));
        Some(path_of(&token.or_else(|| self.entry(|entry| entry.token.clone()))?, rest))
    }

    /// Sends the address and the answers.
    pub(crate) fn submit(self) {
        self.state.update(|state| state.is_taken = false);
        if self.state.try_update(State::check_form) != Some(true) {
            return self.focus("[aria-invalid=true]");
        }
        let body = self.visit().email(self.draft());
        self.act(Booking::submit, Call::post("/v1/meetings/email", body), move |text| {
            let verdict = parse(text)?;
            self.go(|state| {
                state.judged(verdict);
            });
            if self.peek(|state| state.step == Step::Slots) {
                self.state.update(|state| state.slots = None);
                self.load(true);
            }
            Some(())
        });
    }

    /// What the visitor entered, with the chosen start.
    fn draft(self) -> BookingRequest {
        let conversation = self.entry(|entry| entry.chat.as_ref().map(|chat| chat.conversation.to_string()));
        let (language, tz) = (Some(self.words.code.to_owned()), self.zone.get_untracked());
        self.peek(|state| {
            let start = state.chosen.as_ref().map(|slot| slot.start.clone()).unwrap_or_default();
            let (email, name) = (state.email.trim().to_owned(), state.name.trim().to_owned());
            let answers = state.answers.iter().filter(|(_, answer)| !answer.trim().is_empty()).cloned().collect();
            BookingRequest { email, name, start, tz, language, answers, conversation, ..BookingRequest::default() }
        })
    }

    /// Loads the slots of the month; where it has none, those of the first month that has some, if `jumps`.
    pub(crate) fn load(self, jumps: bool) {
        let zone = self.zone.get_untracked();
        let today = Day::parse(&self.tools().today(&zone)).unwrap_or(Day(0));
        self.state.update(|state| {
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
                    + &self.visit().query(&self.peek(|state| state.email.trim().to_owned()))
            }
        };
        let again: fn(Booking) = if jumps { |booking| booking.load(true) } else { |booking| booking.load(false) };
        self.act(again, Call::get(path + &window), move |text| {
            let list = parse(text)?;
            let mut goes_on = false;
            self.go(|state| goes_on = state.listed(list, jumps));
            // Another month or zone may have been asked for meanwhile.
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

    /// Shows a day, of whatever month.
    pub(crate) fn pick(self, day: Day) {
        let is_new = self.state.try_update(|state| {
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
        self.state.update(|state| state.slots = None);
        self.load(false);
    }

    /// Takes a time: it is held, unless a meeting is moved to it.
    pub(crate) fn choose(self, slot: Slot) {
        self.state.update(|state| {
            (state.chosen, state.is_taken, state.wrong) = (Some(slot), false, Vec::new());
        });
        if self.peek(|state| state.is_moving) {
            return self.go(|state| state.step = Step::Confirm);
        }
        self.hold();
    }

    fn hold(self) {
        let body = self.visit().request(self.draft());
        self.act(Booking::hold, Call::post("/v1/meetings/holds", body), move |text| {
            let hold = parse(text)?;
            let now = browser::now();
            self.now.set(now);
            self.go(|state| state.held(&hold, now));
            Some(())
        });
    }

    /// Books the chosen time, or moves the meeting to it. What is tried again is the same request.
    pub(crate) fn confirm(self) {
        if self.peek(|state| state.is_moving) {
            return self.reschedule();
        }
        let draft = self.draft();
        if draft.name.is_empty() {
            self.state.update(|state| state.wrong = vec![("name".to_owned(), "name.missing", String::new())]);
            return self.focus("[aria-invalid=true]");
        }
        self.state.update(|state| state.wrong.clear());
        let key = self.key();
        let body = self.visit().request(draft);
        self.act(Booking::confirm, Call::post("/v1/meetings", body).with_key(key), move |text| {
            self.around.update_value(|around| around.key.clear());
            self.show(text)
        });
    }

    /// The key of this attempt.
    fn key(self) -> String {
        let made = || MessageId::new(browser::now(), &browser::random()).to_string();
        self.around
            .try_update_value(|around| {
                if around.key.is_empty() {
                    around.key = made();
                }
                around.key.clone()
            })
            .unwrap_or_default()
    }

    /// What was entered has changed: the next attempt is another one.
    pub(crate) fn edit(self, change: impl FnOnce(&mut State)) {
        self.around.update_value(|around| around.key.clear());
        self.state.update(change);
    }

    fn reschedule(self) {
        let Some(path) = self.path("/reschedule") else { return };
        let body = api::reschedule(&self.draft().start);
        self.act(Booking::confirm, Call::post(&path, body), move |text| {
            self.state.update(|state| state.was_moved = true);
            self.show(text)
        });
    }

    /// Looks for another time for the meeting.
    pub(crate) fn start_move(self) {
        self.go(|state| {
            (state.is_moving, state.step, state.slots, state.trouble) = (true, Step::Slots, None, None);
            (state.is_taken, state.was_moved, state.day, state.month) = (false, false, None, None);
        });
        self.load(true);
    }

    /// Asks whether to cancel.
    pub(crate) fn start_cancel(self) {
        self.go(|state| (state.step, state.trouble) = (Step::Cancel, None));
    }

    /// Cancels the meeting.
    pub(crate) fn cancel(self) {
        let Some(path) = self.path("/cancel") else { return };
        let body = api::cancel(self.peek(|state| state.reason.trim().to_owned()));
        self.act(Booking::cancel, Call::post(&path, body), move |text| self.show(text));
    }

    /// Begins anew with the same address.
    pub(crate) fn start_again(self) {
        self.around.update_value(|around| around.has_left = false);
        self.state.update(|state| {
            (state.meeting, state.was_moved, state.slots, state.day, state.month) = (None, false, None, None, None);
        });
        self.submit();
    }
}
