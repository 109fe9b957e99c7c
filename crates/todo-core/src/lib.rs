//! The rules of the Todo Chatbot: types, use cases, quick-add and recurrence, ports.
