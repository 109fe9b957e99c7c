//! Turns with a language model that follows a script.

mod bounds;
mod latitude;
mod loops;
mod obedient;
mod poison;
mod script;
mod trouble;
mod truth;
