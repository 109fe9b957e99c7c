//! The language model, which is optional.

use std::{fmt, str::FromStr};

use url::Url;

use super::{ConfigError, Secret, ServiceUrl};

/// Which language model thinks for the assistant; with neither a key nor a provider the built-in assistant does.
#[derive(Debug, Clone, clap::Args)]
pub struct LlmConfig {
    /// Key of the model's provider, whichever it is.
    #[arg(long = "openai-api-key", env = "OPENAI_API_KEY", value_name = "SECRET")]
    pub api_key: Option<Secret>,
    /// Base address of the provider's API, such as http://localhost:8080/v1; the provider's own when it is not set.
    #[arg(long = "openai-base-url", env = "OPENAI_BASE_URL", value_name = "URL")]
    pub base_url: Option<ServiceUrl>,
    /// Name of the model; a small and quick one of the provider when it is not set.
    #[arg(long = "openai-model", env = "OPENAI_MODEL", value_name = "NAME")]
    pub model: Option<String>,
    /// Which protocol the provider speaks: openai (the default), openai_responses, ollama, gemini or anthropic.
    /// `builtin` switches the model off, whatever else is set.
    #[arg(long = "llm-provider", env = "LLM_PROVIDER", value_name = "NAME")]
    pub provider: Option<LlmChoice>,
}

/// What `LLM_PROVIDER` may say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LlmChoice {
    /// No model.
    Builtin,
    /// A model behind this protocol.
    Model(LlmProvider),
}

/// A protocol in which language models are spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LlmProvider {
    /// OpenAI's Chat Completions, which most servers and gateways speak too.
    OpenAi,
    /// OpenAI's Responses.
    OpenAiResponses,
    /// Ollama's own.
    Ollama,
    /// Google's Gemini.
    Gemini,
    /// Anthropic's Messages.
    Anthropic,
}

/// A language model that can be spoken to.
#[derive(Debug, Clone)]
pub struct LlmSettings {
    /// Its protocol.
    pub provider: LlmProvider,
    /// The base address of the API, ending in a slash.
    pub base_url: Url,
    /// Its key, unless it needs none.
    pub api_key: Option<Secret>,
    /// Its name.
    pub model: String,
}

impl LlmConfig {
    /// The model to think with, if there is to be one.
    ///
    /// # Errors
    /// The provider needs a key, and there is none.
    pub fn settings(&self) -> Result<Option<LlmSettings>, ConfigError> {
        let provider = match self.provider {
            Some(LlmChoice::Builtin) => return Ok(None),
            Some(LlmChoice::Model(provider)) => provider,
            // A key or an address alone means the protocol that everybody speaks, unless it is plainly Google's address.
            None if self.api_key.is_none() && self.base_url.is_none() => return Ok(None),
            None if self.host().is_some_and(|host| host == LlmProvider::GEMINI_HOST) => {
                LlmProvider::Gemini
            }
            None => LlmProvider::OpenAi,
        };
        // A server of one's own often asks for no key; whoever is addressed by default always does.
        if self.api_key.is_none() && self.base_url.is_none() && provider.needs_key() {
            let why = format!("must be set, because LLM_PROVIDER {provider} needs a key");
            return Err(ConfigError::invalid("OPENAI_API_KEY", why));
        }
        let base_url = match &self.base_url {
            Some(url) => with_slash(url.url()),
            None => provider.home(),
        };
        let model = self.model.clone().unwrap_or_else(|| provider.usual_model().to_owned());
        Ok(Some(LlmSettings { provider, base_url, api_key: self.api_key.clone(), model }))
    }

    fn host(&self) -> Option<&str> {
        self.base_url.as_ref()?.url().host_str()
    }
}

impl LlmProvider {
    const GEMINI_HOST: &str = "generativelanguage.googleapis.com";

    const ALL: [Self; 5] =
        [Self::OpenAi, Self::OpenAiResponses, Self::Ollama, Self::Gemini, Self::Anthropic];

    fn needs_key(self) -> bool {
        self != Self::Ollama
    }

    fn home(self) -> Url {
        let address = match self {
            Self::OpenAi | Self::OpenAiResponses => "https://api.openai.com/v1/",
            Self::Ollama => "http://localhost:11434/",
            Self::Gemini => "https://generativelanguage.googleapis.com/v1beta/",
            Self::Anthropic => "https://api.anthropic.com/v1/",
        };
        Url::parse(address).expect("these are addresses")
    }

    /// Quick ones that call tools well: a chat about tasks needs no deep thought, and somebody waits.
    fn usual_model(self) -> &'static str {
        match self {
            Self::OpenAi | Self::OpenAiResponses => "gpt-4.1-mini",
            Self::Ollama => "qwen3",
            Self::Gemini => "gemini-2.5-flash",
            Self::Anthropic => "claude-haiku-4-5",
        }
    }

    /// As `LLM_PROVIDER` names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::OpenAi => "openai",
            Self::OpenAiResponses => "openai_responses",
            Self::Ollama => "ollama",
            Self::Gemini => "gemini",
            Self::Anthropic => "anthropic",
        }
    }
}

impl fmt::Display for LlmProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for LlmChoice {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let name = text.to_ascii_lowercase().replace('-', "_");
        if name == "builtin" {
            return Ok(Self::Builtin);
        }
        let provider = LlmProvider::ALL.into_iter().find(|provider| provider.name() == name);
        provider
            .map(Self::Model)
            .ok_or("must be openai, openai_responses, ollama, gemini, anthropic or builtin")
    }
}

/// Paths are appended to it.
fn with_slash(url: &Url) -> Url {
    let mut url = url.clone();
    if !url.path().ends_with('/') {
        url.set_path(&format!("{}/", url.path()));
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(provider: &str, key: &str, base: &str) -> LlmConfig {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        LlmConfig {
            api_key: some(key).map(Secret::new),
            base_url: some(base).map(|base| base.parse().unwrap()),
            model: None,
            provider: some(provider).map(|name| name.parse().unwrap()),
        }
    }

    fn met(config: &LlmConfig) -> Option<(LlmProvider, String)> {
        let settings = config.settings().unwrap()?;
        Some((settings.provider, settings.base_url.to_string()))
    }

    #[test]
    fn nothing_set_means_no_model_and_builtin_always_does() {
        assert_eq!(met(&config("", "", "")), None);
        assert_eq!(met(&config("builtin", "key", "http://localhost:1/v1")), None);
    }

    #[test]
    fn a_key_or_an_address_alone_means_chat_completions() {
        let openai = |base: &str| Some((LlmProvider::OpenAi, base.to_owned()));

        assert_eq!(met(&config("", "key", "")), openai("https://api.openai.com/v1/"));
        assert_eq!(met(&config("", "", "http://localhost:1/v1")), openai("http://localhost:1/v1/"));
    }

    #[test]
    fn googles_own_address_is_spoken_to_in_its_own_protocol() {
        let base = "https://generativelanguage.googleapis.com/v1beta";
        let expected = Some((LlmProvider::Gemini, format!("{base}/")));

        assert_eq!(met(&config("", "key", base)), expected);
    }

    #[test]
    fn a_missing_key_is_one_sentence_that_names_the_setting() {
        for provider in ["openai", "openai_responses", "gemini", "anthropic"] {
            let error = config(provider, "", "").settings().unwrap_err().to_string();
            assert_eq!(
                error,
                format!("OPENAI_API_KEY must be set, because LLM_PROVIDER {provider} needs a key")
            );
        }
        assert!(met(&config("ollama", "", "")).is_some());
    }

    #[test]
    fn an_unknown_provider_is_refused() {
        assert!("copilot".parse::<LlmChoice>().is_err());
        assert_eq!("OpenAI-Responses".parse(), Ok(LlmChoice::Model(LlmProvider::OpenAiResponses)));
    }
}
