//! `/api/v1`: the API of the dashboard and of the team's programs.

mod account;
mod accounts;
mod agent;
mod agent_rejections;
mod audit;
mod backtest;
mod calendars;
mod contact;
mod contacts;
mod conversations;
mod credentials;
mod crm;
mod csv;
mod custom_fields;
mod decisions;
mod enrichment;
mod export;
mod holidays;
mod home;
mod inbound_mail;
mod instant;
mod keys;
mod knowledge;
mod links;
mod live;
mod look;
mod mail;
mod mail_server;
mod meeting_settings;
mod meetings;
mod members;
mod notifications;
mod outbound;
mod page;
mod parameter;
mod password;
mod persons;
mod playbooks;
mod refused;
mod reject_reasons;
mod reminders;
mod replies;
mod reports;
mod reps;
mod rules;
mod schedule;
mod score;
mod segment_templates;
mod session;
mod session_link;
mod sessions;
mod sites;
mod slack;
mod tags;
mod timeline;
mod unanswered;
mod views;
mod visits;
mod webhooks;
mod workflows;
mod working_hours;

pub(super) use crm::NamedCrm;

use crate::http::routes::{Routes, routes};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

pub(super) fn routes() -> Routes {
    Routes::new()
        .routes(routes!(session::get, session::post, session::delete))
        .routes(routes!(session::methods))
        .routes(routes!(session_link::post))
        .merge(contacts::routes())
        .merge(meetings::routes())
        .merge(password::routes())
        .routes(routes!(contact::get))
        .routes(routes!(score::get))
        .routes(routes!(schedule::get))
        .routes(routes!(schedule::team))
        .merge(accounts::routes())
        .routes(routes!(account::get))
        .routes(routes!(timeline::get))
        .routes(routes!(sites::get, sites::post))
        .routes(routes!(sites::put, sites::delete))
        .routes(routes!(sites::rotate))
        .routes(routes!(sites::keep))
        .routes(routes!(refused::get))
        .merge(look::routes())
        .routes(routes!(live::get))
        .merge(visits::routes())
        .routes(routes!(decisions::get))
        .routes(routes!(backtest::get))
        .merge(reports::routes())
        .merge(links::routes())
        .merge(knowledge::routes())
        .merge(unanswered::routes())
        .merge(home::routes())
        .merge(playbooks::routes())
        .routes(routes!(agent::get, agent::put))
        .routes(routes!(agent_rejections::get, agent_rejections::put))
        .merge(conversations::routes())
        .merge(reminders::routes())
        .merge(replies::routes())
        .merge(rules::routes())
        .merge(workflows::routes())
        .merge(custom_fields::routes())
        .merge(segment_templates::routes())
        .merge(tags::routes())
        .merge(webhooks::routes())
        .merge(mail::routes())
        .merge(mail_server::routes())
        .merge(outbound::routes())
        .merge(inbound_mail::routes())
        .merge(members::routes())
        .merge(reps::routes())
        .merge(holidays::routes())
        .routes(routes!(meeting_settings::get, meeting_settings::put))
        .merge(calendars::routes())
        .merge(enrichment::routes())
        .merge(slack::routes())
        .merge(crm::routes())
        .merge(notifications::routes())
        .routes(routes!(reject_reasons::get, reject_reasons::put))
        .merge(audit::routes())
        .merge(persons::routes())
        .merge(export::routes())
        .routes(routes!(keys::get, keys::post))
        .routes(routes!(keys::delete))
        .routes(routes!(views::get, views::post))
        .routes(routes!(views::put, views::delete))
        .routes(routes!(sessions::get))
        .routes(routes!(sessions::delete))
        .around(|router| router.layer(compressed()))
}

/// Lists are a tenth as long compressed, and clients wait for a page while it is made: speed comes before size.
fn compressed() -> CompressionLayer {
    CompressionLayer::new().quality(CompressionLevel::Fastest)
}
