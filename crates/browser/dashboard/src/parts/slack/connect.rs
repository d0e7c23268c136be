//! Connecting a Slack workspace: creating an app there, then its token and its secret.

use leptos::ev::SubmitEvent;
use leptos::html::{Code, Input};
use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::form::copy_button::CopyButton;
use crate::parts::form::password_field::PasswordField;
use crate::parts::installing::{install_again, install_form};
use crate::parts::page::loaded::Loaded;
use crate::parts::page::when::When;
use crate::state::settings::credentials::{CredentialField, PUBLIC_ID, STORED_ENCRYPTED};
use crate::state::settings::slack_form::{SlackForm, TOKEN};

/// The steps in Slack, then the form.
pub(crate) fn slack_steps(form: SlackForm) -> AnyView {
    view! {
        <section class="panel panels" aria-labelledby="slack-connect">
            <h2 class="panel-title" id="slack-connect">"Connect your Slack workspace"</h2>
            <ol class="vendor-steps">
                <li>
                    <p>
                        "Make an app in Slack from this manifest: open the link, choose your workspace, and create the app."
                    </p>
                    <Loaded phase=form.manifest.phase retry=move |()| form.manifest.load()>
                        {dynamic(move || manifest(form))}
                    </Loaded>
                </li>
                <li>
                    <p>
                        "Copy Client ID, Client Secret and Signing Secret under Basic Information of the app, and install it to your workspace."
                    </p>
                    <When
                        is=derived(move || form.of(|stored| stored.is_app_known))
                        fallback=move
                        ||
                        install_form(form.install, app_fields())
                    >
                        <p class="field-hint">"The app is known to this server: nothing has to be pasted."</p>
                        {install_again(form.install, "Install to Slack".to_owned())}
                    </When>
                </li>
            </ol>
        </section>
        <section class="panel panels" aria-labelledby="slack-by-token">
            <h2 class="panel-title" id="slack-by-token">"Or connect by the token of the bot"</h2>
            <p class="field-hint">
                "Where Slack cannot lead your browser back here: install the app in Slack yourself, and copy the Bot User OAuth Token under OAuth & Permissions and the Signing Secret under Basic Information."
            </p>
            {slack_connect(form)}
        </section>
    }
    .into_any()
}

fn manifest(form: SlackForm) -> AnyView {
    let known = form.manifest.value.get();
    let (text, address, problem) = known.map_or_else(Default::default, |known| {
        (serde_json::to_string_pretty(&known.manifest).unwrap_or_default(), known.create_url, known.problem)
    });
    let (code, text) = (NodeRef::<Code>::new(), Signal::stored(text));
    let problem = (!problem.is_empty()).then(|| view! { <p class="note note-wrong">{problem}</p> });
    view! {
        {problem}
        <p>
            <a class="link" href=address target="_blank" rel="noopener noreferrer">"Create the app in Slack"</a>
        </p>
        <details class="why">
            <summary>"Manifest"</summary>
            <pre class="snippet-code" tabindex="0" role="region" aria-label="Manifest">
                <code node_ref=code>{text}</code>
            </pre>
            <CopyButton from=code text />
        </details>
    }
    .into_any()
}

/// The fields of an app of Slack.
fn app_fields() -> Vec<CredentialField> {
    let field = |id: &str, name: &str, label: &str, hint: &'static str, is_secret: bool| CredentialField {
        id: id.to_owned(),
        name: name.to_owned(),
        label: label.to_owned(),
        hint: hint.into(),
        is_secret,
    };
    let by_it = "By it Knock knows what Slack sent.";
    vec![
        field("install-id", "client_id", "Client ID", PUBLIC_ID, false),
        field("install-secret", "client_secret", "Client secret", STORED_ENCRYPTED, true),
        field("install-signing", "signing_secret", "Signing secret of the app", by_it, true),
    ]
}

/// The token and the secret.
pub(crate) fn slack_connect(form: SlackForm) -> AnyView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.connect();
    };
    let (token, secret) = (NodeRef::<Input>::new(), NodeRef::<Input>::new());
    view! {
        <form class="form" on:submit=handler(submit) novalidate>
            <PasswordField
                id=TOKEN
                label="Bot token"
                hint="It begins with xoxb-. It is stored encrypted and never shown again."
                autocomplete="off"
                value=form.token
                errors=derived(move || form.errors("/bot_token"))
                control=token
            />
            <PasswordField
                id="slack-secret"
                label="Signing secret"
                hint="By it Knock knows what Slack sent. It is stored encrypted and never shown again."
                autocomplete="off"
                value=form.secret
                errors=derived(move || form.errors("/signing_secret"))
                control=secret
            />
            <div class="form-actions">
                <button class="button button-strong" type="submit" prop:disabled=form.is_busy>
                    "Connect"
                </button>
            </div>
        </form>
    }
    .into_any()
}
