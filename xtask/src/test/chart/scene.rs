//! Every rendering that the checks look at, made once.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::{
    chart::{self, Case, File, Refusal, Rendered},
    manifests::{self, Derived},
    test::kit::Kit,
    tree,
};

/// What stands for all checks to be looked at.
pub(super) struct Scene<'a> {
    pub(super) kit: &'a Kit,
    /// The chart's own values.
    pub(super) defaults: Value,
    /// Nothing given, and each values file alone: what `helm lint` is called with.
    pub(super) given_nothing: Vec<(Case, Rendered)>,
    /// Everything that has to render, beginning with the plan's values.
    pub(super) all: Vec<(Case, Rendered)>,
    /// Everything that has to be refused.
    pub(super) refused: Vec<(Refusal, Rendered)>,
    /// What is in `k8s/`, by the template that it comes from.
    pub(super) manifests: BTreeMap<String, File>,
    /// A folder with each of `all` as a file.
    pub(super) folder: PathBuf,
}

/// The name of the production values among the cases.
pub(super) const PRODUCTION: &str = "prod";

impl<'a> Scene<'a> {
    /// Renders everything.
    ///
    /// # Errors
    /// When Helm is not to be had, or the chart or one of the tables cannot be read.
    pub(super) fn set(kit: &'a Kit) -> Result<Self> {
        let bare: Vec<Case> = std::iter::once(Case::bare())
            .chain(chart::values_files()?.iter().map(|file| Case::with_file(file)))
            .collect();
        let mut wanted: Vec<Case> = bare.iter().cloned().map(manifests::complete).collect();
        wanted.extend(chart::matrix()?);
        let refusals = chart::refusals()?;
        let to_refuse: Vec<Case> = refusals.iter().map(Refusal::case).collect();

        let cases: Vec<&Case> = bare.iter().chain(&wanted).chain(&to_refuse).collect();
        let (templates, files): (Vec<String>, Vec<PathBuf>) = manifests::pairs().unzip();
        let python = kit.chart_tools()?.script("e2e/chart/render.py");
        let answer = chart::render(python, &cases, &files)?;
        let mut rendered = answer.rendered.into_iter();
        let given_nothing = bare.into_iter().zip(rendered.by_ref()).collect();
        let all: Vec<_> = wanted.into_iter().zip(rendered.by_ref()).collect();

        let folder = tree::workshop().join("rendered");
        write(&folder, &all)?;
        Ok(Self {
            kit,
            defaults: answer.defaults,
            given_nothing,
            all,
            refused: refusals.into_iter().zip(rendered).collect(),
            manifests: templates.into_iter().zip(answer.read).collect(),
            folder,
        })
    }

    /// The rendering of that name.
    ///
    /// # Errors
    /// When there is none, or Helm refused it.
    pub(super) fn rendering(&self, name: &str) -> Result<&Rendered> {
        self.all
            .iter()
            .find(|(case, rendered)| case.name == name && rendered.refused.is_none())
            .map(|(_, rendered)| rendered)
            .with_context(|| format!("the chart does not render with the values `{name}`"))
    }

    /// The file with the rendering of that name.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        file(&self.folder, name)
    }

    /// What is generated from the chart.
    ///
    /// # Errors
    /// When Helm is not to be had.
    pub(super) fn derived(&self) -> Result<Derived> {
        manifests::derive(self.kit.chart_tools()?)
    }
}

/// The files that tools of others read.
fn write(folder: &Path, all: &[(Case, Rendered)]) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    for (case, rendered) in all {
        fs::write(file(folder, &case.name), rendered.text())?;
    }
    Ok(())
}

fn file(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{}.yaml", name.replace([' ', ','], "-")))
}
