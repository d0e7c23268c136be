//! The state of handlers: a field for each capability.

use super::problem::Problem;
use crate::assets::Assets;
use crate::clock::TestClock;
use crate::config::Http;
use crate::context::AppContext;
use crate::data::directory::Room;
use crate::data::storage::Storage;
use crate::http::access_changes::AccessChanges;
use crate::http::admission::{BodyMemory, Bookings, Guesses, Limiter, SiteQueueQuota, Uploads};
use crate::http::conversation_watchers::ConversationWatchers;
use crate::http::outcomes::{ClientErrorTotals, RefusedSignals};
use crate::http::secret_uses::SecretUses;
use crate::http::todays_figures::TodaysFigures;
use crate::http::usual_wait::UsualWait;
use crate::http::visit_watchers::VisitWatchers;
use crate::lead_data::LeadData;
use crate::mail_server::MailServerChoice;
use crate::outbox_health::OutboxHealth;
use crate::passwords::Passwords;
use crate::sites::SiteDirectory;
use axum::extract::FromRef;
use knock_calendar_sync::{CalendarReader, CalendarWatch};
use knock_context::PublicAddress;
use knock_crm_sync::Crms;
use knock_engine::{
    ClockWorker, DeliveryWorker, Feed, KnowledgeWorker, ReportMailWorker, RetentionWorker, RewindWorker, Writer,
};
use knock_inbound_mail::Inbound;
use knock_ingest::Locations;
use knock_knowledge::Knowledge;
use knock_model::{DestinationKind, Millis};
use knock_outbound::Outbound;
use knock_ports::{Chance, Clock, Setup, Store};
use knock_slack_workspace::Slack;
use metrics_exporter_prometheus::PrometheusHandle;
use std::ops::Deref;
use std::sync::Arc;
use tokio::sync::Notify;

/// Everything, shared by all requests; a handler names the parts it uses.
#[derive(Clone)]
pub(crate) struct AppState(Arc<Parts>);

impl AppState {
    pub(crate) fn new(parts: Parts) -> AppState {
        AppState(Arc::new(parts))
    }

    /// Whether the server sends mail.
    pub(crate) fn is_mail_set_up(&self) -> bool {
        is_mail_set_up(&self.deliveries)
    }
}

/// Whether mail is delivered: by the server of the configuration, or by that of the dashboard.
pub(crate) fn is_mail_set_up(deliveries: &DeliveryWorker) -> bool {
    deliveries.connectors.setup(DestinationKind::Mail) != Setup::Missing
}

impl Deref for AppState {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

/// The parts of the state.
pub(crate) struct Parts {
    pub(crate) core: AppContext,
    pub(crate) sites: Arc<SiteDirectory>,
    pub(crate) locations: Option<Arc<Locations>>,
    pub(crate) worker: ClockWorker,
    pub(crate) report_mails: ReportMailWorker,
    pub(crate) retention: RetentionWorker,
    pub(crate) rewind: RewindWorker,
    pub(crate) deliveries: DeliveryWorker,
    pub(crate) outbound: Outbound,
    pub(crate) calendars: CalendarReader,
    pub(crate) calendar_watch: CalendarWatch,
    pub(crate) lead_data: LeadData,
    pub(crate) slack: Slack,
    pub(crate) mail: Arc<MailServerChoice>,
    pub(crate) inbound: Inbound,
    pub(crate) crms: Arc<Crms>,
    pub(crate) knowledge: Knowledge,
    pub(crate) readings: KnowledgeWorker,
    pub(crate) feed: Feed,
    pub(crate) watchers: ConversationWatchers,
    pub(crate) visit_watchers: VisitWatchers,
    pub(crate) access: AccessChanges,
    pub(crate) assets: Arc<Assets>,
    pub(crate) room: Arc<Room>,
    pub(crate) storage: Arc<Storage>,
    pub(crate) outbox: Arc<OutboxHealth>,
    pub(crate) limits: Arc<Http>,
    pub(crate) mail_reply_after: Option<Millis>,
    /// The key that browsers bind push subscriptions to, in the form of [`knock_push::Vapid::public_key`].
    pub(crate) push_key: Arc<str>,
    pub(crate) usual_wait: UsualWait,
    pub(crate) todays_figures: TodaysFigures,
    pub(crate) body_memory: Arc<BodyMemory>,
    pub(crate) uploads: Arc<Uploads>,
    pub(crate) limiter: Arc<Limiter>,
    pub(crate) bookings: Arc<Bookings>,
    pub(crate) guesses: Guesses,
    pub(crate) passwords: Passwords,
    pub(crate) uses: SecretUses,
    pub(crate) quota: Arc<SiteQueueQuota>,
    pub(crate) refused: Arc<RefusedSignals>,
    pub(crate) client_errors: Arc<ClientErrorTotals>,
    pub(crate) metrics: PrometheusHandle,
    /// Whether `/metrics` is answered on a listener of its own.
    pub(crate) has_metrics_listener: bool,
}

/// Workers that sleep until something is due.
#[derive(Clone)]
pub(crate) struct SleepingWorkers(Vec<Arc<Notify>>);

impl SleepingWorkers {
    /// Has them look again: the clock was set.
    pub(crate) fn wake(&self) {
        self.0.iter().for_each(|worker| worker.notify_one());
    }
}

impl FromRef<AppState> for SleepingWorkers {
    fn from_ref(state: &AppState) -> SleepingWorkers {
        let own = [&state.deliveries.wake, &state.readings.wake, &state.inbound.wake, &state.calendar_watch.wake];
        let own = own.map(Arc::clone);
        SleepingWorkers(own.into_iter().chain(state.crms.wakes()).collect())
    }
}

/// Workers that do what fell due by the clock, in this order.
#[derive(Clone)]
pub(crate) struct ClockedWorkers {
    rewind: RewindWorker,
    worker: ClockWorker,
    report_mails: ReportMailWorker,
    retention: RetentionWorker,
}

impl ClockedWorkers {
    /// Has them do all of it now: the clock was set.
    pub(crate) async fn catch_up(&self) -> Result<(), Problem> {
        self.rewind.catch_up().await?;
        self.worker.catch_up().await?;
        self.report_mails.catch_up().await?;
        self.retention.catch_up().await?;
        Ok(())
    }
}

impl FromRef<AppState> for ClockedWorkers {
    fn from_ref(state: &AppState) -> ClockedWorkers {
        ClockedWorkers {
            rewind: state.rewind.clone(),
            worker: state.worker.clone(),
            report_mails: state.report_mails.clone(),
            retention: state.retention.clone(),
        }
    }
}

macro_rules! part {
    ($type:ty, $state:ident => $part:expr) => {
        impl FromRef<AppState> for $type {
            fn from_ref($state: &AppState) -> $type {
                $part.clone()
            }
        }
    };
}

part!(Arc<dyn Store>, state => state.core.store);
part!(Arc<dyn Clock>, state => state.core.clock);
part!(Arc<dyn Chance>, state => state.core.chance);
part!(Option<Arc<TestClock>>, state => state.core.test_clock);
part!(Writer, state => state.core.writer);
part!(Arc<PublicAddress>, state => state.core.address);
part!(Arc<SiteDirectory>, state => state.sites);
part!(Arc<Assets>, state => state.assets);
part!(Arc<Room>, state => state.room);
part!(Arc<Http>, state => state.limits);
part!(Arc<SiteQueueQuota>, state => state.quota);
part!(Arc<ClientErrorTotals>, state => state.client_errors);
part!(AccessChanges, state => state.access);
part!(PrometheusHandle, state => state.metrics);
