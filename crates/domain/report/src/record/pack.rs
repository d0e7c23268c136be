//! Records as bytes: instants as distances from the one before, members by their place in a list.

use super::{ChatRecord, MeetingRecord, Rejection, Said, Voice, Wait};
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use knock_model::{MeetingId, Millis, RepId};
use knock_status::chat::{ChatStatus, Rejecter};
use knock_status::meeting::MeetingStatus;
use serde::{Deserialize, Serialize};

/// The first byte. Records of another format are made anew from the facts.
const FORMAT: u8 = 1;

/// The number of a lead as an author; that of the agent follows, then those of members.
const LEAD: u32 = 0;
const AGENT: u32 = 1;

#[derive(Serialize, Deserialize)]
struct PackedChat<'s> {
    members: Vec<[u8; 16]>,
    statuses: Vec<(u32, i64)>,
    messages: Vec<(u32, i64)>,
    replies: Vec<PackedWait>,
    waits: Vec<PackedWait>,
    episodes: Vec<i64>,
    #[serde(borrow)]
    rejections: Vec<PackedRejection<'s>>,
    forms: Vec<i64>,
    deal_at: Option<i64>,
}

#[derive(Serialize, Deserialize)]
struct PackedWait {
    since: i64,
    rep: Option<u32>,
    ended_at: Option<i64>,
    answered_by: Option<u32>,
}

#[derive(Serialize, Deserialize)]
struct PackedRejection<'s> {
    at: i64,
    by: u32,
    reason: &'s str,
}

#[derive(Serialize, Deserialize)]
struct PackedMeeting {
    statuses: Vec<(u32, i64)>,
    qualified_at: Option<i64>,
    moves: Vec<[u8; 16]>,
}

impl ChatRecord {
    /// The bytes; never none.
    pub fn pack(&self) -> Vec<u8> {
        let (mut clock, mut members) = (Clock::default(), Members::default());
        let packed = PackedChat {
            statuses: self.statuses.iter().map(|(status, at)| (number(status.index()), clock.pack(*at))).collect(),
            messages: self.messages.iter().map(|said| (members.author(said.by), clock.pack(said.at))).collect(),
            replies: self.replies.iter().map(|wait| PackedWait::of(wait, &mut clock, &mut members)).collect(),
            waits: self.waits.iter().map(|wait| PackedWait::of(wait, &mut clock, &mut members)).collect(),
            episodes: self.episodes.iter().map(|at| clock.pack(*at)).collect(),
            rejections: self.rejections.iter().map(|rejection| PackedRejection::of(rejection, &mut clock)).collect(),
            forms: self.forms.iter().map(|at| clock.pack(*at)).collect(),
            deal_at: self.deal_at.map(|at| clock.pack(at)),
            members: members.0,
        };
        bytes(&packed)
    }

    /// The record of these bytes; none where they are no record of this version.
    pub fn unpack(bytes: &[u8]) -> Option<ChatRecord> {
        let packed: PackedChat<'_> = read(bytes)?;
        let (mut clock, members) = (Clock::default(), Members(packed.members));
        Some(ChatRecord {
            statuses: statuses(&packed.statuses, ChatStatus::ALL, &mut clock)?,
            messages: each(packed.messages, |(by, at)| Some(Said { at: clock.unpack(at), by: members.voice(by)? }))?,
            replies: each(packed.replies, |wait| wait.wait(&mut clock, &members))?,
            waits: each(packed.waits, |wait| wait.wait(&mut clock, &members))?,
            episodes: packed.episodes.into_iter().map(|at| clock.unpack(at)).collect(),
            rejections: each(packed.rejections, |rejection| rejection.rejection(&mut clock))?,
            forms: packed.forms.into_iter().map(|at| clock.unpack(at)).collect(),
            deal_at: packed.deal_at.map(|at| clock.unpack(at)),
        })
    }
}

impl MeetingRecord {
    /// The bytes; never none.
    pub fn pack(&self) -> Vec<u8> {
        let mut clock = Clock::default();
        bytes(&PackedMeeting {
            statuses: self.statuses.iter().map(|(status, at)| (number(status.index()), clock.pack(*at))).collect(),
            qualified_at: self.qualified_at.map(|at| clock.pack(at)),
            moves: self.moves.iter().map(|meeting| *meeting.as_bytes()).collect(),
        })
    }

    /// The record of these bytes; none where they are no record of this version.
    pub fn unpack(bytes: &[u8]) -> Option<MeetingRecord> {
        let packed: PackedMeeting = read(bytes)?;
        let mut clock = Clock::default();
        Some(MeetingRecord {
            statuses: statuses(&packed.statuses, MeetingStatus::ALL, &mut clock)?,
            qualified_at: packed.qualified_at.map(|at| clock.unpack(at)),
            moves: packed.moves.into_iter().map(MeetingId::from_bytes).collect(),
        })
    }
}

impl PackedWait {
    fn of(wait: &Wait, clock: &mut Clock, members: &mut Members) -> PackedWait {
        PackedWait {
            since: clock.pack(wait.since),
            rep: wait.rep.map(|rep| members.place(rep)),
            ended_at: wait.ended_at.map(|at| clock.pack(at)),
            answered_by: wait.answered_by.map(|rep| members.place(rep)),
        }
    }

    fn wait(self, clock: &mut Clock, members: &Members) -> Option<Wait> {
        let since = clock.unpack(self.since);
        let member = |place: Option<u32>| place.map_or(Some(None), |place| members.member(place).map(Some));
        Some(Wait {
            since,
            rep: member(self.rep)?,
            ended_at: self.ended_at.map(|at| clock.unpack(at)),
            answered_by: member(self.answered_by)?,
        })
    }
}

impl<'s> PackedRejection<'s> {
    fn of(rejection: &'s Rejection, clock: &mut Clock) -> PackedRejection<'s> {
        let Rejection { at, by, reason } = rejection;
        PackedRejection { at: clock.pack(*at), by: number(by.index()), reason }
    }

    fn rejection(self, clock: &mut Clock) -> Option<Rejection> {
        let at = clock.unpack(self.at);
        Some(Rejection { at, by: value(Rejecter::ALL, self.by)?, reason: String::from(self.reason) })
    }
}

/// The instant before: most follow soon, and a small distance is few bytes.
#[derive(Default)]
struct Clock(i64);

impl Clock {
    fn pack(&mut self, at: Millis) -> i64 {
        let distance = at.0.wrapping_sub(self.0);
        self.0 = at.0;
        distance
    }

    fn unpack(&mut self, distance: i64) -> Millis {
        self.0 = self.0.wrapping_add(distance);
        Millis(self.0)
    }
}

/// The members that a record names, each once.
#[derive(Default)]
struct Members(Vec<[u8; 16]>);

impl Members {
    fn place(&mut self, member: RepId) -> u32 {
        let bytes = member.as_bytes();
        let place = self.0.iter().position(|known| known == bytes).unwrap_or_else(|| {
            self.0.push(*bytes);
            self.0.len() - 1
        });
        number(place)
    }

    fn member(&self, place: u32) -> Option<RepId> {
        value(&self.0, place).map(RepId::from_bytes)
    }

    fn author(&mut self, voice: Voice) -> u32 {
        match voice {
            Voice::Lead => LEAD,
            Voice::Agent => AGENT,
            Voice::Rep(member) => self.place(member).saturating_add(AGENT + 1),
        }
    }

    fn voice(&self, author: u32) -> Option<Voice> {
        match author {
            LEAD => Some(Voice::Lead),
            AGENT => Some(Voice::Agent),
            _ => self.member(author - AGENT - 1).map(Voice::Rep),
        }
    }
}

fn bytes(packed: &impl Serialize) -> Vec<u8> {
    // Memory takes every byte; no bytes would be a record that is made anew from the facts.
    postcard::to_extend(packed, vec![FORMAT]).unwrap_or_default()
}

/// What the bytes say, to the last of them.
fn read<'s, Packed: Deserialize<'s>>(bytes: &'s [u8]) -> Option<Packed> {
    let (format, packed) = bytes.split_first()?;
    if *format != FORMAT {
        return None;
    }
    let (packed, rest) = postcard::take_from_bytes(packed).ok()?;
    rest.is_empty().then_some(packed)
}

fn each<Packed, Value>(packed: Vec<Packed>, unpack: impl FnMut(Packed) -> Option<Value>) -> Option<Vec<Value>> {
    packed.into_iter().map(unpack).collect()
}

fn statuses<Status: Copy>(packed: &[(u32, i64)], all: &[Status], clock: &mut Clock) -> Option<Vec<(Status, Millis)>> {
    packed.iter().map(|(status, at)| Some((value(all, *status)?, clock.unpack(*at)))).collect()
}

fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

fn value<Value: Copy>(all: &[Value], number: u32) -> Option<Value> {
    all.get(usize::try_from(number).ok()?).copied()
}
