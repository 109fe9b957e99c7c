//! `todoctl verify`, `status`, `logs` and `down` as programs, on a cluster that was recorded: stand-ins on the PATH
//! answer as the real programs did, and a small server stands where the Ingress would be.
#![cfg(unix)]

mod app;
mod down;
mod logs;
mod machine;
mod status;
mod verify;
