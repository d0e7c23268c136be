//! The address, and the questions of the link.

use knock_wire::Question;

use super::{El, el, field, input, line};
use crate::booking::handle::Booking;

/// The form of the address and the answers.
pub(super) fn email(booking: Booking) -> Vec<El> {
    let words = booking.words;
    let (questions, is_known, email) =
        booking.peek(|state| (state.questions().to_vec(), state.is_known(), state.email.clone()));
    let mut form = el("form", "booking-form").flag("novalidate", true).on("submit", move |event| {
        event.prevent_default();
        booking.submit();
    });
    if !is_known {
        let input = input(booking, ("input", "email"), &email, |state, email| state.email = email)
            .attr("type", "email")
            .attr("autocomplete", "email")
            .attr("maxlength", "254")
            .attr("aria-describedby", "knock-email-wrong knock-email-why")
            .flag("required", true);
        let why = line("field-hint", words.say("email.why")).attr("id", "knock-email-why");
        form = form.add([field(booking, "email", words.say("email.label"), input).add([why])]);
    }
    let asked = questions.into_iter().map(|question| ask(booking, question));
    vec![form.add_all(asked).add([el("button", "booking-button").attr("type", "submit").text(words.say("next"))])]
}

fn ask(booking: Booking, question: Question) -> El {
    let Question { id, label, kind, options, required } = question;
    let answer = booking.peek(|state| state.answer(&id).to_owned());
    let label = if required { label } else { label + " (" + booking.words.say("optional") + ")" };
    let is_choice = kind == "choice";
    let name = id.clone();
    let element = if is_choice { "select" } else { "input" };
    let input = input(booking, (element, &id), &answer, move |state, answer| {
        state.take_answer(&name, answer);
    })
    .flag("required", required);
    let input = if is_choice {
        let option =
            |text: &str, words: &str| el("option", "").attr("value", text).flag("selected", text == answer).text(words);
        input.add([option("", booking.words.say("choose"))]).add_all(options.iter().map(|text| option(text, text)))
    } else {
        let mode = if kind == "number" { "decimal" } else { "text" };
        input.attr("type", "text").attr("inputmode", mode).attr("maxlength", "1000")
    };
    field(booking, &id, &label, input)
}
