//! A Knock Link: address, figures and actions.

use knock_wire::LinkShown;
use leptos::prelude::*;

use super::MailMerge;
use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::form::copy_line::CopyLine;
use crate::state::links::{LinkDialog, Links};
use crate::words::link::funnel_words;
use crate::words::number::count;

/// The link of the launchers, which always exists.
const LAUNCHER: &str = "Website";

/// A card of the list; names come from persons and are shown as text.
#[component]
pub(crate) fn LinkCard(
    link: Signal<LinkShown>,
    /// The list it is in.
    links: Links,
) -> impl IntoView {
    let slug = link.with_untracked(|link| link.slug.clone());
    // A prefix other than that of the form's ids.
    let title = format!("knock-link-{slug}");
    let is_in_use = link.with_untracked(|link| link.archived_at.is_none());
    // The launchers on the sites have no page of their own.
    let given = if slug == LAUNCHER {
        view! { <p class="muted">"The launcher on your sites. It has no address to share."</p> }.into_any()
    } else {
        address(link, links, &slug, is_in_use)
    };
    let labelled_by = title.clone();
    view! {
        <article class="panel webhook" aria-labelledby=labelled_by>
            {dynamic(move || facts(&link.get(), links, title.clone()))}
            {given}
            {actions(link, links, &slug, is_in_use)}
        </article>
    }
}

/// The address to share, its QR code, and addresses for a mail merge.
fn address(link: Signal<LinkShown>, links: Links, slug: &str, is_in_use: bool) -> AnyView {
    let url = derived(move || link.with(|link| link.url.clone()));
    let label = derived(move || link.with(|link| format!("Address of {}", link.name)));
    let name = move || view! { <span class="unseen">" of " <bdi>{link.get().name}</bdi></span> };
    let merge = is_in_use.then(|| {
        view! {
            <details class="why">
                <summary>"Mail merge" {dynamic(name)}</summary>
                <MailMerge links slug=slug.to_owned() />
            </details>
        }
    });
    let picture = format!("/api/v1/links/{slug}/qr");
    view! {
        <div class="snippet">
            <CopyLine text=url label role="group" />
        </div>
        <details class="why">
            <summary>"QR code" {dynamic(name)}</summary>
            <img
                src=format!("{picture}.svg")
                alt=derived(move || format!("QR code of {}", url.get()))
                width="180"
                height="180"
                loading="lazy"
            />
            <p class="webhook-actions">
                <a class="button" rel="external" download="" href=format!("{picture}.svg?download")>
                    "Download SVG"
                </a>
                <a class="button" rel="external" download="" href=format!("{picture}.png?size=1024&download")>
                    "Download PNG"
                </a>
            </p>
        </details>
        {merge}
    }
    .into_any()
}

fn facts(link: &LinkShown, links: Links, title: String) -> AnyView {
    let rule = link.rule.clone();
    let href = format!("/app/routing-rules/{}", rule.as_deref().unwrap_or_default());
    let rule = move || match &rule {
        None => "Default rule".to_owned(),
        Some(id) => links.rules.with(|rules| {
            rules.iter().find(|rule| rule.id == *id).map_or_else(|| id.clone(), |rule| rule.name.clone())
        }),
    };
    let channel = if link.channel.is_empty() { "\u{2013}".to_owned() } else { link.channel.clone() };
    let fact = |name: &'static str, value: AnyView| view! { <dt>{name}</dt> <dd>{value}</dd> }.into_any();
    view! {
        <header class="webhook-head">
            <h2 class="webhook-url" id=title>
                <bdi>{link.name.clone()}</bdi>
            </h2>
            <span class="badge">{funnel_words(&link.funnel)}</span>
            {link.owner.clone().map(|owner| view! { <span class="badge">"Booking link of " <bdi>{owner}</bdi></span> })}
        </header>
        <dl class="site-facts">
            {fact("Channel", channel.into_any())}
            {link.owner.is_none().then(|| fact("Rule", view! { <a class="link" href=href>{derived(rule)}</a> }.into_any()))}
            {fact("Clicks", counted_up(link.clicks).into_any())} {fact("Conversions", counted_up(link.conversions).into_any())}
        </dl>
    }
    .into_any()
}

fn actions(link: Signal<LinkShown>, links: Links, slug: &str, is_in_use: bool) -> AnyView {
    let button = move |words: &'static str, what: LinkDialog| {
        view! {
            <button class="button" type="button" on:click=handler(move |_| links.ask(what, Some(link.get_untracked())))>
                {words}
                <span class="unseen">" " <bdi>{derived(move || link.get().name)}</bdi></span>
            </button>
        }
        .into_any()
    };
    let archive = (is_in_use && slug != LAUNCHER).then(|| button("Archive", LinkDialog::Archive));
    let restore = (!is_in_use).then(|| button("Restore", LinkDialog::Restore));
    // Nothing else of a member's own link changes.
    let edit = link.with_untracked(|link| link.owner.is_none()).then(|| button("Edit", LinkDialog::Edit));
    view! { <div class="webhook-actions">{edit} {archive} {restore}</div> }.into_any()
}

fn counted_up(number: u64) -> String {
    count(i64::try_from(number).unwrap_or(i64::MAX))
}
