//! The groups of the form, in their order.

use knock_model::look::LookPicture;
use leptos::prelude::*;

use super::chat_form::chat_form;
use super::colours::colours;
use super::fields::{group, line, long_text, switch, text};
use super::hidden::hidden;
use super::languages::languages;
use super::launcher::launcher;
use super::own_words::own_words;
use super::picture::picture;
use super::teaser::teaser;
use super::variables::variables;
use crate::kit::reactive::dynamic;
use crate::state::settings::look_form::LookForm;

/// All groups.
#[component]
pub(crate) fn LookGroups(form: LookForm) -> impl IntoView {
    view! {
        {colours(form)}
        {logo(form)}
        {launcher(form)}
        {texts(form)}
        {teaser(form)}
        {languages(form)}
        {privacy(form)}
        {hours(form)}
        {replies(form)}
        {hidden(form)}
        {chat_form(form)}
        {ending(form)}
        {own_words(form)}
        {variables()}
    }
}

fn logo(form: LookForm) -> AnyView {
    let fields = view! {
        <p class="field-hint">"In the head of the chat, on pages of Knock Links and meetings, and in mails."</p>
        {picture(form, LookPicture::Logo, "logo", |look| &mut look.logo)}
    };
    group("look-logo", "Logo", fields.into_any())
}

fn texts(form: LookForm) -> AnyView {
    let fields = view! {
        {text(form, ("title", "Title", "At most 60 characters. Empty: the standard one."), "title", |look| &mut look.title)}
        {text(form, ("subtitle", "Line below the title", "At most 120 characters."), "subtitle", |look| &mut look.subtitle)}
        {long_text(
            form,
            ("welcome", "Welcome", "Before the first message of a chat, at most 500 characters."),
            "welcome",
            |look| &mut look.welcome,
        )}
    };
    group("look-texts", "Words at the top", fields.into_any())
}

fn privacy(form: LookForm) -> AnyView {
    let fields = view! {
        {line(
            form,
            ("privacy_url", "Address of your privacy policy", "A link to it is shown where an e-mail address is asked for."),
            |look| &mut look.privacy_url,
        )}
        {long_text(
            form,
            (
                "consent",
                "Consent",
                "A line with a box to check before an e-mail address is sent, at most 300 characters. Empty: none.",
            ),
            "consent",
            |look| &mut look.consent,
        )}
    };
    group("look-privacy", "Privacy", fields.into_any())
}

fn hours(form: LookForm) -> AnyView {
    let note = view! {
        "From the working hours of members who take chats, in " <a class="link" href="/app/settings/availability">"Availability"</a>
        ". Not shown while no member has working hours."
    };
    let fields = switch(form, ("shows_hours", "Show when your team answers"), note, |look| &mut look.shows_hours);
    group("look-hours", "Hours", fields)
}

fn replies(form: LookForm) -> AnyView {
    let fields = view! {
        {switch(
            form,
            ("reply_sound", "Play a sound"),
            "A soft one, once for a burst of messages. Visitors can mute it.",
            |look| &mut look.reply_sound,
        )}
        {switch(
            form,
            ("reply_title", "Count them in the title of the page"),
            "\u{201c}(1) Your title\u{201d}, until the chat is opened.",
            |look| &mut look.reply_title,
        )}
    };
    let hint = view! {
        <p class="field-hint">"What visitors notice of a reply while their chat is closed, beside a bubble with its first words."</p>
    };
    group("look-replies", "Replies to a closed chat", view! { {hint} {fields} }.into_any())
}

fn ending(form: LookForm) -> AnyView {
    let no_mail = move || {
        form.is_without_mail.get().then(|| {
            view! { " No mail server is set up, so it is not offered. " <a class="link" href="/app/settings/mail">"Set up mail"</a> }
        })
    };
    let fields = view! {
        {switch(form, ("can_end", "Visitors can end the chat"), "A new message after the end begins another chat.", |look| &mut look.can_end)}
        {switch(form, ("rating", "Ask for a rating"), "Once the chat is over.", |look| &mut look.rating)}
        {switch(
            form,
            ("transcript", "Offer the chat by mail"),
            view! { "Visitors can have their chat sent to their address." {dynamic(no_mail)} },
            |look| &mut look.transcript,
        )}
        {switch(form, ("history", "List earlier chats"), "Visitors can read their earlier chats in the same browser.", |look| &mut look.history)}
    };
    group("look-end", "End of a chat", fields.into_any())
}
