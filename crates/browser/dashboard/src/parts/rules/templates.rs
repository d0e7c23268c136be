//! Segment templates of the team, and the dialogs for their names.

use knock_wire::SegmentTemplate;
use leptos::prelude::*;

use super::controls::{fixed, quiet};
use crate::parts::form::dialog::Dialog;
use crate::state::rules::form::RuleForm;
use crate::state::rules::templates::rename_id;
use crate::words::rules::condition::Group;
use crate::words::rules::texts::condition_words;

/// The templates created by the team.
pub(super) fn own_templates(form: RuleForm) -> Option<AnyView> {
    let own = form.templates.with(|all| all.iter().filter(|one| !one.is_built_in).cloned().collect::<Vec<_>>());
    let line = |template: SegmentTemplate| {
        let (name, words) = (template.name.clone(), condition_words(&Group::read(&template.when)));
        let (of, id) = (fixed(name.clone()), rename_id(&template.id));
        let renamed = template.clone();
        let rename = move || form.renamed.set(Some(renamed.clone()));
        let delete = move || form.dropped.set(Some(template.clone()));
        view! {
            <li class="pool-member">
                <bdi>{name}</bdi>
                <span class="muted">{words}</span>
                <span class="pool-actions">
                    {quiet(id, ("Rename", of), form.is_busy.into(), Box::new(rename))}
                    {quiet(String::new(), ("Delete", of), form.is_busy.into(), Box::new(delete))}
                </span>
            </li>
        }
        .into_any()
    };
    (!own.is_empty()).then(|| {
        view! {
            <details class="why">
                <summary>"Segment templates of your team"</summary>
                <ul class="pool" aria-label="Segment templates">
                    {own.into_iter().map(line).collect::<Vec<_>>()}
                </ul>
            </details>
        }
        .into_any()
    })
}

/// The dialog that names the template made from a segment.
#[component]
pub(crate) fn TemplateQuestion(form: RuleForm) -> impl IntoView {
    let key = form.templated.get_untracked().unwrap_or_default();
    let (name, words) = form.draft.with_untracked(|draft| {
        let segment = draft.segment(key);
        (segment.map(|segment| segment.name.clone()), segment.map(|segment| condition_words(&segment.when)))
    });
    let name = RwSignal::new(name.unwrap_or_default());
    view! {
        <Dialog
            title="Save as a segment template"
            confirm="Save template"
            is_busy=form.is_busy
            failure=form.failure
            confirmed=move |()| form.save_template(key, name.get_untracked())
            closed=move |()| form.close_template()
        >
            <p>"Its conditions can be used in every rule: " {words.unwrap_or_default()}</p>
            {name_field(name)}
        </Dialog>
    }
}

/// The dialog that renames a template.
#[component]
pub(crate) fn RenameQuestion(form: RuleForm) -> impl IntoView {
    let template = form.renamed.get_untracked();
    let name = RwSignal::new(template.as_ref().map(|template| template.name.clone()).unwrap_or_default());
    let rename = move || {
        if let Some(template) = template.clone() {
            form.rename_template(template, name.get_untracked());
        }
    };
    view! {
        <Dialog
            title="Rename the segment template"
            confirm="Rename"
            is_busy=form.is_busy
            failure=form.failure
            confirmed=move |()| rename()
            closed=move |()| form.close_template()
        >
            <p>"Segments made from it keep their names."</p>
            {name_field(name)}
        </Dialog>
    }
}

/// The confirmation before a template is deleted.
#[component]
pub(crate) fn DropQuestion(form: RuleForm) -> impl IntoView {
    form.dropped.get_untracked().map(|template| {
        view! {
            <Dialog
                title=format!("Delete the segment template {}?", template.name)
                confirm="Delete"
                is_busy=form.is_busy
                failure=form.failure
                confirmed=move |()| form.delete_template(template.clone())
                closed=move |()| form.close_template()
            >
                <p>"It is deleted for the whole team. Segments made from it stay."</p>
            </Dialog>
        }
    })
}

fn name_field(name: RwSignal<String>) -> AnyView {
    view! {
        <div class="field">
            <label class="field-label" for="template-name">
                "Name"
            </label>
            <input class="input" id="template-name" autocomplete="off" maxlength="100" bind:value=name />
        </div>
    }
    .into_any()
}
