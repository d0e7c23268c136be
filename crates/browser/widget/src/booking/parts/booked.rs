//! The meeting, and what can be done with it.

use knock_wire::MeetingShown;
use leptos::prelude::*;

use super::{button, line};
use crate::booking::api::{encoded, path_of};
use crate::booking::handle::Booking;
use crate::booking::local::Local;

/// The meeting.
pub(super) fn booked(booking: Booking) -> AnyView {
    let words = booking.words;
    let Some((meeting, is_new)) = booking.read(|state| Some((state.meeting.clone()?, state.started.is_some()))) else {
        return ().into_any();
    };
    let is_cancelled = meeting.state == "cancelled";
    let is_booked = meeting.state == "booked";
    let sent = is_booked && (is_new || booking.read(|state| state.was_moved));
    let mail = sent.then(|| line("booking-text", words.fill("booked.mail", &[("email", &meeting.email)])));
    let calendar = is_booked.then(|| calendar(booking, &meeting));
    let change = (is_booked && meeting.can_change).then(|| {
        view! {
            <div class="booking-row">
                {button("booking-button booking-quiet", words.say("move"), move || booking.start_move())}
                {button("booking-button booking-quiet", words.say("cancel"), move || booking.start_cancel())}
            </div>
        }
    });
    let fixed = (is_booked && !meeting.can_change).then(|| line("booking-text", words.say("fixed").to_owned()));
    let again = (is_cancelled && is_new)
        .then(|| button("booking-button", words.say("book.again"), move || booking.start_again()));
    view! { {mail} {details(booking, &meeting)} {calendar} {change} {fixed} {again} }.into_any()
}

/// Day and time in words, with the offset from UTC.
pub(super) fn when(booking: Booking, local: Local) -> String {
    let (date, time) = (booking.write("date", local.day.midnight()), booking.write("time", local.clock()));
    date + ", " + &time + " (" + &local.offset() + ")"
}

/// What there is to know of a meeting.
pub(super) fn details(booking: Booking, meeting: &MeetingShown) -> AnyView {
    let row = |key: &str, text: String| {
        let is_link = text.starts_with("https://");
        let label = booking.words.say(key);
        (!text.is_empty()).then(|| {
            let shown = if is_link {
                view! { <a class="link" href=text.clone() target="_blank" rel="noopener noreferrer">{text.clone()}</a> }
                    .into_any()
            } else {
                view! { <bdi>{text}</bdi> }.into_any()
            };
            view! { <dt>{label}</dt><dd>{shown}</dd> }
        })
    };
    let at = Local::parse(&meeting.local).map(|local| when(booking, local)).unwrap_or_default();
    let who =
        if meeting.name.is_empty() { meeting.email.clone() } else { format!("{}, {}", meeting.name, meeting.email) };
    let minutes = booking.peek(|state| state.duration).to_string();
    view! {
        <p class="booking-what" dir="auto">{meeting.title.clone()}</p>
        <dl class="booking-details">
            {row("when", at)}
            {row("zone", meeting.tz.clone() + " \u{b7} " + &booking.words.fill("minutes", &[("n", &minutes)]))}
            {row("with", meeting.with.join(", "))}
            {row("where", meeting.location.clone())}
            {row("who", who)}
        </dl>
    }
    .into_any()
}

/// The ways into a calendar.
fn calendar(booking: Booking, meeting: &MeetingShown) -> AnyView {
    let words = booking.words;
    let (title, place) = (encoded(&meeting.title), encoded(&meeting.location));
    let (start, end) = (encoded(&meeting.start), encoded(&meeting.end));
    // `20261123T170000Z`
    let plain = |at: &str| at.replace(['-', ':'], "");
    let file = booking.entry(|entry| entry.host.clone()) + &path_of(&meeting.token, "/invite.ics");
    let google = format!(
        "https://calendar.google.com/calendar/render?action=TEMPLATE&text={title}&dates={}%2F{}&location={place}",
        plain(&meeting.start),
        plain(&meeting.end)
    );
    let outlook = format!(
        "https://outlook.office.com/calendar/0/deeplink/compose?path=%2Fcalendar%2Faction%2Fcompose&rru=addevent\
         &subject={title}&startdt={start}&enddt={end}&location={place}"
    );
    let link = |key: &str, address: String| {
        view! {
            <li>
                <a class="link" href=address target="_blank" rel="noopener noreferrer">{words.say(key)}</a>
            </li>
        }
    };
    view! {
        <h4 class="booking-sub" id="knock-add">{words.say("add")}</h4>
        <ul class="booking-row" role="list" aria-labelledby="knock-add">
            <li><a class="link" href=file download="invite.ics">{words.say("add.file")}</a></li>
            {link("add.google", google)}
            {link("add.outlook", outlook)}
        </ul>
    }
    .into_any()
}
