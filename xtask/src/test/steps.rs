//! The steps of `cargo xtask test`, in the order in which they run.

use std::{path::PathBuf, process::Command, time::Duration};

use anyhow::{Result, ensure};

use super::{
    app::Shape,
    kit::Kit,
    missing::{Missing, missing},
};
use crate::{check, process, tree};

/// One step.
pub(crate) struct Step {
    name: &'static str,
    /// The shape that it runs against, for steps that run against both.
    shape: Option<Shape>,
    pub(crate) about: &'static str,
    pub(crate) run: fn(&Kit, &Step) -> Result<()>,
}

impl Step {
    /// `browser:three`, or just `rust`.
    pub(crate) fn full_name(&self) -> String {
        match self.shape {
            Some(shape) => format!("{}:{shape}", self.name),
            None => self.name.to_owned(),
        }
    }

    /// Whether a name on the command line means this step.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.name == name || self.full_name() == name
    }

    /// Where the output of its program goes.
    pub(crate) fn log(&self) -> PathBuf {
        let name = self.full_name().replace(':', "-");
        tree::workshop().join("logs").join(format!("step-{name}.log"))
    }

    /// Runs its program.
    fn run_logged(&self, command: &mut Command, limit: Duration) -> Result<()> {
        process::logged(command, &self.log(), limit)
    }
}

/// The quick and the general first, so that what is broken for everyone shows early.
pub(crate) const ALL: &[Step] = &[
    alone("check", "cargo xtask check", quick_checks),
    alone("rust", "cargo test, the storage contract on both databases", rust),
    alone("chart", "the chart, k8s/ and the Dockerfiles: lint, schemas, policy, drift", chart),
    one("browser", "pages and chat in Chromium", browser),
    one("api", "bad input, somebody else's ids, writers at once, over HTTP", api),
    one("auth-client", "the npm Better Auth client", auth_client),
    one("mcp-client", "the PyPI MCP client, over HTTP and stdio", mcp_client),
    one("eval", "sentences understood, no wrong write", eval),
    alone("model", "every provider of language models, played by aimock", model),
    alone("durability", "what was acknowledged survives kill -9", durability),
    three("browser", "the same pages, on the frontend's port alone", browser),
    three("api", "the same requests", api),
    three("auth-client", "the same client", auth_client),
    three("mcp-client", "the same client, over HTTP", mcp_client),
    alone("images", "the images as a pod would run them, and compose.yaml", images),
];

const fn alone(
    name: &'static str,
    about: &'static str,
    run: fn(&Kit, &Step) -> Result<()>,
) -> Step {
    Step { name, shape: None, about, run }
}

const fn one(name: &'static str, about: &'static str, run: fn(&Kit, &Step) -> Result<()>) -> Step {
    Step { name, shape: Some(Shape::One), about, run }
}

const fn three(
    name: &'static str,
    about: &'static str,
    run: fn(&Kit, &Step) -> Result<()>,
) -> Step {
    Step { name, shape: Some(Shape::Three), about, run }
}

const MINUTE: Duration = Duration::from_secs(60);

fn quick_checks(_: &Kit, _: &Step) -> Result<()> {
    ensure!(check::run(&check::Options::default())?, "some checks failed, see above");
    Ok(())
}

/// Without PostgreSQL the rest of the tests still runs, and then the step says what it left out.
fn rust(kit: &Kit, step: &Step) -> Result<()> {
    let mut cargo = process::program("cargo");
    cargo.args(["test", "--workspace", "--no-fail-fast"]);
    // A changed snapshot fails, and writes no file into the sources.
    cargo.env("INSTA_UPDATE", "no");

    let left_out = match kit.postgres() {
        Ok(postgres) => {
            cargo.env("TEST_POSTGRES_URL", postgres.url("postgres"));
            None
        }
        Err(error) => Some(error.downcast::<Missing>()?),
    };
    step.run_logged(&mut cargo, 40 * MINUTE)?;
    left_out.map_or(Ok(()), |why| Err(missing(format!("passed on SQLite only: {why}"))))
}

fn chart(kit: &Kit, _: &Step) -> Result<()> {
    super::chart::run(kit)
}

fn images(kit: &Kit, _: &Step) -> Result<()> {
    super::images::run(kit)
}

fn browser(kit: &Kit, step: &Step) -> Result<()> {
    let chromium = Kit::browser()?;
    let mut tests = kit.node()?.tests("browser")?;
    tests.env("CHROMIUM", chromium);
    against_app(kit, step, &mut tests)
}

fn api(kit: &Kit, step: &Step) -> Result<()> {
    against_app(kit, step, &mut kit.node()?.tests("api")?)
}

fn auth_client(kit: &Kit, step: &Step) -> Result<()> {
    against_app(kit, step, &mut kit.node()?.tests("auth-client")?)
}

fn mcp_client(kit: &Kit, step: &Step) -> Result<()> {
    let mut tests = kit.python()?.script("e2e/mcp-client/test_tools.py");
    tests.env("TODO_PROGRAM", kit.programs()?.path("todo"));
    against_app(kit, step, &mut tests)
}

fn eval(kit: &Kit, step: &Step) -> Result<()> {
    let mut runner = kit.python()?.script("e2e/eval/run_eval.py");
    runner.args(["--base", &kit.app(Shape::One)?.url(), "--need", "0.95"]);
    step.run_logged(&mut runner, 10 * MINUTE)
}

/// This one starts its own programs, with a provider each.
fn model(kit: &Kit, step: &Step) -> Result<()> {
    let mut tests = kit.node()?.tests("model")?;
    tests.env("TODO_PROGRAM", kit.programs()?.path("todo"));
    step.run_logged(&mut tests, 10 * MINUTE)
}

/// This one starts and kills its own program.
fn durability(kit: &Kit, step: &Step) -> Result<()> {
    let mut tests = kit.node()?.tests("durability")?;
    tests.env("TODO_PROGRAM", kit.programs()?.path("todo"));
    step.run_logged(&mut tests, 5 * MINUTE)
}

/// Runs tests that find the app by `BASE_URL` and put screenshots into `ARTIFACTS`.
fn against_app(kit: &Kit, step: &Step, tests: &mut Command) -> Result<()> {
    let shape = step.shape.expect("the table gives a shape to each step that needs the app");
    let artifacts = tree::workshop().join("screenshots").join(shape.to_string());
    tests.env("BASE_URL", kit.app(shape)?.url());
    tests.env("SHAPE", shape.to_string()).env("ARTIFACTS", artifacts);
    step.run_logged(tests, 10 * MINUTE)
}
