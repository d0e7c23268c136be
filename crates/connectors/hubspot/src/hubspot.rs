//! HubSpot as a CRM: the port, in terms of the files beside this one.

use crate::access::Access;
use crate::api::Api;
use crate::limiter::Limits;
use crate::outcome::Fault;
use crate::schema::{Hub, Schema};
use crate::{account, changes, find, meeting, note, owners, write};
use knock_crm::Property;
use knock_outbound::Outbound;
use knock_ports::{
    Clock, Crm, CrmAccount, CrmChanges, CrmContact, CrmCreated, CrmFuture, CrmMeeting, CrmNote, CrmObject, CrmOwner,
    CrmPage, CrmQuestion, CrmRecord, WrittenFuture,
};
use std::sync::Arc;
use url::Url;

#[derive(Clone, Debug)]
pub struct Settings {
    /// The address of HubSpot: `https://api.hubapi.com`, or a gateway.
    pub api_url: Url,
    pub access: Access,
    /// The limits to begin with; HubSpot's answers say the real ones.
    pub limits: Limits,
}

/// One account. It keeps its limits, so there is one of these for an account and process.
pub struct HubSpot {
    api: Api,
    schema: Schema,
}

impl HubSpot {
    /// The account with this access.
    pub fn new(outbound: Outbound, clock: Arc<dyn Clock>, settings: Settings) -> HubSpot {
        let Settings { api_url, access, limits } = settings;
        HubSpot { api: Api::new(outbound, api_url, access, limits, clock), schema: Schema::default() }
    }

    fn hub(&self) -> Hub<'_> {
        Hub { api: &self.api, schema: &self.schema }
    }

    fn answer<'c, T: Send + 'c>(
        &'c self,
        asked: impl Future<Output = Result<T, Fault>> + Send + 'c,
    ) -> CrmFuture<'c, T> {
        Box::pin(async move { asked.await.map_err(|fault| self.api.refusal(fault)) })
    }
}

impl Crm for HubSpot {
    fn account(&self) -> CrmFuture<'_, CrmAccount> {
        self.answer(account::account(&self.api))
    }

    fn owners<'c>(&'c self, from: Option<&'c str>) -> CrmFuture<'c, CrmPage<CrmOwner>> {
        self.answer(owners::owners(&self.api, from))
    }

    fn properties(&self, object: CrmObject) -> CrmFuture<'_, Vec<Property>> {
        self.answer(self.schema.read(&self.api, object))
    }

    fn kept_properties(&self, object: CrmObject) -> CrmFuture<'_, Vec<Property>> {
        self.answer(async move { Ok(self.schema.kept(&self.api, object).await?.to_vec()) })
    }

    fn create_properties<'c>(&'c self, object: CrmObject, wanted: &'c [Property]) -> CrmFuture<'c, Vec<CrmCreated>> {
        self.answer(self.schema.create(&self.api, object, wanted))
    }

    fn find<'c>(&'c self, question: &'c CrmQuestion) -> CrmFuture<'c, Vec<Option<CrmContact>>> {
        self.answer(find::find(&self.api, question))
    }

    fn write<'c>(&'c self, records: &'c [CrmRecord]) -> WrittenFuture<'c> {
        Box::pin(write::write(self.hub(), records))
    }

    fn note<'c>(&'c self, notes: &'c [CrmNote]) -> WrittenFuture<'c> {
        Box::pin(note::write(self.hub(), notes))
    }

    fn meeting<'c>(&'c self, meeting: &'c CrmMeeting) -> CrmFuture<'c, String> {
        self.answer(meeting::write(self.hub(), meeting))
    }

    fn changes<'c>(&'c self, since: Option<&'c str>) -> CrmFuture<'c, CrmChanges> {
        self.answer(changes::since(&self.api, since))
    }
}
