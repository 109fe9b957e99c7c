//! Process plumbing: configuration, telemetry, health, drain, HTTP errors, and the seam between the services.
