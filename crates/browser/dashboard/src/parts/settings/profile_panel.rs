//! The member's own name, title and picture.

use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;

use crate::kit::browser::files::files_of;
use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::form::save_bar::Unsaved;
use crate::parts::form::text_field::text_field;
use crate::parts::page::face::face;
use crate::parts::page::loaded::Loaded;
use crate::state::settings::own_profile::OwnProfile;

/// How visitors and colleagues see the member.
#[component]
pub(crate) fn ProfilePanel() -> impl IntoView {
    let own = OwnProfile::start();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        own.save();
    };
    let name_hint = "Visitors read it in chats, mails and meetings. Without a name they read \u{201c}our team\u{201d}.";
    view! {
        <section class="panel panels" aria-labelledby="own-profile">
            <h2 class="panel-title" id="own-profile">"Name and picture"</h2>
            <Loaded phase=own.state.phase retry=move |()| own.state.load()>
                <Portrait own />
                <form class="form account-form" on:submit=handler(submit) novalidate>
                    {text_field(("profile-name", "Name", name_hint), derived(move || own.errors("name")), own.name)}
                    {text_field(
                        ("profile-title", "Title", "Such as Account executive. It stands beside your name."),
                        derived(move || own.errors("title")),
                        own.title,
                    )}
                    <ActionFailure of=derived(move || own.unplaced()) />
                    <div class="form-actions">
                        <button class="button button-strong" type="submit" prop:disabled=own.is_busy>"Save"</button>
                        <Unsaved is_changed=derived(move || own.is_changed()) discard=move |()| own.discard() />
                    </div>
                </form>
                <p class="muted" role="status">{own.said}</p>
            </Loaded>
        </section>
    }
}

#[component]
fn Portrait(own: OwnProfile) -> impl IntoView {
    let control = NodeRef::<Input>::new();
    let chosen = move |_| {
        let Some(control) = control.get_untracked() else { return };
        if let Some(file) = files_of(&control).pop() {
            own.set_picture(file);
        }
        // The same file can be chosen again.
        control.set_value("");
    };
    let choose = move |_| {
        if let Some(control) = control.get_untracked() {
            control.click();
        }
    };
    let has_picture = derived(move || !own.face().1.is_empty());
    view! {
        <div class="portrait">
            {dynamic(move || {
                let (name, picture) = own.face();
                face(&name, picture)
            })}
            <input type="file" accept="image/*" hidden node_ref=control on:change=handler(chosen) />
            <button class="button" type="button" prop:disabled=own.is_busy on:click=handler(choose)>
                {derived(move || if has_picture.get() { "Change picture" } else { "Choose a picture" })}
            </button>
            <button
                class="button button-quiet"
                type="button"
                hidden=derived(move || !has_picture.get())
                on:click=handler(move |_| own.remove_picture())
            >
                "Remove picture"
            </button>
        </div>
    }
}
