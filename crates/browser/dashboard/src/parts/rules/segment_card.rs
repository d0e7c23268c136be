//! A segment: place, name, conditions and assignee.

use leptos::ev;
use leptos::prelude::*;

use super::channel_field::channel_field;
use super::conditions::conditions;
use super::controls::{fixed, quiet, tick};
use super::target_fields::target_fields;
use crate::kit::browser::files;
use crate::kit::changing::focus_later;
use crate::kit::reactive::{derived, handler, memo};
use crate::state::rules::form::{RuleForm, name_id};
use crate::words::rules::draft::{RuleDraft, SegmentDraft};
use crate::words::rules::texts::{condition_words, segment_count_words, target_words};

/// A card that is edited in place, dragged, and moved by its buttons.
pub(super) fn segment_card(form: RuleForm, key: usize) -> AnyView {
    let name = memo(move || of(form, key, |segment| segment.name.clone()));
    let is_on = memo(move || of(form, key, |segment| segment.is_enabled));
    let place = memo(move || form.draft.with(|draft| draft.place(key)).unwrap_or_default());
    let is_over = RwSignal::new(false);
    let is_dragged = move || form.dragged.get() == Some(key);
    let over = move |event: ev::DragEvent| {
        if form.dragged.get_untracked().is_some() {
            // Allows a drop here.
            event.prevent_default();
            is_over.set(true);
        }
    };
    let dropped = move |event: ev::DragEvent| {
        event.prevent_default();
        is_over.set(false);
        if let Some(dragged) = form.dragged.get_untracked() {
            form.dragged.set(None);
            form.move_segment(dragged, place.get_untracked());
        }
    };
    view! {
        <li
            class="panel segment"
            class=("segment-off", move || !is_on.get())
            class=("segment-over", is_over)
            class=("segment-dragged", is_dragged)
            on:dragover=handler(over)
            on:dragleave=handler(move |_| is_over.set(false))
            on:drop=handler(dropped)
        >
            <div class="segment-parts" role="group" aria-label=derived(move || format!("Segment {}", name.get()))>
                {head(form, key, name, place)}
                <p class="segment-words">{summary(form, key)}</p>
                <p class="field-hint">{counted(form, key)}</p>
                <details class="why" open>
                    <summary>"Edit" <span class="unseen">" segment " <bdi>{name}</bdi></span></summary>
                    {fields(form, key, is_on)}
                </details>
            </div>
        </li>
    }
    .into_any()
}

fn fields(form: RuleForm, key: usize, is_on: Memo<bool>) -> AnyView {
    let group = form.draft.with_untracked(|draft| draft.segment(key).map_or(0, |segment| segment.when.id));
    let channel = memo(move || of(form, key, |segment| segment.channel.clone()));
    let enable = move |is| form.change_segment(key, |segment| segment.is_enabled = is);
    let write_channel = move |text: String| form.change_segment(key, |segment| segment.channel = text);
    view! {
        <div class="segment-fields">
            {tick(fixed("Enabled"), is_on.into(), Box::new(enable))}
            <fieldset class="fieldset">
                <legend class="field-label">"Which leads"</legend>
                {conditions(form, group, 0)}
            </fieldset>
            {target_fields(form, key)}
            {channel_field(
                form,
                format!("segment-{key}-channel"),
                ("Monitoring channel", "Empty: that of the rule."),
                channel.into(),
                Box::new(write_channel),
            )}
        </div>
    }
    .into_any()
}

fn of<T: Default>(form: RuleForm, key: usize, read: impl Fn(&SegmentDraft) -> T) -> T {
    form.draft.with(|draft| draft.segment(key).map(read)).unwrap_or_default()
}

fn head(form: RuleForm, key: usize, name: Memo<String>, place: Memo<usize>) -> AnyView {
    let started = move |event: ev::DragEvent| {
        files::begin_drag(&event);
        form.dragged.set(Some(key));
    };
    let label = derived(move || format!("Name of segment {}", place.get() + 1));
    let write = move |text: String| form.change_segment(key, |segment| segment.name = text);
    view! {
        <div class="segment-head">
            <span
                class="segment-handle"
                draggable="true"
                title="Drag to reorder"
                aria-hidden="true"
                on:dragstart=handler(started)
                on:dragend=handler(move |_| form.dragged.set(None))
            >
                {derived(move || place.get() + 1)}
            </span>
            <input
                class="input segment-name"
                id=name_id(key)
                aria-label=label
                autocomplete="off"
                prop:value=name
                on:input:target=move |event| write(event.target().value())
            />
            {actions(form, key, name, place)}
        </div>
    }
    .into_any()
}

fn actions(form: RuleForm, key: usize, name: Memo<String>, place: Memo<usize>) -> AnyView {
    let last = move || form.draft.with(|draft| draft.segments.len().saturating_sub(1));
    let (is_first, is_last) = (derived(move || place.get() == 0), derived(move || place.get() == last()));
    let id = move |way: &str| format!("segment-{key}-{way}");
    // The button keeps the focus; at the end of the list, the opposite one gets it.
    let moved = move |to: usize, way: &'static str, other: &'static str| {
        form.move_segment(key, to);
        let is_end = untrack(|| if way == "up" { is_first.get() } else { is_last.get() });
        focus_later(id(if is_end { other } else { way }));
    };
    let up = move || moved(place.get_untracked().saturating_sub(1), "up", "down");
    let down = move || moved(place.get_untracked() + 1, "down", "up");
    let name = name.into();
    let never = Signal::stored(false);
    view! {
        <div class="segment-actions">
            {quiet(id("up"), ("Move up", name), is_first, Box::new(up))}
            {quiet(id("down"), ("Move down", name), is_last, Box::new(down))}
            {quiet(id("copy"), ("Duplicate", name), never, Box::new(move || form.duplicate(key)))}
            {quiet(id("template"), ("Save as template", name), never, Box::new(move || form.templated.set(Some(key))))}
            {quiet(id("remove"), ("Remove", name), never, Box::new(move || form.remove_segment(key)))}
        </div>
    }
    .into_any()
}

/// The summary of conditions and assignee.
fn summary(form: RuleForm, key: usize) -> Memo<String> {
    let words = move |draft: &RuleDraft| {
        let segment = draft.segment(key)?;
        let target = form.inputs.with(|inputs| target_words(&segment.target, &inputs.reps));
        Some(format!("{} \u{2192} {target}", condition_words(&segment.when)))
    };
    memo(move || form.draft.with(words).unwrap_or_default())
}

fn counted(form: RuleForm, key: usize) -> Memo<String> {
    memo(move || {
        let (id, is_on) = of(form, key, |segment| (segment.id.clone(), segment.is_enabled));
        form.counting.with(|counting| segment_count_words(counting, &id, is_on))
    })
}
