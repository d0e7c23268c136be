//! A store with two members, and a provider whose app is entered.

use crate::provider::Provider;
use knock_calendar_sync::{Accounts, CalendarReader, CalendarWatch, Consent, Heard, NotConnected, installer};
use knock_context::{Core, PublicAddress, ServerKey, take};
use knock_engine::commands::{DropCalendar, SaveCalendarApp, SaveCalendarChannels};
use knock_engine::{Change, Changes, Command, Writer};
use knock_model::{MemberState, Millis, RepId, Role};
use knock_ports::{
    Actor, Busy, CalendarChannel, CalendarVendor, Calendars, Chance, Clock, ConnectedCalendar, Credentials, Member,
    PushNotice, Pushed, SecretHash, View,
};
use knock_reader::Reader;
use knock_store::{FileDirectory, Scratch};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use tokio::runtime::{Builder, Runtime};
use url::Url;

pub(crate) const ANN: RepId = RepId::from_bytes([1; 16]);
pub(crate) const BO: RepId = RepId::from_bytes([2; 16]);
const NOW: Millis = Millis(1_780_315_200_000);
const SESSION: SecretHash = SecretHash([5; 32]);

struct Still;

impl Clock for Still {
    fn now(&self) -> Millis {
        NOW
    }
}

/// Other bytes with each draw.
#[derive(Default)]
struct Counted(AtomicU8);

impl Chance for Counted {
    fn bytes16(&self) -> [u8; 16] {
        [self.0.fetch_add(1, Ordering::Relaxed); 16]
    }

    fn bytes32(&self) -> [u8; 32] {
        [self.0.fetch_add(1, Ordering::Relaxed); 32]
    }
}

pub(crate) struct Scene {
    pub(crate) provider: Provider,
    core: Core,
    reader: CalendarReader,
    watch: CalendarWatch,
    /// The store is used from outside of it, as on PostgreSQL it waits for a runtime of its own.
    runtime: Runtime,
    _scratch: Scratch,
}

impl Scene {
    pub(crate) fn open() -> Scene {
        let scratch = Scratch::new();
        let store = scratch.store();
        for (id, email) in [(ANN, "ann@us.example"), (BO, "bo@us.example")] {
            let member = Member::new(id, email.to_owned(), Role::Rep, MemberState::Active);
            store.write(&mut |ledger| ledger.create_member(&member, NOW)).expect("stored");
        }
        let (writer, _thread) = Writer::start(Arc::clone(&store)).expect("it starts");
        let core = Core {
            files: Arc::new(FileDirectory::at(scratch.dir().join("files"))),
            store: Arc::clone(&store),
            writer: writer.clone(),
            clock: Arc::new(Still),
            chance: Arc::new(Counted::default()),
            key: Arc::new(ServerKey::new([7; 32])),
            address: Arc::new(PublicAddress { url: "https://knock.example".to_owned(), origin: None }),
            reader: Reader::by("none".into()),
        };
        let provider = Provider::default();
        provider.state().has_calendars = true;
        let vendor: Arc<dyn CalendarVendor> = Arc::new(provider.clone());
        let accounts = Accounts::new(&core, [(vendor, Credentials::default())]);
        let reader = CalendarReader::new(store, writer, Arc::new(Still), accounts);
        let runtime = Builder::new_current_thread().enable_time().build().expect("a runtime");
        let watch = CalendarWatch::new(&core, &reader);
        let scene = Scene { provider, core, reader, watch, runtime, _scratch: scratch };
        scene.enters_app("1");
        scene
    }

    pub(crate) fn wait<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// The word of the provider.
    pub(crate) fn word(&self) -> &'static str {
        self.provider.provider().as_str()
    }

    pub(crate) fn enters_app(&self, id: &str) {
        let entered = [("client_id", id), ("client_secret", "s")];
        let entered: BTreeMap<_, _> =
            entered.map(|(name, value)| (name.to_owned(), value.to_owned().into())).into_iter().collect();
        let provider = self.provider.provider();
        let oauth = self.provider.oauth().expect("it asks for consents");
        let app = self.reader.accounts.entered_app(provider, oauth, &entered, None).expect("a good app");
        self.make(SaveCalendarApp { provider, app: Some(app) });
    }

    pub(crate) fn removes_app(&self) {
        self.make(SaveCalendarApp { provider: self.provider.provider(), app: None });
    }

    /// A member consents with an account, and the browser comes back.
    pub(crate) fn connects(
        &self,
        member: RepId,
        known: Option<&ConnectedCalendar>,
        email: &str,
    ) -> Result<(), NotConnected> {
        self.provider.state().email = email.to_owned();
        let (provider, accounts) = (self.provider.provider(), &self.reader.accounts);
        let app = self.read(|view| accounts.app(view, provider).expect("read")).expect("an app");
        let oauth = accounts.vendor(provider).and_then(|vendor| vendor.oauth()).expect("it asks for consents");
        let url = self.wait(accounts.begin((provider, oauth), &app, SESSION, known)).expect("it begins");
        let url = Url::parse(url.reveal()).expect("a URL");
        let state = url.query_pairs().find(|(name, _)| name == "state").expect("a state").1.into_owned();
        let consent: Consent =
            self.wait(take(&self.core, installer(provider), SESSION, &state)).expect("read").expect("it was begun");
        self.wait(self.reader.connect((Actor::Server, member), provider, consent, "code"))
    }

    /// Reads an account that nothing is cached of.
    pub(crate) fn reads_anew(&self, account: &ConnectedCalendar) -> Busy {
        self.reader.forget(account.id);
        let read = self.wait(self.reader.busy(&[account.member], NOW, NOW + Millis::DAY));
        read[&account.member].clone()
    }

    pub(crate) fn disconnects(&self, member: RepId) {
        let account = self.account(member);
        let ending = self.read(|view| self.reader.accounts.ending(view, &account).expect("read"));
        assert!(self.make(DropCalendar { id: account.id, member }));
        self.wait(self.reader.accounts.end_all(ending));
    }

    pub(crate) fn accounts(&self, member: RepId) -> Vec<ConnectedCalendar> {
        self.read(|view| view.calendars_of(member).expect("read"))
    }

    /// The only account of a member.
    pub(crate) fn account(&self, member: RepId) -> ConnectedCalendar {
        let mut accounts = self.accounts(member);
        assert_eq!(accounts.len(), 1);
        accounts.remove(0)
    }

    pub(crate) fn stored_tokens(&self, account: &ConnectedCalendar) -> String {
        self.read(|view| view.calendar_tokens(account.id).expect("read")).expect("there")
    }

    /// Stores channels of an account as it was connected, and drops others.
    pub(crate) fn keeps(&self, account: &ConnectedCalendar, kept: Vec<CalendarChannel>, dropped: Vec<String>) -> bool {
        let (id, grant) = (account.id, account.details.grant.clone());
        self.run(&SaveCalendarChannels { id, grant, kept, dropped })
    }

    /// What becomes of a message to a channel; none if there is no such channel.
    pub(crate) fn hears(&self, channel: &str, notice: PushNotice) -> Option<Heard> {
        self.wait(async {
            let listening = self.watch.listening(self.provider.provider(), channel).await.expect("read")?;
            Some(self.watch.heard(listening, Pushed::Notices(vec![notice])).await.expect("stored"))
        })
    }

    fn make<C: Change>(&self, change: C) -> C::Outcome {
        self.run(&change.by(Actor::Server, NOW))
    }

    fn run<C: Command>(&self, command: &C) -> C::Outcome {
        let mut outcome = None;
        let made = self.core.store.write(&mut |ledger| {
            outcome = Some(command.run(ledger, &mut Changes::default())?);
            Ok(())
        });
        made.expect("stored");
        outcome.expect("it was made")
    }

    fn read<T>(&self, work: impl Fn(&dyn View) -> T) -> T {
        let mut found = None;
        let read = self.core.store.read(&mut |view| {
            found = Some(work(view));
            Ok(())
        });
        read.expect("read");
        found.expect("it was read")
    }
}
