//! What is in the cluster: the objects of one installation, read and put into words.
//!
//! Nothing here acts. `status`, `verify`, `logs` and `down` read the same [`snapshot::Snapshot`].

mod last_words;
pub(crate) mod object;
pub(crate) mod pod;
pub(crate) mod quantity;
pub(crate) mod snapshot;
pub(crate) mod trouble;
pub(crate) mod unreachable;
