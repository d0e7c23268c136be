//! The store in SQL that SQLite and PostgreSQL both understand: each statement is written once.

mod account_search;
mod arrivals;
mod audit;
mod backlog;
mod calendar;
mod calendar_app;
#[cfg_attr(
    not(feature = "scratch"),
    expect(dead_code, unreachable_pub, reason = "tests read all of it, through the feature `scratch`")
)]
mod catalogue;
mod chat;
mod connection;
mod contact_detail;
mod contact_merge;
mod crm;
mod custom_value;
mod destination;
mod enrichment;
mod erasure;
mod file;
mod first_step;
mod handoff;
mod identity;
mod inbox;
mod inbox_filter;
mod inbox_lines;
mod invitation;
mod knowledge;
mod lead_search;
mod link;
mod look;
mod mail;
mod mail_server;
mod meeting;
mod member;
mod member_reads;
mod message;
mod note;
mod notification;
mod oauth;
mod on_site;
mod outbox;
mod packed;
mod password;
mod person;
mod playbook;
mod rebuild;
mod received_mail;
mod record;
mod reminder;
mod report;
mod report_acts;
mod report_mail;
mod retention;
mod routing;
mod row;
mod saved_reply;
mod saved_view;
mod search;
mod segment_template;
mod session_sequence;
mod settings;
mod signal;
mod site;
mod slack;
mod table;
mod tag;
mod test_sentence;
mod timer;
mod unconfirmed_booking;
mod visitor_fact;
mod warehouse;
mod workflow;
mod workflow_counts;
mod workflow_history;
mod workflow_log;
mod workflow_nudges;
mod workflow_runs;

#[cfg(feature = "scratch")]
pub use catalogue::{CATALOGUE, Erase, Kind, Leftovers, Merge, Owner, Table};
#[cfg(not(feature = "scratch"))]
pub(crate) use catalogue::{CATALOGUE, Table};
pub(crate) use chat::{chat_of, conversation, facts_of, messages_of, of_conversation};
pub(crate) use connection::{Connection, Db, Dialect, OnRow};
pub(crate) use contact_detail::contact_details_of;
pub(crate) use custom_value::custom_values_of;
pub(crate) use destination::subscribers_of;
pub(crate) use identity::{claim, of_lead as spans_of_lead, span, span_with_end};
pub(crate) use invitation::invitations_of;
pub(crate) use link::link_of;
pub(crate) use member::all_members;
pub(crate) use notification::{all_notification_settings, notified_of};
pub(crate) use playbook::current_playbooks;
pub(crate) use record::{ACCOUNT, LEAD, account, first_touch_text, lead};
pub(crate) use routing::{all_turns, current_rules, last_decision_of, types_of};
pub(crate) use row::{Columns, Row, category, number, unreadable};
pub(crate) use session_sequence::{bytes as missing, seen, sequence};
pub(crate) use settings::all_settings;
pub(crate) use signal::of_journey;
pub(crate) use site::all_sites;
pub(crate) use workflow_runs::active_run_of;

use crate::statement::{Query, Scope, Value, params};
