//! JSON shapes of the REST interface and a typed client for it.
