"""Installing and removing: whole packages arrive, everything else is refused and leaves no trace."""

import errno
import json
import os
import re
import shutil
import stat
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packages_support import EMPTY_NETWORK, NAME, contents, pack, pack_bundled

from glossa.errors import PackageError
from glossa.translation import archive as archives
from glossa.translation import installer, packages


def tree(root):
    """Everything below a directory, with its content."""
    return {
        str(path.relative_to(root)): path.read_bytes() if path.is_file() else path.is_symlink()
        for path in root.rglob("*")
    }


def inside(directory):
    return sorted(path.name for path in directory.iterdir())


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    """Waiting for the disk takes longer than all else here; one test looks whether it is done."""
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)


@pytest.fixture
def home(tmp_path):
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


@pytest.fixture
def installed(home):
    return home / ".local" / "share" / "argos-translate" / "packages"


@pytest.fixture
def archive(tmp_path):
    return tmp_path / "package.argosmodel"


def install(archive, home, load=False):
    return installer.install(archive, {}, home, load=load)


def test_install_and_remove(archive, home, installed):
    files = contents()
    package = install(pack(archive, files), home)
    assert package == packages.find("en", "km", {}, home)
    assert (package.name, package.version, package.bundled) == (NAME, "2.0", False)
    assert package.path == installed / NAME
    assert {f"{NAME}/{path.relative_to(package.path)}" for path in package.path.rglob("*") if path.is_file()} == set(
        files
    )
    for name, data in files.items():
        assert (installed / name).read_bytes() == data
    assert inside(installed) == [NAME]
    assert inside(installed.parent) == ["packages"]
    assert stat.S_IMODE((installed / NAME).stat().st_mode) == 0o777 & ~_umask()
    assert installer.remove(NAME, {}, home).name == NAME
    assert inside(installed) == []
    assert inside(installed.parent) == ["packages"]
    assert packages.find("en", "km", {}, home).bundled


def test_everything_is_on_the_disk_before_it_counts(archive, home, installed, monkeypatch):
    seen = []
    monkeypatch.setattr(
        os, "fsync", lambda descriptor: seen.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
    )
    install(pack(archive, contents()), home)
    parts = [re.sub(r".*/\.packages-glossa-[^/]*/", "", path) for path in seen]
    assert sorted(parts[:-1]) == sorted(
        [*(f"new/{name}" for name in contents()), "new", f"new/{NAME}", f"new/{NAME}/model"]
    )
    assert parts[-1] == str(installed)


def _umask():
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_install_replaces_the_package_of_the_same_name(archive, home, installed):
    install(pack(archive, contents()), home)
    (installed / NAME / "stale").write_text("")
    files = contents(version="2.1")
    assert install(pack(archive, files), home).version == "2.1"
    assert inside(installed) == [NAME]
    assert not (installed / NAME / "stale").exists()


def test_directory_entries_and_other_folders_are_welcome(archive, home, installed):
    files = {f"{NAME}/": b"", f"{NAME}/model/": b"", **contents(), f"{NAME}/stanza/en/": b"", f"{NAME}/stanza/x": b"x"}
    install(pack(archive, files), home)
    assert (installed / NAME / "stanza" / "en").is_dir()


def with_entry(name, data=b"x"):
    def build(path):
        pack(path, {**contents(), name: data})

    return build


def with_mode(mode, name=f"{NAME}/odd", windows=0):
    def build(path):
        info = zipfile.ZipInfo(name)
        info.create_system = 3
        info.external_attr = mode << 16 | windows
        pack(path, {**contents(), info: b"/etc/passwd"})

    return build


def without(name):
    def build(path):
        pack(path, {key: data for key, data in contents().items() if key != f"{NAME}/{name}"})

    return build


def instead(name, data):
    def build(path):
        pack(path, {**contents(), f"{NAME}/{name}": data})

    return build


def raw(data):
    def build(path):
        path.write_bytes(data)

    return build


def patched(change):
    """Edit the bytes of a good, uncompressed archive."""

    def build(path):
        data = bytearray(pack(path, contents(), zipfile.ZIP_STORED).read_bytes())
        path.write_bytes(change(data) or data)

    return build


def flip_content(data):
    data[data.index(b"# A package")] ^= 1


def central(data, name):
    return data.index(b"PK\1\2", data.rindex(name) - 46)


def lie_about_size(data):
    """README.md is 12 bytes; say 5, with the checksum of those 5, in both headers."""
    name = f"{NAME}/README.md".encode()
    checksum = zlib.crc32(b"# A package\n"[:5])
    struct.pack_into("<III", data, data.index(name) - 16, checksum, 12, 5)
    struct.pack_into("<III", data, central(data, name) + 16, checksum, 12, 5)


def lie_about_packed_size(path):
    """The same for an entry that is compressed."""
    pack(path, {**contents(), f"{NAME}/text": b"a" * 100_000})
    data = bytearray(path.read_bytes())
    name = f"{NAME}/text".encode()
    for at in (data.index(name) - 16, central(data, name) + 16):
        struct.pack_into("<I", data, at, zlib.crc32(b"aaaaa"))
        struct.pack_into("<I", data, at + 8, 5)
    path.write_bytes(data)


def lie_about_more(data):
    name = f"{NAME}/README.md".encode()
    struct.pack_into("<I", data, data.index(name) - 8, 500)
    struct.pack_into("<I", data, central(data, name) + 24, 500)


def claim_much(data):
    struct.pack_into("<I", data, central(data, f"{NAME}/README.md".encode()) + 24, 0xFFFFFFF0)
    struct.pack_into("<I", data, central(data, f"{NAME}/model/config.json".encode()) + 24, 0xFFFFFFF0)


def overlap(data):
    """Let README.md's entry point at the data of the tokenizer."""
    name = f"{NAME}/README.md".encode()
    struct.pack_into("<I", data, central(data, name) + 42, data.index(b"PK\3\4", 60) + 4)


def encrypt(data):
    name = f"{NAME}/README.md".encode()
    data[central(data, name) + 8] |= 1
    data[data.index(name) - 24] |= 1


def many_claimed(data):
    struct.pack_into("<H", data, len(data) - 12, 50_000)


def zip64_claimed(data):
    end = bytes(data[-22:])
    _, size, offset = struct.unpack("<HII", end[10:20])
    record = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, 1 << 40, 1 << 40, size, offset)
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, len(data) - 22, 1)
    return bytes(data[:-22]) + record + locator + end


def many(path):
    pack(path, {**contents(), **{f"{NAME}/{number}": b"" for number in range(1001)}})


def bomb(path):
    pack(path, {**contents(), f"{NAME}/zeros": bytes(60_000_000)})


def doubled(path):
    pack(path, {**contents(), f"{NAME}/README.xy": b"again"})
    path.write_bytes(path.read_bytes().replace(b"README.xy", b"README.md"))


def strange_compression(path):
    pack(path, contents(), zipfile.ZIP_BZIP2)


def nul_in_name(path):
    pack(path, {**contents(), f"{NAME}/README.md_exe": b""})
    path.write_bytes(path.read_bytes().replace(b"README.md_exe", b"README.md\0exe"))


def metadata(**changes):
    return instead("metadata.json", json.dumps({"from_code": "en", "to_code": "km", **changes}).encode())


HOSTILE = {
    "empty file": (raw(b""), "not a zip"),
    "text": (raw(b"Not a package\n" * 99), "not a zip"),
    "only the magic": (raw(b"PK\3\4" + bytes(200)), "cut short"),
    "empty zip": (raw(b"PK\5\6" + bytes(18)), "not a zip"),
    "something before the zip": (patched(lambda data: b"#!/bin/sh\n" + data), "not a zip"),
    "cut in half": (patched(lambda data: data[: len(data) // 2]), "cut short"),
    "end cut off": (patched(lambda data: data[:-10]), "cut short"),
    "middle cut out": (patched(lambda data: data[:5000] + data[6000:]), "overlaps"),
    "no metadata": (without("metadata.json"), "one directory"),
    "files at the top": (with_entry("README.md"), "one directory"),
    "second directory": (with_entry("other/metadata.json"), "one directory"),
    "only files": (lambda path: pack(path, {"metadata.json": b"{}"}), "one directory"),
    "hidden directory": (lambda path: pack(path, contents(".hidden")), "one directory"),
    "absolute path": (with_entry("/etc/glossa"), "leaves its directory"),
    "parent path": (with_entry(f"{NAME}/../../../escaped"), "leaves its directory"),
    "parent path only": (with_entry(".."), "leaves its directory"),
    "drive letter": (with_entry("C:/escaped"), "leaves its directory"),
    "drive letter inside": (with_entry(f"{NAME}/C:/escaped"), "forbidden character"),
    "backslash": (with_entry(f"{NAME}/..\\..\\escaped"), "forbidden character"),
    "alternate stream": (with_entry(f"{NAME}/README.md:x"), "forbidden character"),
    "control character": (with_entry(f"{NAME}/a\x1b[31m"), "forbidden character"),
    "line break": (with_entry(f"{NAME}/a\nb"), "forbidden character"),
    "NUL in name": (nul_in_name, "forbidden character"),
    "empty part": (with_entry(f"{NAME}//a"), "plain path"),
    "dot part": (with_entry(f"{NAME}/./a"), "plain path"),
    "blank at the end": (with_entry(f"{NAME}/a "), "plain path"),
    "long name": (with_entry(f"{NAME}/{'a' * 300}"), "plain path"),
    "symbolic link": (with_mode(stat.S_IFLNK | 0o777), "symbolic link"),
    "link as directory": (with_mode(stat.S_IFLNK | 0o777, f"{NAME}/odd/"), "symbolic link"),
    "fifo": (with_mode(stat.S_IFIFO | 0o644), "special file"),
    "device": (with_mode(stat.S_IFBLK | 0o644), "special file"),
    "socket": (with_mode(stat.S_IFSOCK | 0o644), "special file"),
    "directory by mode only": (with_mode(stat.S_IFDIR | 0o755), "special file"),
    "reparse point": (with_mode(0, windows=0x400), "special file"),
    "directory with content": (with_entry(f"{NAME}/stanza/"), "directory with content"),
    "same name twice": (doubled, "there twice"),
    "same name in capitals": (with_entry(f"{NAME}/readme.MD"), "there twice"),
    "same name composed": (lambda p: pack(p, {**contents(), f"{NAME}/\xe9": b"", f"{NAME}/e\u0301": b""}), "twice"),
    "file and directory": (with_entry(f"{NAME}/README.md/a"), "cannot stand beside"),
    "directory in capitals": (with_entry(f"{NAME}/MODEL/a"), "cannot stand beside"),
    "too many entries": (many, "more than 1000 entries"),
    "too many claimed": (patched(many_claimed), "more than 1000 entries"),
    "too many claimed in zip64": (patched(zip64_claimed), "more than 1000 entries"),
    "too big": (patched(claim_much), "more than 4 GiB"),
    "zip bomb": (bomb, "zip bomb"),
    "overlapping entries": (patched(overlap), "overlaps"),
    "checksum": (patched(flip_content), "damaged"),
    "more than the header says": (patched(lie_about_size), "damaged"),
    "more than the header says, packed": (lie_about_packed_size, "damaged"),
    "less than the header says": (patched(lie_about_more), "damaged"),
    "encrypted": (patched(encrypt), "encrypted"),
    "bzip2": (strange_compression, "compressed in a way"),
    "metadata no JSON": (instead("metadata.json", b"{"), "not valid JSON"),
    "metadata nested": (instead("metadata.json", b"[" * 100_000), "zip bomb|not valid JSON"),
    "metadata a list": (instead("metadata.json", b"[]"), "not an object"),
    "metadata without languages": (instead("metadata.json", b"{}"), "no usable from_code"),
    "metadata with a path": (metadata(to_code="../x"), "no usable to_code"),
    "metadata steering the terminal": (metadata(package_version="\x1b[2J"), "short line of text"),
    "another kind": (metadata(type="sbd"), "not a translation package"),
    "no network": (without("model/model.bin"), "no model/model.bin"),
    "empty network": (instead("model/model.bin", b""), "cut short"),
    "cut network": (instead("model/model.bin", EMPTY_NETWORK[:-1]), "cut short"),
    "no vocabulary": (without("model/shared_vocabulary.json"), "no vocabulary"),
    "no config": (without("model/config.json"), "no model/config.json"),
    "config no JSON": (instead("model/config.json", b"{"), "not valid JSON"),
    "no tokenizer": (without("sentencepiece.model"), "no tokenizer"),
    "empty tokenizer": (instead("sentencepiece.model", b""), "no tokenizer"),
}


@pytest.mark.parametrize("case", HOSTILE)
@pytest.mark.parametrize("before", ["nothing there", "older package there"])
def test_hostile_archives_are_refused_and_leave_no_trace(archive, home, installed, case, before):
    build, message = HOSTILE[case]
    if before != "nothing there":
        with zipfile.ZipFile(pack(archive, contents(version="1.0"))) as older:
            older.extractall(installed)
    earlier = tree(home)
    build(archive)
    outside = tree(archive.parent)
    with pytest.raises(PackageError, match=message) as caught:
        install(archive, home)
    assert str(caught.value).startswith(f"{archive}: ")
    assert str(caught.value).isprintable()
    assert ".packages-glossa-" not in str(caught.value)
    assert tree(home) == earlier
    assert tree(archive.parent) == outside


def test_what_is_not_a_file(tmp_path, home):
    os.mkfifo(tmp_path / "fifo")
    for path, message in (
        (tmp_path / "absent", "No such file"),
        (tmp_path, "not a file"),
        (tmp_path / "fifo", "not a file"),
    ):
        with pytest.raises(PackageError, match=message):
            install(path, home)
    assert tree(home) == {}


def test_the_network_is_loaded_before_it_is_installed(archive, home, installed):
    package = install(pack_bundled(archive), home, load=True)
    assert inside(installed) == [NAME]
    bundled = packages.named(str(packages.BUNDLED / "translate-en_km-1_0"), {}, home)
    assert package.signature.split()[2] == bundled.signature.split()[2]
    assert packages.tokenizer(package).encode("Hello")


def not_loadable_network(path):
    (path / "model" / "model.bin").write_bytes(EMPTY_NETWORK)


def broken_tokenizer(path):
    (path / "sentencepiece.model").write_bytes(b"nonsense")


@pytest.mark.parametrize("change", [not_loadable_network, broken_tokenizer])
def test_a_network_that_does_not_load_is_refused(archive, home, change):
    pack_bundled(archive, change)
    with pytest.raises(PackageError, match="cannot be loaded") as caught:
        install(archive, home, load=True)
    assert str(caught.value).isprintable()
    assert tree(home) == {}


def test_a_loading_that_crashes_or_hangs_is_a_refusal(archive, home, monkeypatch):
    pack(archive, contents())
    monkeypatch.setattr(installer, "_LOAD", "import os; os.abort()")
    with pytest.raises(PackageError, match="crashed"):
        install(archive, home, load=True)
    monkeypatch.setattr(installer, "_LOAD", "import time; time.sleep(60)")
    monkeypatch.setattr(installer, "_LOAD_SECONDS", 0.2)
    with pytest.raises(PackageError, match="took more than"):
        install(archive, home, load=True)
    assert tree(home) == {}


@pytest.mark.parametrize("older", [False, True])
@pytest.mark.parametrize(
    ("module", "step"), [(archives, "unpack"), (installer, "_accept"), (installer, "_swap"), (archives, "sync")]
)
@pytest.mark.parametrize("stop", [KeyboardInterrupt, OSError(errno.ENOSPC, "No space left on device")])
def test_interrupted_at_any_step(archive, home, monkeypatch, older, module, step, stop):
    if older:
        install(pack(archive, contents(version="1.0")), home)
    earlier = tree(home)
    pack(archive, contents())
    work = getattr(module, step)

    def interrupted(*arguments, **named):
        if step != "_swap":
            work(*arguments, **named)
        raise stop

    monkeypatch.setattr(module, step, interrupted)
    with pytest.raises(KeyboardInterrupt if stop is KeyboardInterrupt else PackageError, match=r"No space|^$"):
        install(archive, home)
    assert tree(home) == earlier


@pytest.mark.parametrize("call", [1, 2])
def test_a_swap_that_fails_leaves_the_old_package(archive, home, installed, monkeypatch, call):
    install(pack(archive, contents(version="1.0")), home)
    earlier = tree(home)
    pack(archive, contents())
    calls = []
    rename = Path.rename

    def failing(self, target):
        if NAME in (self.name, Path(target).name):
            calls.append(target)
            if len(calls) == call:
                raise PermissionError(errno.EACCES, "Permission denied", str(self))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(PackageError, match=r"cannot be installed in .*: Permission denied"):
        install(archive, home)
    assert tree(home) == earlier


def test_disk_full(archive, home, installed):
    """A real limit on the size of a file, in another process."""
    pack(archive, contents())
    code = """
import resource, sys
from pathlib import Path
from glossa.errors import PackageError
from glossa.translation import installer
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    installer.install(Path(sys.argv[1]), {}, Path(sys.argv[2]), load=False)
except PackageError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code, archive, home], capture_output=True, text=True, check=True)
    assert done.stdout == f"{archive}: cannot be installed in {installed}: File too large\n"
    assert tree(home) == {}


def test_not_enough_room_is_told_before_unpacking(archive, home, monkeypatch):
    pack(archive, contents())
    monkeypatch.setattr(installer.shutil, "disk_usage", lambda path: SimpleNamespace(free=1000))
    with pytest.raises(PackageError, match="0 MiB are free"):
        install(archive, home)
    assert tree(home) == {}


def test_directories_that_cannot_be_made(archive, tmp_path, home):
    pack(archive, contents())
    (tmp_path / "file").write_text("")
    for place in (tmp_path / "file", tmp_path / "file" / "packages"):
        environ = {"ARGOS_PACKAGES_DIR": str(place)}
        with pytest.raises(PackageError, match=r"cannot be installed in .*(Not a directory|File exists)"):
            installer.install(archive, environ, home, load=False)
        with pytest.raises(PackageError, match="Not a directory"):
            installer.remove(NAME, environ, home)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_no_permission(archive, home, installed):
    pack(archive, contents())
    installed.mkdir(parents=True)
    installed.chmod(0o500)
    try:
        with pytest.raises(PackageError, match="Permission denied"):
            install(archive, home)
        assert tree(installed) == {}
    finally:
        installed.chmod(0o700)


def test_packages_directory_beside_which_nothing_can_be_made(archive, home, installed, monkeypatch):
    """Then it is prepared inside, in a shape over which argostranslate does not stumble."""
    make = installer.tempfile.mkdtemp

    def inside_only(prefix, dir):  # noqa: A002
        if dir == installed.parent:
            raise PermissionError(errno.EACCES, "Permission denied")
        return make(prefix=prefix, dir=dir)

    seen = []
    accept = installer._accept

    def looking(file, unpacked, *, load):
        seen.extend(json.loads((path / "metadata.json").read_text()) for path in installed.iterdir() if path.is_dir())
        assert packages.available({}, home)[1] == []
        accept(file, unpacked, load=load)

    monkeypatch.setattr(installer.tempfile, "mkdtemp", inside_only)
    monkeypatch.setattr(installer, "_accept", looking)
    install(pack(archive, contents()), home)
    assert seen == [{"type": "glossa-staging"}]
    assert inside(installed) == [NAME]


def test_what_a_killed_process_left_is_cleared_away(archive, home, installed):
    install(pack(archive, contents(version="1.0")), home)
    pack(archive, contents())
    code = """
import os, sys
from pathlib import Path
from glossa.translation import archive, installer
archive.sync = lambda directory: None
rename = Path.rename
def killed(self, target):
    if self.parent.name == "new":
        os._exit(9)
    return rename(self, target)
Path.rename = killed
installer.install(Path(sys.argv[1]), {}, Path(sys.argv[2]), load=False)
"""
    assert subprocess.run([sys.executable, "-c", code, archive, home], check=False).returncode == 9
    assert not (installed / NAME).exists()
    patched(flip_content)(archive)
    with pytest.raises(PackageError, match="damaged"):
        install(archive, home)
    assert packages.find("en", "km", {}, home, NAME).version == "1.0"
    assert inside(installed) == [NAME]
    assert inside(installed.parent) == ["packages"]


def test_processes_that_install_at_once(archive, tmp_path, home, installed):
    pack(archive, contents())
    code = """
import sys, time
from pathlib import Path
from glossa.translation import installer
archive, home, start = map(Path, sys.argv[1:])
print("ready", flush=True)
while not start.exists():
    time.sleep(0.001)
for _ in range(5):
    installer.install(archive, {}, home, load=False)
"""
    start = tmp_path / "start"
    running = [
        subprocess.Popen([sys.executable, "-c", code, archive, home, start], stdout=subprocess.PIPE) for _ in range(3)
    ]
    for process in running:
        process.stdout.readline()
    start.touch()
    for process in running:
        process.communicate(timeout=60)
    assert [process.returncode for process in running] == [0, 0, 0]
    assert inside(installed) == [NAME]
    assert inside(installed.parent) == ["packages"]
    for name, data in contents().items():
        assert (installed / name).read_bytes() == data


def test_waiting_for_another_process_ends(archive, home, installed, monkeypatch):
    from filelock import FileLock

    monkeypatch.setattr(installer, "_LOCK_SECONDS", 0.1)
    installed.mkdir(parents=True)
    pack(archive, contents())
    with FileLock(installed / ".glossa.lock"):
        with pytest.raises(PackageError, match="another process"):
            install(archive, home)
        assert inside(installed) == [".glossa.lock"]


def test_packages_directory_through_a_link(archive, tmp_path, home):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    environ = {"ARGOS_PACKAGES_DIR": str(tmp_path / "link")}
    package = installer.install(pack(archive, contents()), environ, home, load=False)
    assert package.path == tmp_path / "link" / NAME
    assert inside(tmp_path / "real") == [NAME]
    assert tree(home) == {}


def test_remove_refuses(archive, home, installed):
    with pytest.raises(PackageError, match="comes with Glossa"):
        installer.remove("translate-en_km-1_0", {}, home)
    with pytest.raises(PackageError, match="comes with Glossa"):
        installer.remove("translate-en_ja", {}, home)
    with pytest.raises(PackageError, match="installed there: none"):
        installer.remove("nobody", {}, home)
    assert tree(home) == {}
    install(pack(archive, contents()), home)
    install(pack(archive, contents("other")), home)
    (installed / "pictures").mkdir()
    earlier = tree(home)
    with pytest.raises(PackageError, match="may be any of other, translate-en_km-2_0"):
        installer.remove("translate-en_km", {}, home)
    for name in ("pictures", "..", ".", "", f"../packages/{NAME}", str(installed / NAME)):
        with pytest.raises(PackageError, match="installed there: other, translate-en_km-2_0"):
            installer.remove(name, {}, home)
    assert tree(home) == earlier
    assert installer.remove("other", {}, home).name == "other"
    assert installer.remove("translate-en_km", {}, home).name == NAME
    assert inside(installed) == ["pictures"]


def test_remove_takes_a_link_and_not_what_it_points_to(archive, tmp_path, home, installed):
    elsewhere = {"ARGOS_PACKAGES_DIR": str(tmp_path / "elsewhere")}
    package = installer.install(pack(archive, contents()), elsewhere, home, load=False)
    installed.mkdir(parents=True)
    (installed / "linked").symlink_to(package.path)
    installer.remove("linked", {}, home)
    assert inside(installed) == []
    assert (package.path / "metadata.json").exists()


def argostranslate(home, code, *arguments):
    """Run code in a process of its own whose home is `home`."""
    environ = {"HOME": str(home), "PATH": os.environ["PATH"], "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", code, *map(str, arguments)]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_argostranslate_sees_what_glossa_installed(archive, home):
    install(pack(archive, contents()), home)
    code = """
import sys
from argostranslate import package
found, = package.get_installed_packages()
opened = package.Package(found.package_path)
print(found, opened.target_prefix, opened.tokenizer.decode(opened.tokenizer.encode("Peace Palace")))
"""
    assert argostranslate(home, code) == "English → Khmer <2km> Peace Palace\n"
    command = "from argostranslate.argospm import main; main()"
    assert argostranslate(home, command, "list") == "translate-en_km\n"
    assert argostranslate(home, command, "remove", "translate-en_km") == "Removed package translate-en_km\n"
    assert packages.find("en", "km", {}, home).bundled


def test_glossa_sees_what_argospm_installed(archive, home, installed):
    """argospm itself; its index and its download are put where it keeps them, for there is no network."""
    pack(archive, contents())
    data, downloads = home / ".local/share/argos-translate", home / ".local/cache/argos-translate/downloads"
    data.mkdir(parents=True)
    downloads.mkdir(parents=True)
    entry = {"package_version": "2.0", "from_code": "en", "to_code": "km", "type": "translate", "links": []}
    (data / "index.json").write_text(json.dumps([entry]))
    shutil.copy(archive, downloads / "translate-en_km.argosmodel")
    argostranslate(home, "from argostranslate.argospm import main; main()", "install", "translate-en_km")
    package = packages.find("en", "km", {}, home)
    assert (package.name, package.bundled, package.path) == (NAME, False, installed / NAME)
    assert installer.remove("translate-en_km", {}, home) == package


@given(st.text(alphabet=st.sampled_from("ab/.\\: é\0\n*"), max_size=12) | st.text(max_size=40))
def test_a_path_without_problem_stays_inside(name):
    if not archives._name_problem(name):
        path = os.path.normpath(f"/root/{name}") if not name.startswith("/") else name
        assert path.startswith("/root/")
        assert path == f"/root/{name.removesuffix('/')}"


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_a_damaged_archive_is_refused_or_whole(tmp_path_factory, data):
    base = tmp_path_factory.mktemp("damaged")
    files = {**contents(), f"{NAME}/sentencepiece.model": b"x" * 50}
    good = bytearray(pack(base / "p.argosmodel", files).read_bytes())
    damage = data.draw(st.lists(st.tuples(st.integers(0, len(good) - 1), st.integers(0, 255)), min_size=1, max_size=4))
    for at, value in damage:
        good[at] = value
    (base / "p.argosmodel").write_bytes(good[: data.draw(st.just(len(good)) | st.integers(0, len(good)))])
    (base / "home").mkdir()
    try:
        package = install(base / "p.argosmodel", base / "home")
    except PackageError as error:
        assert str(error).isprintable()  # noqa: PT017
        assert tree(base / "home") == {}
    else:
        packages.check(package)
    shutil.rmtree(base)
