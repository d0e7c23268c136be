//! Browsers of members that get push notifications, and whether a member looks at a dashboard.

use crate::audited::{Change, Note, subject};
use crate::changes::Changes;
use crate::effects::enqueue_push;
use crate::writer::{After, Command};
use knock_model::{AuditAction, Destination, MeetingId, Millis, RepId};
use knock_ports::{Device, Endpoint, Ledger, PushAlert, StoreError};

/// The maximum number of browsers of a member: another one replaces the oldest.
const MOST: usize = 10;
/// The time for which a member counts as looking at a dashboard after the last report.
const LOOKING: Millis = Millis(75_000);

/// Adds a browser, or updates a known one.
#[derive(Clone, Debug)]
pub struct SaveDevice {
    /// The browser.
    pub device: Device,
    /// Its subscription, for the connector.
    pub settings: String,
}

impl Change for SaveDevice {
    type Outcome = ();

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<((), Option<Note>), StoreError> {
        let now = self.device.created_at;
        ledger.drop_signed_out_devices(now)?;
        let devices = ledger.devices(now)?;
        let known = devices.iter().find(|known| known.id == self.device.id);
        let is_new = known.is_none_or(|known| known.member != self.device.member);
        let own: Vec<&Device> = devices.iter().filter(|other| other.member == self.device.member).collect();
        if let Some(oldest) = own.first().filter(|_| is_new && own.len() >= MOST) {
            ledger.drop_device(oldest.id)?;
        }
        let created_at = known.map_or(now, |known| known.created_at);
        ledger.save_device(&Device { created_at, ..self.device.clone() })?;
        let (destination, settings) = (Destination::push(self.device.id), self.settings.clone());
        let (events, sites, why_stopped, is_active) = (Vec::new(), Vec::new(), String::new(), true);
        ledger.save_endpoint(&Endpoint { destination, settings, events, sites, is_active, why_stopped, created_at })?;
        let note = is_new.then(|| Note::new(AuditAction::PushDeviceAdded, of_device(&self.device)));
        Ok(((), note))
    }
}

/// Removes one of a member's own browsers.
#[derive(Clone, Copy, Debug)]
pub struct DropDevice {
    pub id: [u8; 16],
    pub member: RepId,
    pub now: Millis,
}

impl Change for DropDevice {
    /// False if the member has no browser with this id.
    type Outcome = bool;

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(bool, Option<Note>), StoreError> {
        let Some(device) = own_device(ledger, self.id, self.member, self.now)? else { return Ok((false, None)) };
        ledger.drop_device(device.id)?;
        Ok((true, Some(Note::new(AuditAction::PushDeviceRemoved, of_device(&device)))))
    }
}

/// Sends a test notification to one of a member's own browsers.
#[derive(Clone, Copy, Debug)]
pub struct TestDevice {
    pub id: [u8; 16],
    pub member: RepId,
    pub now: Millis,
}

impl Change for TestDevice {
    /// False if the member has no browser with this id.
    type Outcome = bool;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(bool, Option<Note>), StoreError> {
        let Some(device) = own_device(ledger, self.id, self.member, self.now)? else { return Ok((false, None)) };
        let alert = PushAlert {
            tag: "test".to_owned(),
            title: "Test notification".to_owned(),
            body: "Push notifications of Knock arrive in this browser.".to_owned(),
            path: "/app/settings/notifications".to_owned(),
        };
        enqueue_push(ledger, device.id, None, &alert, self.now, changes)?;
        Ok((true, Some(Note::new(AuditAction::PushDeviceTested, of_device(&device)))))
    }
}

/// Records whether a member looks at an open dashboard.
#[derive(Clone, Copy, Debug)]
pub struct NotePresence {
    pub member: RepId,
    /// Whether the member looks at a dashboard.
    pub is_looking: bool,
    pub now: Millis,
}

impl Command for NotePresence {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(), StoreError> {
        ledger.save_presence(self.member, if self.is_looking { self.now + LOOKING } else { self.now })
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Notes that a member has looked at a meeting, or at all of them.
#[derive(Clone, Copy, Debug)]
pub struct LookAtMeetings {
    pub member: RepId,
    /// The meeting; none for all.
    pub meeting: Option<MeetingId>,
}

impl Command for LookAtMeetings {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(), StoreError> {
        ledger.clear_meeting_news(self.member, self.meeting)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

fn own_device(ledger: &dyn Ledger, id: [u8; 16], member: RepId, now: Millis) -> Result<Option<Device>, StoreError> {
    Ok(ledger.devices(now)?.into_iter().find(|device| device.id == id && device.member == member))
}

fn of_device(device: &Device) -> knock_ports::AuditSubject {
    let id: String = device.id.iter().map(|byte| format!("{byte:02x}")).collect();
    subject("push_device", id, &device.name)
}
