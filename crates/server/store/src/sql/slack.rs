//! The Slack workspace: settings, users, posts.

use super::row::{millis, to_json};
use super::settings::SAVE;
use super::{Connection, Db, Row, params};
use knock_model::{ConversationId, LeadId, MeetingId};
use knock_ports::{
    SlackAbout, SlackApp, SlackChoice, SlackIdentity, SlackLedger, SlackPerson, SlackPost, SlackView, StoreError,
};
use knock_wire::SlackProblem;

const CHOICE: &str = "slack";
const APP: &str = "slack_app";
const IDENTITY: &str = "slack_identity";
const PROBLEMS: &str = "slack_problems";
const PERSON: &str = "SELECT id, name, email, state FROM slack_people";
const POST: &str = "SELECT key, conversation, channel, ts, said, tried_at FROM slack_posts";
const MEETING_POST: &str = "SELECT key, meeting, channel, ts, said, tried_at FROM slack_meeting_posts";
const LEAD_POST: &str = "SELECT key, lead, channel, ts, said, tried_at FROM slack_lead_posts";
const SAVE_POST: &str = "INSERT INTO slack_posts (key, conversation, channel, ts, said, tried_at) \
                         VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (key) DO UPDATE SET channel = excluded.channel, \
                         ts = excluded.ts, said = excluded.said, tried_at = excluded.tried_at";
const SAVE_MEETING_POST: &str = "INSERT INTO slack_meeting_posts (key, meeting, channel, ts, said, tried_at) \
                                 VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (key) DO UPDATE SET \
                                 channel = excluded.channel, ts = excluded.ts, said = excluded.said, \
                                 tried_at = excluded.tried_at";
const SAVE_LEAD_POST: &str = "INSERT INTO slack_lead_posts (key, lead, channel, ts, said, tried_at) \
                              VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (key) DO UPDATE SET \
                              channel = excluded.channel, ts = excluded.ts, said = excluded.said, \
                              tried_at = excluded.tried_at";

impl<C: Connection> SlackLedger for Db<C> {
    fn save_slack_choice(&mut self, choice: &SlackChoice) -> Result<(), StoreError> {
        self.done(SAVE, params![CHOICE, &to_json(choice)?])
    }

    fn save_slack_app(&mut self, app: Option<&SlackApp>) -> Result<(), StoreError> {
        self.save_or_drop(APP, app)
    }

    fn save_slack_identity(&mut self, identity: Option<&SlackIdentity>) -> Result<(), StoreError> {
        self.save_or_drop(IDENTITY, identity)
    }

    fn save_slack_problems(&mut self, problems: &[SlackProblem]) -> Result<(), StoreError> {
        self.save_or_drop(PROBLEMS, Some(&problems).filter(|problems| !problems.is_empty()))
    }

    fn save_slack_person(&mut self, person: &SlackPerson) -> Result<(), StoreError> {
        let sql = "INSERT INTO slack_people (id, name, email, state) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO \
                   UPDATE SET name = excluded.name, email = excluded.email, state = excluded.state";
        let SlackPerson { id, name, email, state } = person;
        self.done(sql, params![id, name.as_str(), email, state])
    }

    fn drop_slack_person(&mut self, id: &str) -> Result<(), StoreError> {
        self.done("DELETE FROM slack_people WHERE id = ?1", params![id])
    }

    fn save_slack_post(&mut self, post: &SlackPost) -> Result<(), StoreError> {
        let SlackPost { key, about, channel, ts, said, tried_at } = post;
        let (sql, id) = match about {
            SlackAbout::Chat(id) => (SAVE_POST, id.as_bytes()),
            SlackAbout::Meeting(id) => (SAVE_MEETING_POST, id.as_bytes()),
            SlackAbout::Lead(id) => (SAVE_LEAD_POST, id.as_bytes()),
        };
        self.done(sql, params![key, id, channel, ts, said, tried_at.0])
    }

    fn drop_slack_post(&mut self, key: &str) -> Result<(), StoreError> {
        self.done("DELETE FROM slack_posts WHERE key = ?1", params![key])?;
        self.done("DELETE FROM slack_meeting_posts WHERE key = ?1", params![key])?;
        self.done("DELETE FROM slack_lead_posts WHERE key = ?1", params![key])
    }

    fn drop_slack_posts(&mut self) -> Result<(), StoreError> {
        self.done("DELETE FROM slack_posts", params![])?;
        self.done("DELETE FROM slack_meeting_posts", params![])?;
        self.done("DELETE FROM slack_lead_posts", params![])
    }
}

impl<C: Connection> SlackView for Db<C> {
    fn slack_choice(&self) -> Result<SlackChoice, StoreError> {
        Ok(self.setting(CHOICE)?.unwrap_or_default())
    }

    fn slack_app(&self) -> Result<Option<SlackApp>, StoreError> {
        self.setting(APP)
    }

    fn slack_identity(&self) -> Result<Option<SlackIdentity>, StoreError> {
        self.setting(IDENTITY)
    }

    fn slack_problems(&self) -> Result<Vec<SlackProblem>, StoreError> {
        Ok(self.setting(PROBLEMS)?.unwrap_or_default())
    }

    fn slack_people(&self) -> Result<Vec<SlackPerson>, StoreError> {
        self.rows(&format!("{PERSON} ORDER BY name, id"), params![], person)
    }

    fn slack_person(&self, id: &str) -> Result<Option<SlackPerson>, StoreError> {
        self.one(&format!("{PERSON} WHERE id = ?1"), params![id], person)
    }

    fn slack_posts(&self, conversation: ConversationId) -> Result<Vec<SlackPost>, StoreError> {
        self.rows(&format!("{POST} WHERE conversation = ?1 ORDER BY key"), params![conversation.as_bytes()], chat_post)
    }

    fn slack_meeting_posts(&self, meeting: MeetingId) -> Result<Vec<SlackPost>, StoreError> {
        let sql = format!("{MEETING_POST} WHERE meeting = ?1 ORDER BY key");
        self.rows(&sql, params![meeting.as_bytes()], meeting_post)
    }

    fn slack_lead_posts(&self, lead: LeadId) -> Result<Vec<SlackPost>, StoreError> {
        self.rows(&format!("{LEAD_POST} WHERE lead = ?1 ORDER BY key"), params![lead.as_bytes()], lead_post)
    }

    fn slack_post_at(&self, channel: &str, ts: &str) -> Result<Option<SlackPost>, StoreError> {
        self.one(&format!("{POST} WHERE channel = ?1 AND ts = ?2"), params![channel, ts], chat_post)
    }

    fn slack_posts_tried(&self, channel: &str) -> Result<Vec<SlackPost>, StoreError> {
        self.rows(&format!("{POST} WHERE channel = ?1 AND ts = ''"), params![channel], chat_post)
    }
}

fn person(row: &Row<'_>) -> Result<SlackPerson, StoreError> {
    Ok(SlackPerson { id: row.get(0)?, name: row.get::<String>(1)?.into(), email: row.get(2)?, state: row.get(3)? })
}

fn chat_post(row: &Row<'_>) -> Result<SlackPost, StoreError> {
    post(row, SlackAbout::Chat(ConversationId::from_bytes(row.get(1)?)))
}

fn meeting_post(row: &Row<'_>) -> Result<SlackPost, StoreError> {
    post(row, SlackAbout::Meeting(MeetingId::from_bytes(row.get(1)?)))
}

fn lead_post(row: &Row<'_>) -> Result<SlackPost, StoreError> {
    post(row, SlackAbout::Lead(LeadId::from_bytes(row.get(1)?)))
}

fn post(row: &Row<'_>, about: SlackAbout) -> Result<SlackPost, StoreError> {
    Ok(SlackPost {
        key: row.get(0)?,
        about,
        channel: row.get(2)?,
        ts: row.get(3)?,
        said: row.get(4)?,
        tried_at: millis(row, 5)?,
    })
}
