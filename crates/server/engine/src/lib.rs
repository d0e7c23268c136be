//! The engine: the one way to write, the clock worker, the live feed.
//!
//! A command is a value. The writer thread takes all waiting commands, runs them in one transaction, and answers each
//! when it is on the disk. Changes are sent to the feed.

mod absence;
mod agent_outcome;
mod audited;
pub mod availability;
mod blocking;
mod changes;
mod chat_owners;
mod clock_worker;
pub mod commands;
mod company;
mod conference;
mod contact_details;
pub mod custom_fields;
mod delivery_worker;
mod effects;
mod feed;
mod files;
mod first_steps;
mod first_touch;
mod funnel;
mod happened;
mod knowledge_worker;
mod known_question;
mod language;
mod lead_fields;
pub mod measures;
mod meeting_pages;
mod monday;
mod notice;
mod own_reminders;
mod page_seen;
mod peer_notice;
mod peers;
mod present;
mod preview;
mod queue;
mod quiet;
mod reactions;
mod rebuild;
mod recipient;
mod report_mail_worker;
mod report_record;
mod retention;
mod rewind_worker;
mod running_attempts;
mod start;
mod sum;
mod team_hours;
mod terms;
mod transcript;
mod visitor_chat;
mod workflow_index;
mod workflow_merge;
mod workflow_runs;
mod workflow_templates;
mod workflows;
mod working_hours;
mod writer;

pub use absence::absence;
pub use agent_outcome::{AgentOutcome, agent_outcome};
pub use audited::{Audited, Change, Note};
pub use changes::Changes;
pub use chat_owners::compute_chat_owners;
pub use clock_worker::ClockWorker;
pub use commands::{person_in_slack, slack_member};
pub use company::enrichable_domain;
pub use contact_details::name_of_meeting;
pub use delivery_worker::{Connectors, DeliveryWorker};
pub use feed::{Feed, Frame};
pub use files::{FilesChecked, check_files};
pub use first_steps::{Connections, first_hours, first_steps, site_host};
pub use first_touch::compute_first_touches;
pub use knowledge_worker::{KnowledgeWorker, ReadingClaims};
pub use known_question::known_question;
pub use monday::{next_report_mail, zone_of_member};
pub use notice::{Notice, Presence};
pub use peers::listen_to_peers;
pub use present::{
    Cell, Column, ColumnKind, OpenNudge, Outcome, Outcomes, Presenter, RunPage, VisitQuery, WarehouseError,
    WarehousePage, WarehouseTable, answer_source, assignee, report, report_items, report_list, schedule, shown_source,
    shown_tag, team_schedule, todays_figures, warehouse_begin, warehouse_page,
};
pub use preview::{Line, Rehearsal, Rehearsed};
pub use queue::waits_of;
pub use reactions::notified_owner;
pub use rebuild::rebuild;
pub use report_mail_worker::ReportMailWorker;
pub use retention::RetentionWorker;
pub use rewind_worker::RewindWorker;
pub use team_hours::TeamHours;
pub use terms::terms;
pub use transcript::{TranscriptReader, transcript};
pub use visitor_chat::{RATING_CHANGES, listed_chats, visitor_chat_state};
pub use workflow_templates::workflow_templates;
pub use workflows::WORKFLOW_SENT_KEPT;
pub use working_hours::{WrongAt, own_hours, working_hours};
pub use writer::{After, Burst, Command, CommitError, Writer};
