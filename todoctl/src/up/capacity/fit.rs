//! Pods and nodes as two numbers each, and whether the ones go into the others.

use std::{collections::BTreeMap, fmt, ops::Add};

use crate::cluster::quantity::Quantity;

/// Processors (in thousandths) and memory (in bytes).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Amount {
    processors: u64,
    memory: u64,
}

/// What is to be placed.
#[derive(Debug)]
pub(super) struct Need {
    /// The hungriest first.
    pods: Vec<Amount>,
}

impl Amount {
    /// By the names that Kubernetes uses; what is not named is nothing.
    pub(super) fn of(resources: &BTreeMap<String, Quantity>) -> Self {
        let of = |name: &str| resources.get(name).copied().unwrap_or_default();
        Self { processors: of("cpu").in_thousandths(), memory: of("memory").whole() }
    }

    /// All of them together.
    pub(super) fn sum(amounts: &[Self]) -> Self {
        amounts.iter().fold(Self::default(), |sum, one| sum + *one)
    }

    /// What is left of it.
    pub(super) fn less(self, taken: Self) -> Self {
        Self {
            processors: self.processors.saturating_sub(taken.processors),
            memory: self.memory.saturating_sub(taken.memory),
        }
    }

    /// The greater of both, in each of the two.
    pub(super) fn or_more(self, other: Self) -> Self {
        Self {
            processors: self.processors.max(other.processors),
            memory: self.memory.max(other.memory),
        }
    }

    fn holds(self, other: Self) -> bool {
        self.processors >= other.processors && self.memory >= other.memory
    }
}

impl Add for Amount {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { processors: self.processors + other.processors, memory: self.memory + other.memory }
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let processors = self.processors as f64 / 1000.0;
        write!(f, "{processors} CPU and {} MiB", self.memory >> 20)
    }
}

impl Need {
    /// Pods as (what one asks for, how many, whether a successor runs beside them during an upgrade). One successor at a
    /// time is enough: each deployment that cannot place its own waits until another one has finished.
    pub(super) fn new(workloads: &[(Amount, usize, bool)]) -> Self {
        let mut pods: Vec<_> = workloads
            .iter()
            .flat_map(|(each, count, _)| std::iter::repeat_n(*each, *count))
            .collect();
        let rolls = workloads.iter().filter(|(_, _, rolls)| *rolls).map(|(each, ..)| *each);
        pods.extend(rolls.reduce(Amount::or_more));
        pods.sort_by_key(|pod| std::cmp::Reverse((pod.processors, pod.memory)));
        Self { pods }
    }

    /// Everything together.
    pub(super) fn total(&self) -> Amount {
        Amount::sum(&self.pods)
    }

    /// Whether each pod finds a node, the hungriest first.
    pub(super) fn fits(&self, free: &[Amount]) -> bool {
        let mut free = free.to_vec();
        self.pods.iter().all(|pod| match free.iter_mut().find(|node| node.holds(*pod)) {
            Some(node) => {
                *node = node.less(*pod);
                true
            }
            None => false,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(processors: u64, mebibytes: u64) -> Amount {
        Amount { processors, memory: mebibytes << 20 }
    }

    fn plan() -> Need {
        Need::new(&[
            (amount(500, 256), 2, true),
            (amount(1000, 512), 2, true),
            (amount(500, 256), 1, true),
        ])
    }

    #[test]
    fn the_plan_asks_for_three_and_a_half_processors_and_one_for_a_successor() {
        assert_eq!(plan().total(), amount(4500, 2304));
        assert_eq!(plan().total().to_string(), "4.5 CPU and 2304 MiB");
    }

    #[test]
    fn what_fits_in_sum_may_not_fit_on_any_node() {
        assert!(plan().fits(&[amount(4500, 4096)]));
        assert!(!plan().fits(&[amount(4400, 4096)]));
        assert!(!plan().fits(&[amount(8000, 2000)]));

        let small_nodes = vec![amount(900, 2048); 6];
        assert!(!plan().fits(&small_nodes));
    }

    #[test]
    fn resources_that_are_not_named_are_nothing() {
        assert_eq!(Amount::of(&BTreeMap::new()), Amount::default());
    }
}
