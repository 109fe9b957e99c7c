//! Which system this is, and how programs are installed on it.

use std::fs;

/// A family of systems that install programs in the same way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum System {
    Debian,
    Fedora,
    Arch,
    MacOs,
    Windows,
    /// Linux inside Windows: programs are Debian's or Fedora's, Docker mostly is Docker Desktop.
    Wsl,
    Other,
}

impl System {
    /// This system.
    pub(super) fn detect() -> Self {
        if cfg!(target_os = "macos") {
            return Self::MacOs;
        }
        if cfg!(windows) {
            return Self::Windows;
        }
        let read = |path| fs::read_to_string(path).unwrap_or_default();
        Self::of_linux(&read("/etc/os-release"), &read("/proc/sys/kernel/osrelease"))
    }

    /// By the texts in which a Linux describes itself and its kernel.
    fn of_linux(os_release: &str, kernel: &str) -> Self {
        if kernel.to_lowercase().contains("microsoft") {
            return Self::Wsl;
        }
        let value = |key: &str| {
            let line = os_release.lines().find_map(|line| line.strip_prefix(key));
            line.unwrap_or_default().trim_matches('"').to_owned()
        };
        let names = format!("{} {}", value("ID="), value("ID_LIKE="));
        let is = |name: &str| names.split_whitespace().any(|word| word == name);
        match () {
            () if is("debian") || is("ubuntu") => Self::Debian,
            () if is("fedora") || is("rhel") => Self::Fedora,
            () if is("arch") => Self::Arch,
            () => Self::Other,
        }
    }

    /// How to install `program` here.
    pub(super) fn install(self, program: &str) -> String {
        match self {
            Self::Debian => debian(program),
            Self::Wsl if program.starts_with("docker") => {
                "install Docker Desktop on Windows and switch on its WSL integration: winget install -e --id Docker.DockerDesktop"
                    .to_owned()
            }
            Self::Wsl => debian(program),
            Self::Fedora => match program {
                "docker" => "sudo dnf install moby-engine docker-cli docker-buildx && sudo systemctl enable --now docker".to_owned(),
                "docker-buildx" | "helm" => format!("sudo dnf install {program}"),
                "kubectl" => "sudo dnf install kubernetes-client".to_owned(),
                "minikube" => format!(
                    "sudo dnf install https://storage.googleapis.com/minikube/releases/latest/minikube-latest.{}.rpm",
                    std::env::consts::ARCH
                ),
                _ => page(program),
            },
            Self::Arch => match program {
                "docker" => "sudo pacman -S docker docker-buildx && sudo systemctl enable --now docker".to_owned(),
                name => format!("sudo pacman -S {name}"),
            },
            Self::MacOs => match program {
                "docker" | "docker-buildx" => "brew install --cask docker-desktop".to_owned(),
                name => format!("brew install {name}"),
            },
            Self::Windows => windows(program),
            Self::Other => page(program),
        }
    }

    /// How to start Docker here.
    pub(super) fn start_docker(self) -> &'static str {
        match self {
            Self::MacOs => "open -a Docker",
            Self::Windows => "Docker Desktop, from the Start menu",
            Self::Wsl => {
                "Docker Desktop on Windows (with its WSL integration), or `sudo service docker start`"
            }
            _ => "sudo systemctl start docker",
        }
    }
}

fn debian(program: &str) -> String {
    let arch = if cfg!(target_arch = "aarch64") { "arm64" } else { "amd64" };
    match program {
        "docker" => "curl -fsSL https://get.docker.com | sudo sh    (or: sudo apt-get install docker.io docker-buildx)".to_owned(),
        "docker-buildx" => "sudo apt-get install docker-buildx    (docker-buildx-plugin with Docker's own packages)".to_owned(),
        "kubectl" => format!(
            "curl -fLO \"https://dl.k8s.io/release/$(curl -fsSL https://dl.k8s.io/release/stable.txt)/bin/linux/{arch}/kubectl\" && sudo install kubectl /usr/local/bin/"
        ),
        "helm" => "curl -fsSL https://raw.githubusercontent.com/helm/helm/main/scripts/get-helm-4 | bash".to_owned(),
        "minikube" => format!(
            "curl -fLO https://storage.googleapis.com/minikube/releases/latest/minikube_latest_{arch}.deb && sudo dpkg -i minikube_latest_{arch}.deb"
        ),
        _ => page(program),
    }
}

fn windows(program: &str) -> String {
    let (winget, choco) = match program {
        "docker" | "docker-buildx" => ("Docker.DockerDesktop", "docker-desktop"),
        "kubectl" => ("Kubernetes.kubectl", "kubernetes-cli"),
        "helm" => ("Helm.Helm", "kubernetes-helm"),
        "minikube" => ("Kubernetes.minikube", "minikube"),
        _ => ("Kubernetes.kind", "kind"),
    };
    format!("winget install -e --id {winget}    (or: choco install {choco})")
}

/// The page that tells for every system.
fn page(program: &str) -> String {
    let page = match program {
        "docker" => "https://docs.docker.com/engine/install/",
        "docker-buildx" => "https://docs.docker.com/build/install-buildx/",
        "kubectl" => "https://kubernetes.io/docs/tasks/tools/",
        "helm" => "https://helm.sh/docs/intro/install/",
        "minikube" => "https://minikube.sigs.k8s.io/docs/start/",
        _ => "https://kind.sigs.k8s.io/docs/user/quick-start/#installation",
    };
    format!("install it: {page}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn systems_are_told_by_what_they_say_of_themselves() {
        let ubuntu = "NAME=\"Ubuntu\"\nID=ubuntu\nID_LIKE=debian\n";
        let rocky = "ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n";

        assert_eq!(System::of_linux(ubuntu, "6.8.0-31-generic"), System::Debian);
        assert_eq!(System::of_linux("ID=debian\n", ""), System::Debian);
        assert_eq!(System::of_linux(rocky, ""), System::Fedora);
        assert_eq!(System::of_linux("ID=arch\n", ""), System::Arch);
        assert_eq!(System::of_linux("ID=alpine\n", ""), System::Other);
        assert_eq!(System::of_linux(ubuntu, "5.15.167.4-microsoft-standard-WSL2"), System::Wsl);
    }

    #[test]
    fn every_system_has_an_answer_for_every_program() {
        let systems = [
            System::Debian,
            System::Fedora,
            System::Arch,
            System::MacOs,
            System::Windows,
            System::Wsl,
            System::Other,
        ];
        for system in systems {
            for program in ["docker", "docker-buildx", "kubectl", "helm", "minikube", "kind"] {
                assert!(!system.install(program).is_empty(), "{system:?} {program}");
            }
        }
        assert_eq!(System::MacOs.install("helm"), "brew install helm");
        assert!(
            System::Windows
                .install("minikube")
                .contains("winget install -e --id Kubernetes.minikube")
        );
    }
}
