//! Settings > Custom fields: fields for routing rules that the workspace defines.

use leptos::prelude::*;

use crate::kit::reactive::{derived, handler, memo};
use crate::kit::rows::Drawn;
use crate::parts::form::failure_line::ActionFailure;
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
                <button
                    class="button button-strong"
                    type="button"
                    prop:disabled=form.is_busy
                    on:click=handler(move |_| form.save())
                >
                    {derived(move || if form.is_busy.get() { "Saving\u{2026}" } else { "Save" })}
                </button>
            </div>
            <p role="status">{form.said}</p>
            <ActionFailure of=form.failure />
        </Loaded>
    }
}
