use clap::Parser;
use todo_service::config::{
    AuthConfig, BackendConfig, ConfigError, DatabaseConfig, Environment, ListenConfig, LlmConfig,
    Loaded, McpConfig, McpHostsConfig, ModeConfig, ProxyConfig, Source, TelemetryConfig, parse,
};
use todo_service::program::Errand;

/// A program with every section, and one more in a subcommand.
#[derive(Debug, Parser)]
#[command(name = "program")]
struct Program {
    #[command(flatten)]
    mode: ModeConfig,
    #[command(flatten)]
    listen: ListenConfig,
    #[command(flatten)]
    database: DatabaseConfig,
    #[command(flatten)]
    auth: AuthConfig,
    #[command(flatten)]
    backend: BackendConfig,
    #[command(flatten)]
    mcp: McpConfig,
    #[command(flatten)]
    hosts: McpHostsConfig,
    #[command(flatten)]
    proxies: ProxyConfig,
    #[command(flatten)]
    telemetry: TelemetryConfig,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Thinks.
    Chat(LlmConfig),
    #[command(flatten)]
    Errand(Errand),
}

fn read(arguments: &[&str], environment: &[(&str, &str)]) -> Result<Loaded<Program>, ConfigError> {
    let arguments = ["program"].iter().chain(arguments);
    parse(arguments, &environment.iter().copied().collect::<Environment>())
}

fn refusal(arguments: &[&str], environment: &[(&str, &str)]) -> String {
    read(arguments, environment).expect_err("must be refused").to_string()
}

#[test]
fn a_program_starts_with_nothing_configured() {
    let program = read(&[], &[]).unwrap().program;

    assert_eq!(program.listen.address(8000).to_string(), "127.0.0.1:8000");
    assert!(program.database.url.is_none());
    assert!(program.auth.allow_sign_up);
    assert!(program.auth.validate(program.mode.mode).is_ok());
    assert_eq!(program.backend.backend.url().as_str(), "http://127.0.0.1:8000/");
    assert_eq!(program.mcp.mcp.url().as_str(), "http://127.0.0.1:8001/");
    assert!(program.proxies.trusted.contains("10.1.2.3".parse().unwrap()));
}

#[test]
fn a_flag_wins_over_the_environment() {
    let environment = [("LISTEN", "0.0.0.0:1"), ("METRICS_LISTEN", "0.0.0.0:9")];

    let program = read(&["--listen", "0.0.0.0:2"], &environment).unwrap().program;

    assert_eq!(program.listen.address(0).port(), 2);
    assert_eq!(program.listen.metrics.unwrap().port(), 9);
}

#[test]
fn an_empty_variable_counts_as_unset() {
    let program =
        read(&[], &[("LISTEN", ""), ("ALLOW_SIGN_UP", ""), ("DATABASE_URL", "")]).unwrap().program;

    assert!(program.listen.public.is_none());
    assert!(program.auth.allow_sign_up);
    assert!(program.database.url.is_none());
}

#[test]
fn a_malformed_value_is_refused_in_a_sentence_that_names_the_key_and_not_the_value() {
    let bad = [
        ("LISTEN", "hunter2"),
        ("DATABASE_URL", "mysql://app:hunter2@db/todo"),
        ("DATABASE_MAX_CONNECTIONS", "hunter2"),
        ("BETTER_AUTH_URL", "hunter2"),
        ("BACKEND_URL", "hunter2"),
        ("MCP_SERVER_URL", "hunter2"),
        ("MCP_ALLOWED_HOSTS", "https://hunter2"),
        ("TRUSTED_PROXIES", "hunter2"),
        ("ALLOW_SIGN_UP", "hunter2"),
        ("LOG_LEVEL", "hunter2"),
        ("NODE_ENV", "hunter2"),
    ];
    for (key, value) in bad {
        let sentence = refusal(&[], &[(key, value)]);
        assert!(sentence.starts_with(&format!("{key} must ")), "{sentence}");
        assert!(!sentence.contains("hunter2"), "{sentence}");
    }
}

#[test]
fn a_malformed_flag_is_refused_by_the_name_of_its_key() {
    assert!(refusal(&["--listen", "nowhere"], &[]).starts_with("LISTEN must be an IP address"));
}

#[test]
fn a_malformed_value_for_a_subcommand_is_refused_by_the_name_of_its_key() {
    assert!(refusal(&["chat"], &[("OPENAI_BASE_URL", "x")]).starts_with("OPENAI_BASE_URL must be"));
}

#[test]
fn an_unknown_key_with_our_prefix_is_refused_with_a_hint() {
    assert_eq!(
        refusal(&[], &[("TODO_URLS", "x")]),
        "TODO_URLS is not a setting; did you mean TODO_URL?"
    );
    assert_eq!(refusal(&[], &[("TODO_PORT", "1")]), "TODO_PORT is not a setting");
    assert!(read(&[], &[("TODO_API_KEY", "x"), ("TODO_URL", "http://x"), ("TODOS", "x")]).is_ok());
}

#[test]
fn variables_that_kubernetes_makes_of_services_are_no_settings() {
    let environment =
        [("KUBERNETES_SERVICE_HOST", "10.0.0.1"), ("TODO_APP_PORT_8000_TCP_ADDR", "10.0.0.2")];

    assert!(read(&[], &environment).is_ok());
}

#[test]
fn production_demands_a_long_secret() {
    let program = |environment: &[(&str, &str)]| {
        let program = read(&[], environment).unwrap().program;
        program.auth.validate(program.mode.mode)
    };
    let production = ("NODE_ENV", "production");
    let long = "a-secret-with-more-than-32-characters";

    let missing = program(&[production]).expect_err("refused").to_string();
    let short =
        program(&[production, ("BETTER_AUTH_SECRET", "hunter2")]).expect_err("refused").to_string();

    assert!(missing.starts_with("BETTER_AUTH_SECRET is required in production"), "{missing}");
    assert!(!short.contains("hunter2"));
    assert!(program(&[production, ("BETTER_AUTH_SECRET", long)]).is_ok());
    assert!(program(&[("BETTER_AUTH_SECRET", "short")]).is_ok());
}

#[test]
fn services_refuse_sqlite() {
    let database = |url: &str| read(&["--database-url", url], &[]).unwrap().program.database;

    assert!(database("postgres://db/todo").services_refuse_sqlite().is_ok());
    let sentence =
        database("sqlite://todo.db").services_refuse_sqlite().expect_err("refused").to_string();
    assert!(sentence.starts_with("DATABASE_URL must be a postgresql:// address"), "{sentence}");
    let missing = read(&[], &[]).unwrap().program.database.services_refuse_sqlite().map(|_| ());
    assert!(missing.expect_err("refused").to_string().starts_with("DATABASE_URL is required"));
}

#[test]
fn addresses_that_cannot_work_together_are_refused() {
    let listen = read(&["--metrics-listen", "127.0.0.1:3000"], &[]).unwrap().program.listen;
    assert!(listen.validate(3000).is_err());
    assert!(listen.validate(8000).is_ok());

    let direct =
        ["--database-direct-url", "postgresql://db/todo", "--database-url", "sqlite://todo.db"];
    assert!(read(&direct, &[]).unwrap().program.database.validate().is_err());
}

#[test]
fn the_list_of_settings_names_their_sources_and_masks_secrets() {
    let secret = "hunter2-hunter2-hunter2-hunter2-hunter2";
    let environment = [
        ("BETTER_AUTH_SECRET", secret),
        ("DATABASE_URL", "postgresql://app:hunter2@db/todo"),
        ("OPENAI_API_KEY", "hunter2"),
    ];

    let settings = read(&["--log-level", "warn", "chat"], &environment).unwrap().settings;

    let find = |name: &str| {
        let found = settings.iter().find(|setting| setting.name == name).expect("listed");
        (found.value.as_deref(), found.source)
    };
    assert_eq!(find("BETTER_AUTH_SECRET"), (Some("[redacted]"), Source::Environment));
    assert_eq!(find("OPENAI_API_KEY"), (Some("[redacted]"), Source::Environment));
    assert_eq!(
        find("DATABASE_URL"),
        (Some("postgresql://app:[redacted]@db/todo"), Source::Environment)
    );
    assert_eq!(find("LOG_LEVEL"), (Some("warn"), Source::Flag));
    assert_eq!(find("ALLOW_SIGN_UP"), (Some("true"), Source::Default));
    assert_eq!(find("LISTEN"), (None, Source::Unset));
    assert!(!format!("{settings:?}").contains("hunter2"));
}

#[test]
fn help_names_the_keys_and_shows_no_value() {
    let help = refusal(&["--help"], &[("BETTER_AUTH_SECRET", "hunter2")]);

    assert!(help.starts_with("A program with every section"), "{help}");
    assert!(help.contains("[env: BETTER_AUTH_SECRET]"), "{help}");
    assert!(!help.contains("hunter2"), "{help}");
}

#[test]
fn an_argument_that_is_no_setting_is_explained_by_the_command_line() {
    let refusal = refusal(&["pause", "long"], &[]);

    assert!(refusal.contains("'long'") && refusal.contains("SECONDS"), "{refusal}");
}

#[test]
fn errands_stand_beside_the_commands_of_a_program() {
    let asked = |arguments: &[&str]| match read(arguments, &[]).unwrap().program.command {
        Some(Command::Errand(errand)) => Some(errand),
        _ => None,
    };

    assert_eq!(asked(&["pause", "10"]), Some(Errand::Pause { seconds: 10 }));
    assert_eq!(asked(&["health"]), Some(Errand::Health { url: vec![], status: 200 }));
    assert_eq!(asked(&["sandbox"]), Some(Errand::Sandbox));
    assert_eq!(asked(&["chat"]), None);
}
