//! How days and pages look.

use axum::response::IntoResponse;
use http::StatusCode;
use serde::Deserialize;
use todo_api::settings::SettingsPatchBody;
use todo_api::terms::{Theme, WeekStart};

use super::{Answer, Back, Sent, again, objection, refused};
use crate::address::{Address, Place};
use crate::parts::frame::Draft;
use crate::parts::notice::Notice;
use crate::session::Visitor;

/// The form; a switch that is off sends nothing.
#[derive(Debug, Deserialize)]
pub(crate) struct Chosen {
    timezone: Option<String>,
    locale: Option<String>,
    week_start: Option<WeekStart>,
    theme: Option<Theme>,
    #[serde(default)]
    shortcuts: bool,
}

/// `POST /settings`.
pub(crate) async fn save(visitor: Visitor, sent: Sent<Chosen>) -> Answer {
    let here = Address::of(Place::Settings);
    let chosen = &sent.form;
    let patch = SettingsPatchBody {
        timezone: chosen.timezone.clone(),
        locale: chosen.locale.clone(),
        week_start: chosen.week_start,
        theme: chosen.theme,
        shortcuts: Some(chosen.shortcuts),
    };
    match sent.once(&visitor.client).save_settings(&patch).await {
        Ok(_) => Ok(Back::to(here).notice(Notice::Saved).into_response()),
        Err(error) => match objection(&error) {
            Some((field, error)) => {
                again(
                    &visitor,
                    here,
                    StatusCode::UNPROCESSABLE_ENTITY,
                    Draft::Settings { field, error },
                )
                .await
            }
            None => refused(Back::to(here), &error),
        },
    }
}
