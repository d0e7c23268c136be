//! Settings > Mail: the setup and the mails.

use leptos::html::Button;
use leptos::prelude::*;

use crate::kit::reactive::{derived, handler};
use crate::parts::page::empty::Empty;
use crate::parts::page::heading::Heading;
use crate::parts::page::icon::Icon;
use crate::parts::page::lazy::lazy;
use crate::parts::page::lines::Lines;
use crate::parts::page::load_more::LoadMore;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::when::When;
use crate::parts::settings::inbound_mail::InboundMail;
use crate::parts::settings::mail_line::MailLine;
use crate::parts::settings::mail_setup::MailSetup;
use crate::parts::settings::mail_states::MailStates;
use crate::parts::settings::send_again::SendAgain;
use crate::state::settings::mails::{Mails, Resending, Which};

lazy!(settings => MailPage);

/// All mails of the outbox, newest first.
#[component]
pub(crate) fn MailPage() -> impl IntoView {
    let mails = Mails::start();
    let list = mails.list;
    let look = NodeRef::<Button>::new();
    let has_parked = derived(move || mails.has_parked());
    let send_all = move |()| mails.send_again(Which::All, look.get_untracked().map(Into::into));
    let said = derived(move || match mails.resending.get() {
        Resending::Done(Which::One(_)) => "It will be sent again.",
        Resending::Done(Which::All) => "They will be sent again.",
        Resending::Idle | Resending::Asked(_) | Resending::Failed(..) => "",
    });
    view! {
        <div class="page-head">
            <Heading text="Mail" />
            <div class="mail-actions">
                <p class="muted" role="status">{said}</p>
                <When is=has_parked>
                    <SendAgain mails which=Which::All send=send_all>"Send all again"</SendAgain>
                </When>
                <button class="button" type="button" node_ref=look on:click=handler(move |_| list.ask_anew())>
                    "Look again"
                </button>
            </div>
        </div>
        <p class="lead">
            "Sign-in links, invitations, and replies to leads who have left. Finished mails are kept for 30 days."
        </p>
        <MailSetup mails />
        <InboundMail />
        <MailStates mails />
        <Loaded phase=list.phase retry=move |()| list.start()>
            <When is=derived(move || !list.rows.is_empty()) fallback=move || nothing(mails)>
                <ol class="mails" aria-label="Mails">
                    <Lines
                        of=derived(move || list.rows.drawn(move |mail| view! { <MailLine mail mails /> }.into_any()))
                    />
                </ol>
            </When>
            <LoadMore list label="Load older" />
        </Loaded>
    }
}

/// The empty state of the list.
fn nothing(mails: Mails) -> AnyView {
    if !mails.state.with_untracked(String::is_empty) {
        return view! {
            <Empty title="No such mail" icon=Icon::Search>
                <p>"No mail of the last 30 days is in this state."</p>
            </Empty>
        }
        .into_any();
    }
    view! {
        <Empty title="No mail yet" icon=Icon::LinkOpen>
            <p>
                "Sign-in links that members request appear here, and replies to leads who gave an address and left."
            </p>
        </Empty>
    }
    .into_any()
}
