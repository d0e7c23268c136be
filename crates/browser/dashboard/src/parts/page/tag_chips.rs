//! Tags of a lead, each with its colour.

use knock_wire::Tag;
use leptos::prelude::*;

use crate::kit::reactive::dynamic;
use crate::words::tag::shown_tags;

/// One tag.
pub(crate) fn tag_chip(tag: Tag) -> AnyView {
    let class = format!("tag tag-{}", tag.color.as_str());
    view! {
        <span class=class>
            <bdi>{tag.name}</bdi>
        </span>
    }
    .into_any()
}

/// The first tags of a lead, and the number of the others; nothing without one.
#[component]
pub(crate) fn TagChips(#[prop(into)] tags: Signal<Vec<Tag>>) -> impl IntoView {
    dynamic(move || {
        let tags = tags.get();
        if tags.is_empty() {
            return None;
        }
        let names = tags.iter().map(|tag| tag.name.clone()).collect::<Vec<_>>().join(", ");
        let spoken = names.clone();
        let (shown, more) = shown_tags(&tags);
        let more = (!more.is_empty()).then(|| {
            view! { <span class="tag tag-more" aria-hidden="true">{more}</span> }
        });
        Some(view! {
            <span class="tags" title=names>
                <span class="unseen">"Tags: " <bdi>{spoken}</bdi></span>
                <span class="tags" aria-hidden="true">
                    {shown.into_iter().map(tag_chip).collect::<Vec<_>>()} {more}
                </span>
            </span>
        })
    })
}
