//! The first start: an admin, the demo site, and the built-in knowledge of the agent before the team adds its own.

use crate::context::AppContext;
use crate::data::server_key::{LostKey, fingerprint, other_key};
use anyhow::{Context, ensure};
use jiff::tz::TimeZone;
use knock_context::{random10, read};
use knock_engine::commands::{NoteKey, SetUp};
use knock_engine::first_hours;
use knock_model::{AnswerId, IdentifyPolicy, MemberState, Millis, RepId, Role, SiteId};
use knock_ports::{Actor, KnownAnswer, Member, Site};

impl AppContext {
    /// Notes which key the servers of this workspace have, at the first start or in place of a lost one.
    pub(crate) async fn note_key(&self, lost_key: LostKey) -> anyhow::Result<()> {
        let own = fingerprint(&self.key);
        if read(self.store.clone(), |view| view.key_fingerprint()).await?.as_ref() == Some(&own) {
            return Ok(());
        }
        let note = NoteKey { fingerprint: own.clone(), replaces: lost_key == LostKey::Replace };
        let stored = self.writer.commit(note).await.context("noting the key of the server")?;
        ensure!(stored == own, "{}", other_key(&self.data));
        Ok(())
    }

    /// Makes the admin and the demo site at the first start.
    pub(crate) async fn set_up(&self) -> anyhow::Result<()> {
        let (id, email) = (RepId::new(self.chance.bytes16()), "admin@localhost".into());
        let availability = Box::new(first_hours(own_zone()));
        let admin = Member { availability, ..Member::new(id, email, Role::Admin, MemberState::Active) };
        let demo = Site {
            id: SiteId(0),
            key: hex::encode(self.chance.bytes16()),
            name: "Demo site".into(),
            origins: Vec::new(),
            base: "/demo".into(),
            demo: true,
            categories: Vec::new(),
            identify: IdentifyPolicy::Open,
            identify_round: 1,
            removed_at: None,
        };
        let now = self.clock.now();
        let answers = self.first_answers(now);
        self.make(Actor::Server, SetUp { admin, demo, answers, now }).await?;
        Ok(())
    }

    /// Questions that visitors of the demo site may ask, with answers; their ids keep the order.
    fn first_answers(&self, now: Millis) -> Vec<KnownAnswer> {
        let known = (0..).zip(FIRST_ANSWERS);
        let answers = known.map(|(number, (question, answer))| KnownAnswer {
            wordings: Vec::new(),
            id: AnswerId::new(now + Millis(number), &random10(&*self.chance)),
            site: SiteId(0),
            question: question.into(),
            answer: answer.into(),
            updated_at: now,
        });
        answers.collect()
    }
}

/// The time zone of this machine.
fn own_zone() -> String {
    TimeZone::system().iana_name().filter(|name| TimeZone::get(name).is_ok()).unwrap_or("UTC").to_owned()
}

const FIRST_ANSWERS: [(&str, &str); 5] = [
    (
        "How much does it cost? What are your prices?",
        "Starter is $490 a month and Team $1,450; Enterprise starts at $4,200. Details are on the pricing page: /demo/pricing",
    ),
    (
        "Where is my data stored?",
        "In the EU or in the US: Frankfurt or Ohio, chosen once and never mixed. The security page has the rest: /demo/security",
    ),
    ("Do you have an API?", "Yes, a REST API with webhooks. Start here: /demo/docs/api"),
    ("Which carriers and systems do you integrate with?", "The list of integrations is here: /demo/integrations"),
    ("How long does onboarding take?", "Most teams audit their first invoices within two weeks."),
];
