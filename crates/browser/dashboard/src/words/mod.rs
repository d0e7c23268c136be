//! The texts and figures of the app: pure functions, tested without a browser. Those of a rule in the form are with its
//! draft (`rules`).

mod acted;
mod agent;
mod arrival;
mod audit;
mod availability;
mod backtest;
mod calendar;
mod category;
mod chat;
mod client;
mod course;
mod crm;
mod decision;
mod enrichment;
mod failure;
mod field;
mod guide;
mod inbox;
mod installing;
mod instant;
mod intent;
mod link;
mod mail;
mod meeting;
mod message;
mod notification;
mod number;
mod offer;
mod playbook;
mod refused;
mod rule;
mod signal;
mod site;
mod slack;
mod span;
mod team;
mod trouble;
mod unlisted;
mod webhook;
mod why;

pub(crate) use acted::acted_words;
pub(crate) use agent::{
    FILE_TYPES, MOST_ANSWERS, TOO_LARGE, asked_words, confidence_words, files_words, is_web_address, next_reading,
    of_most, passage_words, source_counts, source_kind, source_name, source_state,
};
pub(crate) use arrival::Arrival;
pub(crate) use audit::{action_label, action_words, actor_words, changed_fields, receipt_words, subject_words};
pub(crate) use availability::{MIDNIGHT, end_of_field, field_end, rep_state_label, routing_now_words};
pub(crate) use backtest::{RateLine, backtest_notes, band_lines, bucket_lines};
pub(crate) use calendar::{
    account_words, calendar_words, connected_words, leaving_words, provider_label, unwritten_words,
};
pub(crate) use category::Tone;
pub(crate) use chat::{
    StatusTone, cause_words, first_cause_words, flag_words, lead_label, next_status_change, place_of_chat,
    rejecter_words, response_words, status_why,
};
pub(crate) use client::{browser_words, place_words};
pub(crate) use course::{CourseLine, course_lines, course_picture, course_summary};
pub(crate) use crm::{
    create_contact_words, crm_cause_words, crm_failure_words, crm_name, property_words, written_words,
};
pub(crate) use decision::{assignment_words, note_words, notified_words, reason_words, rule_version, skipped_words};
pub(crate) use enrichment::{enriched_label, enriched_words, tested_words};
pub(crate) use failure::{failure_words, unsent_words};
pub(crate) use field::{FIELDS, field_label, operator_label, value_hint};
pub(crate) use guide::{CONSENT_CALL, SYSTEMS, developer_subject, developer_text, guide};
pub(crate) use inbox::{Patience, count_words, nothing_words, view_words, waiting_words};
pub(crate) use installing::install_words;
pub(crate) use instant::{
    Civil, Day, civil, date_label, day_label, days_label, exact, input_value, iso, time_of_day, weekday_label,
};
pub(crate) use intent::{
    change_cause, damping_words, margin_words, next_change, provisional, share_of_ceiling, share_of_scale,
    type_why_words,
};
pub(crate) use link::{CHANNELS, LINK_LANGUAGES, addresses_csv, funnel_words, pasted_emails};
pub(crate) use mail::{delivery_words, mail_kind, next_try, tried_words};
pub(crate) use meeting::{
    MeetingAction, MeetingView, Standing, card_words, lead_time, meeting_cause, meeting_tone, meeting_why, span_label,
    standing, status_change_words,
};
pub(crate) use message::{author_words, excerpt, file_words, not_sent_words, room_words, said_in, unfilled_words};
pub(crate) use notification::{badge_words, notification_body, notification_title, permission_words};
pub(crate) use number::{count, counted, points, score};
pub(crate) use offer::{Offer, Question, offers};
pub(crate) use playbook::{PLAYBOOK_KINDS, PLAYBOOK_LANGUAGES, places_words, saved_words, step_words, version_words};
pub(crate) use refused::{refused_field, refused_words};
pub(crate) use rule::{
    AGENTS, NAMESPACES, agent_label, agent_words, because_words, comparison_words, crm_words, funnel_plural,
    outcome_words, rep_name, rep_state_words, reps_words, rule_field_label, skip_counts, value_words,
};
pub(crate) use signal::{announcement, bare_path, is_fresh, page_of, phrase, trust_words, type_label, who};
pub(crate) use site::{
    base_words, category_of, field_errors, has_twins, identify_words, origin_errors, override_label,
    own_category_words, sends_from_words, typed_origins, unplaced_errors,
};
pub(crate) use slack::{channel_words, mend_words, monitoring_words, slack_people_words, slack_tested_words};
pub(crate) use span::ago;
pub(crate) use team::{changed_role, invited_words, key_words, link_words, not_permitted, role_label, storage_words};
pub(crate) use trouble::{trouble_page, trouble_words};
pub(crate) use unlisted::unlisted;
pub(crate) use webhook::{backlog_words, event_delivery_words, event_words, test_words, webhook_state};
pub(crate) use why::{matched_words, rule_words, worth_words};
