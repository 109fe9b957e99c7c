"""The official MCP client from PyPI against our server: over HTTP, and over stdio where the app is one program.

Environment: BASE_URL, SHAPE (one or three), TODO_PROGRAM.
"""

import asyncio
import json
import os
import unittest
import urllib.error
import urllib.request
import uuid

import httpx2
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

BASE = os.environ.get("BASE_URL", "http://127.0.0.1:3000").rstrip("/")
SHAPE = os.environ.get("SHAPE", "one")
NAMED = {"add_task", "list_tasks", "update_task", "complete_task", "delete_task"}
#: All tools with the instructions stay within 4,000 tokens; a token of such text is rarely less than four characters.
LIST_LIMIT = 16_000


def rest(method, path, body=None, token=None):
    """One request to the REST API; answers its JSON."""
    request = urllib.request.Request(BASE + path, method=method, data=None if body is None else json.dumps(body).encode())
    request.add_header("content-type", "application/json")
    if token:
        request.add_header("authorization", f"Bearer {token}")
    with urllib.request.urlopen(request, timeout=30) as answer:
        raw = answer.read()
        return json.loads(raw) if raw else None


def sign_up():
    """A fresh account; answers its session token."""
    email = f"mcp-{uuid.uuid4().hex}@example.com"
    return rest("POST", "/api/auth/sign-up/email", {"name": "Ana", "email": email, "password": "correct horse battery"})["token"]


class Http:
    """A client that speaks to `/mcp` with a bearer token."""

    def __init__(self, token, mode="auto"):
        headers = {"authorization": f"Bearer {token}"} if token else {}
        self._http = httpx2.AsyncClient(headers=headers, timeout=30)
        self._client = Client(streamable_http_client(f"{BASE}/mcp", http_client=self._http), mode=mode)

    async def __aenter__(self):
        return await self._client.__aenter__()

    async def __aexit__(self, *error):
        await self._client.__aexit__(*error)
        await self._http.aclose()


def stdio(token):
    """A client of `todo mcp --stdio`, which acts for the owner of `token` at the app that runs."""
    environment = {"TODO_URL": BASE, "TODO_API_KEY": token}
    return Client(StdioServerParameters(command=os.environ["TODO_PROGRAM"], args=["mcp", "--stdio"], env=environment))


async def call(client, tool, **arguments):
    """Calls a tool that must succeed; answers its structured content."""
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, f"{tool}: {result.content}"
    return result.structured_content


class Tools:
    """What holds over every transport; subclasses say how to connect."""

    def setUp(self):
        self.token = sign_up()

    def tasks(self):
        return rest("GET", "/api/me/tasks?status=all&limit=200", token=self.token)["tasks"]

    async def test_every_tool_describes_itself(self):
        async with self.connect() as client:
            tools = (await client.list_tools()).tools
        self.assertLessEqual(NAMED, {tool.name for tool in tools})
        for tool in tools:
            with self.subTest(tool=tool.name):
                self.assertTrue(tool.description)
                hints = tool.annotations
                for hint in (hints.read_only_hint, hints.destructive_hint, hints.idempotent_hint, hints.open_world_hint):
                    self.assertIsInstance(hint, bool)
                self.assertIsNotNone(tool.output_schema)
                for schema in (tool.input_schema, tool.output_schema):
                    self.assertEqual(schema["type"], "object")
                    self.assertNotIn('"null"', json.dumps(schema))

    async def test_the_list_of_tools_is_small(self):
        async with self.connect() as client:
            answer = await client.list_tools()
            instructions = client.instructions or ""
        text = json.dumps(answer.model_dump(mode="json", by_alias=True, exclude_none=True), separators=(",", ":"))
        self.assertLess(len(text) + len(instructions), LIST_LIMIT)

    async def test_a_task_lives_through_all_tools(self):
        async with self.connect() as client:
            added = await call(client, "add_task", text="pay rent every month on the 1st !high #home")
            number = added["results"][0]["id"]
            self.assertEqual(added["results"][0]["outcome"], "changed")

            listed = await call(client, "list_tasks", tag="home")
            self.assertEqual([task["id"] for task in listed["tasks"]], [number])
            self.assertEqual(listed["tasks"][0]["priority"], "high")
            self.assertIn("BYMONTHDAY=1", listed["tasks"][0]["repeat"])

            await call(client, "update_task", ids=[number], title="Pay the rent", repeat="none", due="none")
            self.assertEqual(self.tasks()[0]["title"], "Pay the rent")

            await call(client, "complete_task", ids=[number])
            self.assertTrue(self.tasks()[0]["completed"])
            again = await call(client, "complete_task", ids=[number])
            self.assertEqual(again["results"][0]["outcome"], "already")

            await call(client, "reopen_task", ids=[number])
            self.assertFalse(self.tasks()[0]["completed"])

            deleted = await call(client, "delete_task", ids=[number])
            self.assertEqual(self.tasks(), [])
            await call(client, "undo", change_id=deleted["change_id"])
            self.assertEqual(self.tasks()[0]["title"], "Pay the rent")

            history = await call(client, "history")
            verbs = [change["verb"] for change in history["changes"]]
            self.assertEqual(verbs, ["undo", "delete", "reopen", "complete", "update", "add"])

    async def test_the_same_request_id_writes_once(self):
        async with self.connect() as client:
            first = await call(client, "add_task", title="only once", request_id="r-1")
            second = await call(client, "add_task", title="only once", request_id="r-1")
        self.assertEqual(first, second)
        self.assertEqual(len(self.tasks()), 1)

    async def test_deleting_several_waits_for_a_person_and_no_tool_confirms_it(self):
        async with self.connect() as client:
            for title in ("a", "b", "c"):
                await call(client, "add_task", title=title)
            answer = await client.call_tool("delete_task", {"all": True})
            self.assertEqual(len(self.tasks()), 3)
            self.assertEqual(answer.structured_content["plan"]["count"], 3)
            applied = await self.refused(client, "apply_plan", {})
        self.assertTrue(applied)
        self.assertEqual(len(self.tasks()), 3)
        self.assertEqual(len(rest("GET", "/api/me/plans", token=self.token)["plans"]), 1)

    async def test_no_selector_never_means_all(self):
        async with self.connect() as client:
            await call(client, "add_task", title="kept")
            for arguments in ({}, {"ids": []}, {"filter": {}}, {"filter": {"status": "all"}}):
                with self.subTest(arguments=arguments):
                    self.assertTrue(await self.refused(client, "delete_task", arguments))
        self.assertEqual(len(self.tasks()), 1)

    async def test_bad_arguments_are_refused_and_change_nothing(self):
        bad = [
            ("add_task", {}),
            ("add_task", {"title": ""}),
            ("add_task", {"title": "x" * 201}),
            ("add_task", {"title": "a\0b"}),
            ("add_task", {"title": 7}),
            ("add_task", {"title": "a", "priority": "urgent"}),
            ("add_task", {"title": "a", "user_id": "someone-else"}),
            ("add_task", {"title": "a", "due": "2031-02-30"}),
            ("complete_task", {"ids": ["one"]}),
            ("complete_task", {"ids": [10**30]}),
            ("update_task", {"ids": [9223372036854775807], "title": "a"}),
            ("get_task", {"id": -1}),
            ("no_such_tool", {}),
        ]
        async with self.connect() as client:
            for tool, arguments in bad:
                with self.subTest(tool=tool, arguments=str(arguments)[:60]):
                    told = await self.refused(client, tool, arguments)
                    self.assertTrue(told)
                    self.assertNotRegex(told, r"(?i)panicked|sqlx|sea_?orm|sqlite|postgres|\.rs\b")
        self.assertEqual(self.tasks(), [])

    async def test_somebody_elses_task_looks_like_a_missing_one(self):
        other = sign_up()
        rest("POST", "/api/me/tasks", {"title": "rehearse the zanzibar speech"}, token=other)
        async with self.connect() as client:
            for tool, arguments in [
                ("get_task", {"id": 1}),
                ("update_task", {"ids": [1], "title": "taken over"}),
                ("complete_task", {"ids": [1]}),
                ("reopen_task", {"ids": [1]}),
                ("delete_task", {"ids": [1]}),
                ("restore_task", {"ids": [1]}),
                ("undo", {"change_id": 1}),
                ("list_tasks", {"status": "all", "q": "zanzibar"}),
                ("history", {}),
            ]:
                with self.subTest(tool=tool):
                    theirs = await self.answer(client, tool, arguments)
                    nobodys = await self.answer(client, tool, self.elsewhere(arguments))
                    self.assertNotIn("zanzibar speech", theirs)
                    self.assertEqual(theirs.replace("987654", "1"), nobodys.replace("987654", "1"))
        mine = rest("GET", "/api/me/tasks?status=all", token=other)["tasks"]
        self.assertEqual([(task["title"], task["version"]) for task in mine], [("rehearse the zanzibar speech", mine[0]["version"])])
        self.assertFalse(mine[0]["completed"])

    @staticmethod
    def elsewhere(arguments):
        """The same arguments with an id that nobody has."""
        swap = {"id": 987654, "change_id": 987654, "ids": [987654]}
        return {key: swap.get(key, value) for key, value in arguments.items()}

    @staticmethod
    async def answer(client, tool, arguments):
        """Whatever a call answers, as text."""
        try:
            result = await client.call_tool(tool, arguments)
        except Exception as error:  # The client raises what the server refuses as a protocol error.
            return str(error)
        return " ".join(part.text for part in result.content if part.type == "text")

    @staticmethod
    async def refused(client, tool, arguments):
        """Why a call was refused, or nothing when it was not."""
        try:
            result = await client.call_tool(tool, arguments)
        except Exception as error:
            return str(error) or type(error).__name__
        if not result.is_error:
            outcomes = [item["outcome"] for item in (result.structured_content or {}).get("results", [])]
            return "missing" if outcomes and set(outcomes) == {"missing"} else None
        return " ".join(part.text for part in result.content if part.type == "text")


class OverHttp(Tools, unittest.IsolatedAsyncioTestCase):
    """Streamable HTTP, the newest revision."""

    def connect(self):
        return Http(self.token)

    async def test_two_clients_that_write_at_once_get_different_numbers(self):
        async def write(name):
            async with self.connect() as client:
                return [(await call(client, "add_task", title=f"{name} {n}"))["results"][0]["id"] for n in range(15)]

        numbers = sum(await asyncio.gather(write("left"), write("right")), [])
        self.assertEqual(sorted(numbers), list(range(1, 31)))

    async def test_without_a_valid_token_there_are_no_tools(self):
        for token in (None, "made-up"):
            request = urllib.request.Request(f"{BASE}/mcp", method="POST", data=b'{"jsonrpc":"2.0","id":1,"method":"tools/list"}')
            request.add_header("content-type", "application/json")
            request.add_header("accept", "application/json, text/event-stream")
            if token:
                request.add_header("authorization", f"Bearer {token}")
            with self.assertRaises(urllib.error.HTTPError) as refusal:
                urllib.request.urlopen(request, timeout=30)
            self.assertEqual(refusal.exception.code, 401)
            self.assertTrue(refusal.exception.headers["www-authenticate"].startswith("Bearer"))
            refusal.exception.close()


class OverHttpAsBefore(OverHttp):
    """Streamable HTTP as clients of the older revisions speak it, with initialize."""

    def connect(self):
        return Http(self.token, mode="legacy")


@unittest.skipIf(SHAPE != "one", "stdio belongs to the one program")
class OverStdio(Tools, unittest.IsolatedAsyncioTestCase):
    """`todo mcp --stdio`."""

    def connect(self):
        return stdio(self.token)


if __name__ == "__main__":
    unittest.main(verbosity=2)
