//! The member's own booking link: on or off, its address and its figures.

use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic};
use crate::parts::form::copy_line::CopyLine;
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::form::text_field::text_field;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::when::When;
use crate::state::settings::booking_link::OwnBookingLink;
use crate::words::number::counted;

/// A link by which people book a meeting with the member alone.
#[component]
pub(crate) fn BookingLinkPanel() -> impl IntoView {
    let own = OwnBookingLink::start();
    let is_made = derived(move || own.of(|link| link.is_made));
    // Shown once the link is on: not while it is being made, which may be refused.
    let is_on = derived(move || own.of(|link| link.is_made && link.is_on));
    view! {
        <section class="panel panels" aria-labelledby="own-booking-link">
            <h2 class="panel-title" id="own-booking-link">"Booking link"</h2>
            <Loaded phase=own.state.phase retry=move |()| own.state.load()>
                <When is=derived(move || !is_made.get())>{address(own)}</When>
                <label class="choice">
                    <input
                        type="checkbox"
                        prop:checked=derived(move || own.of(|link| link.is_on))
                        prop:disabled=own.is_busy
                        on:change:target=move |event| own.turn(event.target().checked())
                    />
                    "People can book a meeting with me by my own link"
                </label>
                <When is=is_on>{shared(own)}</When>
                <ActionFailure of=derived(move || own.unplaced()) />
                <p class="muted" role="status">{own.said}</p>
            </Loaded>
        </section>
    }
}

/// The address to choose, before the link is made.
fn address(own: OwnBookingLink) -> AnyView {
    let start = own.state.value.with_untracked(|link| {
        link.as_ref().and_then(|link| link.url.strip_suffix(&link.slug).map(str::to_owned)).unwrap_or_default()
    });
    let hint = format!("It stands after {start}. It cannot be changed later.");
    text_field(("booking-slug", "Address", hint), derived(move || own.errors()), own.slug)
}

/// What is shared of a link that is on.
fn shared(own: OwnBookingLink) -> AnyView {
    let url = derived(move || own.of(|link| link.url.clone()));
    let figures = derived(move || {
        let (clicks, meetings) = own.of(|link| (link.clicks, link.conversions));
        let of = |number: u64, noun| counted(i64::try_from(number).unwrap_or(i64::MAX), noun);
        format!("{}, {}", of(clicks, "click"), of(meetings, "meeting"))
    });
    view! {
        <When is=derived(move || !own.of(|link| link.has_hours))>
            <p>
                "No one can book you yet: "
                <a class="link" href="/app/settings/availability">"set your working hours"</a> "."
            </p>
        </When>
        <div class="snippet">
            <CopyLine text=url label=Signal::stored("Address of your booking link".to_owned()) role="group" />
        </div>
        <details class="why">
            <summary>"QR code"</summary>
            {dynamic(move || picture(own.of(|link| link.slug.clone()), url.get()))}
        </details>
        <p class="muted">{figures}</p>
    }
    .into_any()
}

fn picture(slug: String, url: String) -> AnyView {
    let path = format!("/api/v1/links/{slug}/qr");
    view! {
        <img src=format!("{path}.svg") alt=format!("QR code of {url}") width="180" height="180" loading="lazy" />
        <p class="webhook-actions">
            <a class="button" rel="external" download="" href=format!("{path}.svg?download")>"Download SVG"</a>
            <a class="button" rel="external" download="" href=format!("{path}.png?size=1024&download")>
                "Download PNG"
            </a>
        </p>
    }
    .into_any()
}
