//! What the AI agent would do with a test question, and why.

use knock_wire::{FoundAnswer, FoundIn, KnowledgeScore, KnowledgeTried, OfferedQuestion};
use leptos::prelude::*;

use super::found::{FoundLine, page, quoted};

/// The answers or offers as a visitor would see them, the act, the reason, and what came closest.
#[component]
pub(crate) fn Tried(tried: KnowledgeTried) -> impl IntoView {
    let KnowledgeTried { found, more, act, offered, scores, why, .. } = tried;
    let has_act = act.is_some();
    let said = match (found, offered.is_empty()) {
        (Some(first), _) => [first].into_iter().chain(more).map(answer).collect_view().into_any(),
        (None, false) => offers(offered),
        (None, true) => nothing(has_act),
    };
    let act = act.map(|act| view! { <p>"Act: " {act.replace('_', " ")}</p> });
    let why = (!why.is_empty()).then(|| view! { <p><strong>"Why: "</strong> <bdi>{why}</bdi></p> });
    view! {
        {said}
        <div class="tried-why">{act} {why} {table(scores)}</div>
    }
}

fn answer(found: FoundAnswer) -> AnyView {
    view! {
        <p class="message-text tried-text" dir="auto">
            {found.text}
        </p>
        <FoundLine source=found.source confidence=found.confidence />
    }
    .into_any()
}

fn offers(offered: Vec<OfferedQuestion>) -> AnyView {
    let line = |offer: OfferedQuestion| view! { <li class="tried-offer" dir="auto">{offer.question}</li> }.into_any();
    view! {
        <p>"The AI agent asks which of these is meant:"</p>
        <ul class="tried-offers" aria-label="Offered questions">
            {offered.into_iter().map(line).collect_view()}
        </ul>
    }
    .into_any()
}

fn nothing(has_act: bool) -> AnyView {
    let then = if has_act {
        " The AI agent replies to what the message does, by its playbook."
    } else {
        " No knowledge matches: the AI agent says so, and a person takes over."
    };
    view! { <p><strong>"No answer."</strong> {then}</p> }.into_any()
}

fn table(scores: Vec<KnowledgeScore>) -> Option<AnyView> {
    let line = |scored: KnowledgeScore| {
        let name = match scored.source {
            FoundIn::Question { question, .. } => quoted(question),
            FoundIn::Page { title, url } => page(title, url),
            FoundIn::File { name } => quoted(name),
        };
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td class="number">{scored.score}</td>
                <td dir="auto">{scored.words.join(", ")}</td>
            </tr>
        }
        .into_any()
    };
    (!scores.is_empty()).then(|| {
        view! {
            <table class="tried-scores">
                <caption>"What came closest"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Question or page"</th>
                        <th scope="col">"Score"</th>
                        <th scope="col">"Words"</th>
                    </tr>
                </thead>
                <tbody>{scores.into_iter().map(line).collect_view()}</tbody>
            </table>
        }
        .into_any()
    })
}
