//! `todo seed`: the same two users, tasks and a conversation every time.

use std::sync::Arc;

use anyhow::{Context as _, bail};
use async_trait::async_trait;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header};
use serde_json::json;
use todo_api::{
    Client, Transport, TransportError,
    chat::{AssistantBody, ChatBody},
    settings::SettingsPatchBody,
    task::NewTaskBody,
};
use todo_service::Upstream;

use crate::{
    cli::Settings,
    local, say,
    serve::{self, PORT, default_origin},
};

/// The password of both users: this is data to look at, not to keep.
const PASSWORD: &str = "correct horse battery";

/// A user to make.
struct Person {
    name: &'static str,
    email: &'static str,
    timezone: &'static str,
    tasks: &'static [&'static str],
    says: &'static [&'static str],
}

const PEOPLE: [Person; 2] = [
    Person {
        name: "Amina Rehman",
        email: "amina@example.com",
        timezone: "Asia/Karachi",
        tasks: &[
            "Water the plants every 3 days #home",
            "Team sync every friday at 11:00 #work",
            "Send the October invoice to Bluefin Studio yesterday !high #work",
            "Book the dentist tomorrow #health",
            "Review Sana's pull request on the billing export today at 14:00 !high #work",
            "Collect the parcel before the post office closes today at 17:30 !medium",
            "امّی کو فون کرنا today at 18:00 #family",
            "Farmers' market with Zoya saturday 09:30 #family",
            "Read the draft agreement #work // mark every clause on notice periods and deposits",
        ],
        says: &["what has a time today?", "add pay rent every month on the 1st !high #home"],
    },
    Person {
        name: "Ben Ode",
        email: "ben@example.com",
        timezone: "Europe/Berlin",
        tasks: &["Buy milk and flour", "Call the bank monday 10:00 #money"],
        says: &["what's pending?"],
    },
];

/// Makes the users that are not there yet, and fills their lists.
///
/// # Errors
/// The database cannot be used, or the app refuses something that it should take.
pub(crate) async fn seed(settings: &Settings) -> anyhow::Result<()> {
    let database = Arc::new(local::open(settings).await?);
    local::migrate(settings, &database).await?;
    let app = Upstream::local(serve::rest(settings, &database, default_origin(PORT))?.1);
    for person in &PEOPLE {
        match sign_up(&app, person).await? {
            Some(client) => {
                fill(&client, person).await?;
                say(&format!(
                    "{} signs in as {} with the password \"{PASSWORD}\"",
                    person.name, person.email
                ))?;
            }
            None => say(&format!("{} is there already", person.email))?,
        }
    }
    database.close().await?;
    Ok(())
}

async fn sign_up(app: &Upstream, person: &Person) -> anyhow::Result<Option<Client>> {
    let transport = Arc::new(Direct(app.clone()));
    let account = json!({ "name": person.name, "email": person.email, "password": PASSWORD });
    let nobody = Client::new(transport.clone(), HeaderMap::new());
    let response = nobody.send(Method::POST, "/api/auth/sign-up/email", Some(&account)).await?;
    match response.status() {
        StatusCode::OK => {}
        StatusCode::UNPROCESSABLE_ENTITY => return Ok(None),
        status => bail!("{} could not sign up: {status}", person.email),
    }
    let answer: serde_json::Value = serde_json::from_slice(response.body())?;
    let token = answer["token"].as_str().context("no token came back")?;
    let mut headers = HeaderMap::new();
    headers.insert(header::AUTHORIZATION, HeaderValue::try_from(format!("Bearer {token}"))?);
    Ok(Some(Client::new(transport, headers)))
}

async fn fill(client: &Client, person: &Person) -> anyhow::Result<()> {
    let zone = SettingsPatchBody {
        timezone: Some(person.timezone.to_owned()),
        ..SettingsPatchBody::default()
    };
    client.save_settings(&zone).await?;
    for line in person.tasks {
        client
            .add(&NewTaskBody { text: Some((*line).to_owned()), ..NewTaskBody::default() })
            .await?;
    }
    let mut conversation_id = None;
    for line in person.says {
        let message = ChatBody {
            message: (*line).to_owned(),
            conversation_id,
            // The same every time, whatever model is configured.
            assistant: Some(AssistantBody::Builtin),
            ..ChatBody::default()
        };
        conversation_id = Some(client.chat(&message).await?.conversation_id);
    }
    Ok(())
}

/// Calls the app in this process.
struct Direct(Upstream);

#[async_trait]
impl Transport for Direct {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let limit = std::time::Duration::from_secs(30);
        self.0.call(request, limit).await.map_err(|error| TransportError(error.into()))
    }
}
