"""The house's rules, kept by a walk over the imports: who may use whom, what is pure, what stays light."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import glossa

ROOT = Path(glossa.__file__).parent

# Each layer may import what stands before it, and modules of its own.
LAYERS = [
    "errors", "model", "languages", "text", "terms", "quantities", "extraction", "translation", "catalogs", "store", "workspace", "glossary_files", "index",
    "engines", "pipeline", "proposals", "knowledge", "cli",
]  # fmt: skip
# The only modules of the pure packages that touch the outside: packages on disk, the network of neurons.
IMPURE = {"translation/packages.py", "translation/archive.py", "translation/installer.py", "translation/ctranslate.py"}
PURE = [
    path
    for package in ("text", "terms", "quantities", "extraction", "catalogs", "translation")
    for path in sorted((ROOT / package).rglob("*.py"))
    if str(path.relative_to(ROOT)).replace("\\", "/") not in IMPURE
]
OUTSIDE = {
    "os",
    "sys",
    "io",
    "time",
    "random",
    "socket",
    "subprocess",
    "shutil",
    "tempfile",
    "sqlite3",
    "urllib",
    "logging",
}
OUTSIDE_CALLS = {"open", "print", "input"}
OUTSIDE_METHODS = {"read_text", "write_text", "read_bytes", "write_bytes", "now", "today", "mkdir", "unlink", "exists"}


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def layer(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if parts[0] == "glossa" and len(parts) > 1 and parts[1] in LAYERS else None


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_upwards(path: Path) -> None:
    own = path.relative_to(ROOT).with_suffix("").parts[0]
    if own in ("__init__", "__main__"):
        return
    allowed = LAYERS[: LAYERS.index(own) + 1]
    for module in imports(path):
        used = layer(module)
        assert used is None or used in allowed, f"{path.name} imports {module}"


@pytest.mark.parametrize("path", PURE, ids=lambda path: str(path.relative_to(ROOT)))
def test_pure_modules_touch_nothing_outside(path: Path) -> None:
    assert not {module.split(".")[0] for module in imports(path)} & OUTSIDE
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in OUTSIDE_CALLS, f"{path.name}:{node.lineno}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert node.func.attr not in OUTSIDE_METHODS, f"{path.name}:{node.lineno}"


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 450


def run(code: str, home: Path) -> str:
    environment = {"HOME": str(home), "PATH": "/usr/bin:/bin", "GLOSSA_CACHE_DIR": str(home / "cache")}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, cwd=home, check=True
    )
    return done.stdout


HEAVY = "[m for m in ('ctranslate2', 'sentencepiece', 'argostranslate', 'rich') if m in sys.modules]"


@pytest.mark.parametrize(
    "code",
    [
        "import glossa",
        "from glossa.cli import glossa; glossa(['--help'], standalone_mode=False)",
        "from glossa.cli import glossa; glossa(['lookup', 'Peace Palace'], standalone_mode=False)",
        "from glossa.cli import glossa; glossa(['models', 'list'], standalone_mode=False)",
    ],
)
def test_nothing_heavy_is_loaded(code: str, tmp_path: Path) -> None:
    assert run(f"import sys; {code}; print(); print({HEAVY})", tmp_path).splitlines()[-1] == "[]"


def test_importing_makes_no_directory(tmp_path: Path) -> None:
    run("import glossa, glossa.cli, glossa.pipeline, glossa.translation.packages, glossa.index, glossa.store", tmp_path)
    assert list(tmp_path.iterdir()) == []
