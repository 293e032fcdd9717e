"""Small translation packages, and archives of them, for the tests of whatever handles packages."""

import json
import shutil
import struct
import zipfile

from glossa.translation import packages

NAME = "translate-en_km-2_0"
# A CTranslate2 model of the current layout without any variable: whole, but of no use.
EMPTY_NETWORK = struct.pack("<IH16sIII", 6, 16, b"TransformerSpec\0", 7, 0, 0)


def contents(name=NAME, version="2.0"):
    """The files of a small package that passes every check but the loading of its network."""
    metadata = {"package_version": version, "from_code": "en", "from_name": "English", "to_code": "km"}
    return {
        f"{name}/metadata.json": json.dumps({**metadata, "to_name": "Khmer", "target_prefix": "<2km>"}).encode(),
        f"{name}/model/model.bin": EMPTY_NETWORK,
        f"{name}/model/config.json": b"{}",
        f"{name}/model/shared_vocabulary.json": b"[]",
        f"{name}/sentencepiece.model": (packages.BUNDLED / "translate-en_km-1_0/sentencepiece.model").read_bytes(),
        f"{name}/README.md": b"# A package\n",
    }


def pack(path, files, method=zipfile.ZIP_DEFLATED):
    """Write a zip; a key may be a name or a ZipInfo."""
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def pack_bundled(path, change=None):
    """The bundled Khmer package as an archive; `change` edits a copy of its directory first."""
    source = packages.BUNDLED / "translate-en_km-1_0"
    copy = path.parent / "copy" / NAME
    shutil.copytree(source, copy)
    if change:
        change(copy)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for file in sorted(copy.rglob("*")):
            archive.write(file, file.relative_to(copy.parent))
    shutil.rmtree(copy.parent)
    return path
