//! Settings > Mail: whether mail is set up, what was mailed, and what was not.

use leptos::html::Button;
use leptos::prelude::*;

use crate::mails::{Mails, Resending, Setup, Which};
use crate::parts::{
    Empty, Heading, Icon, IconMark, Lines, LoadMore, Loaded, MAIL_IS_MISSING, MailLine, SendAgain, When,
};

/// All mails of the outbox, newest first.
#[component]
pub(crate) fn MailPage() -> impl IntoView {
    let mails = Mails::start();
    let list = mails.list;
    let look = NodeRef::<Button>::new();
    let has_parked = Signal::derive(move || mails.has_parked());
    let send_all = move |()| mails.send_again(Which::All, look.get_untracked().map(Into::into));
    let said = Signal::derive(move || match mails.resending.get() {
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
                <button class="button" type="button" node_ref=look on:click=move |_| list.ask_anew()>
                    "Look again"
                </button>
            </div>
        </div>
        <p class="lead">"Sign-in links, and replies to leads who have gone. What has ended is kept for 30 days."</p>
        <SetupNote setup=mails.setup />
        <Loaded phase=list.phase retry=move |()| list.start()>
            <When is=move || !list.rows.is_empty() fallback=NothingYet>
                <ol class="mails" aria-label="Mails">
                    <Lines of=move || list.rows.drawn(move |mail| view! { <MailLine mail mails /> }.into_any()) />
                </ol>
            </When>
            <LoadMore list label="Load older" />
        </Loaded>
    }
}

#[component]
fn SetupNote(setup: RwSignal<Setup>) -> impl IntoView {
    let setup = Memo::new(move |_| setup.get());
    move || match setup.get() {
        Setup::Unknown => ().into_any(),
        Setup::From(sender) => view! {
            <p class="check check-done">
                <IconMark icon=Icon::Check />
                <span>"Mail is set up. The sender is " <bdi>{sender}</bdi></span>
            </p>
        }
        .into_any(),
        Setup::Missing => view! {
            <div class="note" id=MAIL_IS_MISSING>
                <IconMark icon=Icon::Alert />
                <div>
                    <p><strong>"Mail is not set up: nothing is sent."</strong></p>
                    <p>
                        "What would have been sent is listed below. To send it, set " <code>"smtp.url"</code> " and "
                        <code>"smtp.from"</code> " and restart the server, as " <code>"docs/mail.md"</code> " says."
                    </p>
                </div>
            </div>
        }
        .into_any(),
    }
}

#[component]
fn NothingYet() -> impl IntoView {
    view! {
        <Empty title="No mail yet" icon=Icon::LinkOpen>
            <p>
                "A member who asks for a link on the sign-in page appears here, and what a rep wrote to a lead who left an address and has gone."
            </p>
        </Empty>
    }
}
