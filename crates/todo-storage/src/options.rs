use std::time::Duration;

/// Which database, and how to connect to it.
#[derive(Clone)]
pub struct Options {
    /// `sqlite://path`, `sqlite::memory:`, `postgresql://…` or `postgres://…`, which may be a pooler's address.
    pub url: String,
    /// The same PostgreSQL database without a pooler between; migrations run there.
    pub direct_url: Option<String>,
    /// The most connections that this process opens. SQLite has one more, the one that writes.
    pub max_connections: u32,
    /// How long a caller waits for a connection to PostgreSQL before the database counts as unavailable.
    pub acquire_timeout: Duration,
}

impl Options {
    /// The database at this address, with defaults that suit a small service.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            direct_url: None,
            max_connections: 10,
            acquire_timeout: Duration::from_secs(3),
        }
    }
}

/// An address without the parameter `channel_binding`, which hosted databases put there and our driver does not know.
pub(crate) fn without_channel_binding(url: &str) -> String {
    let Some((base, query)) = url.split_once('?') else { return url.to_owned() };
    let kept: Vec<_> =
        query.split('&').filter(|pair| !pair.starts_with("channel_binding=")).collect();
    if kept.is_empty() { base.to_owned() } else { format!("{base}?{}", kept.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channel_binding_is_dropped_and_the_rest_stays() {
        let strip = without_channel_binding;

        assert_eq!(
            strip("postgres://h/d?sslmode=require&channel_binding=require"),
            "postgres://h/d?sslmode=require"
        );
        assert_eq!(strip("postgres://h/d?channel_binding=prefer"), "postgres://h/d");
        assert_eq!(strip("postgres://h/d"), "postgres://h/d");
    }
}
