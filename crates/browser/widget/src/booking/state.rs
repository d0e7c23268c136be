//! The state of a booking and its transitions by responses. Pure: sends no requests.

use knock_model::Millis;
use knock_wire::{BookingStarted, BookingVerdict, MeetingShown, MeetingSlot, Problem, Question, SlotList};

use super::api::Failure;
use super::local::Local;
use super::month::{Day, Month};

/// The maximum lifetime of a hold, and of one that waits for the link in a mail.
const HOLD: Millis = Millis(5 * Millis::MINUTE.0);
const CONFIRMATION: Millis = Millis(30 * Millis::MINUTE.0);

/// The step of the booking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Step {
    /// Empty, while the booking is opened.
    #[default]
    Opening,
    /// The address and the questions.
    Email,
    /// The reason for which no meeting can be booked with this address.
    Refused,
    /// Days and times.
    Slots,
    /// The chosen time and the name.
    Confirm,
    /// The meeting.
    Shown,
    /// The confirmation of a cancellation.
    Cancel,
    /// The chosen time, until the link in the visitor's mail is opened.
    Mailed,
}

/// A start that can be booked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Slot {
    /// The start, as the server writes it.
    pub(crate) start: String,
    /// The start in the visitor's local time.
    pub(crate) local: Local,
}

/// A booking.
#[derive(Default)]
pub(crate) struct State {
    pub(crate) step: Step,
    /// Whether a response is pending.
    pub(crate) is_busy: bool,
    /// The key of the failure text, and the server's own text.
    pub(crate) trouble: Option<(&'static str, String)>,
    /// The number of errors.
    pub(crate) troubles: i32,
    /// Invalid fields by name, with the key of the error text and the server's reason.
    pub(crate) wrong: Vec<(String, &'static str, String)>,
    pub(crate) started: Option<BookingStarted>,
    pub(crate) email: String,
    /// The address of which the visitor said that it is right, though another one was probably meant.
    pub(crate) right_email: String,
    /// The line to agree to before the address is sent; empty where none is needed.
    pub(crate) consent: String,
    /// Whether the visitor has agreed to it.
    pub(crate) has_agreed: bool,
    pub(crate) name: String,
    /// Answers with the ids of their questions.
    pub(crate) answers: Vec<(String, String)>,
    /// The reason for which no meeting can be booked: the key of a text.
    pub(crate) refusal: &'static str,
    /// The duration in minutes.
    pub(crate) duration: u32,
    pub(crate) with: Vec<String>,
    /// The number of received slots and verdicts.
    pub(crate) answers_taken: i32,
    /// The slots of the month; none before they are loaded.
    pub(crate) slots: Option<Vec<Slot>>,
    /// The first start after the month.
    pub(crate) next: Option<Local>,
    pub(crate) is_unreachable: bool,
    /// Whether another visitor took the chosen slot.
    pub(crate) is_taken: bool,
    pub(crate) month: Option<Month>,
    /// The day whose times are shown.
    pub(crate) day: Option<Day>,
    pub(crate) today: Option<Day>,
    pub(crate) chosen: Option<Slot>,
    pub(crate) held_until: Option<Millis>,
    pub(crate) meeting: Option<MeetingShown>,
    /// The number of times that the meeting was loaded.
    pub(crate) meetings: i32,
    /// The reason of the cancellation, in the visitor's words.
    pub(crate) reason: String,
    /// Whether the meeting is being rescheduled.
    pub(crate) is_moving: bool,
    /// Whether the meeting has just been rescheduled.
    pub(crate) was_moved: bool,
}

impl Slot {
    fn of(slot: MeetingSlot) -> Option<Slot> {
        Some(Slot { local: Local::parse(&slot.local)?, start: slot.start })
    }

    fn all(slots: Vec<MeetingSlot>) -> Vec<Slot> {
        let mut all = Vec::new();
        for slot in slots {
            all.extend(Slot::of(slot));
        }
        all
    }
}

impl State {
    /// The questions before slots are shown.
    pub(crate) fn questions(&self) -> &[Question] {
        self.started.as_ref().map_or(&[], |started| &started.questions)
    }

    /// Whether the server knows the visitor.
    pub(crate) fn is_known(&self) -> bool {
        self.started.as_ref().is_some_and(|started| started.email.is_some())
    }

    /// Whether slots are offered and none is booked: leaving now is a drop-off.
    pub(crate) fn is_open(&self) -> bool {
        matches!(self.step, Step::Slots | Step::Confirm) && self.meeting.is_none()
    }

    /// Takes the response that opens the booking.
    pub(crate) fn open(&mut self, started: BookingStarted) {
        self.answers_taken += 1;
        self.duration = started.duration_min;
        self.name.clone_from(&started.name);
        self.email = started.email.clone().unwrap_or_default();
        self.step = Step::Email;
        self.started = Some(started);
    }

    /// The answer to a question.
    pub(crate) fn answer(&self, question: &str) -> &str {
        self.answers.iter().find(|(id, _)| id == question).map_or("", |(_, answer)| answer)
    }

    /// Sets the answer to a question.
    pub(crate) fn take_answer(&mut self, question: &str, answer: String) {
        self.answers.retain(|(id, _)| id != question);
        self.answers.push((question.to_owned(), answer));
    }

    /// Marks missing and invalid fields of the form; returns whether there are none.
    pub(crate) fn check_form(&mut self) -> bool {
        let mut wrong = Vec::new();
        let (user, domain) = self.email.trim().split_once('@').unwrap_or_default();
        if user.is_empty() || !domain.contains('.') || domain.contains(['@', ' ']) {
            wrong.push(("email".to_owned(), "email.wrong", String::new()));
        }
        if !self.is_known() && !self.consent.is_empty() && !self.has_agreed {
            wrong.push(("consent".to_owned(), "consent.missing", String::new()));
        }
        for question in self.questions() {
            let answer = self.answer(&question.id).trim();
            if question.required && answer.is_empty() {
                wrong.push((question.id.clone(), "answer.missing", String::new()));
            } else if question.kind == "number" && !answer.is_empty() && !is_number(answer) {
                wrong.push((question.id.clone(), "answer.number", String::new()));
            }
        }
        self.wrong = wrong;
        self.wrong.is_empty()
    }

    /// Applies the verdict of the rules; returns whether slots may be shown.
    pub(crate) fn judged(&mut self, verdict: BookingVerdict) -> bool {
        self.duration = verdict.duration_min;
        self.with = verdict.with;
        self.rule(&verdict.verdict, verdict.reason.as_deref())
    }

    fn rule(&mut self, verdict: &str, reason: Option<&str>) -> bool {
        self.answers_taken += 1;
        self.refusal = match (verdict, reason) {
            ("ok", _) => {
                self.step = Step::Slots;
                return true;
            }
            ("email_required", _) => {
                self.step = Step::Email;
                return false;
            }
            ("spam", _) => "refused.spam",
            ("unqualified", Some("private email")) => "refused.private",
            ("unqualified", _) => "refused.routing",
            _ => "refused.unbookable",
        };
        self.step = Step::Refused;
        false
    }

    /// Takes the slots around a month. Returns whether to load another month: with `jumps`, the first one with a slot.
    pub(crate) fn listed(&mut self, list: SlotList, jumps: bool) -> bool {
        if !self.rule(&list.verdict, list.reason.as_deref()) {
            return false;
        }
        (self.duration, self.is_unreachable) = (list.duration_min, list.is_unreachable);
        if !list.with.is_empty() {
            self.with = list.with;
        }
        let mut slots = Slot::all(list.slots);
        // The requested window includes a day more at both ends than the month in the visitor's zone.
        let later = slots.iter().find(|slot| Some(slot.local.day.month()) > self.month);
        self.next = later.map(|slot| slot.local).or_else(|| Local::parse(&list.next?));
        slots.retain(|slot| Some(slot.local.day.month()) == self.month);
        if jumps
            && slots.is_empty()
            && let Some(next) = self.next
        {
            self.month = Some(next.day.month());
            return true;
        }
        let has = |day: Day| slots.iter().any(|slot| slot.local.day == day);
        let stays = self.day.is_some_and(|day| Some(day.month()) == self.month && (!jumps || has(day)));
        if !stays {
            let first = slots.first().map(|slot| slot.local.day);
            self.day = first.or_else(|| self.month.map(Month::first));
        }
        self.slots = Some(slots);
        false
    }

    /// The times of a day.
    pub(crate) fn times(&self, day: Day) -> Vec<Slot> {
        self.slots.iter().flatten().filter(|slot| slot.local.day == day).cloned().collect()
    }

    /// Whether a day has slots.
    pub(crate) fn has_times(&self, day: Day) -> bool {
        self.slots.iter().flatten().any(|slot| slot.local.day == day)
    }

    /// Takes the hold of the chosen slot until an instant of the server's clock, for the next step.
    pub(crate) fn held(&mut self, end: &str, now: Millis, step: Step) {
        let longest = if step == Step::Mailed { CONFIRMATION } else { HOLD };
        let until = Local::parse(end).map_or(longest.0, |until| until.instant() - now.0);
        // The clock of this device may be wrong.
        self.held_until = Some(Millis(now.0 + until.clamp(Millis::MINUTE.0, longest.0)));
        self.step = step;
    }

    /// The remaining minutes and seconds of the hold; none without one.
    pub(crate) fn left(&self, now: Millis) -> Option<String> {
        let seconds = (self.held_until?.0 - now.0 + 999) / 1_000;
        let (minutes, seconds) = (seconds / 60, seconds % 60);
        (minutes > 0 || seconds > 0).then(|| format!("{minutes}:{}{seconds}", if seconds < 10 { "0" } else { "" }))
    }

    /// Takes the current state of the meeting.
    pub(crate) fn shown(&mut self, meeting: MeetingShown) {
        self.duration = match (Local::parse(&meeting.start), Local::parse(&meeting.end)) {
            (Some(start), Some(end)) => ((end.instant() - start.instant()) / Millis::MINUTE.0) as u32,
            _ => self.duration,
        };
        self.with.clone_from(&meeting.with);
        (self.is_moving, self.chosen, self.held_until) = (false, None, None);
        self.meetings += 1;
        self.meeting = Some(meeting);
        self.step = Step::Shown;
    }

    /// Takes a failed request.
    pub(crate) fn failed(&mut self, failure: Failure) {
        let key = match failure {
            Failure::Away => "trouble.away",
            Failure::Gone => "trouble.gone",
            Failure::Missing if self.meeting.is_none() && self.started.is_none() => "trouble.missing",
            Failure::Missing => "trouble.closed",
            Failure::Taken(slots) => return self.taken(slots),
            Failure::Refused(problem) => return self.refused(problem),
        };
        self.troubles += 1;
        self.trouble = Some((key, String::new()));
    }

    fn taken(&mut self, slots: Vec<MeetingSlot>) {
        (self.is_taken, self.chosen, self.held_until, self.step) = (true, None, None, Step::Slots);
        self.answers_taken += 1;
        let slots = Slot::all(slots);
        if let Some(first) = slots.first() {
            (self.day, self.month) = (Some(first.local.day), Some(first.local.day.month()));
        }
        self.slots = Some(slots);
    }

    /// The address that is probably meant, while the visitor is asked about it.
    pub(crate) fn meant(&self) -> Option<&str> {
        self.wrong.iter().find(|(_, key, _)| *key == "email.meant").map(|(_, _, meant)| &**meant)
    }

    /// Asks whether another address is meant. It can be edited then, also where it was known.
    fn doubted(&mut self, meant: String) {
        if let Some(started) = &mut self.started {
            started.email = None;
        }
        self.wrong = vec![("email".to_owned(), "email.meant", meant)];
        self.step = Step::Email;
    }

    fn refused(&mut self, problem: Problem) {
        if !problem.suggestion.is_empty() {
            return self.doubted(problem.suggestion);
        }
        let mut wrong = Vec::new();
        for error in problem.errors {
            let (field, key) = match error.pointer.as_str() {
                "/email" => ("email", "email.wrong"),
                "/name" => ("name", "name.missing"),
                pointer => match pointer.strip_prefix("/answers/") {
                    Some(question) => (question, "answer.wrong"),
                    None => continue,
                },
            };
            wrong.push((field.to_owned(), key, error.reason));
        }
        if wrong.is_empty() {
            let reason = if problem.detail.is_empty() { problem.title } else { problem.detail };
            self.troubles += 1;
            self.trouble = Some(("trouble.refused", reason));
        } else {
            self.step = if wrong.iter().any(|(field, ..)| field != "name") { Step::Email } else { Step::Confirm };
        }
        self.wrong = wrong;
    }

    /// The previous step; none at the start of the booking.
    pub(crate) fn previous(&self) -> Option<Step> {
        match self.step {
            Step::Refused => (!self.is_known()).then_some(Step::Email),
            Step::Slots if self.is_moving => Some(Step::Shown),
            Step::Slots => (!self.is_known() || !self.questions().is_empty()).then_some(Step::Email),
            Step::Confirm | Step::Mailed => Some(Step::Slots),
            Step::Cancel => Some(Step::Shown),
            Step::Opening | Step::Email | Step::Shown => None,
        }
    }
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

#[cfg(test)]
mod tests;
