//! Where the other services are, and under which names we are known.

use std::str::FromStr;

use url::Url;

use super::secret::without_password;

/// Base address of another service. Paths of requests are appended to it.
#[derive(Clone, PartialEq, Eq)]
pub struct ServiceUrl(Url);

impl ServiceUrl {
    /// The address as a URL whose path does not matter unless the service lives below one.
    pub fn url(&self) -> &Url {
        &self.0
    }
}

impl FromStr for ServiceUrl {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const EXPECTED: &str = "must be an address such as http://backend-service:8000";
        let url = Url::parse(text).map_err(|_| EXPECTED)?;
        let is_plain = url.query().is_none() && url.fragment().is_none();
        if matches!(url.scheme(), "http" | "https") && is_plain {
            Ok(Self(url))
        } else {
            Err(EXPECTED)
        }
    }
}

impl std::fmt::Debug for ServiceUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&without_password(self.0.as_str()))
    }
}

/// Base address of the MCP server, accepted with or without `/mcp` at its end and kept without.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct McpUrl(ServiceUrl);

impl McpUrl {
    /// The base to which `/mcp` is appended.
    pub fn url(&self) -> &Url {
        self.0.url()
    }
}

impl FromStr for McpUrl {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let base = text.trim_end_matches('/');
        base.strip_suffix("/mcp").unwrap_or(base).parse().map(Self)
    }
}

/// Where the REST API is.
#[derive(Debug, Clone, clap::Args)]
pub struct BackendConfig {
    /// Address of the backend.
    #[arg(
        long = "backend-url",
        env = "BACKEND_URL",
        value_name = "URL",
        default_value = "http://127.0.0.1:8000"
    )]
    pub backend: ServiceUrl,
}

/// Where the MCP server is.
#[derive(Debug, Clone, clap::Args)]
pub struct McpConfig {
    /// Address of the MCP server, with or without `/mcp`.
    #[arg(
        long = "mcp-server-url",
        env = "MCP_SERVER_URL",
        value_name = "URL",
        default_value = "http://127.0.0.1:8001"
    )]
    pub mcp: McpUrl,
}

/// Names of hosts, as `Host` headers say them (`name` or `name:port`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AllowedHosts(Vec<String>);

impl AllowedHosts {
    /// The names, in lower case.
    pub fn names(&self) -> &[String] {
        &self.0
    }
}

impl FromStr for AllowedHosts {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
        let names = names.map(|name| match name.parse::<http::uri::Authority>() {
            Ok(authority) if !name.contains('@') => Ok(authority.as_str().to_ascii_lowercase()),
            _ => Err(
                "must hold host names with commas between, such as todo.example,mcp-service:8001",
            ),
        });
        names.collect::<Result<_, _>>().map(Self)
    }
}

/// Under which names MCP clients may reach us.
#[derive(Debug, Clone, clap::Args)]
pub struct McpHostsConfig {
    /// Further `Host` names that the MCP server answers to, beside loopback and its cluster names.
    #[arg(long = "mcp-allowed-hosts", env = "MCP_ALLOWED_HOSTS", value_name = "HOSTS")]
    pub allowed_hosts: Option<AllowedHosts>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mcp_address_is_the_same_with_and_without_its_path() {
        let with: McpUrl = "http://mcp-service:8001/mcp/".parse().expect("valid");
        let without: McpUrl = "http://mcp-service:8001".parse().expect("valid");

        assert_eq!(with, without);
    }

    #[test]
    fn allowed_hosts_are_names_and_not_urls() {
        let hosts: AllowedHosts = "Todo.local, mcp-service:8001,".parse().expect("valid");

        assert_eq!(hosts.names(), ["todo.local", "mcp-service:8001"]);
        assert!("https://todo.local".parse::<AllowedHosts>().is_err());
    }
}
