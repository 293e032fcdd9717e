import errno
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from glossa import store
from glossa.catalogs import po
from glossa.catalogs.drafts import Draft, KeptSegment, merge, state
from glossa.errors import DataError, GlossaError

NOW = "2020-02-01 08:30+0700"
not_root = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")


def temporary_files(directory):
    return [path for path in directory.rglob("*") if path.name.endswith(".tmp")]


# Reading


def test_text_is_read_as_it_is_without_its_byte_order_mark(tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes("\ufeffកម្ពុជា\r\n東京\r\ufeff\n".encode())
    assert store.read_text(file) == "កម្ពុជា\r\n東京\r\ufeff\n"


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (b"one\ntwo \xe9\n", 2, "byte 0xE9 at offset 8"),
        (b"\xef\xbb\xbfone\r\n\r\nx\xff", 3, "byte 0xFF at offset 11"),
        (b"one\rtwo\rth\x80", 3, "byte 0x80 at offset 10"),
        ("日本".encode("shift_jis"), 1, "byte 0x93 at offset 0"),
        ("text\n".encode("utf-16"), 1, "UTF-16"),
        (b"\x7fELF\n\0\0", 2, "NUL byte at offset 5"),
        (b"\xef\xbb\xbf\0", 1, "NUL byte at offset 3"),
        (b"cut \xe1\x9e", 1, "byte 0xE1 at offset 4"),
        (b"\xed\xa0\x80", 1, "byte 0xED at offset 0"),
    ],
)
def test_what_is_not_utf8_text_is_refused_with_byte_and_line(tmp_path, data, line, message):
    file = tmp_path / "a.txt"
    file.write_bytes(data)
    with pytest.raises(DataError, match=message) as caught:
        store.read_text(file)
    assert caught.value.line == line
    assert str(caught.value).startswith(f"{file}:{line}: ")


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(DataError) as caught:
            store.read_text(path)
        assert str(caught.value).startswith(f"{path}: ")


# Writing


def test_writing_makes_directories_and_leaves_nothing_else(tmp_path):
    target = tmp_path / "a" / "b" / "c.txt"
    store.write_atomic(target, "ភ្នំពេញ\r\n")
    assert target.read_bytes() == "ភ្នំពេញ\r\n".encode()
    store.write_atomic(target, b"\x00\xff")
    assert target.read_bytes() == b"\x00\xff"
    assert [path.name for path in target.parent.iterdir()] == ["c.txt"]


@pytest.mark.skipif(os.name == "nt", reason="modes are a Unix matter")
def test_a_file_keeps_its_mode_and_a_new_one_heeds_the_umask(tmp_path):
    target = tmp_path / "a.txt"
    previous = os.umask(0o027)
    try:
        store.write_atomic(target, "one")
    finally:
        os.umask(previous)
    assert target.stat().st_mode & 0o777 == 0o640
    target.chmod(0o604)
    store.write_atomic(target, "two")
    assert target.stat().st_mode & 0o777 == 0o604


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need a privilege there")
def test_a_symbolic_link_stays_one(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link.txt").symlink_to("real/file.txt")
    store.write_atomic(tmp_path / "link.txt", "one")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real" / "file.txt").read_text(encoding="utf-8") == "one"


def full(*_):
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("call", ["write", "fsync", "open"])
def test_a_full_disk_leaves_the_old_file(tmp_path, monkeypatch, call):
    target = tmp_path / "a.txt"
    target.write_text("old", encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.setattr(os, call, full)
        with pytest.raises(DataError, match="No space left on device") as caught:
            store.write_atomic(target, "new" * 1000)
    assert caught.value.path == target
    assert target.read_text(encoding="utf-8") == "old"
    assert temporary_files(tmp_path) == []


def test_a_write_in_small_pieces_is_complete(tmp_path, monkeypatch):
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, data[:7]))
    store.write_atomic(tmp_path / "a.txt", "0123456789" * 5)
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "0123456789" * 5


def test_a_stop_in_the_middle_leaves_the_old_file(tmp_path, monkeypatch):
    target = tmp_path / "a.txt"
    target.write_text("old", encoding="utf-8")

    def stop(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", stop)
        with pytest.raises(KeyboardInterrupt):
            store.write_atomic(target, "new")
    assert target.read_text(encoding="utf-8") == "old"
    assert temporary_files(tmp_path) == []


def test_a_small_disk_that_is_really_full(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        pytest.skip("mounting needs root on Linux")
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], capture_output=True, check=False
    ).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        store.write_atomic(disk / "a.txt", "old")
        with pytest.raises(DataError, match="No space left"):
            store.write_atomic(disk / "a.txt", "x" * 200_000)
        assert (disk / "a.txt").read_text(encoding="utf-8") == "old"
        assert temporary_files(disk) == []
    finally:
        subprocess.run(["umount", disk], check=True)


def test_what_is_not_a_file_is_not_replaced(tmp_path):
    for target in (tmp_path, Path(os.devnull)):
        with pytest.raises(DataError, match="not a regular file"):
            store.write_atomic(target, "x")


def test_a_file_in_the_place_of_a_directory_is_an_error(tmp_path):
    (tmp_path / "a").write_text("x", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        store.write_atomic(tmp_path / "a" / "b.txt", "x")
    assert caught.value.path == tmp_path / "a" / "b.txt"


def test_text_that_utf8_cannot_hold_is_an_error(tmp_path):
    with pytest.raises(DataError, match="UTF-8"):
        store.write_atomic(tmp_path / "a.txt", "a\ud800")
    assert list(tmp_path.iterdir()) == []


@not_root
def test_no_permission(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("old", encoding="utf-8")
    file.chmod(0o400)
    with pytest.raises(DataError, match="ermission denied"):
        store.write_atomic(file, "new")
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(DataError, match="ermission denied"):
            store.write_atomic(tmp_path / "b.txt", "new")
    finally:
        tmp_path.chmod(0o700)


def test_a_file_that_may_not_be_written_is_left_alone(tmp_path, monkeypatch):
    file = tmp_path / "a.txt"
    file.write_text("old", encoding="utf-8")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(DataError, match="permission denied"):
        store.write_atomic(file, "new")
    assert file.read_text(encoding="utf-8") == "old"


WRITER = """
import sys
from pathlib import Path
from glossa import store
target = Path(sys.argv[1])
print("ready", flush=True)
while True:
    for letter in "ab":
        store.write_atomic(target, letter * 300_000)
"""


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a Unix matter")
def test_a_killed_writer_leaves_a_whole_file(tmp_path):
    target = tmp_path / "a.txt"
    target.write_text("a" * 300_000, encoding="utf-8")
    chance = random.Random(1)
    for _ in range(8):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, target], stdout=subprocess.PIPE)
        writer.stdout.readline()
        time.sleep(chance.random() * 0.05)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        text = target.read_text(encoding="utf-8")
        assert text in ("a" * 300_000, "b" * 300_000)


# Locking


def test_the_lock_keeps_its_directory_out_of_git(tmp_path):
    with store.locked(tmp_path):
        pass
    assert (tmp_path / ".glossa" / ".gitignore").read_text(encoding="utf-8") == "*\n"


HOLDER = """
import sys, time
from pathlib import Path
from glossa import store
with store.locked(Path(sys.argv[1])):
    print("locked", flush=True)
    sys.stdin.read()
"""


def test_waiting_too_long_for_the_lock_says_for_which(tmp_path):
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    holder.stdout.readline()
    with pytest.raises(GlossaError, match=r"0\.2 seconds") as caught, store.locked(tmp_path, timeout=0.2):
        pass
    assert str(tmp_path / ".glossa" / "lock") in str(caught.value)
    holder.communicate()
    with store.locked(tmp_path, timeout=0.2):
        pass


def test_a_killed_holder_does_not_keep_the_lock(tmp_path):
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    holder.stdout.readline()
    holder.kill()
    holder.communicate()
    with store.locked(tmp_path, timeout=1):
        pass


def test_the_lock_is_given_back_after_an_error(tmp_path):
    with pytest.raises(ZeroDivisionError), store.locked(tmp_path):
        _ = 1 / 0
    with store.locked(tmp_path, timeout=0.1):
        pass


def test_a_workspace_that_cannot_be_locked_is_named(tmp_path):
    (tmp_path / ".glossa").write_text("a file", encoding="utf-8")
    with pytest.raises(DataError) as caught, store.locked(tmp_path):
        pass
    assert caught.value.path == tmp_path / ".glossa" / "lock"


# Catalogues


def add(*segments):
    """An update that keeps what is there and adds segments."""

    def update(catalogue):
        kept = [KeptSegment(entry.msgid) for entry in catalogue or []]
        return merge(catalogue, [*kept, *segments], "km", "visit", NOW)

    return update


def test_a_catalogue_is_made_read_and_written_only_when_it_changes(tmp_path):
    path = store.catalogue_path(tmp_path, "km", "visit")
    assert path == tmp_path / "locale" / "km" / "LC_MESSAGES" / "visit.po"
    assert store.load_catalogue(tmp_path, "km", "visit") is None
    made = Draft("One.", "មួយ។", ("visit.md:1",), "engine")
    assert store.update_catalogue(tmp_path, "km", "visit", add(made))
    before = path.stat()
    same = lambda old: merge(old, [made], "km", "visit", "2030-01-01 00:00+0000")  # noqa: E731
    assert not store.update_catalogue(tmp_path, "km", "visit", same)
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert path.stat().st_ino == before.st_ino
    assert state(store.load_catalogue(tmp_path, "km", "visit"))["One."].target == "មួយ។"
    assert sorted(p.name for p in tmp_path.iterdir()) == [".glossa", "locale"]


def test_a_file_that_another_tool_laid_out_differently_is_not_rewritten_for_that(tmp_path):
    path = store.catalogue_path(tmp_path, "km", "visit")
    store.update_catalogue(tmp_path, "km", "visit", add(Draft("word " * 30, "ពាក្យ " * 30, (), "engine")))
    lines = path.read_text(encoding="utf-8").replace(' "\n"', " ")  # nothing wrapped
    path.write_bytes(lines.replace("\n", "\r\n").encode())
    assert not store.update_catalogue(tmp_path, "km", "visit", add())
    assert store.update_catalogue(tmp_path, "km", "visit", add(Draft("One.", "មួយ។")))
    data = path.read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n")
    assert len(store.load_catalogue(tmp_path, "km", "visit")) == 2


def test_a_broken_catalogue_is_refused_and_left_alone(tmp_path):
    path = store.catalogue_path(tmp_path, "ja", "visit")
    store.write_atomic(path, 'msgid "a"\nmsgstr "b\n')
    for call in (
        lambda: store.load_catalogue(tmp_path, "ja", "visit"),
        lambda: store.update_catalogue(tmp_path, "ja", "visit", add()),
    ):
        with pytest.raises(DataError) as caught:
            call()
        assert (caught.value.path, caught.value.line) == (path, 2)
    assert path.read_text(encoding="utf-8") == 'msgid "a"\nmsgstr "b\n'


def work(root, name):
    for number in range(12):

        def update(catalogue, source=f"{name} {number}"):
            catalogue = add(Draft(source, f"draft of {source}", (), "engine"))(catalogue)
            if source.endswith(("0", "5")):
                entry = next(entry for entry in catalogue if entry.msgid == source)
                entry.flags.remove("fuzzy")
                entry.msgstr = f"approved {source}"
            return catalogue

        store.update_catalogue(root, "km", "visit", update)


def test_two_processes_on_one_catalogue_lose_nothing(tmp_path):
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=work, args=(tmp_path, name)) for name in ("left", "right")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
        assert worker.exitcode == 0
    found = state(store.load_catalogue(tmp_path, "km", "visit"))
    assert set(found) == {f"{name} {number}" for name in ("left", "right") for number in range(12)}
    for source, entry in found.items():
        assert entry.reviewed == source.endswith(("0", "5"))
        assert entry.target == f"{'approved' if entry.reviewed else 'draft of'} {source}"
    assert temporary_files(tmp_path) == []


UPDATER = """
import sys
from pathlib import Path
from glossa import store
from glossa.catalogs.drafts import Draft, KeptSegment, merge
root = Path(sys.argv[1])
print("ready", flush=True)
for number in range(10_000):
    def update(catalogue):
        kept = [KeptSegment(entry.msgid) for entry in catalogue or []]
        drafts = [Draft(f"{sys.argv[2]} {number} {i}", "x" * 500, (), "e") for i in range(30)]
        return merge(catalogue, [*kept[-200:], *drafts], "km", "visit", "2020-02-01 08:30+0700")
    store.update_catalogue(root, "km", "visit", update)
"""


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a Unix matter")
def test_a_killed_update_leaves_a_whole_catalogue(tmp_path):
    chance = random.Random(2)
    for turn in range(5):
        process = subprocess.Popen([sys.executable, "-c", UPDATER, tmp_path, f"turn {turn}"], stdout=subprocess.PIPE)
        process.stdout.readline()
        time.sleep(0.1 + chance.random() * 0.2)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        catalogue = store.load_catalogue(tmp_path, "km", "visit")
        if catalogue is not None:
            assert len(catalogue) % 10 == 0
            assert po.dump(catalogue) == store.read_text(store.catalogue_path(tmp_path, "km", "visit"))


# Names


@pytest.mark.parametrize(
    ("article", "domain"),
    [
        ("visit.txt", "visit"),
        ("texts/Visit to Phnom Penh.md", "Visit-to-Phnom-Penh"),
        ("-", "stdin"),
        ("../../etc/passwd", "passwd"),
        ("..", "article"),
        ("???.md", "article"),
        (".md", "md"),
        ("v1.2 (final)_x.md", "v1-2-final-_x"),
        ("ដំណើរទស្សនកិច្ច.txt", "ដំណើរទស្សនកិច្ច"),
        ("プノンペン訪問.md", "プノンペン訪問"),
        ("cafe\u0301.txt", "café"),
        ("glossa.md", "glossa-article"),
        ("CON.txt", "CON-article"),
        ("a/b\\c:d.txt", "b-c-d"),
    ],
)
def test_domains(article, domain):
    assert store.domain_of(article) == domain


def test_long_names_stay_apart():
    names = {store.domain_of("ក" * 100 + end + ".txt") for end in ("a", "b")}
    assert len(names) == 2
    assert all(len(name.encode()) < 200 for name in names)


def test_importing_the_store_loads_nothing_heavy():
    heavy = "{'polib', 'filelock', 'rapidfuzz', 'ctranslate2', 'babel'}"
    code = f"import sys, glossa.store, glossa.catalogs.drafts; print({heavy} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"
