//! What each user may set.

use serde::{Deserialize, Serialize};
use todo_core::settings::{Settings, Theme, WeekStart};
use utoipa::ToSchema;

/// One user's settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Settings)]
pub struct SettingsBody {
    /// IANA name of the zone that the user lives in.
    pub timezone: String,
    /// BCP 47 language tag.
    pub locale: String,
    /// `monday`, `saturday` or `sunday`.
    #[schema(value_type = String)]
    pub week_start: WeekStart,
    /// `system`, `light` or `dark`.
    #[schema(value_type = String)]
    pub theme: Theme,
    /// Whether single keys act as shortcuts.
    pub shortcuts: bool,
}

impl From<&Settings> for SettingsBody {
    fn from(settings: &Settings) -> Self {
        Self {
            timezone: settings.timezone.clone(),
            locale: settings.locale.clone(),
            week_start: settings.week_start,
            theme: settings.theme,
            shortcuts: settings.shortcuts,
        }
    }
}

/// New values for some settings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = SettingsPatch)]
pub struct SettingsPatchBody {
    /// IANA name of a zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timezone: Option<String>,
    /// BCP 47 language tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// `monday`, `saturday` or `sunday`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub week_start: Option<WeekStart>,
    /// `system`, `light` or `dark`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub theme: Option<Theme>,
    /// Whether single keys act as shortcuts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shortcuts: Option<bool>,
}

impl SettingsPatchBody {
    /// The settings with these values.
    pub fn apply(self, settings: Settings) -> Settings {
        Settings {
            timezone: self.timezone.unwrap_or(settings.timezone),
            locale: self.locale.unwrap_or(settings.locale),
            week_start: self.week_start.unwrap_or(settings.week_start),
            theme: self.theme.unwrap_or(settings.theme),
            shortcuts: self.shortcuts.unwrap_or(settings.shortcuts),
        }
    }
}
