//! Who is calling: passwords, sessions, signed tokens, and the middleware that names the caller.
