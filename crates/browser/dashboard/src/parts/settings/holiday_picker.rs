//! The country whose public holidays are free days.

use knock_wire::Holiday;
use leptos::prelude::*;

use crate::kit::browser;
use crate::kit::reactive::{derived, dynamic};
use crate::parts::form::field::Field;
use crate::parts::page::when::When;
use crate::state::settings::holidays::Holidays;
use crate::words::instant::day_label;

/// A country, a part of it, and the next holidays.
#[component]
pub(crate) fn HolidayPicker(
    holidays: Holidays,
    /// The choices beside countries: value and text; the empty value is the default of the workspace, or none.
    choices: &'static [(&'static str, &'static str)],
    errors: Signal<Vec<String>>,
) -> impl IntoView {
    let options = move || {
        let chosen = holidays.country.get_untracked();
        let countries = holidays.known.value.get().unwrap_or_default().countries;
        let own = choices.iter().map(|(value, text)| ((*value).to_owned(), own_text(holidays, value, text)));
        let all = own.chain(countries.into_iter().map(|country| (country.code, country.name)));
        all.map(|(code, name)| option(&chosen, code, name)).collect_view()
    };
    let choose = move |code: String| holidays.choose(&code);
    view! {
        <div class="other-hours">
            <Field
                id="holidays".to_owned()
                label="Public holidays"
                hint="A public holiday is free, unless it is among the dates with other hours."
                errors
            >
                <select
                    class="input"
                    id="holidays"
                    aria-describedby="holidays-notes"
                    on:change:target=move |event| choose(event.target().value())
                >
                    {dynamic(options)}
                </select>
            </Field>
            <When is=derived(move || !holidays.parts().is_empty())>
                <Part holidays />
            </When>
            <When is=derived(move || holidays.next.with(|next| !next.is_empty()))>
                <p class="field-hint" id="next-holidays">"The next public holidays:"</p>
                <ul class="holidays" aria-labelledby="next-holidays">
                    {dynamic(move || holidays.next.get().into_iter().map(|holiday| line(holidays, holiday)).collect_view())}
                </ul>
            </When>
        </div>
    }
}

/// The text of a choice other than a country; that of the default names its country.
fn own_text(holidays: Holidays, value: &str, text: &str) -> String {
    let usual = holidays.usual.get();
    if !value.is_empty() || usual.is_empty() {
        return text.to_owned();
    }
    format!("{text} ({})", holidays.name_of(&usual))
}

#[component]
fn Part(holidays: Holidays) -> impl IntoView {
    let options = move || {
        let chosen = holidays.part.get_untracked();
        let whole = option(&chosen, String::new(), "Whole country".to_owned());
        let parts = holidays.parts().into_iter().map(|part| option(&chosen, part.code, part.name));
        std::iter::once(whole).chain(parts).collect_view()
    };
    view! {
        <Field id="holidays-part".to_owned() label="Part of the country" hint="" errors=Signal::stored(Vec::new())>
            <select
                class="input"
                id="holidays-part"
                aria-describedby="holidays-part-notes"
                on:change:target=move |event| holidays.part.set(event.target().value())
            >
                {dynamic(options)}
            </select>
        </Field>
    }
}

fn option(chosen: &str, code: String, name: String) -> AnyView {
    let is_chosen = code == chosen;
    view! {
        <option value=code selected=is_chosen>
            {name}
        </option>
    }
    .into_any()
}

fn line(holidays: Holidays, Holiday { date, name }: Holiday) -> AnyView {
    // Noon is the same date in every time zone.
    let day = browser::instant(&format!("{date}T12:00")).map(browser::local);
    let day = day.map_or_else(|| date.clone(), |day| day_label(day.day, holidays.today().day));
    view! {
        <li>
            <time datetime=date>{day}</time>
            ": "
            {name}
        </li>
    }
    .into_any()
}
