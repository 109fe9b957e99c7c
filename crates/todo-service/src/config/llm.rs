//! The language model, which is optional.

use super::{Secret, ServiceUrl};

/// Which language model thinks for the assistant; without a key the built-in assistant does.
#[derive(Debug, Clone, clap::Args)]
pub struct LlmConfig {
    /// Key of the model's provider.
    #[arg(long = "openai-api-key", env = "OPENAI_API_KEY", value_name = "SECRET")]
    pub api_key: Option<Secret>,
    /// Address of an OpenAI-compatible API.
    #[arg(long = "openai-base-url", env = "OPENAI_BASE_URL", value_name = "URL")]
    pub base_url: Option<ServiceUrl>,
    /// Name of the model.
    #[arg(long = "openai-model", env = "OPENAI_MODEL", value_name = "NAME")]
    pub model: Option<String>,
    /// Which protocol the provider speaks.
    #[arg(long = "llm-provider", env = "LLM_PROVIDER", value_name = "NAME")]
    pub provider: Option<String>,
}
