//! Settings: sites, mail, webhooks, the team, keys, the audit log, privacy.

mod audit_table;
mod category_fields;
mod delivery_list;
mod identify_fields;
mod invite_form;
mod key_form;
mod key_line;
mod mail_line;
mod member_line;
mod person_forms;
mod role_choice;
mod send_again;
mod site_settings;
mod webhook_card;
mod webhook_form;

pub(crate) use audit_table::AuditTable;
pub(crate) use category_fields::CategoryFields;
pub(crate) use delivery_list::DeliveryList;
pub(crate) use identify_fields::IdentifyFields;
pub(crate) use invite_form::InviteForm;
pub(crate) use key_form::KeyForm;
pub(crate) use key_line::key_line;
pub(crate) use mail_line::MailLine;
pub(crate) use member_line::member_line;
pub(crate) use person_forms::{EraseForm, ExportForm, ReceiptPanel};
pub(crate) use role_choice::{role_choice, role_options};
pub(crate) use send_again::{MAIL_IS_MISSING, SendAgain};
pub(crate) use site_settings::SiteSettings;
pub(crate) use webhook_card::WebhookCard;
pub(crate) use webhook_form::WebhookForm;
