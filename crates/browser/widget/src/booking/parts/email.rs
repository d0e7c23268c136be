//! The address, and the questions of the link.

use knock_wire::Question;

use super::{El, button, el, field, input, line, link, tick};
use crate::booking::handle::Booking;

/// The form of the address and the answers.
pub(super) fn email(booking: Booking) -> Vec<El> {
    let words = booking.words;
    let (questions, is_known, email, is_mailed) = booking.peek(|state| {
        let is_mailed = state.started.as_ref().is_some_and(|started| started.is_mailed);
        (state.questions().to_vec(), state.is_known(), state.email.clone(), is_mailed)
    });
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
        let why = if is_mailed { words.say("email.why") } else { words.say("email.unmailed") };
        let why = line("field-hint", why).attr("id", "knock-email-why");
        let doubt = doubt(booking, input.clone());
        form = form.add([field(booking, "email", words.say("email.label"), input).add([doubt, why])]);
        form = form.add_all(privacy(booking));
    }
    let asked = questions.into_iter().map(|question| ask(booking, question));
    vec![form.add_all(asked).add([el("button", "booking-button").attr("type", "submit").text(words.say("next"))])]
}

/// The link to the privacy policy, and the box without which the address is not sent.
fn privacy(booking: Booking) -> Vec<El> {
    let policy = booking.entry(|entry| &entry.view.look().privacy);
    let (consent, has_agreed) = booking.peek(|state| (state.consent.clone(), state.has_agreed));
    let mut shown = Vec::new();
    if !consent.is_empty() {
        shown.push(tick(booking, "consent", (&consent, has_agreed), |state, is_checked| state.has_agreed = is_checked));
    }
    // A page of its own has it in its foot.
    if !policy.is_empty() && !booking.entry(|entry| entry.is_hosted) {
        shown.push(line("field-hint", "").add([link(policy, booking.words.say("privacy"))]));
    }
    shown
}

/// The answers to the question whether another address is meant, which stands at the field as its error.
fn doubt(booking: Booking, input: El) -> El {
    let words = booking.words;
    let is_asked = move || booking.read(|state| [state.meant().is_some().into(), 0, 0]);
    el("div", "booking-part").shows(is_asked, move || {
        let Some(meant) = booking.peek(|state| state.meant().map(str::to_owned)) else { return Vec::new() };
        let input = input.clone();
        let takes = button("booking-button booking-quiet", words.say("meant.yes"), move || {
            input.set_value(&meant);
            booking.edit(|state| state.email.clone_from(&meant));
            resubmit(booking);
        });
        let keeps = button("booking-button booking-quiet", words.say("meant.no"), move || {
            booking.edit(|state| state.right_email = state.email.trim().to_owned());
            resubmit(booking);
        });
        vec![el("div", "booking-row").add([takes, keeps])]
    })
}

/// Sends the address again. The pressed button is gone then: the focus goes on from the field.
fn resubmit(booking: Booking) {
    booking.focus("#knock-email");
    booking.submit();
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
