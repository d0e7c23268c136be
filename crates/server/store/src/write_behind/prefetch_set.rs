//! The prefetch set: the rows that a group of commands will read, each once.

use super::{Browser, WriteBehind};
use knock_model::{ConversationId, LeadId, Millis, SessionId, SignalId, SignalType, ViewId};
use knock_ports::{Batch, Conversation, PrefetchHint, number_in_session};
use std::collections::{BTreeMap, BTreeSet};

type SessionKey = (Browser, SessionId);
/// The signals of sessions by number: one past all that came is new.
type Numbered = BTreeMap<SessionKey, Vec<(u32, SignalId)>>;

/// The foreseen reads of a conversation.
#[derive(Default)]
pub(crate) struct PrefetchedChat {
    /// Signals that are about to be stored for its browser.
    signals: BTreeSet<SignalId>,
    /// Its journey is asked for up to this instant.
    pub(crate) until: Millis,
}

/// The keys of what is to be read ahead.
#[derive(Default)]
pub(crate) struct PrefetchSet {
    pub(crate) chats: BTreeMap<ConversationId, PrefetchedChat>,
    /// Leads whose chats are asked for.
    pub(crate) leads: BTreeSet<LeadId>,
    pub(crate) browsers: BTreeSet<Browser>,
    /// Signals of which only they themselves tell whether they are there.
    pub(crate) signals: BTreeSet<(Browser, SignalId)>,
    pub(crate) sequences: Numbered,
    /// Page views with visible time: whether that came before, and what they are about.
    pub(crate) views: BTreeSet<(Browser, ViewId)>,
}

impl PrefetchSet {
    /// Adds what a command will ask for.
    pub(crate) fn add(&mut self, coming: &PrefetchHint<'_>) {
        match coming {
            PrefetchHint::Signals(batch) => self.add_batch(batch),
            PrefetchHint::Chat { conversation, signals, at } => {
                let chat = self.chats.entry(*conversation).or_default();
                chat.signals.extend(signals);
                chat.until = chat.until.max(*at + Millis(1));
            }
            PrefetchHint::Lead(lead) => _ = self.leads.insert(*lead),
        }
    }

    /// Whether there is nothing to be read.
    pub(crate) fn is_empty(&self) -> bool {
        self.browsers.is_empty() && self.chats.is_empty() && self.leads.is_empty()
    }

    /// A conversation that was foreseen is of this lead and this browser.
    pub(crate) fn meet(&mut self, conversation: &Conversation) {
        let browser = (conversation.site, conversation.visitor);
        self.browsers.insert(browser);
        self.leads.insert(conversation.lead);
        let signals = self.chats.get(&conversation.id).into_iter().flat_map(|chat| &chat.signals);
        self.signals.extend(signals.map(|id| (browser, *id)));
    }

    fn add_batch(&mut self, batch: &Batch<'_>) {
        let browser = (batch.site, batch.visitor);
        self.browsers.insert(browser);
        for signal in batch.signals {
            match number_in_session(signal.seq) {
                Some(number) => {
                    self.sequences.entry((browser, signal.session)).or_default().push((number, signal.id));
                }
                None => _ = self.signals.insert((browser, signal.id)),
            }
            if let Some(view) = signal.view.filter(|_| signal.kind == SignalType::Engagement) {
                self.views.insert((browser, view));
            }
        }
    }

    /// All signals are looked for, whatever their numbers.
    pub(crate) fn doubt_all(&mut self) {
        let all = numbered(&self.sequences).map(|((browser, _), _, id)| (browser, id));
        self.signals.extend(all);
    }

    /// The part that is not cached yet and has to be read.
    pub(crate) fn unknown(&self, ahead: &WriteBehind) -> PrefetchSet {
        let all = self.sequences.iter().map(|(sequence, signals)| (*sequence, signals.clone()));
        let (known, unknown): (Numbered, Numbered) =
            all.partition(|((of, session), _)| ahead.knows_sequence(*of, *session));
        PrefetchSet {
            chats: BTreeMap::new(),
            leads: self.leads.iter().filter(|lead| ahead.lead(**lead).is_none()).copied().collect(),
            browsers: self.browsers.iter().filter(|browser| !ahead.knows_browser(**browser)).copied().collect(),
            signals: self.signals.iter().copied().chain(doubtful(&known, ahead)).collect(),
            sequences: unknown,
            views: self.views.clone(),
        }
    }

    /// Numbered signals that may be there, of sessions of which is known what came.
    pub(crate) fn doubtful(&self, ahead: &WriteBehind) -> BTreeSet<(Browser, SignalId)> {
        doubtful(&self.sequences, ahead).collect()
    }

    /// Makes all of it known as if none of it was there.
    pub(crate) fn make_absent(&self, ahead: &mut WriteBehind) {
        self.signals.iter().for_each(|(browser, id)| ahead.know_signal(*browser, *id, None));
        self.sequences.keys().for_each(|(browser, session)| ahead.know_no_sequence(*browser, *session));
        self.browsers.iter().for_each(|browser| ahead.know_nothing_of(*browser));
        for (browser, view) in &self.views {
            ahead.know_signal(*browser, SignalId::from_bytes(*view.as_bytes()), None);
            ahead.know_engaged(*browser, *view, false);
        }
    }

    /// Makes all numbered signals known as new.
    pub(crate) fn make_new(&self, ahead: &mut WriteBehind) {
        numbered(&self.sequences).for_each(|((browser, _), _, id)| ahead.know_signal(browser, id, None));
    }
}

fn numbered(sequences: &Numbered) -> impl Iterator<Item = (SessionKey, u32, SignalId)> {
    sequences.iter().flat_map(|(sequence, signals)| signals.iter().map(|(number, id)| (*sequence, *number, *id)))
}

/// A signal numbered above all others of its session is new, unless the client numbered one signal twice.
fn doubtful(sequences: &Numbered, ahead: &WriteBehind) -> impl Iterator<Item = (Browser, SignalId)> {
    numbered(sequences)
        .filter(|((browser, session), number, _)| {
            ahead.sequence(*browser, *session).is_none_or(|sequence| *number <= sequence.highest)
        })
        .map(|((browser, _), _, id)| (browser, id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_intent::strength;
    use knock_model::{Category, SiteId, VisitorId};
    use knock_ports::{Detail, NewSignal, SessionSequence};

    const NOW: Millis = Millis(1_780_315_200_000);

    fn signal(number: u8, kind: SignalType) -> NewSignal {
        NewSignal {
            id: SignalId::new(NOW, &[number; 10]),
            session: SessionId::new(NOW, &[number / 10; 10]),
            kind,
            at: NOW,
            received_at: NOW,
            clamped: false,
            category: Category::Pricing,
            strength: strength(kind),
            seq: Some(u64::from(number)),
            view: Some(ViewId::new(NOW, &[1; 10])),
            detail: Detail::default().into(),
        }
    }

    #[test]
    fn what_is_known_of_a_browser_is_not_read_again_and_of_its_signals_only_what_may_have_come_before() {
        let browser = (SiteId(1), VisitorId::new(NOW, &[1; 10]));
        let kinds = [(12, SignalType::Engagement), (13, SignalType::Cta), (14, SignalType::Cta), (21, SignalType::Cta)];
        let signals = kinds.map(|(number, kind)| signal(number, kind));
        let mut foreseen = PrefetchSet::default();
        foreseen.add(&PrefetchHint::Signals(Batch { site: browser.0, visitor: browser.1, signals: &signals }));
        let unknown = foreseen.unknown(&WriteBehind::default());
        assert_eq!((unknown.browsers.len(), unknown.sequences.len(), unknown.signals.len()), (1, 2, 0));

        let mut ahead = WriteBehind::default();
        unknown.make_absent(&mut ahead);
        ahead.know_sequence(browser, signals[0].session, SessionSequence { highest: 13, ..SessionSequence::default() });
        let unknown = foreseen.unknown(&ahead);
        assert!(unknown.browsers.is_empty() && unknown.sequences.is_empty());
        assert_eq!(unknown.signals, [(browser, signals[0].id), (browser, signals[1].id)].into());
        // Whether visible time came of it before is asked each time.
        assert_eq!(unknown.views.len(), 1);
        foreseen.doubt_all();
        assert_eq!(foreseen.unknown(&ahead).signals.len(), 4);
    }

    #[test]
    fn what_is_remembered_has_its_bound() {
        let known_of = |sequences: u16| {
            let mut ahead = WriteBehind::default();
            for sequence in 0..sequences {
                let visitor = VisitorId::new(Millis(i64::from(sequence)), &[0; 10]);
                ahead.know_no_sequence((SiteId(1), visitor), SessionId::new(NOW, &[0; 10]));
            }
            ahead.remembered().is_some()
        };
        assert!(known_of(8_192) && !known_of(8_193));
    }
}
