pub mod clock;
pub mod env_vars;
pub mod paths;
pub mod secrets;
pub mod transport;
