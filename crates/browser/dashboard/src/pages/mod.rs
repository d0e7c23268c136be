//! The pages of the app: one per address.

mod account;
mod accounts;
mod agents;
mod audit;
mod availability;
mod backtest;
mod calendars;
mod contact;
mod contacts;
mod conversation;
mod crm;
mod custom_fields;
mod enrichment;
mod inbox;
mod install;
mod keys;
mod knowledge;
mod links;
mod live;
mod mail;
mod meeting;
mod meeting_settings;
mod meetings;
mod missing;
mod notifications;
mod own_account;
mod playbooks;
mod privacy;
mod replies;
mod routing_rule;
mod routing_rules;
mod settings;
mod sign_in;
mod sites;
mod slack;
mod table;
mod team;
mod unanswered;
mod webhooks;

pub(crate) use account::AccountPage;
pub(crate) use accounts::AccountsPage;
pub(crate) use agents::AgentsPage;
pub(crate) use audit::AuditPage;
pub(crate) use availability::AvailabilityPage;
pub(crate) use backtest::BacktestPage;
pub(crate) use calendars::CalendarsPage;
pub(crate) use contact::ContactPage;
pub(crate) use contacts::ContactsPage;
pub(crate) use conversation::ConversationPage;
pub(crate) use crm::CrmPage;
pub(crate) use custom_fields::CustomFieldsPage;
pub(crate) use enrichment::EnrichmentPage;
pub(crate) use inbox::{InboxPage, NothingChosen};
pub(crate) use install::InstallPage;
pub(crate) use keys::KeysPage;
pub(crate) use knowledge::KnowledgePage;
pub(crate) use links::LinksPage;
pub(crate) use live::LivePage;
pub(crate) use mail::MailPage;
pub(crate) use meeting::MeetingPage;
pub(crate) use meeting_settings::MeetingPreferences;
pub(crate) use meetings::MeetingsPage;
pub(crate) use missing::MissingPage;
pub(crate) use notifications::NotificationsPage;
pub(crate) use own_account::OwnAccountPage;
pub(crate) use playbooks::PlaybooksPage;
pub(crate) use privacy::PrivacyPage;
pub(crate) use replies::RepliesPage;
pub(crate) use routing_rule::RoutingRulePage;
pub(crate) use routing_rules::RoutingRulesPage;
pub(crate) use settings::SettingsPage;
pub(crate) use sign_in::SignInPage;
pub(crate) use sites::SitesPage;
pub(crate) use slack::SlackPage;
pub(crate) use team::TeamPage;
pub(crate) use unanswered::UnansweredPage;
pub(crate) use webhooks::WebhooksPage;

use leptos::prelude::*;

use crate::lazy::lazy;

lazy! {
    /// A company.
    account of records => AccountPage;
    /// All companies.
    accounts of records => AccountsPage;
    /// The AI agent.
    agents of agents => AgentsPage;
    /// The audit log.
    audit of settings => AuditPage;
    /// The member's own availability.
    availability of schedule => AvailabilityPage;
    /// The backtest of scores.
    backtest of settings => BacktestPage;
    /// Calendars.
    calendars of schedule => CalendarsPage;
    /// A person.
    contact of records => ContactPage;
    /// All persons.
    contacts of records => ContactsPage;
    /// A conversation, beside the inbox.
    conversation of inbox => ConversationPage;
    /// CRM Sync.
    crm of connections => CrmPage;
    /// Custom fields.
    custom_fields of connections => CustomFieldsPage;
    /// The enrichment provider.
    enrichment of settings => EnrichmentPage;
    /// All conversations.
    inbox of inbox => InboxPage;
    /// The snippets of all sites.
    install of install => InstallPage;
    /// API keys.
    keys of settings => KeysPage;
    /// Knock Links.
    links of links => LinksPage;
    /// Mails and their state.
    mail of settings => MailPage;
    /// The settings of the booking.
    meeting_settings of schedule => MeetingPreferences;
    /// A meeting.
    meeting of meetings => MeetingPage;
    /// All meetings.
    meetings of meetings => MeetingsPage;
    /// The member's notification settings.
    notifications of schedule => NotificationsPage;
    /// The member's own sessions and password.
    own_account of settings => OwnAccountPage;
    /// Consent, export, erasure.
    privacy of settings => PrivacyPage;
    /// Saved replies.
    replies of settings => RepliesPage;
    /// A routing rule.
    routing_rule of rules => RoutingRulePage;
    /// All routing rules.
    routing_rules of rules => RoutingRulesPage;
    /// Settings of sites.
    sites of install => SitesPage;
    /// The Slack workspace.
    slack of connections => SlackPage;
    /// Members and invitations.
    team of settings => TeamPage;
    /// Destinations of events.
    webhooks of settings => WebhooksPage;
}
