"""Publishing to a real S3 server, moto's, in a process of its own; what is there is read back by boto3."""

from __future__ import annotations

import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from tests.publish.remote.material import Looker, content, public, wanted

from narrate.errors import NarrateError, PublishError
from narrate.pipeline.publishing import Wish, publish
from narrate.publish.patience import Patience
from narrate.publish.plan import Why

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from narrate.pipeline.publishing import Published

    Send = Callable[..., Published]
    Bucket = tuple[Any, str]

_MB = 1 << 20


def objects(bucket: Bucket, prefix: str = "pods/reads/") -> dict[str, bytes]:
    """All objects below a prefix, by their names without it."""
    client, name = bucket
    listed = client.get_paginator("list_objects_v2").paginate(Bucket=name, Prefix=prefix)
    keys = [row["Key"] for page in listed for row in page.get("Contents", [])]
    return {key.removeprefix(prefix): client.get_object(Bucket=name, Key=key)["Body"].read() for key in keys}


@pytest.fixture
def to_s3(send: Send, s3_url: str, bucket: Bucket) -> Send:
    """Publishes to a folder of the bucket."""

    def call(show: Path, **wish: Any) -> Published:  # noqa: ANN401 # of `Wish`
        return send(show, f"s3://{bucket[1]}/pods/reads", options={"endpoint_url": s3_url}, **wish)

    return call


def looker(bucket: Bucket) -> Looker:
    """Looks into the folder of the bucket."""
    client, name = bucket

    def read(path: str) -> bytes | None:
        try:
            data: bytes = client.get_object(Bucket=name, Key=f"pods/reads/{path}")["Body"].read()
        except client.exceptions.NoSuchKey:
            return None
        return data

    return Looker(read)


HEADERS = {
    "feed.xml": ("application/rss+xml; charset=utf-8", "public, max-age=300"),
    "index.html": ("text/html; charset=utf-8", "public, max-age=300"),
    "bread/index.html": ("text/html; charset=utf-8", "public, max-age=300"),
    "bread/bread.mp3": ("audio/mpeg", "public, max-age=3600"),
    "bread/bread.opus": ("audio/ogg", "public, max-age=3600"),
    "bread/bread.vtt": ("text/vtt; charset=utf-8", "public, max-age=300"),
    "bread/chapters.json": ("application/json+chapters", "public, max-age=300"),
    "bread/cover-0123456789.jpg": ("image/jpeg", "public, max-age=31536000, immutable"),
    "cover.jpg": ("image/jpeg", "public, max-age=3600"),
}


def test_types_and_cache_headers_are_those_of_the_kind(
    show: Path, shows: dict[str, Path], to_s3: Send, bucket: Bucket
) -> None:
    """Also of a sound that went through an interim name."""
    to_s3(show)
    plan = to_s3(shows["new"]).plan

    heads = {path: bucket[0].head_object(Bucket=bucket[1], Key=f"pods/reads/{path}") for path in HEADERS}
    assert {path: (head["ContentType"], head["CacheControl"]) for path, head in heads.items()} == HEADERS
    assert "bread/bread.mp3" in {swap.local.path for swap in plan.swaps}


def test_a_bucket_gets_what_a_folder_gets(show: Path, shows: dict[str, Path], to_s3: Send, bucket: Bucket) -> None:
    """First all, then nothing, then what changed; without --delete and with it."""
    first = to_s3(show)
    assert public(objects(bucket)) == wanted(show)
    assert to_s3(show).plan.sends == ()

    to_s3(shows["new"])
    assert public(objects(bucket)).items() >= wanted(shows["new"]).items()
    assert {path for path in objects(bucket) if path.startswith("wine/")}
    to_s3(shows["new"], delete=True)

    assert public(objects(bucket)) == wanted(shows["new"])
    assert looker(bucket).is_whole()
    assert first.plan.kept == 0


def test_other_things_in_the_bucket_are_left_alone(show: Path, to_s3: Send, bucket: Bucket) -> None:
    """Those beside the folder, and those whose names begin as its does."""
    client, name = bucket
    for key in ("a.txt", "pods/other/a.txt", "pods/reads-of-others/feed.xml", "pods/reads/mine.txt"):
        client.put_object(Bucket=name, Key=key, Body=b"mine")

    to_s3(show)
    to_s3(show, delete=True)

    assert {key for key, data in objects(bucket, "").items() if data == b"mine"} == {
        "a.txt",
        "pods/other/a.txt",
        "pods/reads-of-others/feed.xml",
        "pods/reads/mine.txt",
    }


def test_a_change_by_somebody_else_is_noticed_by_its_etag(show: Path, to_s3: Send, bucket: Bucket) -> None:
    """Of the same length, too; an object that was removed is sent again."""
    client, name = bucket
    to_s3(show)
    length = (show / "salt" / "salt.vtt").stat().st_size
    client.put_object(Bucket=name, Key="pods/reads/salt/salt.vtt", Body=b"x" * length)
    client.delete_object(Bucket=name, Key="pods/reads/salt/salt.mp3")

    plan = to_s3(show).plan

    assert {(each.local.path, each.why) for each in plan.sends} == {
        ("salt/salt.vtt", Why.FOREIGN),
        ("salt/salt.mp3", Why.NEW),
    }
    assert public(objects(bucket)) == wanted(show)


def test_without_notes_headers_are_set_anew(show: Path, to_s3: Send, bucket: Bucket) -> None:
    """Somebody copied the show by hand: the bytes are right, but nobody knows as what they are served."""
    client, name = bucket
    for path, data in wanted(show).items():
        client.put_object(Bucket=name, Key=f"pods/reads/{path}", Body=data, ContentType="binary/octet-stream")

    plan = to_s3(show).plan

    assert {each.local.path for each in plan.sends} == wanted(show).keys()
    assert plan.swaps == ()
    head = client.head_object(Bucket=name, Key="pods/reads/bread/bread.mp3")
    assert head["ContentType"] == "audio/mpeg"


def test_a_large_file_goes_up_in_parts_and_is_known_again(show: Path, to_s3: Send, bucket: Bucket) -> None:
    """Of 40 MB: five parts of 8, and what S3 calls it was known ahead, so that a killed run would be gone on with."""
    (show / "bread" / "long.mp3").write_bytes(content("long", 39 * _MB + 5))

    to_s3(show)

    client, name = bucket
    assert client.head_object(Bucket=name, Key="pods/reads/bread/long.mp3")["ETag"].endswith('-5"')
    client.delete_object(Bucket=name, Key="pods/reads/.narrate-published.json")
    client.put_object(Bucket=name, Key="pods/reads/.narrate-publishing.json", Body=_as_left_by_a_killed_run(show))
    assert to_s3(show).plan.sends == ()


def _as_left_by_a_killed_run(show: Path) -> bytes:
    """The notes of a run that had sent everything and said so to nobody."""
    from narrate.publish.contents import contents
    from narrate.publish.noted import Notes, dump_notes
    from narrate.publish.plan import Local, Sent
    from narrate.publish.remote import _s3_etag

    files = {}
    for path, source, mime in contents(show):
        digest = _s3_etag(source)
        local = Local(path, source.stat().st_size, digest.sha256, mime)
        files[path] = Sent(local.size_bytes, local.sha256, mime, local.cache, digest.token)
    guid = next(line for line in (show / "show.toml").read_text().splitlines() if line.startswith("guid = "))
    return dump_notes(Notes(guid.split('"')[1], "x", files).unsure())


def test_a_bucket_that_is_not_there_is_said(show: Path, send: Send, s3_url: str) -> None:
    """It is not made: its name, region and rights are the owner's to choose."""
    with pytest.raises(PublishError, match=r"^there is no bucket 'nowhere'; check the spelling, or make it first$"):
        send(show, "s3://nowhere/x", options={"endpoint_url": s3_url})


class Refusing(BaseHTTPRequestHandler):
    """A server that answers as S3 does to a key it does not know."""

    code, status = "InvalidAccessKeyId", 403

    def do_any(self) -> None:
        """Say no."""
        body = f"<Error><Code>{self.code}</Code><Message>no</Message></Error>".encode()
        self.send_response(self.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_PUT = do_HEAD = do_any  # noqa: N815 # the names that http.server calls

    def log_message(self, *_words: object) -> None:
        """Say nothing on stderr."""


@pytest.fixture
def refusing() -> Iterator[str]:
    """Its address."""
    with HTTPServer(("127.0.0.1", 0), Refusing) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def refused(show: Path, target: str, options: dict[str, object], patience: Patience) -> str:
    """The sentence with which it says no; no secret is in it."""
    with pytest.raises(NarrateError) as error:
        publish(show, Wish(target, options, patience=patience), lambda _event: None)
    assert "hush" not in str(error.value)
    assert "\n" not in str(error.value)
    return str(error.value)


NONE = Patience(answer_s=60, waits_s=())


def test_wrong_credentials_are_said_with_what_to_set(show: Path, refusing: str) -> None:
    """By which variables; never the key itself."""
    said = refused(show, "s3://b/x", {"endpoint_url": refusing, "key": "me-hush", "secret": "hush-hush"}, NONE)

    assert "not allowed with these credentials" in said
    assert "AWS_PROFILE" in said


def test_a_network_that_is_gone_is_said(show: Path) -> None:
    """And what it means: nothing published is harmed."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    said = refused(show, "s3://b/x", {"endpoint_url": f"http://127.0.0.1:{port}", "key": "a", "secret": "hush"}, NONE)

    assert "cannot be reached" in said
    assert "the next run goes on from here" in said


def test_a_server_that_hangs_is_not_waited_for_for_ever(show: Path) -> None:
    """It accepts the connection and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        said = refused(
            show, "s3://b/x", {"endpoint_url": url, "key": "a", "secret": "hush"}, Patience(answer_s=1, waits_s=())
        )

    assert "did not answer in time" in said


def test_a_network_that_comes_back_is_waited_for(show: Path, to_s3: Send, bucket: Bucket, monkeypatch: Any) -> None:  # noqa: ANN401 # pytest's
    """A connection that breaks twice while a file is sent: the third attempt sends it."""
    from narrate.publish.remote import RemoteTarget

    put = RemoteTarget._put
    broken: list[str] = []

    def breaking(self: RemoteTarget, source: Path, local: Any) -> None:  # noqa: ANN401 # handed through
        if local.path == "bread/bread.mp3" and len(broken) < 2:
            broken.append(local.path)
            raise ConnectionResetError(104, "reset")
        put(self, source, local)

    monkeypatch.setattr(RemoteTarget, "_put", breaking)
    to_s3(show, patience=Patience(waits_s=(0.01, 0.02)))

    assert len(broken) == 2
    assert public(objects(bucket)) == wanted(show)


def test_what_an_interrupted_run_sent_is_not_sent_again(
    show: Path, to_s3: Send, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What S3 calls an object was noted down before it was sent, with its headers."""
    from narrate.publish.remote import RemoteTarget

    put = RemoteTarget._put
    sent: list[str] = []

    def failing(self: RemoteTarget, source: Path, local: Any) -> None:  # noqa: ANN401 # handed through
        if len(sent) >= 12:
            raise PermissionError(local.path)
        put(self, source, local)
        sent.append(local.path)

    with monkeypatch.context() as patch:
        patch.setattr(RemoteTarget, "_put", failing)
        with pytest.raises(PublishError):
            to_s3(show)
    plan = to_s3(show).plan

    assert plan.kept == len(wanted(show)) - len(plan.sends) == len([path for path in sent if not path.startswith(".")])
    assert {each.why for each in plan.sends} == {Why.NEW}
    assert public(objects(bucket)) == wanted(show)
