//! Somebody with a list, and a clock that moves when it is told to.

use std::sync::{Arc, Mutex};

use jiff::{SignedDuration, Timestamp};
use todo_core::{
    Caller, Clock, Task, TaskNumber, UserId,
    tasks::{
        Change, ChangeQuery, Command, Draft, NewTask, Patch, Receipt, Target, TaskEdit, TaskError,
        Tasks, UndoTarget,
    },
};

use crate::memory::Memory;

/// A clock that starts on a Friday morning.
#[derive(Clone)]
pub(crate) struct FakeClock(Arc<Mutex<Timestamp>>);

impl FakeClock {
    pub(crate) fn advance(&self, by: SignedDuration) {
        *self.0.lock().unwrap() += by;
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

/// Somebody with a list.
pub(crate) struct Person {
    pub(crate) caller: Caller,
    pub(crate) tasks: Tasks,
    pub(crate) store: Memory,
    pub(crate) clock: FakeClock,
}

impl Person {
    pub(crate) fn new() -> Self {
        let caller = Caller::person(UserId(7));
        let store = Memory::new(caller.user);
        let start = "2026-11-20T09:00:00Z".parse().expect("an instant");
        let clock = FakeClock(Arc::new(Mutex::new(start)));
        let shared = Arc::new(store.clone());
        let tasks = Tasks::new(shared.clone(), shared, Arc::new(clock.clone()));
        Self { caller, tasks, store, clock }
    }

    pub(crate) fn run(&self, command: Command) -> Result<Receipt, TaskError> {
        self.run_with(command, None)
    }

    pub(crate) fn run_with(
        &self,
        command: Command,
        key: Option<&str>,
    ) -> Result<Receipt, TaskError> {
        wait(self.tasks.execute(&self.caller, command, key))
    }

    /// Adds a task from a line in the quick-add grammar.
    pub(crate) fn add(&self, line: &str) -> Task {
        let new = NewTask::Text { text: line.to_owned(), literal: Vec::new() };
        let receipt = self.run(Command::Add(vec![new])).expect("a task is added");
        receipt.single().expect("one task").clone()
    }

    pub(crate) fn edit(&self, task: &Task, patch: Patch) -> Result<Task, TaskError> {
        let target = task.number.into();
        let receipt = self.run(Command::Update(vec![TaskEdit { target, patch }]))?;
        receipt.single().cloned()
    }

    pub(crate) fn complete(&self, task: &Task) -> Task {
        let receipt = self.run(Command::Complete(vec![task.number.into()])).expect("completed");
        receipt.single().expect("one task").clone()
    }

    pub(crate) fn undo(&self, target: UndoTarget) -> Result<Receipt, TaskError> {
        self.run(Command::Undo(target))
    }

    pub(crate) fn task(&self, number: TaskNumber) -> Option<Task> {
        self.store.rows().tasks.get(&number).cloned()
    }

    pub(crate) fn changes(&self) -> Vec<Change> {
        wait(self.tasks.changes(&self.caller, &ChangeQuery::default())).expect("the history")
    }
}

/// A draft with a title and nothing else.
pub(crate) fn draft(title: &str) -> NewTask {
    NewTask::Draft(Box::new(Draft::titled(title).expect("a title")))
}

pub(crate) fn targets(numbers: &[i64]) -> Vec<Target> {
    numbers.iter().map(|number| TaskNumber(*number).into()).collect()
}

/// Waits for a future that never sleeps.
pub(crate) fn wait<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(future)
}
