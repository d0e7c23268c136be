//! What is sent is what `knock-wire` reads; what is kept is bounded and comes back as it was.

use super::*;
use knock_model::{Category, Millis, SessionId, SignalId, SignalType, VisitorId};
use knock_wire::{BatchEnvelope, SignalBody};
use proptest::prelude::*;

const NOW: Millis = Millis(1_780_000_000_000);

fn owner(byte: u8) -> String {
    format!("{} {}", VisitorId::new(NOW, &[byte; 10]), SessionId::new(NOW, &[byte; 10]))
}

fn entry(number: i64, owner: &str, size: usize) -> Entry {
    let mut random = [0; 10];
    random[2..].copy_from_slice(&number.to_be_bytes());
    let id = &SignalId::new(NOW, &random).to_string();
    let text = "x".repeat(size);
    let facts = Facts { text: &text, ..Facts::default() };
    let stamp = Stamp { kind: SignalType::Click, id, at: NOW, category: Category::Home, view: "" };
    Entry { at: NOW, seq: number, owner: owner.into(), members: members(&stamp, &facts), way: Way::Waiting }
}

fn sequence(queue: &Queue, way: Way) -> Vec<i64> {
    queue.entries.iter().filter(|entry| entry.way == way).map(|entry| entry.seq).collect()
}

fn some(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

proptest! {
    #[test]
    fn any_texts_arrive_as_they_are(
        texts in prop::array::uniform8(any::<String>()),
        fields in prop::collection::vec("[^\n]+", 0..4),
        numbers in (0..i64::MAX, 1..i64::MAX),
        envelope in prop::array::uniform3(any::<String>()),
    ) {
        let [url, title, referrer, text, href, name, form, prop] = &texts;
        let joined = fields.join("\n");
        let props = join([format!("{}:{}", serde_json::json!(prop), serde_json::json!(prop))].iter().map(String::as_str));
        let facts = Facts { url, title, referrer, text, href, name, form, fields: &joined, props: &props };
        let id = &SignalId::new(NOW, &[7; 10]).to_string();
        let stamp = Stamp { kind: SignalType::FormSubmit, id, at: Millis(numbers.0), category: Category::Demo, view: "v" };
        let entry = Entry { at: NOW, seq: numbers.1, owner: owner(1), members: members(&stamp, &facts), way: Way::Waiting };
        let [site, base, intent_type] = &envelope;
        let site = &format!("s{site}");
        let json = encode(&Envelope { site, base, intent_type, sent_at: NOW }, [&entry, &entry].into_iter());

        let batch: BatchEnvelope<'_> = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(batch.v, 1);
        prop_assert_eq!(batch.site.as_ref(), site);
        prop_assert_eq!(format!("{} {}", batch.visitor, batch.session), owner(1));
        prop_assert_eq!(batch.base.as_deref(), some(base));
        prop_assert_eq!(batch.intent_type.as_deref(), some(intent_type));
        prop_assert_eq!(batch.sent_at, Some(NOW.0));
        prop_assert_eq!(batch.signals.len(), 2);
        let signal: SignalBody<'_> = serde_json::from_str(batch.signals[1].get()).unwrap();
        prop_assert_eq!(signal.id.as_ref(), id);
        prop_assert_eq!(signal.kind.as_ref(), "form_submit");
        prop_assert_eq!((signal.at, signal.seq), (numbers.0, Some(numbers.1 as u64)));
        prop_assert_eq!(signal.category.as_deref(), Some("Demo/Contact sales"));
        prop_assert_eq!(signal.view.as_deref(), Some("v"));
        let read = [signal.url, signal.title, signal.referrer, signal.text, signal.href, signal.name, signal.form];
        for (read, written) in read.iter().zip(&texts) {
            prop_assert_eq!(read.as_deref(), some(written));
        }
        let read: Vec<String> = signal.fields.unwrap_or_default().iter().map(|field| field.to_string()).collect();
        prop_assert_eq!(read, fields);
        if let Some(props) = signal.props {
            let value: serde_json::Value = serde_json::from_str(props.get()).unwrap();
            prop_assert_eq!(value, serde_json::json!({ prop.as_str(): prop }));
        }
    }

    #[test]
    fn any_stored_text_is_read_without_harm(text in any::<String>(), line in "[0-9]{1,4} [0-9]{1,4} .{70,80}") {
        let mut queue = Queue::default();
        adopt(&mut queue, &text, NOW);
        adopt(&mut queue, &line, NOW);
        prop_assert!(queue.entries.is_empty());
        is_free(&text, NOW);
    }

    #[test]
    fn the_queue_is_bounded_and_keeps_the_newest(sizes in prop::collection::vec(0usize..3000, 0..400)) {
        let mut queue = Queue::default();
        for (number, size) in sizes.iter().enumerate() {
            queue.push(entry(number as i64, &owner(1), *size), NOW);
        }
        let bytes: usize = queue.entries.iter().map(|entry| entry.members.len()).sum();
        prop_assert!(queue.entries.len() <= 200 && bytes <= 100_000);
        let kept = sequence(&queue, Way::Waiting);
        let expected: Vec<i64> = (0..sizes.len() as i64).skip(sizes.len() - kept.len()).collect();
        prop_assert_eq!(kept, expected);
    }
}

#[test]
fn a_batch_has_one_owner_and_stays_within_the_limits_of_a_request() {
    let mut queue = Queue::default();
    for number in 0..150 {
        queue.push(entry(number, &owner(u8::from(number >= 140)), 10), NOW);
    }
    let mut counts = Vec::new();
    while queue.is_waiting() {
        queue.take(Way::Sending);
        counts.push(sequence(&queue, Way::Sending).len());
        queue.settle();
    }
    assert_eq!(counts, [100, 40, 10]);
    for number in 0..30 {
        queue.push(entry(number, &owner(1), 3000), NOW);
    }
    queue.take(Way::Sending);
    let envelope = Envelope { site: &"s".repeat(100), base: &"b".repeat(200), intent_type: "Job seeker", sent_at: NOW };
    let json = encode(&envelope, queue.entries.iter().filter(|entry| entry.way == Way::Sending));
    assert!((50_000..60_000).contains(&json.len()), "{}", json.len());
}

#[test]
fn what_is_under_way_is_neither_taken_nor_kept_twice() {
    let mut queue = Queue::default();
    queue.push(entry(1, &owner(1), 10), NOW);
    queue.push(entry(1, &owner(1), 10), NOW);
    queue.take(Way::Sending);
    queue.push(entry(2, &owner(1), 10), NOW);
    queue.take(Way::Handing);
    assert_eq!((sequence(&queue, Way::Sending), sequence(&queue, Way::Handing)), (vec![1], vec![2]));
    queue.redirect(Way::Handing, Way::Handed);
    queue.settle();
    assert_eq!(sequence(&queue, Way::Handed), [2]);
    assert!(!queue.is_waiting());
}

#[test]
fn what_was_handed_over_makes_room_first() {
    let mut queue = Queue::default();
    for number in 0..200 {
        queue.push(entry(number, &owner(1), 1), NOW);
    }
    queue.entries[150].way = Way::Handed;
    queue.push(entry(200, &owner(1), 1), NOW);
    assert_eq!(sequence(&queue, Way::Waiting), (0..=200).filter(|number| *number != 150).collect::<Vec<_>>());
}

#[test]
fn a_queue_comes_back_from_its_text_to_be_sent_again() {
    let mut queue = Queue::default();
    for number in 1..4 {
        queue.push(entry(number, &owner(1), 10), NOW);
    }
    queue.entries[0].way = Way::Handed;
    queue.entries[1].way = Way::Sending;
    let mut next = Queue::default();
    adopt(&mut next, &to_text(&queue, RELEASED), NOW);
    queue.entries.iter_mut().for_each(|entry| entry.way = Way::Waiting);
    assert_eq!(next.entries, queue.entries);
    let mut late = Queue::default();
    adopt(&mut late, &to_text(&queue, RELEASED), NOW + Millis::days(8));
    assert!(late.entries.is_empty());
}

#[test]
fn only_a_released_or_a_stale_text_is_free() {
    let text = |stamp| to_text(&Queue::default(), stamp);
    assert!(is_free(&text(RELEASED), NOW));
    assert!(!is_free(&text(NOW), NOW + Millis(119_999)));
    assert!(is_free(&text(NOW), NOW + Millis(120_000)));
    assert!(is_free(&text(NOW + Millis::days(1)), NOW));
}
