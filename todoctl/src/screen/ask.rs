//! Questions. Who cannot be asked is told which flag would have answered.

use anyhow::{Result, bail};
use dialoguer::{Confirm, Password, Select, theme::ColorfulTheme};

use super::Screen;
use crate::interrupt::Interrupted;

impl Screen {
    /// A yes or no. `--yes` says yes; where nobody can be asked, it is an error that names `flag` (or `--yes`).
    pub(crate) async fn confirm(&self, question: &str, flag: &str) -> Result<bool> {
        if self.yes {
            self.say(format_args!("? {question} yes (--yes)"));
            return Ok(true);
        }
        self.somebody(question, flag)?;
        let question = question.to_owned();
        self.asking(move || {
            Confirm::with_theme(&ColorfulTheme::default())
                .with_prompt(question)
                .default(true)
                .interact()
        })
        .await
    }

    /// One of `choices`, by its place. `--yes` takes the first; where nobody can be asked, it is an error that names
    /// `flag`.
    pub(crate) async fn choose(
        &self,
        question: &str,
        choices: &[&str],
        flag: &str,
    ) -> Result<usize> {
        if self.yes {
            self.say(format_args!("? {question} {} (--yes)", choices[0]));
            return Ok(0);
        }
        self.somebody(question, flag)?;
        let question = question.to_owned();
        let choices: Vec<String> = choices.iter().map(|choice| (*choice).to_owned()).collect();
        self.asking(move || {
            Select::with_theme(&ColorfulTheme::default())
                .with_prompt(question)
                .items(&choices)
                .default(0)
                .interact()
        })
        .await
    }

    /// A secret, typed or pasted without being shown, and hidden everywhere from then on. It may be empty.
    pub(crate) async fn secret(&self, question: &str, flag: &str) -> Result<String> {
        self.somebody(question, flag)?;
        let question = question.to_owned();
        let _echo = Echo::keep();
        let secret = self
            .asking(move || {
                Password::with_theme(&ColorfulTheme::default())
                    .with_prompt(question)
                    .allow_empty_password(true)
                    .interact()
            })
            .await?;
        self.secrets.remember(&secret);
        Ok(secret)
    }

    fn somebody(&self, question: &str, flag: &str) -> Result<()> {
        if self.can_ask() {
            return Ok(());
        }
        bail!("\"{question}\" needs an answer, and there is no terminal to ask on: {flag}")
    }

    /// Asks on a thread of its own, so that Ctrl-C is heard meanwhile.
    async fn asking<T: Send + 'static>(
        &self,
        question: impl FnOnce() -> dialoguer::Result<T> + Send + 'static,
    ) -> Result<T> {
        let asked = tokio::task::spawn_blocking(question);
        match self.interrupt.or(asked).await?? {
            Ok(answer) => Ok(answer),
            Err(dialoguer::Error::IO(error)) if error.kind() == std::io::ErrorKind::Interrupted => {
                Err(Interrupted.into())
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// Puts the terminal's echo back when a hidden answer was interrupted: the thread that reads it cannot do so any more.
struct Echo {
    #[cfg(unix)]
    before: Option<rustix::termios::Termios>,
}

impl Echo {
    fn keep() -> Self {
        Self {
            #[cfg(unix)]
            before: rustix::termios::tcgetattr(std::io::stdin()).ok(),
        }
    }
}

impl Drop for Echo {
    fn drop(&mut self) {
        #[cfg(unix)]
        if let Some(before) = &self.before {
            // A terminal that is gone needs no echo.
            let _ = rustix::termios::tcsetattr(
                std::io::stdin(),
                rustix::termios::OptionalActions::Now,
                before,
            );
        }
    }
}
