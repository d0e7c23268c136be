//! The meeting and its actions.

use knock_wire::MeetingShown;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Below, El, bdi, button, el, heading, line, link};
use crate::booking::api::path_of;
use crate::booking::handle::Booking;
use crate::booking::local::Local;
use crate::browser::encoded;

/// The meeting.
pub(super) fn booked(booking: Booking) -> Vec<El> {
    let words = booking.words;
    let (meeting, is_new, was_moved) =
        booking.peek(|state| (state.meeting.clone(), state.started.is_some(), state.was_moved));
    let Some(meeting) = meeting else { return Vec::new() };
    let is_booked = meeting.state == "booked";
    let mut shown = Vec::new();
    if is_booked && meeting.is_mailed && (is_new || was_moved) {
        shown.push(line("booking-text", &words.fill("booked.mail", &[("email", &meeting.email)])));
    }
    let is_own_page = booking.entry(|entry| entry.is_meetings);
    if is_booked && !is_own_page {
        shown.push(page(booking, &meeting, is_new));
    }
    shown.extend(details(booking, &meeting));
    if is_booked {
        shown.extend(calendar(booking, &meeting));
    }
    if is_booked && meeting.can_change {
        shown.push(el("div", "booking-row").add([
            button("booking-button booking-quiet", words.say("move"), move || booking.start_move()),
            button("booking-button booking-quiet", words.say("cancel"), move || booking.start_cancel()),
        ]));
    } else if is_booked {
        shown.push(line("booking-text", words.say("fixed")));
        if meeting.is_mailed {
            shown.push(line("booking-text", words.say("fixed.reply")));
        }
    }
    if !is_own_page {
        shown.push(others(booking, is_booked));
    }
    shown
}

/// The ways to another meeting of this browser, and to a new one.
fn others(booking: Booking, is_booked: bool) -> El {
    let class = if is_booked { "booking-link" } else { "booking-button" };
    let mut ways = Vec::new();
    if booking.has_other() {
        ways.push(button("booking-link", booking.words.say("book.other"), move || booking.show_other()));
    }
    ways.push(button(class, booking.words.say("book.again"), move || booking.start_again()));
    el("div", "booking-row").add_all(ways)
}

/// The link to the page of the meeting: without mails it is the only way to it from another browser.
fn page(booking: Booking, meeting: &MeetingShown, is_new: bool) -> El {
    let words = booking.words;
    let address = page_of(booking, meeting);
    let keep = if is_new && !meeting.is_mailed { words.say("booked.keep") } else { "" };
    let (is_copied, shown) = (RwSignal::new(false), link(&address, words.say("link")));
    let copy = button("booking-button booking-quiet", words.say("link.copy"), move || {
        let (tools, address) = (booking.tools(), address.clone());
        spawn_local(async move {
            let is_done = tools.copy(&address).await.is_ok_and(|done| done.is_truthy());
            is_copied.try_set(is_done);
        });
    });
    let copied = move || if is_copied.get() { words.say("link.copied") } else { "" }.to_owned();
    let said = el("span", "field-hint").attr("role", "status").says(copied);
    el("div", "booking-keep").add([line("booking-text", keep), el("div", "booking-row").add([shown, copy, said])])
}

/// The address of the page of the meeting.
fn page_of(booking: Booking, meeting: &MeetingShown) -> String {
    booking.entry(|entry| entry.host.clone()) + &meeting.manage
}

/// Day and time in words, with the offset from UTC.
pub(super) fn when(booking: Booking, local: Local) -> String {
    let (date, time) = (booking.write("date", local.day.midnight()), booking.write("time", local.clock()));
    date + ", " + &time + " (" + &local.offset() + ")"
}

/// The details of a meeting.
pub(super) fn details(booking: Booking, meeting: &MeetingShown) -> [El; 2] {
    let words = booking.words;
    let at = Local::parse(&meeting.local).map(|local| when(booking, local)).unwrap_or_default();
    let minutes = booking.peek(|state| state.duration).to_string();
    let zone = meeting.tz.clone() + " \u{b7} " + &words.fill("minutes", &[("n", &minutes)]);
    let with = meeting.with.join(", ");
    let who = if meeting.name.is_empty() { String::new() } else { meeting.name.clone() + ", " } + &meeting.email;
    let rows = [
        (words.say("when"), &at),
        (words.say("zone"), &zone),
        (words.say("with"), &with),
        (words.say("where"), &meeting.location),
        (words.say("who"), &who),
    ];
    let mut cells = Vec::new();
    for (label, text) in rows.into_iter().filter(|(_, text)| !text.is_empty()) {
        let shown = if text.starts_with("https://") { link(text, text) } else { bdi(text) };
        cells.extend([el("dt", "").text(label), el("dd", "").add([shown])]);
    }
    [line("booking-what", &meeting.title).attr("dir", "auto"), el("dl", "booking-details").add_all(cells)]
}

/// The links that add the meeting to a calendar.
fn calendar(booking: Booking, meeting: &MeetingShown) -> [El; 2] {
    let words = booking.words;
    let (title, place) = (encoded(&meeting.title), encoded(&meeting.location));
    let (start, end) = (encoded(&meeting.start), encoded(&meeting.end));
    let about = encoded(&(words.say("manage").to_owned() + ": " + &page_of(booking, meeting)));
    // The format `20261123T170000Z`.
    let plain = |at: &str| at.chars().filter(|sign| !matches!(sign, '-' | ':')).collect::<String>();
    let file = booking.entry(|entry| entry.host.clone()) + &path_of(&meeting.token, "/invite.ics");
    let google = format!(
        "https://calendar.google.com/calendar/render?action=TEMPLATE&text={title}&dates={}%2F{}&location={place}&details={about}",
        plain(&meeting.start),
        plain(&meeting.end)
    );
    let outlook = format!(
        "https://outlook.office.com/calendar/0/deeplink/compose?path=%2Fcalendar%2Faction%2Fcompose&rru=addevent\
         &subject={title}&startdt={start}&enddt={end}&location={place}&body={about}"
    );
    let ways = [
        el("a", "link").attr("href", &file).attr("download", "invite.ics").text(words.say("add.file")),
        link(&google, words.say("add.google")),
        link(&outlook, words.say("add.outlook")),
    ];
    [
        heading(booking, Below::Twice, "booking-sub").attr("id", "knock-add").text(words.say("add")),
        el("ul", "booking-row")
            .attr("role", "list")
            .attr("aria-labelledby", "knock-add")
            .add(ways.map(|way| el("li", "").add([way]))),
    ]
}
