//! What the steps stand on, each set up when the first step asks for it and stopped at the end.

use std::{cell::OnceCell, path::Path};

use anyhow::{Result, anyhow};

use super::{
    app::{App, Shape},
    missing::Missing,
    setup::{
        browser,
        go::{self, GoPrograms},
        node::{self, NodeTools},
        postgres::Postgres,
        programs::{self, Programs},
        python::{self, Python},
    },
};

/// Everything set up so far. The apps come first, so that they stop before their database does.
#[derive(Default)]
pub(crate) struct Kit {
    one: Once<App>,
    three: Once<App>,
    postgres: Once<Postgres>,
    programs: Once<Programs>,
    node: Once<NodeTools>,
    python: Once<Python>,
    chart_tools: Once<Python>,
    checkov: Once<Python>,
    go_programs: Once<GoPrograms>,
}

impl Kit {
    /// The release programs, built once.
    pub(crate) fn programs(&self) -> Result<&Programs> {
        self.programs.get("the release build", programs::build)
    }

    /// A PostgreSQL server of our own.
    pub(crate) fn postgres(&self) -> Result<&Postgres> {
        self.postgres.get("PostgreSQL", Postgres::start)
    }

    /// The Python of a virtual environment with the packages of `e2e/requirements.txt`.
    pub(crate) fn python(&self) -> Result<&Python> {
        self.python.get("the Python environment", || python::set_up(python::CLIENTS))
    }

    /// Helm as a library, the API's schemas and hadolint.
    pub(crate) fn chart_tools(&self) -> Result<&Python> {
        self.chart_tools.get("Helm", || python::set_up(python::CHART))
    }

    /// Checkov.
    pub(crate) fn checkov(&self) -> Result<&Python> {
        self.checkov.get("Checkov", || python::set_up(python::CHECKOV))
    }

    /// kubeconform and kube-score.
    pub(crate) fn go_programs(&self) -> Result<&GoPrograms> {
        self.go_programs.get("kubeconform and kube-score", go::set_up)
    }

    /// Node, with the packages of `e2e/package-lock.json`.
    pub(crate) fn node(&self) -> Result<&NodeTools> {
        self.node.get("the npm packages", node::set_up)
    }

    /// The browser that the machine has.
    pub(crate) fn browser() -> Result<&'static Path> {
        browser::find()
    }

    /// The running app.
    pub(crate) fn app(&self, shape: Shape) -> Result<&App> {
        match shape {
            Shape::One => self.one.get("the app in one process", || App::one(self.programs()?)),
            Shape::Three => self.three.get("the app in three processes", || {
                App::three(self.programs()?, self.postgres()?)
            }),
        }
    }
}

/// Something that is set up once; when that failed, everyone who asks later hears that it did.
struct Once<T>(OnceCell<Result<T, Failure>>);

/// A failure that can be told again.
#[derive(Clone)]
enum Failure {
    Missing(Missing),
    Broken,
}

impl<T> Default for Once<T> {
    fn default() -> Self {
        Self(OnceCell::new())
    }
}

impl<T> Once<T> {
    /// What `set_up` made the first time; `what` names it in later errors.
    fn get(&self, what: &str, set_up: impl FnOnce() -> Result<T>) -> Result<&T> {
        if let Some(made) = self.0.get() {
            return match made {
                Ok(made) => Ok(made),
                Err(Failure::Missing(missing)) => Err(missing.clone().into()),
                Err(Failure::Broken) => Err(anyhow!("{what} failed before, see above")),
            };
        }
        let (kept, error) = match set_up() {
            Ok(made) => (Ok(made), None),
            Err(error) => {
                let failure = match error.downcast_ref::<Missing>() {
                    Some(missing) => Failure::Missing(missing.clone()),
                    None => Failure::Broken,
                };
                (Err(failure), Some(error))
            }
        };
        match (self.0.get_or_init(|| kept), error) {
            (Ok(made), _) => Ok(made),
            (Err(_), error) => Err(error.unwrap_or_else(|| anyhow!("{what} failed"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::missing::missing, *};

    #[test]
    fn what_was_set_up_once_is_not_set_up_again() {
        let once = Once::default();

        assert_eq!(once.get("it", || Ok(1)).unwrap(), &1);
        assert_eq!(once.get("it", || Ok(2)).unwrap(), &1);
    }

    #[test]
    fn a_missing_prerequisite_stays_missing_for_everyone() {
        let once: Once<()> = Once::default();
        let first = once.get("it", || Err(missing("no such tool"))).unwrap_err();
        let second = once.get("it", || Ok(())).unwrap_err();

        assert!(first.is::<Missing>());
        assert!(second.is::<Missing>());
    }

    #[test]
    fn a_failure_is_told_in_full_only_once() {
        let once: Once<()> = Once::default();
        let first = once.get("the build", || Err(anyhow!("a long story"))).unwrap_err();
        let second = once.get("the build", || Ok(())).unwrap_err();

        assert_eq!(first.to_string(), "a long story");
        assert_eq!(second.to_string(), "the build failed before, see above");
    }
}
