//! The languages of the chat and the pages.

use leptos::prelude::*;

use super::fields::{error_lines, group};
use crate::kit::reactive::{derived, dynamic, memo};
use crate::state::settings::look_form::LookForm;
use crate::words::look::{LANGUAGES, language_name};

pub(super) fn languages(form: LookForm) -> AnyView {
    let chosen = memo(move || form.draft.with(|look| look.languages.clone()));
    let one = move |(code, name): (&'static str, &'static str)| {
        let is_on = derived(move || chosen.with(|all| all.iter().any(|one| one == code)));
        let set = move |is_on: bool| {
            form.change(|look| {
                look.languages.retain(|one| one != code);
                if is_on {
                    look.languages.push(code.to_owned());
                }
            });
        };
        view! {
            <label class="choice">
                <input type="checkbox" prop:checked=is_on on:change:target=move |event| set(event.target().checked()) />
                {name}
            </label>
        }
        .into_any()
    };
    let options = move || {
        let all = chosen.get();
        let option = |(at, code): (usize, &String)| {
            view! { <option value=code.clone() prop:selected=at == 0>{language_name(code)}</option> }.into_any()
        };
        all.iter().enumerate().map(option).collect_view()
    };
    let set_first = move |code: String| {
        form.change(|look| {
            if let Some(at) = look.languages.iter().position(|one| *one == code) {
                look.languages[..=at].rotate_right(1);
            }
        });
    };
    let fields = view! {
        <div class="look-choices" role="group" aria-labelledby="look-languages">{LANGUAGES.map(one).into_iter().collect::<Vec<_>>()}</div>
        {error_lines(derived(move || form.errors("languages")))}
        <div class="field">
            <label class="field-label" for="first-language">"For visitors with another language"</label>
            <select class="input" id="first-language" on:change:target=move |event| set_first(event.target().value())>
                {dynamic(options)}
            </select>
        </div>
    };
    group("look-languages", "Languages", fields.into_any())
}
