//! The member's browsers with push notifications.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use knock_wire::PushDevice;
use leptos::prelude::*;

use crate::api::Failure;
use crate::kit::changing::one_at_a_time;
use crate::kit::reactive::{derived, dynamic, handler};
use crate::kit::rows::Drawn;
use crate::kit::whole::{Whole, line_id};
use crate::kit::{browser, notifier};
use crate::parts::form::dialog::Dialog;
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::page::lines::Lines;
use crate::parts::page::loaded::Loaded;
use crate::state::inbox::notifications::Notifications;
use crate::words::instant::exact;
use crate::words::mail::delivery_words;

/// The list and the state of its actions.
#[derive(Clone, Copy)]
struct Devices {
    notifications: Notifications,
    list: Whole,
    /// The device to remove, once confirmed.
    asked: RwSignal<Option<PushDevice>>,
    is_busy: RwSignal<bool>,
    failure: RwSignal<Option<Failure>>,
    said: RwSignal<&'static str>,
}

/// Browsers with push notifications: added, tested, removed.
#[component]
pub(crate) fn PushDevices(notifications: Notifications) -> impl IntoView {
    let (is_busy, failure, said) = (RwSignal::new(false), RwSignal::new(None), RwSignal::new(""));
    let asked = RwSignal::new(None);
    let devices = Devices { notifications, list: Whole::new(), asked, is_busy, failure, said };
    devices.load();
    let words = if notifier::has_push() {
        "Browsers that show notifications while Knock is closed. Signing out there removes them."
    } else {
        "This browser has no push notifications for this page: they need a secure address (https)."
    };
    view! {
        <section class="panel alerts-browser" aria-labelledby="push-devices">
            <h2 class="panel-title" id="push-devices">"Push notifications"</h2>
            <p class="muted">{words}</p>
            <Loaded phase=devices.list.phase retry=move |()| devices.load()>
                <ul class="alerts-devices" aria-label="Browsers with push notifications">
                    <Lines of=derived(move || devices.list.lines()) />
                </ul>
            </Loaded>
            <ActionFailure of=derived(move || failure.get().filter(|_| asked.with(Option::is_none))) />
            <div class="form-actions">
                <button
                    class="button"
                    type="button"
                    hidden=!notifier::has_push()
                    prop:disabled=is_busy
                    on:click=handler(move |_| devices.add())
                >
                    "Turn on in this browser"
                </button>
            </div>
            <p class="muted" role="status">{said}</p>
            {dynamic(move || asked.get().map(|device| question(devices, device)))}
        </section>
    }
}

fn question(devices: Devices, device: PushDevice) -> AnyView {
    let name = name_of(&device);
    view! {
        <Dialog
            title=format!("Remove {name}?")
            confirm="Remove"
            is_busy=devices.is_busy
            failure=devices.failure
            confirmed=move |()| devices.remove(device.clone())
            closed=move |()| {
                devices.asked.set(None);
                devices.failure.set(None);
            }
        >
            <p>"It shows no notifications any more. They can be turned on again in that browser only."</p>
        </Dialog>
    }
    .into_any()
}

fn name_of(device: &PushDevice) -> String {
    if device.name.is_empty() { "A browser".to_owned() } else { device.name.clone() }
}

impl Devices {
    fn load(self) {
        let client = self.notifications.client();
        let answer = async move {
            let devices = client.push_devices().await?.devices;
            Ok(devices.into_iter().map(|device| self.line(device)).collect())
        };
        self.list.load(answer.boxed_local());
    }

    fn add(self) {
        let work = async move {
            let is_on = self.notifications.turn_push_on().await?;
            self.said.try_set(if is_on { "Push notifications are on." } else { "This browser refused them." });
            Ok(())
        };
        self.act(work.boxed_local());
    }

    fn test(self, id: String) {
        let client = self.notifications.client();
        let work = async move {
            client.test_push_device(&id).await?;
            self.said.try_set("Sent. Check that browser.");
            Ok(())
        };
        self.act(work.boxed_local());
    }

    fn remove(self, device: PushDevice) {
        let client = self.notifications.client();
        let work = async move {
            client.remove_push_device(&device.id).await?;
            if device.is_this {
                notifier::unsubscribe().await;
            }
            self.asked.try_set(None);
            self.said.try_set("Removed.");
            Ok(())
        };
        self.act(work.boxed_local());
    }

    fn act(self, work: LocalBoxFuture<'static, Result<(), Failure>>) {
        self.said.set("");
        let ended = move |failure| {
            self.failure.try_set(failure);
            self.load();
        };
        one_at_a_time(self.is_busy, self.failure, work, Box::new(ended));
    }

    fn line(self, device: PushDevice) -> Drawn {
        let last = last_words(&device);
        Drawn::new(line_id(&[&device.id, &last]), move || {
            let name = name_of(&device);
            let here = if device.is_this { " (this browser)" } else { "" };
            let (id, removed) = (device.id.clone(), device.clone());
            view! {
                <li class="alerts-device">
                    <p>
                        <strong>{name}</strong>
                        {here}
                        <span class="muted">{format!("since {}", exact(browser::local(device.since)))}</span>
                        <span class="muted">{last.clone()}</span>
                    </p>
                    <div class="form-actions">
                        <button class="button" type="button" on:click=handler(move |_| self.test(id.clone()))>
                            "Test push"
                        </button>
                        <button
                            class="button button-quiet"
                            type="button"
                            on:click=handler(move |_| self.asked.set(Some(removed.clone())))
                        >
                            "Remove"
                        </button>
                    </div>
                </li>
            }
            .into_any()
        })
    }
}

/// The result of the last notification.
fn last_words(device: &PushDevice) -> String {
    let Some((at, state)) = device.last_at.zip(device.last_state.as_ref()) else {
        return "nothing sent yet".to_owned();
    };
    let (state, at) = (delivery_words(state).0, exact(browser::local(at)));
    match &*device.last_answer {
        "" => format!("last: {state}, {at}"),
        answer => format!("last: {state}, {at} ({answer})"),
    }
}
