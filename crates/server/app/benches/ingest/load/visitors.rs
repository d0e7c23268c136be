//! Simulated visitors: each comes, views some pages, and is followed by another one.

use knock_model::{Millis, SessionId, SignalId, VisitorId};
use std::fmt::Write;

/// Batches of one session, before another visitor begins.
const BATCHES: u64 = 5;
/// One visitor of so many has been here before.
const RETURNING: u64 = 4;
/// One visitor of so many gives an address.
const KNOWN: u64 = 10;
/// Different companies they work for.
const COMPANIES: u64 = 500;
/// The types of signals, in turn: many page views, some clicks, few started forms.
const KINDS: [&str; 10] =
    ["page_view", "click", "engagement", "page_view", "click", "page_view", "engagement", "cta", "click", "form_start"];
const PAGES: [(&str, &str); 8] = [
    ("/", "Acme: machines that run themselves"),
    ("/pricing?plan=team&billing=yearly", "Pricing for teams - Acme"),
    ("/product/overview", "The product in five minutes - Acme"),
    ("/docs/getting-started/installation", "Installation - Acme documentation"),
    ("/blog/2026/how-we-halved-our-energy-bill", "How we halved our energy bill - Acme blog"),
    ("/customers/northwind", "Northwind saves eleven hours a week - Acme"),
    ("/demo", "Book a demo - Acme"),
    ("/careers/field-engineer", "Field engineer - Careers at Acme"),
];

/// The user agents of their browsers.
const BROWSERS: [(&str, &str); 4] = [
    (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
        "en-US,en;q=0.9",
    ),
    (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 \
         Mobile/15E148 Safari/604.1",
        "de-AT,de;q=0.9,en;q=0.8",
    ),
    ("Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0", "fr,en;q=0.5"),
    (
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
        "es-MX,es;q=0.9",
    ),
];

/// The visitors of one run; two runs with different seeds have no visitor in common.
#[derive(Clone, Debug)]
pub(crate) struct Crowd {
    /// The key of the site they are on.
    pub(crate) site: String,
    /// The address of that site, without a slash at the end.
    pub(crate) origin: String,
    /// Signals of a batch.
    pub(crate) batch: u32,
    /// Visitors there at the same time.
    pub(crate) visitors: u32,
    /// The arrival of the first one.
    pub(crate) start: Millis,
    /// The seed of their ids.
    pub(crate) seed: u64,
}

impl Crowd {
    /// The `User-Agent` and `Accept-Language` of batch `number`.
    pub(crate) fn browser(&self, number: u64) -> (&'static str, &'static str) {
        let visitor = number % u64::from(self.visitors.max(1));
        BROWSERS[usize::try_from(visitor).unwrap_or(0) % BROWSERS.len()]
    }

    /// The body of batch `number`, sent at `now`.
    pub(crate) fn body(&self, number: u64, now: Millis) -> String {
        let crowd = u64::from(self.visitors.max(1));
        let place = number % (crowd * BATCHES);
        let (visitor, turn) = (number / (crowd * BATCHES) * crowd + place % crowd, place / crowd);
        let came = self.start + Millis(i64::try_from(visitor).unwrap_or(0));
        // An id carries when the browser was first seen.
        let known_for = if visitor.is_multiple_of(RETURNING) {
            Millis::DAY.0 * i64::from(self.random(visitor, 0)[9] % 60)
        } else {
            0
        };
        let browser = VisitorId::new(came - Millis(known_for), &self.random(visitor, 0));
        let session = SessionId::new(came, &self.random(visitor, 1));
        let mut body = String::with_capacity(400 * self.batch as usize);
        let (site, sent_at) = (&self.site, now.0);
        _ = write!(
            body,
            r#"{{"v":1,"site":"{site}","visitor":"{browser}","session":"{session}","sent_at":{sent_at},"signals":["#
        );
        for place in 0..u64::from(self.batch) {
            if place > 0 {
                body.push(',');
            }
            self.signal(&mut body, visitor, turn * u64::from(self.batch) + place, now);
        }
        body.push_str("]}");
        body
    }

    /// Signal `done` of a session, from 0.
    fn signal(&self, body: &mut String, visitor: u64, done: u64, now: Millis) {
        let at = now - Millis(i64::try_from(u64::from(self.batch) - done % u64::from(self.batch)).unwrap_or(0));
        let id = SignalId::new(at, &self.random(visitor, 2 + done));
        let view = SignalId::new(at, &self.random(visitor, u64::MAX));
        let seq = done + 1;
        let (path, title) = PAGES[usize::try_from((visitor + done / 3) % PAGES.len() as u64).unwrap_or(0)];
        let url = format!("{}{path}", self.origin);
        if done == 1 && visitor.is_multiple_of(KNOWN) {
            let company = visitor / KNOWN % COMPANIES;
            let run = self.seed % 100_000;
            _ = write!(
                body,
                r#"{{"id":"{id}","at":{},"type":"identify","seq":{seq},"url":"{url}","props":{{"email":"v{visitor}.{run}@company{company}.example"}}}}"#,
                at.0
            );
            return;
        }
        let kind = KINDS[usize::try_from(done % KINDS.len() as u64).unwrap_or(0)];
        _ = write!(
            body,
            r#"{{"id":"{id}","at":{},"type":"{kind}","seq":{seq},"category":"Home/Other","view":"{view}","url":"{url}""#,
            at.0
        );
        body.push_str(&match kind {
            "page_view" => format!(r#","title":"{title}","referrer":"{}/"}}"#, self.origin),
            "engagement" => r#","props":{"ms":31000}}"#.to_owned(),
            "cta" => r#","text":"Talk to sales","name":"talk-to-sales"}"#.to_owned(),
            "form_start" => r#","form":"contact","fields":["email","company"]}"#.to_owned(),
            _ => format!(r#","text":"{title}","href":"{url}"}}"#),
        });
    }

    /// Bytes that look like chance and are the same each time.
    fn random(&self, visitor: u64, place: u64) -> [u8; 10] {
        let mut bytes = [0; 10];
        let high = mixed(self.seed ^ mixed(visitor));
        bytes[..2].copy_from_slice(&high.to_be_bytes()[..2]);
        bytes[2..].copy_from_slice(&mixed(high.wrapping_add(place)).to_be_bytes());
        bytes
    }
}

/// SplitMix64: every number has another one.
fn mixed(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
