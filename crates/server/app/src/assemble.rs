//! The parts of the server, made from its configuration: for the running server and for one without connections.

use crate::assets::Assets;
use crate::config::Config;
use crate::connectors::{self, Deliveries, push::vapid};
use crate::context::AppContext;
use crate::data::directory::{DataDir, Room};
use crate::data::storage::{FileSender, Level, Storage};
use crate::http::admission::{BodyMemory, Bookings, Guesses, Limiter, SiteQueueQuota, Uploads};
use crate::http::{
    AccessChanges, ConversationWatchers, Parts, SecretUses, TodaysFigures, UsualWait, VisitWatchers, is_mail_set_up,
};
use crate::knowledge;
use crate::lead_data::LeadData;
use crate::mail_server::MailServerChoice;
use crate::outbox_health::OutboxHealth;
use crate::passwords::Passwords;
use crate::sites::SiteDirectory;
use crate::work::work;
use anyhow::Context;
use knock_calendar_sync::CalendarWatch;
use knock_engine::commands::NoteMailSetup;
use knock_engine::{
    ClockWorker, Feed, ReportMailWorker, RetentionWorker, RewindWorker, Writer, compute_chat_owners,
    compute_first_touches, listen_to_peers,
};
use knock_enrichment::Enricher;
use knock_inbound_mail::Inbound;
use knock_ingest::Locations;
use knock_outbound::Guard;
use knock_ports::Clock;
use metrics_exporter_prometheus::PrometheusHandle;
use std::sync::Arc;

impl Parts {
    /// All parts. None of them does anything by itself before [`Parts::start`].
    pub(crate) fn assemble(
        config: &Config,
        core: AppContext,
        data: &DataDir,
        metrics: PrometheusHandle,
        locations: Option<Locations>,
    ) -> anyhow::Result<Parts> {
        let networks = Guard::new(config.outbound.private_networks.0.clone());
        let mail = Arc::new(MailServerChoice::load(&config.smtp, &core, networks)?);
        let Deliveries { worker: deliveries, outbound, calendars, slack, guard, crms } =
            connectors::worker(config, &core, mail.in_use())?;
        let (knowledge, readings) = knowledge::worker(config, &core)?;
        let enricher = Enricher::new(core.core.clone(), outbound.clone());
        let storage = Storage::new(Arc::clone(&core.store), data, core.is_sqlite, config.max_database_mb);
        let (storage, uploads) = (Arc::new(storage), Arc::new(Uploads::new(&config.files)));
        let inbound = inbound(&core, guard, &storage, &uploads);
        let (clock, store, writer) = (Arc::clone(&core.clock), Arc::clone(&core.store), core.writer.clone());
        Ok(Parts {
            sites: Arc::new(SiteDirectory::load(Arc::clone(&store))?),
            locations: locations.map(Arc::new),
            worker: ClockWorker { clock: Arc::clone(&clock), store: Arc::clone(&store), writer: writer.clone() },
            report_mails: ReportMailWorker {
                clock: Arc::clone(&clock),
                store: Arc::clone(&store),
                writer: writer.clone(),
            },
            retention: RetentionWorker {
                clock: Arc::clone(&clock),
                writer: writer.clone(),
                keep: config.retention.signals_days.span(),
                on_dropped: |dropped| metrics::counter!("knock_signals_dropped_total").increment(dropped),
            },
            rewind: RewindWorker { clock: Arc::clone(&clock), store: Arc::clone(&store), writer },
            lead_data: LeadData::new(enricher, Arc::clone(&crms), core.hold.clone()),
            // A server of the dashboard that fails must not lock the team out.
            passwords: Passwords::new(config.sign_in.password, mail.is_configured()),
            mail,
            deliveries,
            outbound,
            calendar_watch: CalendarWatch::new(&core, &calendars),
            calendars,
            slack,
            inbound,
            crms,
            knowledge,
            readings,
            feed: Feed::default(),
            watchers: ConversationWatchers::default(),
            visit_watchers: VisitWatchers::new(config.http.visit_streams),
            access: AccessChanges::default(),
            assets: Arc::new(Assets::load()?),
            room: Arc::new(Room::of(data)),
            storage,
            outbox: Arc::new(OutboxHealth::new(store, clock, core.hold.clone())),
            limits: Arc::new(config.http.clone()),
            mail_reply_after: config.chat.mail_reply_after(),
            push_key: vapid(&core.key, "").public_key().into(),
            usual_wait: UsualWait::default(),
            todays_figures: TodaysFigures::default(),
            body_memory: Arc::new(BodyMemory::new(config.http.body_memory_mb.get())),
            uploads,
            limiter: Arc::new(Limiter::new(&config.ingest, &config.chat)),
            bookings: Arc::new(Bookings::new(config.meetings.bookings_per_ip)),
            guesses: Guesses::default(),
            uses: SecretUses::default(),
            quota: Arc::new(SiteQueueQuota::new(config.ingest.waiting_per_site)),
            refused: Arc::default(),
            client_errors: Arc::default(),
            metrics,
            has_metrics_listener: !config.metrics.listen.is_empty(),
            core,
        })
    }

    /// Does what fell due while the server was down, then starts all work beside requests.
    pub(crate) async fn start(&self) -> anyhow::Result<()> {
        let writer = &self.core.writer;
        let sends_mail = is_mail_set_up(&self.deliveries);
        writer.commit(NoteMailSetup { sends_mail }).await.context("noting whether mail is set up")?;
        writer.commit(self.slack.setup()).await.context("noting whether Slack is set up")?;
        self.worker.catch_up().await.context("doing what fell due while the server was down")?;
        work(self.worker.clone().run());
        work(self.report_mails.clone().run());
        work(self.retention.clone().run());
        work(self.rewind.clone().run());
        work(first_touches(writer.clone()));
        work(chat_owners(writer.clone(), Arc::clone(&self.core.clock)));
        self.start_sending();
        work(self.readings.clone().run());
        self.follow_commits()?;
        self.storage.measure();
        work(Arc::clone(&self.storage).run());
        work(Arc::clone(&self.outbox).run());
        Ok(())
    }

    /// Starts what acts outside of this workspace; on a copy, once it is released.
    fn start_sending(&self) {
        let hold = || self.core.hold.clone();
        work(hold().then(self.deliveries.clone().run()));
        work(hold().then(self.slack.clone().run()));
        work(hold().then(self.inbound.clone().run()));
        work(hold().then(self.calendar_watch.clone().run()));
        self.crms.workers().for_each(|worker| work(hold().then(worker)));
        if hold().is_held() {
            work(self.core.clone().follow_release());
        }
    }

    /// Starts what follows the commits of this server and of others.
    fn follow_commits(&self) -> anyhow::Result<()> {
        let (writer, store) = (&self.core.writer, &self.core.store);
        work(self.uses.clone().run(writer.clone()));
        work(self.watchers.clone().run(writer.watch()));
        work(self.visit_watchers.clone().run(writer.watch()));
        work(self.access.clone().run(writer.watch()));
        work(Arc::clone(&self.sites).follow(writer));
        work(Arc::clone(&self.mail).follow(writer));
        listen_to_peers(writer, Arc::clone(store)).context("listening to other servers")?;
        work(self.feed.clone().run(writer.clone(), Arc::clone(store), Arc::clone(&self.core.clock)));
        Ok(())
    }
}

/// What takes answers by mail. Their files have the room of those of visitors.
fn inbound(core: &AppContext, guard: Guard, storage: &Arc<Storage>, uploads: &Uploads) -> Inbound {
    let (storage, store, total) = (Arc::clone(storage), Arc::clone(&core.store), uploads.total);
    let stored = move || {
        let mut bytes = u64::MAX;
        let counted = store.read(&mut |view| view.bytes_of_files().map(|stored| bytes = stored));
        counted.map_or(u64::MAX, |()| bytes)
    };
    let has_room = move |bytes: u64| {
        storage.takes_file(bytes, FileSender::Visitor)
            && storage.level() != Level::Full
            && total.is_none_or(|total| tokio::task::block_in_place(&stored) < total)
    };
    Inbound::new(core, guard, uploads.most, Arc::new(has_room))
}

/// Computes the first touches of contacts from before a version that stores them, once.
async fn first_touches(writer: Writer) {
    if let Err(error) = compute_first_touches(&writer).await {
        tracing::warn!("computing first touches stopped and continues at the next start: {error}");
    }
}

/// Computes the owners of chats and the `waiting since` of their leads, once.
async fn chat_owners(writer: Writer, clock: Arc<dyn Clock>) {
    if let Err(error) = compute_chat_owners(&writer, &*clock).await {
        tracing::warn!("computing chat owners stopped and continues at the next start: {error}");
    }
}
