//! What the plan says about the three programs. All numbers that a cluster is measured against stand here.

use std::time::Duration;

use crate::cluster::quantity::Quantity;

/// One of the three programs.
#[derive(Debug)]
pub(crate) struct Part {
    /// Its name: of the component, the deployment, the container, the program and the image.
    pub(crate) name: &'static str,
    pub(crate) service: &'static str,
    pub(crate) port: u16,
    pub(crate) replicas: u32,
    /// Requests and limits, which are equal in the plan.
    pub(crate) processors: Quantity,
    pub(crate) memory: Quantity,
    /// The path of the plan, for liveness; readiness is below it.
    pub(crate) health: &'static str,
    /// Keys of the Secret that the program needs.
    pub(crate) keys: &'static [&'static str],
    /// The largest image, in bytes.
    pub(crate) image: u64,
}

impl Part {
    /// The path of readiness.
    pub(crate) fn readiness(&self) -> String {
        format!("{}/ready", self.health)
    }
}

const MB: u64 = 1_000_000;

pub(crate) static FRONTEND: Part = Part {
    name: "frontend",
    service: "frontend-service",
    port: 3000,
    replicas: 2,
    processors: Quantity::thousandths(500),
    memory: Quantity::mebibytes(256),
    health: "/_next/health",
    keys: &[],
    image: 200 * MB,
};

pub(crate) static BACKEND: Part = Part {
    name: "backend",
    service: "backend-service",
    port: 8000,
    replicas: 2,
    processors: Quantity::thousandths(1000),
    memory: Quantity::mebibytes(512),
    health: "/health",
    keys: &[
        "DATABASE_URL",
        "DATABASE_DIRECT_URL",
        "BETTER_AUTH_SECRET",
        "BETTER_AUTH_URL",
        "OPENAI_API_KEY",
    ],
    image: 500 * MB,
};

pub(crate) static MCP: Part = Part {
    name: "mcp",
    service: "mcp-service",
    port: 8001,
    replicas: 1,
    processors: Quantity::thousandths(500),
    memory: Quantity::mebibytes(256),
    health: "/health",
    keys: &["DATABASE_URL", "BETTER_AUTH_URL"],
    // The plan gives no number of its own: the image holds backend code there.
    image: 500 * MB,
};

/// All three, from the browser inwards.
pub(crate) static PARTS: [&Part; 3] = [&FRONTEND, &BACKEND, &MCP];

/// The init container of the backend.
pub(crate) const MIGRATE: &str = "migrate";

/// Keys of the Secret that migrations need.
pub(crate) const MIGRATE_KEYS: &[&str] = &["DATABASE_URL", "DATABASE_DIRECT_URL"];

/// Keys whose values are secret wherever they stand. The public address is in the Secret because the plan has it there.
pub(crate) const SECRET_KEYS: [&str; 4] =
    ["DATABASE_URL", "DATABASE_DIRECT_URL", "BETTER_AUTH_SECRET", "OPENAI_API_KEY"];

pub(crate) const CONFIG_MAP: &str = "todo-config";
pub(crate) const INGRESS: &str = "todo-ingress";
pub(crate) const INGRESS_CLASS: &str = "nginx";

/// The user that all programs run as.
pub(crate) const UID: u32 = 1000;

/// What we aim for with each image, in bytes.
pub(crate) const IMAGE_AIM: u64 = 45 * MB;

pub(crate) const DEPLOYMENT: Duration = Duration::from_mins(5);
pub(crate) const DEPLOYMENT_AIM: Duration = Duration::from_secs(30);

/// SC-002 asks again after this time.
pub(crate) const STABLE_AFTER: Duration = Duration::from_mins(5);

pub(crate) const COLD_START: Duration = Duration::from_secs(3);
pub(crate) const COLD_START_AIM: Duration = Duration::from_millis(150);

/// An action by chat.
pub(crate) const CHAT: Duration = Duration::from_secs(5);

/// What the plan's Minikube has, in bytes, and what we aim for while nobody asks anything.
pub(crate) const MINIKUBE_MEMORY: u64 = 4000 * MB;
pub(crate) const MEMORY_AIM: u64 = 150 * MB;
