//! The choice of a CRM.

use futures_util::FutureExt;
use knock_model::CrmSystem;
use knock_wire::{CrmSystemShown, CrmSystems};
use leptos::prelude::*;

use crate::kit::browser;
use crate::kit::single::Single;
use crate::state::session::use_session;

/// The CRMs, and the one that a person has chosen.
#[derive(Clone, Copy)]
pub(crate) struct CrmChoice {
    pub(crate) known: Single<CrmSystems>,
    chosen: RwSignal<Option<CrmSystem>>,
}

impl CrmChoice {
    /// Loads the CRMs.
    pub(crate) fn start() -> CrmChoice {
        let session = use_session();
        let known = Single::new(move || {
            let client = session.client();
            async move { client.crm_systems().await }.boxed_local()
        });
        known.load();
        // An installation comes back to the CRM that it began at.
        CrmChoice { known, chosen: RwSignal::new(CrmSystem::parse(&browser::query("crm"))) }
    }

    /// The CRMs that can be connected, with their names.
    pub(crate) fn offered(self) -> Vec<(CrmSystem, String)> {
        self.available().into_iter().map(|(system, shown)| (system, shown.name)).collect()
    }

    /// The shown CRM: the chosen one, else the connected one, else the first that can be connected.
    pub(crate) fn shown(self) -> Option<CrmSystem> {
        let of_list = || {
            let available = self.available();
            let connected = available.iter().find(|(_, shown)| shown.is_connected);
            connected.or(available.first()).map(|(system, _)| *system)
        };
        self.chosen.get().or_else(of_list)
    }

    pub(crate) fn choose(self, system: CrmSystem) {
        self.chosen.set(Some(system));
    }

    fn available(self) -> Vec<(CrmSystem, CrmSystemShown)> {
        let known = self.known.value.get().unwrap_or_default().systems.into_iter();
        let available = known.filter(|shown| shown.is_available);
        available.filter_map(|shown| Some((*shown.system.known()?, shown))).collect()
    }
}
