//! Settings > Custom fields: fields for routing rules that the workspace defines.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::kit::reactive::{derived, handler, memo};
use crate::kit::rows::Drawn;
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::form::save_bar::SaveBar;
use crate::parts::page::empty::Empty;
use crate::parts::page::heading::Heading;
use crate::parts::page::icon::{Icon, IconMark};
use crate::parts::page::lazy::lazy;
use crate::parts::page::lines::Lines;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::when::When;
use crate::parts::rules::custom_field::custom_field;
use crate::state::rules::custom_fields::FieldsForm;

lazy!(connections => CustomFieldsPage);

/// All custom fields, saved together.
#[component]
pub(crate) fn CustomFieldsPage() -> impl IntoView {
    let form = FieldsForm::start();
    let ids = memo(move || form.fields.with(|fields| fields.iter().map(|draft| draft.id).collect::<Vec<_>>()));
    let lines = move || {
        let draw = |id: &usize| {
            let id = *id;
            Drawn::new(id, move || custom_field(form, id))
        };
        ids.with(|ids| ids.iter().map(draw).collect::<Vec<_>>())
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.save();
    };
    view! {
        <div class="page-head">
            <Heading text="Custom fields" />
        </div>
        <p class="lead">
            "Further data of your leads, such as their plan. Routing rules read a custom field as custom.NAME."
        </p>
        <Loaded phase=form.stored.phase retry=move |()| form.stored.load()>
            <When is=derived(move || ids.with(Vec::is_empty))>
                <Empty title="No custom fields yet" icon=Icon::Route>
                    <p>"Add the first one, and choose the source of its value."</p>
                </Empty>
            </When>
            <ol class="segments" aria-label="Custom fields">
                <Lines of=derived(lines) />
            </ol>
            <div class="form-actions">
                <button class="button" type="button" id="custom-add" on:click=handler(move |_| form.add())>
                    <IconMark icon=Icon::Plus />
                    "Add a custom field"
                </button>
            </div>
            <ActionFailure of=form.failure />
            <form on:submit=handler(submit) novalidate>
                <SaveBar
                    is_changed=derived(move || form.is_changed())
                    is_busy=form.is_busy
                    said=form.said
                    discard=move |()| form.discard()
                />
            </form>
        </Loaded>
    }
}
