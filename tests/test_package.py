"""The package as it is built and installed: whole, under one name, and able to run."""

import site
import sys
import tarfile
import zipfile
from pathlib import Path

import httpx
import processes
import pytest
import tools

PACKAGES = ("cms", "schema", "migrations")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the source distribution and the wheel, into a folder."""
    folder = tmp_path_factory.mktemp("built")
    _build(tools.ROOT, folder)
    return folder


def _build(source: Path, target: Path, *arguments: str) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--directory", target, *arguments]
    processes.run(command, source)


def _contents(folder: Path) -> dict[str, bytes]:
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_wheel_has_every_file_of_the_three_packages_and_nothing_else(built: Path) -> None:
    wanted = {
        f"pressroom/{path.relative_to(tools.ROOT).as_posix()}"
        for package in PACKAGES
        for path in tools.files(package)
    }
    contents = set(_contents(built))
    assert {name for name in contents if name.startswith("pressroom/")} == wanted
    assert [name for name in contents - wanted if ".dist-info/" not in name] == []


@pytest.mark.parametrize(
    "pattern",
    [
        "cms/py.typed",
        "cms/http/static/graphiql/page.html",
        "cms/renditions/formats/pdf/fonts/OFL.txt",
        "cms/renditions/formats/pdf/fonts/LibertinusSerif-Regular.otf",
        "cms/renditions/formats/pdf/template/main.typ",
        "cms/renditions/formats/print_html/print.css",
        "cms/sample/posts/*.md",
        "migrations/versions/r0001_*.py",
        "schema/schema.graphql",
    ],
)
def test_the_wheel_has_what_is_not_code_too(built: Path, pattern: str) -> None:
    assert [name for name in _contents(built) if Path(name).match(f"pressroom/{pattern}")]


def test_the_source_distribution_makes_the_same_wheel(built: Path, tmp_path: Path) -> None:
    (packed,) = built.glob("*.tar.gz")
    with tarfile.open(packed) as archive:
        archive.extractall(tmp_path, filter="data")
    _build(next(tmp_path.iterdir()), tmp_path / "again", "--target", "wheel")
    assert _contents(tmp_path / "again") == _contents(built)


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into an environment of its own, and give the folder of its commands.

    What Pressroom depends on is lent by the environment that runs the tests; the checkout is not.
    """
    environment = tmp_path_factory.mktemp("environment")
    commands = environment / "bin"
    processes.run([sys.executable, "-m", "venv", "--without-pip", environment], built)
    (wheel,) = built.glob("*.whl")
    pip = [sys.executable, "-m", "pip", "--python", commands / "python"]
    processes.run([*pip, "install", "--quiet", "--no-index", "--no-deps", wheel], built)
    (packages,) = environment.glob("lib/python*/site-packages")
    (packages / "lent.pth").write_text("\n".join(site.getsitepackages()), encoding="utf-8")
    return commands


def test_an_installed_pressroom_runs_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    where = "import pressroom.cms.app; print(pressroom.cms.app.__file__)"
    assert processes.run([installed / "python", "-c", where], tmp_path).startswith(
        str(installed.parent)
    )
    assert "applied" in processes.run([installed / "pressroom", "migrate"], tmp_path)
    with processes.serving([installed / "pressroom", "serve", "--port", "0"], tmp_path) as address:
        query = {"query": "{ site { title } }"}
        answer = httpx.post(f"{address}/graphql", json=query, timeout=60)
    assert answer.json() == {"data": {"site": {"title": "Pressroom"}}}
