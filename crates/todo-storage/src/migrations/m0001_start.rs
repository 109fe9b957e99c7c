//! The tables of the first release.
//!
//! Every key leads with the user, so that all rows of a user can live on one shard; only sessions, signing keys and
//! failed attempts are found by their own name. Instants are microseconds since 1970, dates and times are text, lists
//! and images are JSON text. Settings live in `owners`, so that the MCP service needs no access to `users`.

use sea_orm::{ConnectionTrait, DbBackend, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Start;

impl MigrationName for Start {
    fn name(&self) -> &'static str {
        "m0001_start"
    }
}

#[expect(
    elided_lifetimes_in_paths,
    reason = "the trait is declared so, and with a lifetime it is another method"
)]
#[async_trait::async_trait]
impl MigrationTrait for Start {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        let dialect = Dialect::of(connection.get_database_backend());
        for statement in TABLES.iter().chain(INDEXES) {
            connection.execute_unprepared(&dialect.write(statement)).await?;
        }
        connection.execute_unprepared(dialect.full_text).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        if connection.get_database_backend() == DbBackend::Sqlite {
            connection.execute_unprepared("DROP TABLE task_words").await?;
        }
        for statement in TABLES.iter().rev() {
            let name = statement.split_whitespace().nth(2).expect("CREATE TABLE and a name");
            connection.execute_unprepared(&format!("DROP TABLE {name}")).await?;
        }
        Ok(())
    }
}

/// Where the databases differ.
struct Dialect {
    /// A column of bytes.
    bytes: &'static str,
    /// Text that is compared byte by byte. SQLite does so anyway.
    bytewise: &'static str,
    /// The first columns of `tasks`: full text of SQLite points to a row by an integer.
    row_id: &'static str,
    /// The key of `tasks`, which on SQLite is its second one.
    key: &'static str,
    /// Room on each page, so that a row that changes with every write can be rewritten where it is.
    roomy: &'static str,
    /// The index of words.
    full_text: &'static str,
}

impl Dialect {
    fn of(backend: DbBackend) -> Self {
        match backend {
            DbBackend::Postgres => Self {
                bytes: "BYTEA",
                bytewise: "TEXT COLLATE \"C\"",
                row_id: "",
                key: "PRIMARY KEY",
                roomy: " WITH (fillfactor = 70)",
                // Without the list of pending entries, which every search would have to read through.
                full_text: "ALTER TABLE tasks ADD COLUMN search TSVECTOR NOT NULL;
                    CREATE INDEX tasks_search ON tasks USING gin (search) WITH (fastupdate = off)",
            },
            _ => Self {
                bytes: "BLOB",
                bytewise: "TEXT",
                row_id: "id INTEGER PRIMARY KEY,",
                key: "UNIQUE",
                roomy: "",
                // A word is one token, whatever is in it: everything that is not ASCII belongs to tokens anyway, and
                // blanks separate. Which characters a word may have is decided in core.
                full_text: r#"CREATE VIRTUAL TABLE task_words USING fts5(words, content = '', contentless_delete = 1,
                    detail = none, tokenize = "ascii tokenchars '/.,:;_""'''")"#,
            },
        }
    }

    fn write(&self, statement: &str) -> String {
        statement
            .replace("{bytes}", self.bytes)
            .replace("{bytewise}", self.bytewise)
            .replace("{row_id}", self.row_id)
            .replace("{key}", self.key)
            .replace("{roomy}", self.roomy)
    }
}

const TABLES: &[&str] = &[
    "CREATE TABLE users (
        user_id BIGINT PRIMARY KEY,
        email {bytewise} NOT NULL UNIQUE,
        name TEXT NOT NULL,
        image TEXT,
        password_hash TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        updated_at BIGINT NOT NULL
    )",
    "CREATE TABLE owners (
        user_id BIGINT PRIMARY KEY,
        next_number BIGINT NOT NULL,
        seq BIGINT NOT NULL,
        open BIGINT NOT NULL,
        done BIGINT NOT NULL,
        trashed BIGINT NOT NULL,
        settings TEXT NOT NULL,
        next_conversation BIGINT NOT NULL,
        next_plan BIGINT NOT NULL
    ){roomy}",
    "CREATE TABLE tasks (
        {row_id}
        user_id BIGINT NOT NULL,
        number BIGINT NOT NULL,
        title TEXT NOT NULL,
        description TEXT,
        priority SMALLINT NOT NULL,
        tags TEXT NOT NULL,
        due_date {bytewise},
        due_time TEXT,
        timezone TEXT,
        due_at BIGINT,
        due_key {bytewise} NOT NULL,
        repeat TEXT,
        reminders TEXT NOT NULL,
        completed_at BIGINT,
        deleted_at BIGINT,
        version BIGINT NOT NULL,
        last_change BIGINT NOT NULL,
        created_at BIGINT NOT NULL,
        updated_at BIGINT NOT NULL,
        {key} (user_id, number)
    )",
    "CREATE TABLE task_tags (
        user_id BIGINT NOT NULL,
        tag {bytewise} NOT NULL,
        number BIGINT NOT NULL,
        PRIMARY KEY (user_id, tag, number)
    )",
    "CREATE TABLE tags (
        user_id BIGINT NOT NULL,
        tag {bytewise} NOT NULL,
        open_count BIGINT NOT NULL,
        PRIMARY KEY (user_id, tag)
    )",
    // `rows` is emptied after 90 days. `moved_on` counts the repeating tasks that a completion moved to their next date:
    // such a task does not remember by itself that it was done.
    "CREATE TABLE changes (
        user_id BIGINT NOT NULL,
        seq BIGINT NOT NULL,
        verb TEXT NOT NULL,
        actor_kind TEXT NOT NULL,
        actor_id TEXT,
        conversation_id BIGINT,
        plan_id BIGINT,
        at BIGINT NOT NULL,
        undoes TEXT NOT NULL,
        undone_by BIGINT,
        moved_on BIGINT NOT NULL,
        rows TEXT,
        PRIMARY KEY (user_id, seq)
    )",
    // The history of one task.
    "CREATE TABLE change_tasks (
        user_id BIGINT NOT NULL,
        number BIGINT NOT NULL,
        seq BIGINT NOT NULL,
        PRIMARY KEY (user_id, number, seq)
    )",
    "CREATE TABLE idempotency (
        user_id BIGINT NOT NULL,
        key {bytewise} NOT NULL,
        fingerprint {bytes} NOT NULL,
        answer TEXT,
        expires_at BIGINT NOT NULL,
        PRIMARY KEY (user_id, key)
    )",
    "CREATE TABLE plans (
        user_id BIGINT NOT NULL,
        id BIGINT NOT NULL,
        title TEXT NOT NULL,
        command TEXT NOT NULL,
        rows TEXT NOT NULL,
        asked_by TEXT NOT NULL,
        conversation_id BIGINT,
        created_at BIGINT NOT NULL,
        expires_at BIGINT NOT NULL,
        answer TEXT,
        change_seq BIGINT,
        PRIMARY KEY (user_id, id)
    )",
    // `folded` is what a search looks into: lower case by the rules of Unicode, on both databases.
    "CREATE TABLE conversations (
        user_id BIGINT NOT NULL,
        id BIGINT NOT NULL,
        title TEXT NOT NULL,
        folded TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        updated_at BIGINT NOT NULL,
        last_seq BIGINT NOT NULL,
        PRIMARY KEY (user_id, id)
    )",
    // `started_at` and `answer_seq` belong to messages of the user: since when somebody works on the answer, and where
    // the answer is.
    "CREATE TABLE messages (
        user_id BIGINT NOT NULL,
        conversation_id BIGINT NOT NULL,
        seq BIGINT NOT NULL,
        role TEXT NOT NULL,
        message_id {bytewise} NOT NULL,
        text TEXT NOT NULL,
        folded TEXT NOT NULL,
        outcome TEXT NOT NULL,
        at BIGINT NOT NULL,
        started_at BIGINT,
        answer_seq BIGINT,
        PRIMARY KEY (user_id, conversation_id, seq)
    )",
    "CREATE TABLE sessions (
        token_hash {bytes} PRIMARY KEY,
        id TEXT NOT NULL,
        user_id BIGINT NOT NULL,
        created_at BIGINT NOT NULL,
        updated_at BIGINT NOT NULL,
        expires_at BIGINT NOT NULL,
        remember BOOLEAN NOT NULL,
        ip_address TEXT NOT NULL,
        user_agent TEXT NOT NULL
    )",
    "CREATE TABLE signing_keys (
        kid {bytewise} PRIMARY KEY,
        public {bytes} NOT NULL,
        private_sealed {bytes} NOT NULL,
        created_at BIGINT NOT NULL,
        active_from BIGINT NOT NULL,
        retired_at BIGINT
    )",
    "CREATE TABLE sign_in_attempts (
        key {bytewise} PRIMARY KEY,
        count BIGINT NOT NULL,
        until BIGINT NOT NULL
    )",
];

/// Those that lead with an instant are for the sweep alone, and hold only rows that it may have to look at.
const INDEXES: &[&str] = &[
    "CREATE INDEX tasks_open ON tasks (user_id, due_key, number) WHERE completed_at IS NULL AND deleted_at IS NULL",
    "CREATE INDEX tasks_completed ON tasks (user_id, completed_at, number) WHERE completed_at IS NOT NULL",
    "CREATE INDEX tasks_trashed ON tasks (user_id, deleted_at, number) WHERE deleted_at IS NOT NULL",
    "CREATE INDEX tasks_old_trash ON tasks (deleted_at) WHERE deleted_at IS NOT NULL",
    "CREATE INDEX changes_in_conversation ON changes (user_id, conversation_id, seq) WHERE conversation_id IS NOT NULL",
    "CREATE INDEX changes_moved_on ON changes (user_id, at) WHERE moved_on > 0",
    "CREATE INDEX changes_old ON changes (at) WHERE rows IS NOT NULL",
    "CREATE INDEX idempotency_old ON idempotency (expires_at)",
    "CREATE INDEX plans_old ON plans (expires_at)",
    "CREATE INDEX conversations_recent ON conversations (user_id, updated_at, id)",
    "CREATE UNIQUE INDEX messages_id ON messages (user_id, message_id) WHERE role = 'user'",
    "CREATE INDEX sessions_of ON sessions (user_id, created_at)",
    "CREATE INDEX sessions_old ON sessions (expires_at)",
    "CREATE INDEX sign_in_attempts_old ON sign_in_attempts (until)",
];
