//! The tester: a typed or past lead, and its decision by the rule in the form.

use knock_wire::TesterLead;
use leptos::prelude::*;

use super::comparison::field_options;
use super::controls::{choice, fixed, labelled_choice, panel, quiet};
use crate::kit::changing::focus_later;
use crate::kit::clock::use_clock;
use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::kit::rows::Drawn;
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::form::search_box::SearchBox;
use crate::parts::page::lines::Lines;
use crate::parts::table::condition_line::option;
use crate::state::records::condition_lines::offered;
use crate::state::rules::form::RuleForm;
use crate::state::rules::tester::{Tester, TriedField};
use crate::words::rule::rule_field_label;
use crate::words::rules::draft_decision::TestResult;

/// The lead and the decision.
#[component]
pub(crate) fn TesterPanel(form: RuleForm) -> impl IntoView {
    let (tester, clock) = (Tester::start(form), use_clock());
    let ids = memo(move || tester.fields.with(|fields| fields.iter().map(|field| field.id).collect::<Vec<_>>()));
    let lines = move || {
        let draw = |id: &usize| {
            let id = *id;
            Drawn::new(id, move || field_line(tester, id))
        };
        ids.with(|ids| ids.iter().map(draw).collect::<Vec<_>>())
    };
    let add = move || focus_later(format!("tried-{}", tester.add()));
    let result = memo(move || tester.result(clock.instant()));
    let body = view! {
        <p class="field-hint">"Decides in this browser by the rule in the form, also unsaved. Nothing is written."</p>
        {past(tester)}
        <ul class="tried-fields" aria-label="Fields of the lead">
            <Lines of=derived(lines) />
        </ul>
        {quiet("tried-add".to_owned(), ("Add a field", fixed("")), Signal::stored(false), Box::new(add))}
        <div class="tested" role="status" aria-label="Decision of the tester">
            {dynamic(move || decision(result.get()))}
        </div>
    };
    panel("tester", "Tester", body.into_any())
}

/// The choice among past leads.
fn past(tester: Tester) -> AnyView {
    let options = derived(move || {
        let chosen = tester.chosen.get();
        let label = |lead: &TesterLead| format!("{} \u{2192} {}", lead.label, lead.decision.assignee);
        let leads = tester.leads.value.with(|leads| {
            let leads = leads.as_ref().map(|leads| leads.leads.as_slice()).unwrap_or_default();
            let of =
                |(place, lead): (usize, &TesterLead)| option(&place.to_string(), &label(lead), chosen == Some(place));
            leads.iter().enumerate().map(of).collect::<String>()
        });
        option("", "Typed values", chosen.is_none()) + &leads
    });
    let then = move || {
        let lead = tester.lead_chosen()?;
        let words = format!(
            "Decided then: {}, by {}, version {}.",
            lead.decision.assignee, lead.decision.rule, lead.decision.version
        );
        Some(view! { <p class="field-hint">{words}</p> })
    };
    view! {
        <SearchBox label="Search past leads" text=tester.search />
        {labelled_choice("tester-lead", "Lead", options, Box::new(move |place| tester.choose(place.parse().ok())))}
        <ActionFailure of=derived(move || tester.failure()) />
        {dynamic(then)}
    }
    .into_any()
}

fn field_line(tester: Tester, id: usize) -> AnyView {
    let read = move |of: fn(&TriedField) -> &String| {
        memo(move || {
            tester
                .fields
                .with(|all| all.iter().find(|field| field.id == id).map(|field| of(field).clone()))
                .unwrap_or_default()
        })
    };
    let (field, text) = (read(|field| &field.field), read(|field| &field.text));
    let fields = derived(move || tester.form.inputs.with(|inputs| field_options(inputs, &field.get())));
    let choose = move |name: String| {
        tester.change(id, |field| {
            field.field = name;
            field.text = String::new();
        });
    };
    let list = format!("tried-{id}-seen");
    let seen = move || {
        let field = field.get();
        let kind = knock_routing::Field::parse(&field).map_or(knock_routing::Kind::Any, |known| known.kind());
        let mut all: Vec<String> = offered(&field, kind).into_iter().map(str::to_owned).collect();
        all.extend(tester.form.input(&field).map(|input| input.values).unwrap_or_default());
        all.dedup();
        all.iter().map(|value| option(value, "", false)).collect::<String>()
    };
    let label = derived(move || rule_field_label(&field.get()));
    view! {
        <li class="tried-field">
            {choice(format!("tried-{id}"), fixed("Field of the lead"), fields, Box::new(choose))}
            <input
                class="input"
                aria-label=label
                autocomplete="off"
                spellcheck="false"
                list=list.clone()
                prop:value=text
                on:input:target=move |event| {
                    let text = event.target().value();
                    tester.change(id, |field| field.text = text);
                }
            />
            <datalist id=list inner_html=derived(seen)></datalist>
            <button
                class="button button-quiet"
                type="button"
                aria-label=derived(move || format!("Leave out {}", label.get()))
                on:click=handler(move |_| {
                    tester.remove(id);
                    focus_later("tried-add".to_owned());
                })
            >
                "\u{2715}"
            </button>
        </li>
    }
    .into_any()
}

fn decision(result: Option<TestResult>) -> AnyView {
    let Some(result) = result else {
        return view! { <p class="muted">"Decides once the form is complete."</p> }.into_any();
    };
    let path = result.path.iter().map(|asked| {
        let (mark, word) =
            if asked.holds { ("badge badge-high", "Matches") } else { ("badge badge-low", "Does not match") };
        let because =
            asked.because.iter().map(|because| view! { <li>{because.clone()}</li> }.into_any()).collect_view();
        view! {
            <li class="path-step">
                <p>
                    <bdi class="known-name">{asked.segment.clone()}</bdi>
                    " "
                    <span class=mark>{word}</span>
                </p>
                <ul class="rule-changes">{because}</ul>
            </li>
        }
        .into_any()
    });
    let segment = (!result.segment.is_empty())
        .then(|| view! { <span class="muted">" by " <bdi>{result.segment.clone()}</bdi></span> });
    view! {
        <p>
            <strong><bdi>{result.assignee.clone()}</bdi></strong>
            {segment}
        </p>
        <p class="field-hint">{result.reason.clone()} " " {result.notes.join(" ")}</p>
        <ol class="path" aria-label="Path">
            {path.collect_view()}
        </ol>
    }
    .into_any()
}
