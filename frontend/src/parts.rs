//! Components: the same markup on every page that uses one.

pub(crate) mod change;
pub(crate) mod chat;
pub(crate) mod diff;
pub(crate) mod document;
pub(crate) mod editor;
pub(crate) mod facts;
pub(crate) mod field;
pub(crate) mod flash;
pub(crate) mod frame;
pub(crate) mod groups;
pub(crate) mod notice;
pub(crate) mod page_head;
pub(crate) mod plan;
pub(crate) mod quick_add;
pub(crate) mod receipt;
pub(crate) mod shell;
pub(crate) mod sidebar;
pub(crate) mod task_row;
pub(crate) mod turn;
pub(crate) mod week;
