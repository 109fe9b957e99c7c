//! The HTML document around every page.

use maud::{DOCTYPE, Markup, html};
use todo_api::settings::SettingsBody;
use todo_api::terms::Theme;

use crate::assets;
use crate::icons::{Icon, SCRIPTED, sprite};

/// A document.
pub(crate) struct Document<'a> {
    /// Title, without the name of the product.
    pub(crate) title: &'a str,
    /// Classes of the body; they decide the layout.
    pub(crate) class: &'static str,
    /// Settings of the reader, when they are known.
    pub(crate) settings: Option<&'a SettingsBody>,
    /// Everything inside the body.
    pub(crate) body: Markup,
}

impl Document<'_> {
    pub(crate) fn render(&self) -> Markup {
        let title = if self.title.is_empty() {
            "Todo Chatbot: the to-do list that listens"
        } else {
            self.title
        };
        html! {
            (DOCTYPE)
            html lang=(self.language()) data-theme=[self.theme()] {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
                    meta name="color-scheme" content="light dark";
                    meta name="description" content="A to-do list that you talk to: say what you have to do, see exactly what changed, take back anything.";
                    title { (title) @if !self.title.is_empty() { " · Todo Chatbot" } }
                    link rel="icon" href=(assets::favicon_href()) type="image/svg+xml";
                    link rel="stylesheet" href=(assets::stylesheet_href());
                    @for href in assets::module_hrefs() { link rel="modulepreload" href=(href); }
                    script type="module" src=(assets::module_href("app")) {}
                }
                body class=(self.class) data-keys=[self.keys()] {
                    (sprite(&self.icons()))
                    (self.body)
                }
            }
        }
    }

    /// The language of our own words, in the reader's variety of it. Titles and messages are marked as they are.
    fn language(&self) -> &str {
        let locale = self.settings.map_or("en", |settings| settings.locale.as_str());
        if locale == "en" || locale.starts_with("en-") { locale } else { "en" }
    }

    fn theme(&self) -> Option<&'static str> {
        match self.settings?.theme {
            Theme::System => None,
            Theme::Light => Some("light"),
            Theme::Dark => Some("dark"),
        }
    }

    fn keys(&self) -> Option<&'static str> {
        self.settings.filter(|settings| !settings.shortcuts).map(|_| "off")
    }

    /// The icons that the body refers to, and those that scripts draw on a page of the app.
    fn icons(&self) -> Vec<Icon> {
        let used: std::collections::HashSet<&str> = self
            .body
            .0
            .split("href=\"#i-")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        let scripted = self.class.starts_with("app");
        Icon::ALL
            .iter()
            .copied()
            .filter(|icon| used.contains(icon.name()) || (scripted && SCRIPTED.contains(icon)))
            .collect()
    }
}
