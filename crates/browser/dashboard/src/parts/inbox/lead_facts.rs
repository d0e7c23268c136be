//! The lead of a conversation: identity and intent.

use knock_model::Trust;
use knock_wire::ConversationRow;
use leptos::prelude::*;

use crate::parts::page::time_ago::TimeAgo;
use crate::parts::record::contact_links::phone_link;
use crate::parts::record::intent_type::IntentTypeMark;
use crate::parts::record::score_badge::ScoreBadge;
use crate::words::chat::place_of_chat;
use crate::words::signal::trust_words;

/// Contact, trust in their address, intent, and the origin of the conversation.
#[component]
pub(crate) fn LeadFacts(
    #[prop(into)] row: Signal<ConversationRow>,
    #[prop(into)] trust: Signal<Option<Trust>>,
) -> impl IntoView {
    move || {
        let row = row.get();
        let (email, phone) = row.contact.clone().map(|contact| (contact.email, contact.phone)).unwrap_or_default();
        let address = trust.get().map(|trust| {
            view! {
                <div class="fact">
                    <dt>"Address"</dt>
                    <dd>
                        <bdi>{email}</bdi>
                        " "
                        <span class="muted">{trust_words(trust)}</span>
                    </dd>
                </div>
            }
        });
        let phone = (!phone.is_empty()).then(|| {
            view! {
                <div class="fact">
                    <dt>"Phone"</dt>
                    <dd>{phone_link(&phone)}</dd>
                </div>
            }
        });
        let record = match row.contact {
            Some(contact) => view! {
                <a class="link" href=format!("/app/contacts/{}", contact.id)>
                    <bdi>{contact.display_name}</bdi>
                </a>
            }
            .into_any(),
            None => view! { <span class="muted">"erased"</span> }.into_any(),
        };
        view! {
            <section class="panel" aria-labelledby="lead-facts">
                <h2 class="panel-title" id="lead-facts">"Lead"</h2>
                <dl class="facts">
                    <div class="fact">
                        <dt>"Contact"</dt>
                        <dd>{record}</dd>
                    </div>
                    {address}
                    {phone}
                    <div class="fact">
                        <dt>"Intent score"</dt>
                        <dd><ScoreBadge intent=row.intent.clone() /></dd>
                    </div>
                    <div class="fact">
                        <dt>"Intent type"</dt>
                        <dd><IntentTypeMark intent=row.intent /></dd>
                    </div>
                    <div class="fact">
                        <dt>"Opened from"</dt>
                        <dd><bdi>{place_of_chat(&row.link)}</bdi></dd>
                    </div>
                    <div class="fact">
                        <dt>"Opened"</dt>
                        <dd><TimeAgo at=row.opened_at /></dd>
                    </div>
                </dl>
            </section>
        }
    }
}
