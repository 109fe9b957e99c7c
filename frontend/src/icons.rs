//! Icons: own drawings on a 20 px grid with a 1.5 px line, delivered as one sprite a page.
//!
//! A page puts [`sprite`] at its top and refers to symbols with [`icon`], because a drawing
//! repeated in each row would double the HTML.

use maud::{Markup, html};

/// Declares [`Icon`] with the name and the path of each drawing beside it.
macro_rules! icons {
    ($($(#[$doc:meta])* $icon:ident $name:literal $path:literal)+) => {
        /// What an icon stands for; the names follow Material Symbols where it has the same thing.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Icon {
            $($(#[$doc])* $icon,)+
        }

        impl Icon {
            /// All of them, in the order of the drawings.
            pub const ALL: &[Self] = &[$(Self::$icon),+];

            /// The name in ids: the symbol of `plus` is `#i-plus`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$icon => $name,)+
                }
            }

            const fn path(self) -> &'static str {
                match self {
                    $(Self::$icon => $path,)+
                }
            }
        }
    };
}

icons! {
    /// Add.
    Plus "plus" "M10 4v12M4 10h12"
    /// Search.
    Search "search" "M13.75 8.75a5 5 0 1 1-10 0 5 5 0 0 1 10 0zM12.5 12.5l4 4"
    /// The view Today.
    Today "today" "M6 4.5h8A2.5 2.5 0 0 1 16.5 7v7a2.5 2.5 0 0 1-2.5 2.5H6A2.5 2.5 0 0 1 3.5 14V7A2.5 2.5 0 0 1 6 4.5zM3.5 8.5h13M7 3v3M13 3v3M9.25 12.25h1.5"
    /// The view Upcoming.
    Upcoming "upcoming" "M6 4.5h8A2.5 2.5 0 0 1 16.5 7v7a2.5 2.5 0 0 1-2.5 2.5H6A2.5 2.5 0 0 1 3.5 14V7A2.5 2.5 0 0 1 6 4.5zM3.5 8.5h13M7 3v3M13 3v3M7 12.25h6M11 10.25l2 2-2 2"
    /// A day.
    Calendar "calendar" "M6 4.5h8A2.5 2.5 0 0 1 16.5 7v7a2.5 2.5 0 0 1-2.5 2.5H6A2.5 2.5 0 0 1 3.5 14V7A2.5 2.5 0 0 1 6 4.5zM3.5 8.5h13M7 3v3M13 3v3"
    /// The view All.
    All "all" "M8 5.5h8.5M8 10h8.5M8 14.5h8.5M4 5.5h.01M4 10h.01M4 14.5h.01"
    /// Completed: the mark as a line drawing.
    Done "done" "M10 3a7 7 0 1 1 0 14H4.75A1.75 1.75 0 0 1 3 15.25V10a7 7 0 0 1 7-7zM7 10.25l2.2 2.2 3.9-4.6"
    /// The chat, the assistant.
    Chat "chat" "M10 3a7 7 0 1 1 0 14H4.75A1.75 1.75 0 0 1 3 15.25V10a7 7 0 0 1 7-7zM7 8.5h6M7 11.5h3.5"
    /// A tag.
    Tag "tag" "M8 3.5l-1.5 13M13.5 3.5l-1.5 13M4 7.5h12.5M3.5 12.5H16"
    /// History.
    History "history" "M4 10a6.25 6.25 0 1 0 1.9-4.5L3.8 7.4M3.7 3.8v3.7h3.7M10.2 6.8V10l2.2 1.5"
    /// The trash.
    Trash "trash" "M4 6h12M8 6V4h4v2M5.5 6l.7 9.3A1.5 1.5 0 0 0 7.7 16.7h4.6a1.5 1.5 0 0 0 1.5-1.4L14.5 6M8.5 9v4.5M11.5 9v4.5"
    /// Settings.
    Settings "settings" "M3.5 6.5h7M14.5 6.5h2M3.5 13.5h2M9.5 13.5h7M14.5 6.5a2 2 0 1 1-4 0 2 2 0 0 1 4 0zM9.5 13.5a2 2 0 1 1-4 0 2 2 0 0 1 4 0z"
    /// Take back.
    Undo "undo" "M7.5 5L4 8.5 7.5 12M4.2 8.5h7.3a4 4 0 0 1 0 8H8.5"
    /// Change.
    Edit "edit" "M12.8 4.2l3 3-8.3 8.3-3.8.8.8-3.8zM11.2 5.8l3 3"
    /// Further actions.
    More "more" "M5 10h.01M10 10h.01M15 10h.01"
    /// Close, take away.
    Close "close" "M5 5l10 10M15 5L5 15"
    /// Opens downwards.
    Down "down" "M5.5 8l4.5 4.5L14.5 8"
    /// Leads on.
    Right "right" "M8 5.5l4.5 4.5L8 14.5"
    /// From before to after.
    Arrow "arrow" "M4 10h12M11.5 5.5L16 10l-4.5 4.5"
    /// Comes again.
    Repeat "repeat" "M4 9.2V8a3 3 0 0 1 3-3h8.5M13 2.5L15.5 5 13 7.5M16 10.8V12a3 3 0 0 1-3 3H4.5M7 12.5L4.5 15 7 17.5"
    /// Priority.
    Flag "flag" "M5 17V3.5M5 4h10.5l-2.8 3.5 2.8 3.5H5"
    /// Has a note.
    Note "note" "M4.5 6h11M4.5 10h11M4.5 14h6"
    /// A reminder.
    Bell "bell" "M5.25 13.5V9a4.75 4.75 0 0 1 9.5 0v4.5M3.75 13.5h12.5M8.5 16.5h3"
    /// A time of day, or something that waits.
    Clock "clock" "M16.5 10a6.5 6.5 0 1 1-13 0 6.5 6.5 0 0 1 13 0zM10 6.3V10l2.5 1.7"
    /// Trouble.
    Warn "warn" "M10 3.5L17.2 16H2.8zM10 8.2v3.3M10 13.8v.01"
    /// Send.
    Send "send" "M10 16V4.5M5.2 9.2L10 4.4l4.8 4.8"
    /// Stop.
    Stop "stop" "M6 6h8v8H6z"
    /// An API key.
    Key "key" "M10 13a3.25 3.25 0 1 1-6.5 0A3.25 3.25 0 0 1 10 13zM9.1 10.7l6.4-6.2M13 7l2 2"
    /// Copy.
    Copy "copy" "M9 7h5.5a2 2 0 0 1 2 2v5.5a2 2 0 0 1-2 2H9a2 2 0 0 1-2-2V9a2 2 0 0 1 2-2zM13 7V5.5a2 2 0 0 0-2-2H5.5a2 2 0 0 0-2 2V11a2 2 0 0 0 2 2H7"
    /// Export.
    Download "download" "M10 3.5v9M6 8.7l4 4 4-4M4 16.5h12"
    /// Import.
    Upload "upload" "M10 12.7v-9M6 7.5l4-4 4 4M4 16.5h12"
    /// A session on a computer.
    Laptop "laptop" "M6 4.5h8A1.5 1.5 0 0 1 15.5 6v6.5h-11V6A1.5 1.5 0 0 1 6 4.5zM2.5 15.5h15"
    /// A session on a phone.
    Phone "phone" "M8 2.5h4a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2H8a2 2 0 0 1-2-2v-11a2 2 0 0 1 2-2zM9.25 15h1.5"
    /// An outside app.
    Plug "plug" "M7 3v4M13 3v4M5 7h10v2.5a5 5 0 0 1-10 0zM10 14.5v3"
    /// You.
    Person "person" "M13.2 7a3.2 3.2 0 1 1-6.4 0 3.2 3.2 0 0 1 6.4 0zM3.8 16.8a6.3 6.3 0 0 1 12.4 0"
    /// Sign out.
    Leave "leave" "M8 3.5H5.5a2 2 0 0 0-2 2v9a2 2 0 0 0 2 2H8M8.5 10h8M13.5 6.8l3.2 3.2-3.2 3.2"
    /// Shortcuts.
    Keyboard "keyboard" "M4.5 5h11a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2h-11a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zM6 8.5h.01M10 8.5h.01M14 8.5h.01M7.5 12h5"
    /// No connection.
    Offline "offline" "M3.5 3.5l13 13M3 8a10 10 0 0 1 2.8-2M9 5.05A10 10 0 0 1 17 8M5.7 11a6 6 0 0 1 2.3-1.4M10 15h.01"
    /// Fine.
    Check "check" "M4.5 10.5l4 4 7-8.5"
    /// Sort and filter.
    Sort "sort" "M6 4v12M3 13l3 3 3-3M11 5h6M11 9h4.5M11 13h3"
    /// See.
    Eye "eye" "M2.5 10S5.2 5 10 5s7.5 5 7.5 5-2.7 5-7.5 5-7.5-5-7.5-5zM12.25 10a2.25 2.25 0 1 1-4.5 0 2.25 2.25 0 0 1 4.5 0z"
    /// Private.
    Lock "lock" "M6.8 9h6.4A1.8 1.8 0 0 1 15 10.8v3.9a1.8 1.8 0 0 1-1.8 1.8H6.8A1.8 1.8 0 0 1 5 14.7v-3.9A1.8 1.8 0 0 1 6.8 9zM7 9V6.8a3 3 0 0 1 6 0V9"
    /// Command line.
    Terminal "terminal" "M4.5 4h11a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-11a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2zM6 8l2.5 2.2L6 12.4M10.5 12.5H14"
    /// Statistics.
    Chart "chart" "M3.5 16.5h13M6 13.5v-4M10 13.5v-8M14 13.5v-6"
    /// Help.
    Question "question" "M16.5 10a6.5 6.5 0 1 1-13 0 6.5 6.5 0 0 1 13 0zM8 8.2a2 2 0 1 1 2.8 1.9c-.5.2-.8.6-.8 1.1v.2M10 13.7v.01"
}

impl Icon {
    /// How it is drawn.
    const fn classes(self) -> &'static str {
        match self {
            // These have a direction, which right-to-left pages mirror.
            Self::Right
            | Self::Arrow
            | Self::Undo
            | Self::Leave
            | Self::All
            | Self::Note
            | Self::Sort => "icon icon--turns",
            Self::More => "icon icon--dots",
            Self::Stop => "icon icon--fill",
            _ => "icon",
        }
    }
}

/// What the scripts draw on their own: a page that loads them adds these to its sprite.
pub const SCRIPTED: &[Icon] = &[
    Icon::Bell,
    Icon::Clock,
    Icon::Close,
    Icon::Flag,
    Icon::Note,
    Icon::Plus,
    Icon::Repeat,
    Icon::Send,
    Icon::Stop,
    Icon::Tag,
    Icon::Undo,
    Icon::Warn,
];

/// The symbols that a page uses, once each, and the mark.
#[must_use]
pub fn sprite(icons: &[Icon]) -> Markup {
    let used = Icon::ALL.iter().filter(|icon| icons.contains(icon));
    html! {
        svg.sprite aria-hidden="true" focusable="false" {
            @for icon in used {
                symbol id={ "i-" (icon.name()) } viewBox="0 0 20 20" { path d=(icon.path()) {} }
            }
            symbol id="i-mark" viewBox="0 0 32 32" {
                path.mark__bubble d="M16 2a14 14 0 1 1 0 28H5.5A3.5 3.5 0 0 1 2 26.5V16A14 14 0 0 1 16 2z" {}
                path.mark__check d="m9.8 16.7 4.4 4.4 8-9.6" {}
            }
        }
    }
}

/// An icon beside text that says the same, so it is hidden from assistive technology.
#[must_use]
pub fn icon(icon: Icon) -> Markup {
    icon_with(icon, "")
}

/// An icon with a further class, such as `chev` for the arrow that turns.
#[must_use]
pub fn icon_with(icon: Icon, class: &str) -> Markup {
    html! {
        svg class={ (icon.classes()) @if !class.is_empty() { " " (class) } } aria-hidden="true" {
            use href={ "#i-" (icon.name()) } {}
        }
    }
}

/// The mark: a speech bubble that is a ticked box.
#[must_use]
pub fn mark() -> Markup {
    html! { svg.mark aria-hidden="true" { use href="#i-mark" {} } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sprite_holds_each_icon_once_and_the_mark() {
        let html = sprite(&[Icon::Plus, Icon::Undo, Icon::Plus]).into_string();

        assert_eq!(html.matches("<symbol").count(), 3);
        assert_eq!(html.matches(r#"id="i-plus""#).count(), 1);
        assert!(html.contains(r#"id="i-mark""#));
    }

    #[test]
    fn an_icon_points_to_its_symbol_and_carries_its_classes() {
        assert_eq!(
            icon_with(Icon::Down, "chev").into_string(),
            r##"<svg class="icon chev" aria-hidden="true"><use href="#i-down"></use></svg>"##
        );
        assert!(icon(Icon::Undo).into_string().contains("icon icon--turns"));
    }

    #[test]
    fn names_are_used_once() {
        let mut names: Vec<_> = Icon::ALL.iter().map(|icon| icon.name()).collect();
        names.sort_unstable();
        names.dedup();

        assert_eq!(names.len(), Icon::ALL.len());
    }
}
