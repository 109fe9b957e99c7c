//! One chat turn: the thinker port, the built-in assistant, and the MCP client it acts through.
