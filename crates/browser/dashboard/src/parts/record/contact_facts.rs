//! Owner, status, attribution and conversations of a contact.

use knock_model::Permission;
use knock_wire::{Attribution, ConsentGiven, ContactProgress, ContactRecord, ConversationRef};
use leptos::prelude::*;

use crate::kit::browser;
use crate::parts::page::time_ago::TimeAgo;
use crate::state::session::use_session;
use crate::words::chat::place_of_chat;
use crate::words::instant::exact;
use crate::words::mail::meant_address;
use crate::words::received_mail::returned_words;
use crate::words::signal::bare_path;

/// Owner, funnel stage, Chat Status, source, campaign and landing page; a link to each conversation for those who use the inbox.
#[component]
pub(crate) fn ContactFacts(#[prop(into)] record: Signal<ContactRecord>) -> impl IntoView {
    let may_open = use_session().may(Permission::UseInbox);
    move || {
        let ContactRecord { contact, owner, funnel_stage, rejected_by, conversations, bounces, consents, .. } =
            record.get();
        let ContactProgress { owner_name, chat_status, reject_reason, .. } = contact.progress;
        let Attribution { channel, source, campaign, landing_page } = contact.attribution;
        let facts = [
            ("Address perhaps meant", meant_address(&contact.email).unwrap_or_default()),
            ("Owner", if owner_name.is_empty() { owner } else { owner_name }),
            ("Funnel stage", funnel_stage.spelling().into_owned()),
            ("Chat Status", chat_status.spelling().into_owned()),
            ("Rejected by", rejected_by),
            ("Reject reason", reject_reason),
            ("Source", source),
            ("Channel", channel),
            ("Campaign", campaign),
            ("Landing page", bare_path(&landing_page).to_owned()),
            ("Consent", consents.iter().map(given_words).collect::<Vec<_>>().join(" ")),
            ("Returned mail", bounces.iter().map(returned_words).collect::<Vec<_>>().join(" ")),
        ];
        let facts = facts.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| {
            view! {
                <div class="fact">
                    <dt>{name}</dt>
                    <dd><bdi>{value}</bdi></dd>
                </div>
            }
            .into_any()
        });
        view! {
            <section class="panel" aria-labelledby="contact-facts">
                <h2 class="panel-title" id="contact-facts">"Owner, status and source"</h2>
                <dl class="facts">{facts.collect::<Vec<_>>()}</dl>
            </section>
            {(may_open && !conversations.is_empty()).then(|| view! { <Conversations conversations /> })}
        }
    }
}

/// The line that a contact agreed to, with its instant.
fn given_words(given: &ConsentGiven) -> String {
    format!("{} ({})", given.text, exact(browser::local(given.at)))
}

#[component]
fn Conversations(conversations: Vec<ConversationRef>) -> impl IntoView {
    let lines = conversations.into_iter().map(|conversation| {
        view! {
            <div class="fact">
                <dt>
                    <a class="link" href=format!("/app/inbox/{}", conversation.id)>
                        "Chat from "
                        <bdi>{place_of_chat(&conversation.link)}</bdi>
                    </a>
                </dt>
                <dd><TimeAgo at=conversation.opened_at /></dd>
            </div>
        }
        .into_any()
    });
    view! {
        <section class="panel" aria-labelledby="contact-chats">
            <h2 class="panel-title" id="contact-chats">"Conversations"</h2>
            <dl class="facts">{lines.collect::<Vec<_>>()}</dl>
        </section>
    }
}
