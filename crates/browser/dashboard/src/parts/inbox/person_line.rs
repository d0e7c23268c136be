//! A line of the team, or of its sessions.

use std::sync::Arc;

use leptos::prelude::*;

use crate::kit::reactive::handler;
use crate::parts::page::badge::badge_class;
use crate::words::chat::StatusTone;

/// The content of a line.
pub(crate) struct Person {
    /// The picture, if any.
    pub(crate) face: Option<AnyView>,
    pub(crate) name: String,
    /// A line below the name; empty for none.
    pub(crate) about: String,
    /// A badge; empty for none.
    pub(crate) badge: &'static str,
    /// The role, as a text or a control.
    pub(crate) role: AnyView,
    /// The element before its button, if any.
    pub(crate) more: AnyView,
    /// The label of its button; empty for none.
    pub(crate) button: &'static str,
    /// The action of the button.
    pub(crate) pressed: Arc<dyn Fn() + Send + Sync>,
}

impl Person {
    /// The line.
    pub(crate) fn draw(self) -> AnyView {
        let Person { face, name, about, badge, role, more, button, pressed } = self;
        let whose = name.clone();
        view! {
            <li class="person">
                <p class="person-name">
                    {face}
                    <span>
                        <bdi>{name}</bdi>
                        {(!about.is_empty()).then(|| view! { <bdi class="person-about">{about}</bdi> })}
                    </span>
                    <span class=badge_class(StatusTone::Open) hidden=badge.is_empty()>
                        {badge}
                    </span>
                </p>
                <div class="person-actions">
                    {role}
                    {more}
                    <button class="button" type="button" hidden=button.is_empty() on:click=handler(move |_| pressed())>
                        {button}
                        <span class="unseen">" " <bdi>{whose}</bdi></span>
                    </button>
                </div>
            </li>
        }
        .into_any()
    }
}
