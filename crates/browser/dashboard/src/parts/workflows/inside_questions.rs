//! What becomes of the leads inside: before a change is saved, and before a workflow is switched off.

use knock_wire::Inside;
use leptos::prelude::*;

use crate::kit::reactive::derived;
use crate::parts::form::dialog::Dialog;
use crate::parts::page::when::When;
use crate::state::workflows::form::FlowForm;
use crate::state::workflows::switching::Switching;
use crate::words::workflows::texts::inside_words;

const OF_CHANGE: [(Inside, &str); 3] = [
    (Inside::Finish, "They go on in the version that they are in."),
    (Inside::Move, "They go on in the new version. Who waits at a step that is gone goes on behind it."),
    (Inside::Stop, "They leave the workflow."),
];
const OF_SWITCH: [(Inside, &str); 2] =
    [(Inside::Finish, "They go on to the end."), (Inside::Stop, "They leave the workflow.")];

/// The question before a change is saved.
#[component]
pub(crate) fn ChangeQuestion(form: FlowForm) -> impl IntoView {
    let chosen = RwSignal::new(Inside::Finish);
    let leads =
        derived(move || form.stored.value.with(|stored| stored.as_ref().map_or(0, |stored| stored.row.counts.active)));
    view! {
        <When is=form.asks_inside>
            <Dialog
                title="Leads are inside"
                confirm="Save"
                is_busy=form.is_busy
                failure=Signal::stored(None)
                confirmed=move |()| form.save(Some(chosen.get_untracked()), |_| ())
                closed=move |()| form.asks_inside.set(false)
            >
                {choices(&OF_CHANGE, chosen, leads)}
            </Dialog>
        </When>
    }
}

/// The question before a workflow is switched off.
#[component]
pub(crate) fn SwitchQuestion(switching: Switching) -> impl IntoView {
    let chosen = RwSignal::new(Inside::Finish);
    let leads = derived(move || switching.asked.with(|asked| asked.as_ref().map_or(0, |row| row.counts.active)));
    view! {
        <When is=derived(move || switching.asked.with(Option::is_some))>
            <Dialog
                title="Switch this workflow off?"
                confirm="Switch off"
                is_busy=switching.is_busy
                failure=switching.failure
                confirmed=move |()| switching.turn_off(chosen.get_untracked())
                closed=move |()| switching.asked.set(None)
            >
                {choices(&OF_SWITCH, chosen, leads)}
            </Dialog>
        </When>
    }
}

fn choices(all: &'static [(Inside, &'static str)], chosen: RwSignal<Inside>, leads: Signal<u64>) -> AnyView {
    let one = move |(inside, words): &(Inside, &'static str)| {
        let (inside, words) = (*inside, *words);
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name="inside"
                    prop:checked=derived(move || chosen.get() == inside)
                    on:change:target=move |_| chosen.set(inside)
                />
                <span>{words}</span>
            </label>
        }
        .into_any()
    };
    view! {
        <fieldset class="flow-inside">
            <legend>{derived(move || inside_words(leads.get()))}</legend>
            {all.iter().map(one).collect::<Vec<_>>()}
        </fieldset>
    }
    .into_any()
}
