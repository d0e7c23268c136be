//! The pages of the app: one per address.

mod account;
mod accounts;
mod contact;
mod contacts;
mod conversation;
mod inbox;
mod install;
mod keys;
mod live;
mod mail;
mod missing;
mod sessions;
mod settings;
mod sign_in;
mod table;
mod team;
mod webhooks;

pub(crate) use account::AccountPage;
pub(crate) use accounts::AccountsPage;
pub(crate) use contact::ContactPage;
pub(crate) use contacts::ContactsPage;
pub(crate) use conversation::ConversationPage;
pub(crate) use inbox::{InboxPage, NothingChosen};
pub(crate) use install::InstallPage;
pub(crate) use keys::KeysPage;
pub(crate) use live::LivePage;
pub(crate) use mail::MailPage;
pub(crate) use missing::MissingPage;
pub(crate) use sessions::SessionsPage;
pub(crate) use settings::SettingsPage;
pub(crate) use sign_in::SignInPage;
pub(crate) use team::TeamPage;
pub(crate) use webhooks::WebhooksPage;
