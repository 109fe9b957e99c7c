//! The ports of todo-core on SQLite and PostgreSQL.
