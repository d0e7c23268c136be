//! The switch of the mail with the figures of the week before.

use knock_wire::ReportMail;
use leptos::prelude::*;

use crate::kit::browser;
use crate::kit::clock::use_clock;
use crate::kit::reactive::{derived, dynamic};
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::page::when::When;
use crate::state::reports::monday::Monday;
use crate::words::instant::day_and_time;

/// The switch with what it leads to; nothing before the server said how it stands.
#[component]
pub(crate) fn MondayMail(monday: Monday) -> impl IntoView {
    let Monday { mail, is_on, is_busy, failure, .. } = monday;
    let clock = use_clock();
    let words = move || {
        let today = browser::local(clock.now_untracked()).day;
        mail.with(|mail| {
            let next = |mail: &ReportMail| mail.next_at.map(|at| day_and_time(browser::local(at), today));
            mail.as_ref().map(|mail| mail_words(mail, next(mail)))
        })
    };
    view! {
        <When is=derived(move || mail.with(Option::is_some))>
            <section class="panel" aria-label="Weekly mail">
                <label class="choice">
                    <input
                        type="checkbox"
                        role="switch"
                        aria-describedby="monday-notes"
                        prop:checked=is_on
                        prop:disabled=is_busy
                        on:change:target=move |event| monday.set(event.target().checked())
                    />
                    " Mail me this every Monday"
                </label>
                <p class="field-hint" id="monday-notes">
                    {dynamic(words)}
                </p>
                <ActionFailure of=failure />
            </section>
        </When>
    }
}

/// What is mailed and when; without a mail server, that nothing is.
fn mail_words(mail: &ReportMail, next: Option<String>) -> String {
    if !mail.is_mail_set_up {
        return "No mail server is set up, so no mail is sent.".to_owned();
    }
    let what = "The figures of the overview for the week before, with goals and the chats that wait.";
    match next.filter(|_| mail.is_on) {
        Some(next) => format!("{what} The next one comes {next}."),
        None => what.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn the_switch_says_when_the_next_mail_comes_and_when_none_can() {
        let words = |is_on, is_mail_set_up, next: Option<&str>| {
            mail_words(&ReportMail { is_on, is_mail_set_up, next_at: None }, next.map(str::to_owned))
        };
        assert!(words(true, true, Some("Mon 23 Nov, 08:00")).ends_with("The next one comes Mon 23 Nov, 08:00."));
        assert!(!words(false, true, Some("Mon 23 Nov, 08:00")).contains("next one"));
        assert_eq!(words(true, false, None), "No mail server is set up, so no mail is sent.");
    }
}
