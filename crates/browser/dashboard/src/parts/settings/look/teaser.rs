//! The bubble above the launcher.

use knock_wire::Teaser;
use leptos::prelude::*;

use super::fields::{check, group, lines, long_text, number};
use crate::kit::reactive::derived;
use crate::parts::page::when::When;
use crate::state::settings::look_form::LookForm;

/// The delay of a new teaser, in seconds.
const FIRST_DELAY_S: u16 = 5;

pub(super) fn teaser(form: LookForm) -> AnyView {
    let has_teaser = derived(move || form.draft.with(|look| look.teaser.is_some()));
    let set = move |is_on: bool| {
        let new = || Teaser { delay_s: FIRST_DELAY_S, ..Teaser::default() };
        form.change(|look| look.teaser = is_on.then(new));
    };
    let delay =
        derived(move || form.draft.with(|look| look.teaser.as_ref().map_or(0, |teaser| teaser.delay_s)).to_string());
    let set_delay = move |text: &str| {
        let seconds = if text.is_empty() { 0 } else { text.parse().unwrap_or(u16::MAX) };
        form.change(|look| look.teaser.get_or_insert_default().delay_s = seconds);
    };
    let fields = view! {
        {check(
            ("teaser", "Show a bubble above the launcher"),
            "A browser shows each text once, until it is closed or the chat is opened.",
            has_teaser,
            set,
        )}
        <When is=has_teaser>
            {long_text(
                form,
                ("teaser-text", "Text of the bubble", "At most 200 characters. Not shown in a language without one."),
                "teaser/text",
                |look| &mut look.teaser.get_or_insert_default().text,
            )}
            {lines(
                form,
                ("teaser-pages", "Pages", "Paths, one a line, such as /pricing or /product/*. Empty: all pages."),
                "teaser/pages",
                |look| &mut look.teaser.get_or_insert_default().pages,
            )}
            {number(form, ("teaser-delay", "Seconds on a page before it is shown", ""), "teaser/delay_s", delay, set_delay)}
        </When>
    };
    group("look-teaser", "Teaser", fields.into_any())
}
