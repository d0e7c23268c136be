//! The persons of the workspace: who they are and what they do, by their number alone.

use knock_engine::commands::FreshIds;
use knock_model::{AccountId, Category, ConversationId, LeadId, Millis, SessionId, SignalId, SignalType, VisitorId};

/// The contact with more signals than others.
pub(crate) const BUSY: u64 = 0;
/// How many more.
pub(crate) const BUSY_SIGNALS: u64 = 2_000;
/// Contacts of one company.
const COLLEAGUES: u64 = 5;

const FIRST: [&str; 16] = [
    "Ann", "Bob", "Carla", "Dmitri", "Elena", "Farid", "Grace", "Hiro", "Ines", "Jonas", "Kofi", "Lena", "Mats",
    "Nora", "Omar", "Priya",
];
const LAST: [&str; 16] = [
    "Lee", "Hollis", "Okafor", "Berg", "Silva", "Novak", "Tanaka", "Weiss", "Moreau", "Rossi", "Haddad", "Kaya",
    "Lind", "Patel", "Quinn", "Sato",
];

/// What leads write, so that each type comes about.
const TEXTS: [&str; 4] = [
    "We need a quote for 200 people",
    "How do I reset my password? The login page shows an error",
    "We would like to become a reseller of your product",
    "Are you hiring engineers? I would like to apply",
];

/// Pages with what they are about.
pub(crate) const PAGES: [(&str, Category); 8] = [
    ("/", Category::Home),
    ("/product", Category::Product),
    ("/pricing", Category::Pricing),
    ("/docs/start", Category::Docs),
    ("/blog/news", Category::Blog),
    ("/customers/hollis", Category::CaseStudy),
    ("/security", Category::Security),
    ("/contact", Category::Demo),
];

/// So many persons, who have sent so many signals.
pub(crate) struct Crowd {
    pub(crate) contacts: u64,
    pub(crate) signals: u64,
}

impl Crowd {
    /// Half of them have given an address.
    pub(crate) const fn is_named(number: u64) -> bool {
        number.is_multiple_of(2)
    }

    /// Those without an address are contacts by their chat; a tenth of the others has one too.
    pub(crate) const fn has_chat(number: u64) -> bool {
        !Crowd::is_named(number) || number.is_multiple_of(20)
    }

    /// A tenth of all has written and was assigned.
    pub(crate) const fn has_written(number: u64) -> bool {
        number.is_multiple_of(5) && Crowd::has_chat(number)
    }

    /// What became of a fifth of all: whether they qualified.
    pub(crate) const fn outcome(number: u64) -> Option<bool> {
        if matches!(number % 20, 0 | 5 | 7 | 9) { Some(number % 40 < 20) } else { None }
    }

    pub(crate) fn name(number: u64) -> String {
        let first = FIRST[(number / 2 % 16) as usize];
        format!("{first} {}", LAST[(number / 32 % 16) as usize])
    }

    pub(crate) fn email(number: u64) -> String {
        let name = Crowd::name(number).to_lowercase().replace(' ', ".");
        format!("{name}{number}@{}", Crowd::company(number))
    }

    pub(crate) fn company(number: u64) -> String {
        format!("company{}.example", number / 2 / COLLEAGUES)
    }

    pub(crate) const fn text(number: u64) -> &'static str {
        TEXTS[(number / 5 % 4) as usize]
    }

    pub(crate) fn visitor(number: u64) -> VisitorId {
        // All were first seen long ago; the end of the id is spread, as labels are made of it.
        VisitorId::new(Millis(1_700_000_000_000), &random(number, 0))
    }

    pub(crate) fn session(number: u64, at: Millis) -> SessionId {
        SessionId::new(at, &random(number, 1))
    }

    pub(crate) fn signal(number: u64, place: u64, at: Millis) -> SignalId {
        SignalId::new(at, &random(number, place + 2))
    }

    pub(crate) fn conversation(number: u64) -> ConversationId {
        ConversationId::new(bytes16(number, 3))
    }

    pub(crate) fn fresh(number: u64) -> FreshIds {
        FreshIds { lead: LeadId::new(bytes16(number, 4)), account: AccountId::new(bytes16(number, 5)) }
    }

    /// The kind of the signal at a place of a session.
    pub(crate) const fn kind(place: u64) -> SignalType {
        match place % 10 {
            3 => SignalType::Click,
            6 => SignalType::Cta,
            8 => SignalType::FormStart,
            _ => SignalType::PageView,
        }
    }
}

/// Bits that look like chance and are the same in every run.
fn spread(number: u64, salt: u64) -> u64 {
    let mixed = (number ^ salt.rotate_left(40)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9)
}

fn random(number: u64, salt: u64) -> [u8; 10] {
    let mut bytes = [0; 10];
    bytes[..8].copy_from_slice(&(number << 24 | salt & 0xff_ffff).to_be_bytes());
    bytes[8..].copy_from_slice(&spread(number, salt).to_be_bytes()[..2]);
    bytes
}

fn bytes16(number: u64, salt: u64) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&spread(number, salt).to_be_bytes());
    bytes[8..].copy_from_slice(&(number << 8 | salt).to_be_bytes());
    bytes
}
