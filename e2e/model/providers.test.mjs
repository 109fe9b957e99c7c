// A turn through every protocol: streamed text, tools with their receipts, and what the provider gets to see.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { App, KEY, Model, PROVIDERS, calls, says } from "./app.mjs";

/** aimock hides keys in its journal. */
function hasKey({ headers, path }) {
  return ["authorization", "x-api-key", "x-goog-api-key"].some((name) => headers[name]) || path.includes("key=");
}

for (const provider of Object.keys(PROVIDERS)) {
  describe(`model ${provider}`, () => {
    let model, app;

    before(async () => {
      model = await Model.start();
      app = await App.with(provider, model);
    });

    after(async () => {
      await app?.stop();
      await model?.stop();
    });

    test("text is streamed as it arrives, and the answer is what was streamed", async () => {
      const text = "Your list is empty, so there is nothing that has to be done today.";
      model.script("what is due today?", says(text, { streamingProfile: { ttft: 20, tps: 60 } }));
      const ana = await app.person();

      const events = await ana.stream("what is due today?");

      const [start] = events;
      assert.deepEqual([start.name, start.assistant], ["start", `${provider}/test-model`]);
      const tokens = events.filter((event) => event.name === "token");
      assert.ok(tokens.length >= 5, `${tokens.length} pieces`);
      assert.ok(tokens.at(-1).at - tokens[0].at > 50, "the pieces came one after the other");
      const done = events.at(-1);
      assert.deepEqual([done.name, done.response, done.assistant], ["done", text, `${provider}/test-model`]);
      assert.equal(tokens.map((event) => event.text).join(""), text);
    });

    test("several tools in one turn: each is carried out and has its receipt", async () => {
      const said = "move the dentist to friday and add milk";
      model.script(
        said,
        calls(["list_tasks", { q: "dentist" }]),
        calls(["update_task", { ids: [1], due: "friday" }], ["add_task", { title: "Milk" }]),
        says("Book dentist is on Friday now, and Milk is on your list."),
      );
      const ana = await app.person("Book dentist");

      const answer = await ana.say(said);

      assert.equal(answer.response, "Book dentist is on Friday now, and Milk is on your list.");
      assert.deepEqual(await ana.titles(), ["Book dentist", "Milk"]);
      const written = answer.tool_calls.filter((call) => call.change_id).map((call) => call.tool);
      assert.deepEqual(written, ["update_task", "add_task"]);
      const task = (await ana.account.tasks())[0];
      assert.equal(new Date(task.due.date).getUTCDay(), 5, JSON.stringify(task.due));
    });

    test("the provider gets the tools, the results as fenced data, the key, and nothing of anybody else", async () => {
      const ben = await app.person("Secret of Ben");
      const ana = await app.person("Water plants");
      model.script("what is on my list now?", calls(["list_tasks", {}]), says("Water plants."));

      await ana.say("what is on my list now?");

      const [first, second] = model.requests("what is on my list now?");
      const names = JSON.stringify(first.body.tools);
      for (const tool of ["add_task", "list_tasks", "update_task", "complete_task", "delete_task", "undo"]) {
        assert.ok(names.includes(tool), `${tool} in ${names}`);
      }
      assert.ok(!names.includes("request_id") && !names.includes("apply_plan"));
      const told = JSON.stringify(second.body.messages);
      assert.ok(told.includes("<data>") && told.includes("Water plants"), told);
      assert.ok(!told.includes("Secret of Ben"));
      assert.equal((await ben.titles())[0], "Secret of Ben");
      if (provider !== "ollama") assert.ok(hasKey(first), JSON.stringify(first.headers));
      assert.ok(!app.log.includes(KEY), "the key is in no log line");
    });

    test("deleting several waits for a person, and a yes never reaches the model", async () => {
      model.script("delete all my tasks", calls(["delete_task", { all: true }]), says("Please confirm."));
      const ana = await app.person("One", "Two");

      const asked = await ana.say("delete all my tasks");
      assert.ok(asked.response.endsWith("Nothing has changed yet."), asked.response);
      assert.equal(asked.plan.tasks.length, 2);
      assert.deepEqual(await ana.titles(), ["One", "Two"]);

      await ana.say("yes", { conversation_id: asked.conversation_id });
      assert.deepEqual(await ana.titles(), []);
      assert.equal(model.requests("yes").length, 0);
    });

    test("the built-in assistant answers when it is asked for", async () => {
      const ana = await app.person();

      const answer = await ana.say("add bread", { assistant: "builtin" });

      assert.equal(answer.assistant, "builtin");
      assert.deepEqual(await ana.titles(), ["Bread"]);
      assert.equal(model.requests("add bread").length, 0);
    });
  });
}
