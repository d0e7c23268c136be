//! The cost of decisions compared with reading: Chat Status and routing against one lead read from the store, slots
//! against the time that a person does not notice. Fails if one of them exceeds its limit.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

mod leads;
mod routing;
mod slots;
mod status;
mod timing;

use std::process::ExitCode;
use std::time::Duration;

enum Limit {
    /// Less than one lead read from the store.
    LeadRead,
    /// Less than this.
    Time(Duration),
}

/// The limit for 30 days of slots of 20 reps.
const SLOTS: Limit = Limit::Time(Duration::from_millis(5));

fn main() -> ExitCode {
    let mut leads = leads::Leads::stored();
    let chat = status::Chat::new();
    let routed = routing::Routed::new();
    let asked = slots::SlotQuestion::new();
    let [lead, status, routing, any, all] = timing::shortest([
        &mut || leads.read_next(),
        &mut || chat.derive(),
        &mut || routed.decide(),
        &mut || asked.of_anybody(),
        &mut || asked.of_everybody(),
    ]);
    println!("domain: one of {} leads read from the store: {}", leads::COUNT, millis(lead));
    let are_kept = [
        is_kept("Chat Status of 100 events", status, lead, &Limit::LeadRead),
        is_kept("routing through 50 segments of 5 conditions", routing, lead, &Limit::LeadRead),
        is_kept("30 days of slots, any of 20 reps with 500 blocks each", any, lead, &SLOTS),
        is_kept("30 days of slots, all of 20 reps with 500 blocks each", all, lead, &SLOTS),
    ];
    if are_kept.contains(&false) { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// Prints a figure, as a ratio too; whether it is below its limit.
fn is_kept(name: &str, time: Duration, lead: Duration, limit: &Limit) -> bool {
    let ratio = time.as_secs_f64() / lead.as_secs_f64();
    let (is_kept, required) = match limit {
        Limit::LeadRead => (time < lead, "< 1 lead read".to_owned()),
        Limit::Time(limit) => (time < *limit, format!("< {}", millis(*limit))),
    };
    let verdict = if is_kept { "" } else { ": TOO LONG" };
    println!("domain: {name}: {}, / lead read = {ratio:.3} (required {required}){verdict}", millis(time));
    is_kept
}

fn millis(time: Duration) -> String {
    format!("{:.4} ms", time.as_secs_f64() * 1_000.0)
}
