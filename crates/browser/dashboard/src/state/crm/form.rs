//! The form of CRM Sync: access, switches, mapping.

use futures_util::FutureExt;
use knock_crm::CreateContact;
use knock_model::CrmSystem;
use knock_wire::{CrmDraft, CrmDryRun, CrmHealth, CrmMapping, CrmProperties, CrmSettings, SegmentTemplate};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

use crate::api::Failure;
use crate::kit::reactive::{effect, memo};
use crate::kit::single::Single;
use crate::state::session::{Session, use_session};
use crate::state::settings::credentials::Credentials;
use crate::state::settings::installing::{InstallForm, Vendor};
use crate::words::reason::{HERE, sentence};

/// The id of the heading of the access.
pub(crate) const ACCESS: &str = "crm-access";

/// The interval at which the progress of a resync is loaded.
const AGAIN: Duration = Duration::from_secs(3);

/// The form and the state of its actions.
#[derive(Clone, Copy)]
pub(crate) struct CrmForm {
    pub(super) session: Session,
    pub(crate) system: CrmSystem,
    /// Installing the app.
    pub(crate) install: InstallForm,
    pub(crate) stored: Single<CrmSettings>,
    /// The properties that fields can be mapped to.
    pub(crate) properties: Single<CrmProperties>,
    pub(crate) health: Single<CrmHealth>,
    /// The segment templates by which leads can be accepted.
    pub(crate) templates: RwSignal<Vec<SegmentTemplate>>,
    /// The credentials that connect an account.
    pub(crate) typed: Credentials,
    pub(crate) is_on: RwSignal<bool>,
    pub(crate) other_sources: RwSignal<bool>,
    pub(crate) accept: RwSignal<Vec<String>>,
    pub(crate) create_contact: RwSignal<CreateContact>,
    /// Names of properties by the labels of fields, of each object.
    pub(crate) mapping: RwSignal<CrmMapping>,
    pub(crate) prefix: RwSignal<String>,
    /// Names of properties, separated by commas.
    pub(crate) read_fields: RwSignal<String>,
    /// Whether signals are put into timelines.
    pub(crate) timeline: RwSignal<bool>,
    /// Whether meetings are written.
    pub(crate) meetings: RwSignal<bool>,
    /// Whether deleted contacts are created again.
    pub(crate) recreate_deleted: RwSignal<bool>,
    /// The result of the dry run, after it is requested.
    pub(crate) dry_run: RwSignal<Option<CrmDryRun>>,
    /// Whether the confirmation of disconnecting is open.
    pub(crate) is_leaving: RwSignal<bool>,
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
    pub(crate) said: RwSignal<String>,
}

impl CrmForm {
    /// Loads the settings of a CRM; the rest once there is an access.
    pub(crate) fn start(system: CrmSystem) -> CrmForm {
        let session = use_session();
        let form = CrmForm {
            session,
            system,
            install: InstallForm::new(Vendor::Crm(system)),
            stored: Single::new(move || {
                let client = session.client();
                async move { client.crm(system).await }.boxed_local()
            }),
            properties: Single::new(move || {
                let client = session.client();
                async move { client.crm_properties(system).await }.boxed_local()
            }),
            health: Single::new(move || {
                let client = session.client();
                async move { client.crm_health(system).await }.boxed_local()
            }),
            templates: RwSignal::new(Vec::new()),
            typed: Credentials::new(),
            is_on: RwSignal::new(false),
            other_sources: RwSignal::new(false),
            accept: RwSignal::new(Vec::new()),
            create_contact: RwSignal::new(CreateContact::FirstMessage),
            mapping: RwSignal::new(CrmMapping::default()),
            prefix: RwSignal::new(String::new()),
            read_fields: RwSignal::new(String::new()),
            timeline: RwSignal::new(false),
            meetings: RwSignal::new(false),
            recreate_deleted: RwSignal::new(false),
            dry_run: RwSignal::new(None),
            is_leaving: RwSignal::new(false),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            said: RwSignal::new(String::new()),
        };
        let mut is_filled = false;
        effect(move || {
            if let Some(stored) = form.stored.value.get().filter(|_| !is_filled) {
                form.fill(&stored);
                is_filled = true;
            }
        });
        let is_connected = memo(move || form.is_connected());
        effect(move || {
            if is_connected.get() {
                form.properties.load();
                form.health.load();
            }
        });
        form.follow_resync();
        form.stored.load();
        form.load_templates();
        form
    }

    /// Refreshes the health during a resync.
    fn follow_resync(self) {
        effect(move || {
            if self.health.value.with(|health| health.as_ref().is_some_and(is_under_way)) {
                set_timeout(
                    move || {
                        // The page may have been left.
                        if self.health.value.try_with_untracked(|_| ()).is_some() {
                            self.health.load();
                        }
                    },
                    AGAIN,
                );
            }
        });
    }

    fn load_templates(self) {
        let client = self.session.client();
        spawn_local(async move {
            if let Ok(known) = client.segment_templates().await {
                self.templates.try_set(known.templates);
            }
        });
    }

    /// Shows settings in the form. What is typed and not saved is lost.
    pub(super) fn fill(self, stored: &CrmSettings) {
        self.is_on.set(stored.enabled);
        self.other_sources.set(stored.other_sources);
        self.accept.set(stored.accept.clone());
        if let Some(known) = stored.create_contact.known() {
            self.create_contact.set(*known);
        }
        self.mapping.set(stored.mapping.clone());
        self.prefix.set(stored.prefix.clone());
        self.read_fields.set(stored.read_fields.join(", "));
        self.timeline.set(stored.timeline);
        self.meetings.set(stored.meetings);
        self.recreate_deleted.set(stored.recreate_deleted);
    }

    /// Whether the form has changes that are not saved.
    pub(crate) fn is_changed(self) -> bool {
        let flags = [self.is_on, self.other_sources, self.timeline, self.meetings, self.recreate_deleted];
        let flags = flags.map(|flag| flag.get());
        let (prefix, read_fields, accept) = (self.prefix.get(), self.read_fields.get(), self.accept.get());
        let (create_contact, mapping) = (self.create_contact.get(), self.mapping.get());
        self.of(|stored| {
            let known =
                [stored.enabled, stored.other_sources, stored.timeline, stored.meetings, stored.recreate_deleted];
            flags != known
                || prefix != stored.prefix
                || read_fields != stored.read_fields.join(", ")
                || accept != stored.accept
                || stored.create_contact.known().is_some_and(|known| *known != create_contact)
                || mapping != stored.mapping
        })
    }

    pub(crate) fn discard(self) {
        if let Some(stored) = self.stored.value.get_untracked() {
            self.failure.set(None);
            self.fill(&stored);
        }
    }

    /// A part of the stored settings.
    pub(crate) fn of<T: Default>(self, read: impl Fn(&CrmSettings) -> T) -> T {
        self.stored.value.with(|stored| stored.as_ref().map(read).unwrap_or_default())
    }

    /// The name of the CRM, for parts that are shown once the settings are loaded.
    pub(crate) fn name(self) -> String {
        self.stored.value.with_untracked(|stored| stored.as_ref().map(|stored| stored.name.clone())).unwrap_or_default()
    }

    /// Whether there is an access.
    pub(crate) fn is_connected(self) -> bool {
        self.of(|stored| stored.is_connected)
    }

    /// Adds a segment to the accepted ones, or removes it.
    pub(crate) fn accept_segment(self, id: &str, is_accepted: bool) {
        self.accept.update(|accept| {
            accept.retain(|known| known != id);
            if is_accepted {
                accept.push(id.to_owned());
            }
        });
    }

    /// The errors of a part of the form, or of a field of the mapping.
    pub(crate) fn errors(self, pointer: &str) -> Vec<String> {
        let Some(Failure::Refused(problem)) = self.failure.get() else { return Vec::new() };
        let here = |at: &str| at == pointer || at.strip_prefix(pointer).is_some_and(|rest| rest.starts_with('/'));
        problem.errors.iter().filter(|error| here(&error.pointer)).map(|error| sentence(HERE, &error.reason)).collect()
    }

    /// The error that belongs to no field, while no question is open.
    pub(crate) fn unplaced(self) -> Option<Failure> {
        let is_of_credentials = || {
            let fields = self.of(|stored| stored.credentials.clone()).unwrap_or_default().fields;
            fields.iter().any(|field| !self.errors(&format!("/{}", field.name)).is_empty())
        };
        let is_placed = || {
            ["/prefix", "/read_fields", "/accept", "/enabled"].iter().any(|at| !self.errors(at).is_empty())
                || is_of_credentials()
                || self.is_of_mapping()
        };
        self.failure.get().filter(|_| !self.is_leaving.get() && !is_placed())
    }

    pub(super) fn draft(self) -> CrmDraft {
        let names = self.read_fields.get_untracked();
        let names = names.split([',', '\n']).map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
        CrmDraft {
            enabled: self.is_on.get_untracked(),
            other_sources: self.other_sources.get_untracked(),
            accept: self.accept.get_untracked(),
            create_contact: self.create_contact.get_untracked(),
            mapping: self.mapping.get_untracked(),
            prefix: Some(self.prefix.get_untracked()),
            read_fields: Some(names.collect()),
            timeline: Some(self.timeline.get_untracked()),
            meetings: Some(self.meetings.get_untracked()),
            recreate_deleted: Some(self.recreate_deleted.get_untracked()),
        }
    }
}

/// Whether a full resync is under way.
pub(crate) fn is_under_way(health: &CrmHealth) -> bool {
    health.resync.as_ref().is_some_and(|resync| resync.ended_at.is_none())
}
