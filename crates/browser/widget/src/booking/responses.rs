//! Responses of the server to a booking, read from JSON.

use knock_json::Value;
use knock_model::MeetingId;
use knock_wire::{BookingStarted, BookingVerdict, MeetingShown, MeetingSlot, Question, SlotList};

/// A type that is parsed from a JSON value.
pub(super) trait FromJson: Sized {
    /// None if an identifying member is missing. Others are empty then: to return early from each would be most of
    /// the code.
    fn from_json(json: Value) -> Option<Self>;
}

/// Reads a response; none if it is not JSON of that shape.
pub(super) fn read<T: FromJson>(text: &str) -> Option<T> {
    T::from_json(Value::parse(text)?)
}

/// The slots beside the problem document of a 409; none if it has none.
pub(super) fn free_slots(text: &str) -> Option<Vec<MeetingSlot>> {
    match Value::parse(text)?.take("slots") {
        Value::List(slots) => all(slots),
        _ => None,
    }
}

/// The end of a hold, from the response to its request; none if nothing is held.
pub(super) fn hold_end(text: &str) -> Option<String> {
    Some(Value::parse(text)?.text("expires_at")).filter(|end| !end.is_empty())
}

/// The elements of an array; none if one has another shape.
fn all<T: FromJson>(list: Vec<Value>) -> Option<Vec<T>> {
    let mut all = Vec::new();
    for value in list {
        all.push(T::from_json(value)?);
    }
    Some(all)
}

fn given(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

impl FromJson for BookingStarted {
    fn from_json(mut json: Value) -> Option<BookingStarted> {
        let questions = all(json.list("questions"))?;
        let started = BookingStarted {
            title: json.text("title"),
            greeting: json.text("greeting"),
            duration_min: json.count("duration_min"),
            is_mailed: json.is_true("is_mailed"),
            email: given(json.text("email")),
            name: json.text("name"),
            questions,
        };
        (started.duration_min > 0).then_some(started)
    }
}

impl FromJson for Question {
    fn from_json(mut json: Value) -> Option<Question> {
        let question = Question {
            id: json.text("id"),
            label: json.text("label"),
            kind: json.text("kind"),
            options: json.texts("options"),
            required: json.is_true("required"),
        };
        (!question.id.is_empty() && !question.kind.is_empty()).then_some(question)
    }
}

impl FromJson for BookingVerdict {
    fn from_json(mut json: Value) -> Option<BookingVerdict> {
        let verdict = BookingVerdict {
            verdict: json.text("verdict"),
            reason: given(json.text("reason")),
            duration_min: json.count("duration_min"),
            with: json.texts("with"),
        };
        (!verdict.verdict.is_empty()).then_some(verdict)
    }
}

impl FromJson for MeetingSlot {
    fn from_json(mut json: Value) -> Option<MeetingSlot> {
        let slot = MeetingSlot { start: json.text("start"), end: json.text("end"), local: json.text("local") };
        (!slot.start.is_empty() && !slot.end.is_empty() && !slot.local.is_empty()).then_some(slot)
    }
}

impl FromJson for SlotList {
    fn from_json(mut json: Value) -> Option<SlotList> {
        let slots = all(json.list("slots"))?;
        let list = SlotList {
            verdict: json.text("verdict"),
            reason: given(json.text("reason")),
            duration_min: json.count("duration_min"),
            with: json.texts("with"),
            tz: json.text("tz"),
            slots,
            next: given(json.text("next")),
            is_unreachable: json.is_true("is_unreachable"),
        };
        (!list.verdict.is_empty()).then_some(list)
    }
}

impl FromJson for MeetingShown {
    fn from_json(mut json: Value) -> Option<MeetingShown> {
        let shown = MeetingShown {
            meeting: MeetingId::parse(&json.text("meeting")).ok()?,
            state: json.text("state"),
            start: json.text("start"),
            end: json.text("end"),
            local: json.text("local"),
            tz: json.text("tz"),
            owner: json.text("owner"),
            with: json.texts("with"),
            title: json.text("title"),
            location: json.text("location"),
            email: json.text("email"),
            name: json.text("name"),
            workspace: json.text("workspace"),
            can_change: json.is_true("can_change"),
            is_over: json.is_true("is_over"),
            is_mailed: json.is_true("is_mailed"),
            manage: json.text("manage"),
            token: json.text("token").into(),
        };
        let needed = [&shown.state, &shown.start, &shown.end, &shown.local, &shown.tz];
        let is_whole = needed.iter().all(|text| !text.is_empty()) && !shown.token.reveal().is_empty();
        is_whole.then_some(shown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Serialize;
    use std::fmt::Debug;
    use wasm_bindgen_test::wasm_bindgen_test;

    /// A value that the server writes is parsed back the same; without a required member it is refused.
    fn check<T: FromJson + Serialize + PartialEq + Debug>(value: T, required: &[&str]) {
        let text = serde_json::to_string(&value).expect("JSON");
        assert_eq!(read::<T>(&text), Some(value), "{text}");
        for name in required {
            let without = text.replace(&format!("\"{name}\":"), "\"other\":");
            assert!(without != text && read::<T>(&without).is_none(), "{name} in {text}");
        }
    }

    fn text(text: &str) -> String {
        text.to_owned()
    }

    fn slot() -> MeetingSlot {
        let (start, end) = (text("2026-11-24T17:00:00Z"), text("2026-11-24T17:30:00Z"));
        MeetingSlot { start, end, local: text("2026-11-24T09:00:00-08:00") }
    }

    #[wasm_bindgen_test]
    fn an_opened_booking_is_read() {
        let (title, greeting, name) = (text("Acme"), text("Hi \"you\""), text("Grace"));
        let options = vec![text("1"), text("2")];
        let question =
            Question { id: text("size"), label: text("How many?"), kind: text("choice"), options, required: true };
        let email = Some(text("grace@navy.example"));
        let questions = vec![question];
        check(
            BookingStarted { title, greeting, duration_min: 30, is_mailed: true, email, name, questions },
            &["duration_min", "id", "kind"],
        );
        let nothing = text("");
        check(
            BookingStarted {
                title: text("Acme"),
                greeting: nothing.clone(),
                duration_min: 30,
                is_mailed: false,
                email: None,
                name: nothing,
                questions: Vec::new(),
            },
            &["duration_min"],
        );
    }

    #[wasm_bindgen_test]
    fn a_verdict_and_slots_are_read() {
        let (verdict, reason, with) = (text("unqualified"), Some(text("routing")), vec![text("Ann")]);
        check(
            BookingVerdict { verdict: verdict.clone(), reason: reason.clone(), duration_min: 45, with: with.clone() },
            &["verdict"],
        );
        let (slots, next, tz) = (vec![slot()], Some(text("2027-01-01T00:00:00Z")), text("UTC"));
        check(
            SlotList { verdict, reason, duration_min: 45, with, tz, slots, next, is_unreachable: true },
            &["verdict", "start", "end", "local"],
        );
    }

    #[wasm_bindgen_test]
    fn a_meeting_is_read() {
        let MeetingSlot { start, end, local } = slot();
        check(
            MeetingShown {
                meeting: MeetingId::new([7; 16]),
                state: text("booked"),
                start,
                end,
                local,
                tz: text("America/Vancouver"),
                owner: text("ann@acme.example"),
                with: vec![text("Ann")],
                title: text("Intro"),
                location: text("https://meet.example/x"),
                email: text("grace@navy.example"),
                name: text("Grace"),
                workspace: text("Acme"),
                can_change: true,
                is_over: true,
                is_mailed: true,
                manage: text("/m/abc"),
                token: text("abc").into(),
            },
            &["meeting", "state", "start", "end", "local", "tz", "token"],
        );
    }
}
